"""Recommendations for programs: read, and prepared until the decision. Steps go by the transitions."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from accounts.viewsets import NUMBER, ActorViewSet
from administrative import selectors
from administrative.forms.preparing import (
    PARTS,
    TERMS,
    ChangeMeasureForm,
    MeasureForm,
    PrepareForm,
    RecommendationFilterForm,
    RemoveMeasureForm,
    TermsForm,
)
from administrative.models import Measure, Recommendation
from administrative.recommendation_serializers import (
    RecommendationDetailSerializer,
    RecommendationSerializer,
)
from administrative.services import preparing
from audit.errors import Conflict, NotVisible, invalid_field, valid
from cases.api.base import READ_AND_CHANGE, form_data, merged
from cases.api.schema import entries_of, refusals
from cases.models import Case
from cases.selectors.matters import get_case
from cases.services.leads import record_reading

FILTERS = [
    OpenApiParameter("case", OpenApiTypes.STR, description="Key of a case."),
    OpenApiParameter("body", OpenApiTypes.INT64, description="Id of the authority."),
    OpenApiParameter("decided", OpenApiTypes.BOOL, description="Decided, or being prepared."),
    OpenApiParameter("urgent", OpenApiTypes.BOOL, description="Answer due in 15 days (JI 21)."),
]
MEASURE = OpenApiParameter("measure", OpenApiTypes.INT64, OpenApiParameter.PATH)
SHOWN = RecommendationDetailSerializer
ONE_MEASURE = rf"measures/(?P<measure>{NUMBER})"


class BeginRecommendationForm(TermsForm):
    """The terms of a recommendation, and the case it is prepared in."""

    case = forms.CharField(max_length=40)


@extend_schema_view(list=extend_schema(parameters=FILTERS))
class RecommendationViewSet(mixins.ListModelMixin, ActorViewSet):
    """Recommendations of the cases the caller sees, the newest first."""

    queryset = Recommendation.objects.none()
    serializer_class = RecommendationSerializer
    http_method_names = READ_AND_CHANGE
    ordering: ClassVar = ("-id",)

    def get_queryset(self) -> QuerySet[Recommendation]:
        rows = selectors.recommendations_visible_to(self.actor)
        return selectors.with_standing_assessments(rows)

    def get_object(self) -> Recommendation:
        return selectors.get_recommendation(self.actor, int(self.kwargs["pk"]))

    def filter_queryset(self, queryset: Any) -> Any:
        form = RecommendationFilterForm(self.request.query_params)
        chosen = valid(form, _("The filter cannot be used.")).cleaned_data
        return selectors.filtered(queryset, chosen)

    @extend_schema(responses=SHOWN)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Return one with measures, answers, doubts and assessments; the look is recorded."""
        row = self.get_object()
        record_reading(actor=self.actor, matter=row.case)
        return self._whole(row.pk)

    @extend_schema(request=entries_of(BeginRecommendationForm), responses=refusals(SHOWN, 201))
    def create(self, request: Request) -> Response:
        """Begin the recommendation of a case (Rules 75)."""
        given = form_data(request.data)
        case = self._case_called(given.get("case") or "")
        preparing.require_preparable(self.actor, case)
        if selectors.recommendation_of(case) is not None:
            raise Conflict(
                _("The recommendation of this case is begun already; change it instead."),
                code="begun_already",
                law="Rules 75",
            )
        form = valid(BeginRecommendationForm(given, **_terms_of(case)))
        row = preparing.prepare(actor=self.actor, case=case, facts=form.facts())
        return self._whole(row.pk, 201)

    @extend_schema(request=entries_of(PrepareForm, partial=True), responses=refusals(SHOWN))
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change period, urgency or level; 409 `lost_update` with the present values."""
        row = self.get_object()
        given = merged(form_data(model_to_dict(row, TERMS)), form_data(request.data))
        form = valid(PrepareForm(given, **_terms_of(row.case)))
        version = form.cleaned_data["version"]
        preparing.prepare(actor=self.actor, case=row.case, facts=form.facts(), version=version)
        return self._whole(row.pk)

    @extend_schema(request=entries_of(MeasureForm), responses=refusals(SHOWN, 201))
    @action(detail=True, methods=["post"])
    def measures(self, request: Request, pk: str) -> Response:
        """Add a measure at the end (Rules 75(6))."""
        row, form = self.get_object(), valid(MeasureForm(form_data(request.data)))
        preparing.add_measure(actor=self.actor, case=row.case, facts=form.facts())
        return self._whole(row.pk, 201)

    @extend_schema(
        parameters=[MEASURE],
        request=entries_of(ChangeMeasureForm, partial=True),
        responses=refusals(SHOWN),
    )
    @action(detail=True, methods=["patch"], url_path=ONE_MEASURE)
    def measure(self, request: Request, pk: str, measure: str) -> Response:
        """Change a measure; `version` is that of the recommendation, 409 `lost_update` when it moved."""
        row, found = self._found(measure)
        given = merged(form_data(model_to_dict(found, PARTS)), form_data(request.data))
        form = valid(ChangeMeasureForm(given))
        preparing.change_measure(
            actor=self.actor,
            case=row.case,
            measure=found,
            facts=form.facts(),
            version=form.cleaned_data["version"],
        )
        return self._whole(row.pk)

    @extend_schema(
        parameters=[MEASURE], request=entries_of(RemoveMeasureForm), responses=refusals(SHOWN)
    )
    @action(detail=True, methods=["post"], url_path=f"{ONE_MEASURE}/remove")
    def remove_measure(self, request: Request, pk: str, measure: str) -> Response:
        """Take a measure out before the decision; those after it move up."""
        row, found = self._found(measure)
        form = valid(RemoveMeasureForm(form_data(request.data)))
        preparing.remove_measure(
            actor=self.actor, case=row.case, measure=found, version=form.cleaned_data["version"]
        )
        return self._whole(row.pk)

    def _case_called(self, key: str) -> Case:
        """Return the case a request names.

        Raises:
            Invalid: there is none for the actor.
        """
        try:
            return get_case(self.actor, key.strip())
        except NotVisible as refusal:
            sentence = _("There is no such case, or you may not see it.")
            raise invalid_field("case", sentence) from refusal

    def _found(self, measure: str) -> tuple[Recommendation, Measure]:
        row = self.get_object()
        return row, selectors.get_measure(row, int(measure))

    def _whole(self, pk: int, code: int = 200) -> Response:
        """Answer with the recommendation as it stands now."""
        row = self.get_queryset().get(pk=pk)
        row.read = selectors.recommendation_read_by(self.actor, row)  # type: ignore[attr-defined]
        answer = RecommendationDetailSerializer(row, context=self.get_serializer_context())
        return Response(answer.data, status=code)


def _terms_of(case: Case) -> dict[str, Any]:
    """Return what the form of the terms needs beside the entries."""
    return {"office": case.office, "body": selectors.body_of(case)}


def register(router: BaseRouter) -> None:
    """Add recommendations to the API."""
    router.register("recommendations", RecommendationViewSet, basename="recommendation")
