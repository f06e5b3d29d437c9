"""Leads and cases: the lists, the matter itself, and the acts on a lead that change no state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.forms.models import model_to_dict
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.viewsets import ActorViewSet
from audit.errors import valid
from cases.api.base import (
    CASE_KEY,
    LEAD_KEY,
    READ_AND_ADD,
    READ_AND_CHANGE,
    form_data,
    merged,
)
from cases.api.bulk import BulkOfCases, BulkOfLeads, TaggedMatters
from cases.api.card import CardOfMatter
from cases.api.filters import CaseFilter, FilterBackend, LeadFilter
from cases.api.listed import ListedMatters, asked_of, described
from cases.api.schema import entries_of, refusals
from cases.api.serializers import matters as serializers
from cases.api.serializers.people import PartySerializer
from cases.api.serializers.readiness import ReadinessSerializer
from cases.forms.cases import CaseForm
from cases.forms.leads import (
    AssessLeadForm,
    EscalateLeadForm,
    RecordWithSuperiorForm,
    RegisterLeadForm,
)
from cases.forms.parties import ViolatorForm
from cases.forms.work import HandOverAllForm, HandOverForm, RevealForm
from cases.listed import CASES, LEADS
from cases.models import Case, Lead
from cases.selectors.case_list import keys_in, shown_cases
from cases.selectors.lead_list import told
from cases.selectors.matters import cases_visible_to, get_case, get_lead, leads_visible_to
from cases.selectors.readiness import readiness
from cases.services import leads, matters, team
from cases.services.matters import CHANGEABLE

TARGET = OpenApiParameter(
    "target", OpenApiTypes.STR, description="A state; by default the one that usually follows."
)


class _MatterViewSet(CardOfMatter, mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet):
    lookup_field = "key"
    filter_backends = (FilterBackend,)
    ordering = ("-id",)
    http_method_names = READ_AND_ADD

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the matter; the look is recorded."""
        matter = self.get_object()
        leads.record_reading(actor=self.actor, matter=matter)
        return self.shown(matter)

    @extend_schema(parameters=[TARGET], responses=ReadinessSerializer)
    @action(detail=True, methods=["get"])
    def readiness(self, request: Request, key: str) -> Response:
        """Return the ways to a state and what each of their steps wants now; the look is recorded."""
        matter = self.get_object()
        plan = readiness(matter, self.actor, request.query_params.get("target", ""))
        leads.record_reading(actor=self.actor, matter=matter)
        return Response(ReadinessSerializer(plan).data)

    @extend_schema(request=entries_of(HandOverForm), responses=refusals(None))
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: Request, key: str) -> Response:
        """Give the matter to another handling prosecutor; open tasks go along (Rules 6)."""
        matter = self.get_object()
        form = valid(HandOverForm(form_data(request.data), office_id=matter.office_id))
        team.hand_over(actor=self.actor, matter=matter, **form.cleaned_data)
        return Response(status=204)


@extend_schema_view(**described(LEADS))
class LeadViewSet(TaggedMatters, BulkOfLeads, ListedMatters, _MatterViewSet):
    """Leads of the unified register the caller may see, the latest first."""

    queryset = Lead.objects.none()
    serializer_class = serializers.LeadSerializer
    lookup_value_regex = LEAD_KEY
    filterset_class = LeadFilter
    listed = LEADS

    def get_queryset(self) -> QuerySet[Lead]:
        return told(leads_visible_to(self.actor))

    def get_object(self) -> Lead:
        return get_lead(self.actor, self.kwargs["key"])

    def shown(self, instance: Model, code: int = 200) -> Response:
        return super().shown(told(Lead.objects.all()).get(pk=instance.pk), code)

    @extend_schema(
        request=entries_of(RegisterLeadForm),
        responses=refusals(serializers.LeadSerializer, 201),
    )
    def create(self, request: Request) -> Response:
        """Register a lead (T01; Rules 24, 25)."""
        form = valid(RegisterLeadForm(form_data(request.data), actor=self.actor))
        lead = leads.register_lead(actor=self.actor, facts=form.cleaned_data)
        return self.shown(lead, 201)

    @extend_schema(
        request=entries_of(AssessLeadForm), responses=refusals(serializers.LeadSerializer)
    )
    @action(detail=True, methods=["post"])
    def assess(self, request: Request, key: str) -> Response:
        """Score and explain truthfulness and feasibility (Rules 27)."""
        lead, form = self.get_object(), valid(AssessLeadForm(form_data(request.data)))
        leads.assess_lead(actor=self.actor, lead=lead, facts=form.cleaned_data)
        return self.shown(self.get_object())

    @extend_schema(request=None, responses=refusals(serializers.LeadSerializer))
    @action(detail=True, methods=["post"], url_path="mark-major")
    def mark_major(self, request: Request, key: str) -> Response:
        """Flag the lead as major; its record with the next-higher office becomes a task (Rules 25)."""
        leads.mark_major(actor=self.actor, lead=self.get_object())
        return self.shown(self.get_object())

    @extend_schema(
        request=entries_of(RecordWithSuperiorForm),
        responses=refusals(serializers.LeadSerializer),
    )
    @action(detail=True, methods=["post"], url_path="record-with-superior")
    def record_with_superior(self, request: Request, key: str) -> Response:
        """Log the receipt of the next-higher office, which from then on sees the lead (Rules 25)."""
        return self._told(leads.record_with_superior, RecordWithSuperiorForm)

    @extend_schema(
        request=entries_of(EscalateLeadForm), responses=refusals(serializers.LeadSerializer)
    )
    @action(detail=True, methods=["post"])
    def escalate(self, request: Request, key: str) -> Response:
        """Report a transferred lead to the superior office, since it cannot be returned (Rules 26)."""
        return self._told(leads.escalate_lead, EscalateLeadForm)

    @extend_schema(
        request=entries_of(RevealForm), responses=refusals(serializers.ReporterSerializer)
    )
    @action(detail=True, methods=["post"])
    def reporter(self, request: Request, key: str) -> Response:
        """Tell who reported the lead; the reason stays in the audit record."""
        lead, form = self.get_object(), valid(RevealForm(form_data(request.data)))
        leads.reveal_reporter(actor=self.actor, lead=lead, **form.cleaned_data)
        answer = serializers.ReporterSerializer(lead).data
        return Response(answer, headers={"Cache-Control": "no-store"})

    def _told(self, tell: Callable[..., None], form_class: type[Any]) -> Response:
        lead, form = self.get_object(), valid(form_class(form_data(self.request.data)))
        tell(actor=self.actor, lead=lead, **form.cleaned_data)
        return self.shown(self.get_object())


@extend_schema_view(export=described(CASES)["export"])
class CaseViewSet(TaggedMatters, BulkOfCases, ListedMatters, _MatterViewSet):
    """Cases the caller may see, the latest first. A case is opened by the decision to file alone."""

    queryset = Case.objects.none()
    serializer_class = serializers.CaseSerializer
    lookup_value_regex = CASE_KEY
    http_method_names = READ_AND_CHANGE
    filterset_class = CaseFilter
    listed = CASES

    def get_queryset(self) -> QuerySet[Case]:
        return cases_visible_to(self.actor)

    def get_object(self) -> Case:
        return get_case(self.actor, self.kwargs["key"])

    def shown(self, instance: Model, code: int = 200) -> Response:
        [case] = shown_cases([instance.pk])
        return super().shown(case, code)

    @extend_schema(parameters=asked_of(CASES))
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the cases; `columns` leaves members out, `sort` orders them along an index."""
        rows = keys_in(self.filter_queryset(self.get_queryset()), *self.ordering)
        page = self.paginate_queryset(rows) or []
        cases = shown_cases([row["pk"] for row in page])
        serializer = self.get_serializer(cases, many=True, members=self._members())
        return self.get_paginated_response(serializer.data)

    @extend_schema(
        request=entries_of(CaseForm, partial=True),
        responses=refusals(serializers.CaseSerializer),
    )
    def partial_update(self, request: Request, key: str) -> Response:
        """Change what the case says of itself; 409 `lost_update` when somebody else did."""
        case = self.get_object()
        present = form_data(model_to_dict(case, CHANGEABLE))
        given = merged(present, form_data(request.data))
        form = valid(CaseForm(given, instance=get_case(self.actor, key)))
        version = form.cleaned_data["version"]
        matters.change_case(actor=self.actor, case=case, facts=form.facts(), version=version)
        return self.shown(self.get_object())

    @extend_schema(request=entries_of(ViolatorForm), responses=refusals(PartySerializer, 201))
    @action(detail=True, methods=["post"], url_path="identify-violator")
    def identify_violator(self, request: Request, key: str) -> Response:
        """Enter the violator of a case that was filed without knowing him (Rules 29)."""
        case, form = self.get_object(), valid(ViolatorForm(form_data(request.data)))
        party = matters.identify_violator(actor=self.actor, case=case, facts=form.facts())
        return Response(PartySerializer(party).data, status=201)


class HandOverViewSet(ActorViewSet):
    """Everything a person handles goes to a colleague at once."""

    serializer_class = serializers.HandedOverSerializer

    @extend_schema(
        request=entries_of(HandOverAllForm),
        responses=refusals(serializers.HandedOverSerializer),
    )
    def create(self, request: Request) -> Response:
        """Hand every open lead and case of a person over, all or none."""
        form = valid(HandOverAllForm(form_data(request.data), office_id=self.actor.office_id))
        number = team.hand_over_all(actor=self.actor, **form.cleaned_data)
        return Response({"matters": number})
