"""Register, board, figures and instruments for programs; nothing here changes anything."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from accounts.viewsets import ActorViewSet, FileRenderer
from administrative.board_export import export_figures, export_register
from administrative.figures import Grouping, Kind, figures_of
from administrative.forms.board import BoardForm, FiguresForm, RegisterForm
from administrative.instruments import BY_CODE, INSTRUMENTS, LEVEL_RULES, beginnings
from administrative.models import Relation
from administrative.next_acts import next_act
from administrative.selectors.board import (
    BoardStage,
    Followed,
    board,
    filtered,
    followed,
    register_of,
    shown,
    with_proposals,
)
from audit.errors import NotVisible, valid
from cases.api.schema import PROBLEM, entries_of
from cases.api.serializers.common import ProblemSerializer
from cases.models import Case
from cases.selectors.matters import get_matter
from cases.spreadsheet import MEDIA_TYPE, workbook_answer

WORKBOOK = {(200, MEDIA_TYPE): OpenApiTypes.BINARY, (400, PROBLEM): ProblemSerializer}


class NextActSerializer(serializers.Serializer[Any]):
    """What comes next, and whose it is."""

    title = serializers.CharField()
    whose = serializers.CharField()
    law = serializers.CharField(help_text="The article; may be empty.")
    day = serializers.DateField(allow_null=True)
    period = serializers.CharField(help_text="The period of law 6.1 that ends on that day.")
    link = serializers.CharField(help_text="The path of its page.")


class FollowedSerializer(serializers.Serializer[Any]):
    """One recommendation in the register."""

    case = serializers.CharField(source="case.key")
    title = serializers.CharField(source="case.title")
    body = serializers.CharField(help_text="Name of the authority.")
    number = serializers.CharField(
        help_text="Of the recommendation (D-70); empty before its issue."
    )
    stage = serializers.ChoiceField(choices=BoardStage.choices)
    handler = serializers.CharField()
    decided_on = serializers.DateField(allow_null=True)
    served_on = serializers.DateField(allow_null=True)
    recorded_on = serializers.DateField(
        allow_null=True, help_text="When the next-higher office had it on record."
    )
    due = serializers.DateField(allow_null=True, help_text="Last day of P-53 or P-54.")
    answered_on = serializers.DateField(allow_null=True, help_text="Of the first answer.")
    reply_overdue = serializers.BooleanField()
    measures = serializers.IntegerField(source="asked")
    assessed = serializers.IntegerField()
    final = serializers.IntegerField()
    escalated_on = serializers.DateField(allow_null=True)
    next = serializers.SerializerMethodField(help_text="What comes next; null where it has ended.")

    def to_representation(self, instance: Any) -> Any:
        """Read the annotated case as the pages do."""
        return super().to_representation(shown(instance))

    @extend_schema_field(NextActSerializer(allow_null=True))
    def get_next(self, row: Followed) -> Any:
        act = next_act(row)
        return NextActSerializer(act).data if act else None


@extend_schema_view(list=extend_schema(parameters=[entries_of(RegisterForm)], filters=False))
class RecommendationRegisterViewSet(mixins.ListModelMixin, ActorViewSet):
    """The register of the recommendations the caller sees, the newest case first."""

    queryset = Case.objects.none()
    serializer_class = FollowedSerializer
    ordering: ClassVar = ("-id",)

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return Case.objects.none()
        rows = filtered(register_of(self.actor), self._filter().cleaned_data)
        return with_proposals(rows)

    def _filter(self) -> RegisterForm:
        form = RegisterForm(self.request.query_params, actor=self.actor)
        return valid(form, _("The filter cannot be used."))

    @extend_schema(parameters=[entries_of(RegisterForm)], filters=False, responses=WORKBOOK)
    @action(detail=False, methods=["get"], renderer_classes=[FileRenderer], pagination_class=None)
    def export(self, request: Request) -> FileResponse:
        """Return what the filter leaves as a workbook (xlsx); that it was taken is recorded."""
        file = export_register(actor=self.actor, form=self._filter())
        return workbook_answer(file, "recommendations")


# --- board ---------------------------------------------------------------------------------------


class ColumnSerializer(serializers.Serializer[Any]):
    """How many cases stand in one column of the board; the register lists them by `stage`."""

    stage = serializers.ChoiceField(choices=BoardStage.choices)
    title = serializers.CharField(source="stage.label")
    number = serializers.IntegerField()


class RecommendationBoardViewSet(ActorViewSet):
    """The columns of the board, in the order of the procedure."""

    serializer_class = ColumnSerializer
    pagination_class = None

    @extend_schema(
        parameters=[entries_of(BoardForm)], responses=ColumnSerializer(many=True), filters=False
    )
    def list(self, request: Request) -> Response:
        """Return how many of the caller's cases stand in each column."""
        asked = BoardForm(request.query_params, actor=self.actor)
        form = valid(asked, _("The filter cannot be used."))
        columns = board(filtered(followed(self.actor), form.cleaned_data))
        return Response(ColumnSerializer(columns, many=True).data)


# --- figures -------------------------------------------------------------------------------------


class FiguresSerializer(serializers.Serializer[Any]):
    """What became of some recommendations, as it stands today.

    One on governance has no measures: of those it is said how many were assessed, found adopted, and ended.
    """

    sent = serializers.IntegerField()
    in_time = serializers.IntegerField(
        help_text="Answered until the last day of P-53, P-54 or P-57."
    )
    late = serializers.IntegerField(help_text="Answered after it.")
    unanswered = serializers.IntegerField(help_text="Not answered, and the time is over.")
    open = serializers.IntegerField(help_text="Not answered, and the time runs.")
    measures = serializers.IntegerField(
        help_text="Measures asked for; on governance: recommendations assessed."
    )
    done = serializers.IntegerField(
        help_text="Measures found done; on governance: recommendations found adopted."
    )
    verified = serializers.IntegerField(
        help_text="Measures that are final, done or fallen away; on governance: recommendations that ended."
    )
    suits = serializers.IntegerField(help_text="On governance 0.")
    escalations = serializers.IntegerField()


class FiguresRowSerializer(serializers.Serializer[Any]):
    """The figures of one authority, field or region."""

    name = serializers.CharField()
    figures = FiguresSerializer()


class FiguresAnswerSerializer(serializers.Serializer[Any]):
    """The figures by name, never by number, and their sum."""

    first = serializers.DateField()
    last = serializers.DateField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    by = serializers.ChoiceField(choices=Grouping.choices)
    rows = FiguresRowSerializer(many=True)
    total = FiguresSerializer()


class RecommendationFiguresViewSet(ActorViewSet):
    """What became of the recommendations served in a time; nothing by person or office."""

    serializer_class = FiguresAnswerSerializer
    pagination_class = None

    def _asked(self) -> dict[str, Any]:
        form = FiguresForm(self.request.query_params)
        return valid(form, _("The figures cannot be made.")).cleaned_data

    @extend_schema(
        parameters=[entries_of(FiguresForm)], responses=FiguresAnswerSerializer, filters=False
    )
    def list(self, request: Request) -> Response:
        """Return the figures of a time; without one those of this year."""
        asked = self._asked()
        rows, total = figures_of(self.actor, **asked)
        return Response(FiguresAnswerSerializer(asked | {"rows": rows, "total": total}).data)

    @extend_schema(parameters=[entries_of(FiguresForm)], filters=False, responses=WORKBOOK)
    @action(detail=False, methods=["get"], renderer_classes=[FileRenderer])
    def export(self, request: Request) -> FileResponse:
        """Return the figures as a workbook (xlsx); that they were taken is recorded."""
        file = export_figures(actor=self.actor, **self._asked())
        return workbook_answer(file, "recommendation-figures")


# --- instruments ---------------------------------------------------------------------------------


class GlossedSerializer(serializers.Serializer[Any]):
    """What the law says, in its own words and with an English gloss."""

    zh = serializers.CharField()
    en = serializers.CharField()
    article = serializers.CharField(help_text="May be empty.")


class BeginningSerializer(serializers.Serializer[Any]):
    """One way to begin an instrument."""

    title = serializers.CharField()
    link = serializers.CharField(help_text="The path of its page; empty where it is not possible.")
    why = serializers.CharField(help_text="Why not, or what is chosen first; may be empty.")


class InstrumentSerializer(serializers.Serializer[Any]):
    """One purpose towards an administrative body with its instrument (law 9.0)."""

    code = serializers.CharField()
    purpose = GlossedSerializer()
    name = GlossedSerializer()
    conditions = GlossedSerializer(many=True)
    reply = GlossedSerializer(allow_null=True)
    caution = GlossedSerializer(allow_null=True)
    article = serializers.CharField()
    steps = serializers.ListField(child=serializers.CharField(), help_text="Codes of law 3.9.")
    papers = serializers.ListField(child=serializers.CharField(), help_text="Codes of law 7.2.")


class InstrumentDetailSerializer(InstrumentSerializer):
    """An instrument with where it is begun."""

    beginnings = BeginningSerializer(many=True)


class LevelRuleSerializer(serializers.Serializer[Any]):
    """How an addressee is reached from where the office stands (PRR 3)."""

    relation = serializers.ChoiceField(choices=Relation.choices)
    title = serializers.CharField(source="relation.label")
    way = GlossedSerializer()
    shown = GlossedSerializer(help_text="What the recommendation has to state about it.")


class InstrumentViewSet(ActorViewSet):
    """The guide from a purpose to its instrument."""

    serializer_class = InstrumentSerializer
    pagination_class = None
    lookup_field = "code"
    lookup_value_regex = "[a-z]+"

    @extend_schema(responses=InstrumentSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Return the seven instruments, in the order of the law."""
        return Response(InstrumentSerializer(INSTRUMENTS, many=True).data)

    @extend_schema(
        parameters=[
            OpenApiParameter("matter", OpenApiTypes.STR, description="Key of a lead or case.")
        ],
        responses=InstrumentDetailSerializer,
    )
    def retrieve(self, request: Request, code: str) -> Response:
        """Return one instrument with where it is begun, in a matter if one is named."""
        found = BY_CODE.get(code)
        if found is None:
            raise NotVisible(_("There is no such instrument."))
        key = request.query_params.get("matter", "")
        matter = get_matter(self.actor, key) if key else None
        said = InstrumentSerializer(found).data
        begun = BeginningSerializer(beginnings(found, matter, self.actor), many=True).data
        return Response(dict(said) | {"beginnings": begun})

    @extend_schema(responses=LevelRuleSerializer(many=True))
    @action(detail=False, methods=["get"], url_path="level-rules")
    def level_rules(self, request: Request) -> Response:
        """Return the four ways to an addressee (PRR 3)."""
        return Response(LevelRuleSerializer(LEVEL_RULES, many=True).data)


def register(router: BaseRouter) -> None:
    """Add board, register, figures and guide to the API."""
    router.register(
        "recommendation-register",
        RecommendationRegisterViewSet,
        basename="recommendation-register",
    )
    router.register(
        "recommendation-board", RecommendationBoardViewSet, basename="recommendation-board"
    )
    router.register(
        "recommendation-figures", RecommendationFiguresViewSet, basename="recommendation-figures"
    )
    router.register("instruments", InstrumentViewSet, basename="instrument")
