"""Deadlines, periods, what-if questions and notifications for programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from accounts.models import User
from audit import clock
from audit.errors import Invalid, NotVisible
from cases.models import Lead
from cases.selectors.events import events_of
from cases.selectors.matters import get_matter
from deadlines import lead_report as report
from deadlines import selectors, services
from deadlines.calculator_api import ANSWER, QuestionSerializer, answer_to
from deadlines.forms import DeadlineFilterForm, MonthForm
from deadlines.models import Deadline, DeadlineState, Notification
from deadlines.notice_file import MOST_BYTES, decoded
from deadlines.planner_api import PlannerActions
from deadlines.rulebook import in_force
from deadlines.serializers import (
    CloseSerializer,
    CompleteSerializer,
    DeadlineSerializer,
    ManualDeadlineSerializer,
    MonthSerializer,
    NoticePublishSerializer,
    NoticeSerializer,
    NoticeUploadSerializer,
    NotificationSerializer,
    OutcomeSerializer,
    PeriodSerializer,
    UnwatchedLeadSerializer,
)
from deadlines.services.publishing import NoticeEntry, may_publish, preview, publish
from deadlines.yearbook import known_notices

MULTIPART = "multipart/form-data"
_FILTERS = [
    OpenApiParameter("state", OpenApiTypes.STR, enum=[str(value) for value in DeadlineState]),
    OpenApiParameter("mine", OpenApiTypes.BOOL, description="Only those the reader has to meet."),
    OpenApiParameter("until", OpenApiTypes.DATE, description="Last day on or before this day."),
    OpenApiParameter("matter", OpenApiTypes.STR, description="Key of a case or lead."),
]


def _actor(request: Request) -> User:
    return cast(User, request.user)


def _facts(serializer: serializers.Serializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return cast(dict[str, Any], serializer.validated_data)


def _invalid(form: Any, message: str) -> Invalid:
    errors = {name: [str(text) for text in texts] for name, texts in form.errors.items()}
    return Invalid(message, errors=errors)


@extend_schema_view(list=extend_schema(parameters=_FILTERS))
class DeadlineViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Deadline]
):
    """Deadlines of the matters the reader may see. Statutory ones follow from events alone."""

    queryset = Deadline.objects.none()
    serializer_class = DeadlineSerializer
    lookup_value_regex = r"\d{1,18}"
    ordering = ("effective_day", "id")
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Deadline]:
        return selectors.deadlines_visible_to(_actor(self.request))

    def filter_queryset(self, queryset: Any) -> Any:
        if self.action != "list":
            return queryset
        form = DeadlineFilterForm(self.request.query_params)
        if not form.is_valid():
            raise _invalid(form, _("The filter cannot be used."))
        actor = _actor(self.request)
        if key := self.request.query_params.get("matter"):
            queryset = selectors.deadlines_of(actor, get_matter(actor, key))
        return selectors.filtered(queryset, actor, form.cleaned_data)

    @extend_schema(request=ManualDeadlineSerializer, responses={201: DeadlineSerializer})
    def create(self, request: Request) -> Response:
        """Set a deadline by hand; members of the handling team may."""
        facts = _facts(ManualDeadlineSerializer(data=request.data))
        actor = _actor(request)
        matter = get_matter(actor, facts.pop("matter"))
        if (holder := facts.pop("holder", None)) is not None:
            facts["holder"] = selectors.members_of(matter).filter(pk=holder).first()
            if facts["holder"] is None:
                sentence = _("This person does not belong to the handling team.")
                raise Invalid(sentence, errors={"holder": [sentence]})
        deadline = services.set_manual(actor=actor, matter=matter, **facts)
        return Response(self.get_serializer(deadline).data, status=201)

    @extend_schema(request={MULTIPART: CompleteSerializer}, responses=DeadlineSerializer)
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser, JSONParser])
    def complete(self, request: Request, pk: str) -> Response:
        """Close a deadline set by hand as met: with its outcome and its proof."""
        facts = _facts(CompleteSerializer(data=request.data))
        deadline = self.get_object()
        event = facts.pop("event", None)
        facts.pop("paper", None)
        proof = events_of(deadline.matter).filter(pk=event).first() if event else None
        if event and proof is None:
            sentence = _("This entry does not belong to the matter.")
            raise Invalid(sentence, errors={"event": [sentence]})
        files = request.FILES.getlist("paper")
        row = services.complete_manual(
            actor=_actor(request), deadline=deadline, files=files, proof=proof, **facts
        )
        return Response(self.get_serializer(row).data)

    @extend_schema(request=CloseSerializer, responses=DeadlineSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Close a deadline set by hand because it is no longer needed; the note says why."""
        return self._closed(request, services.cancel_manual)

    @extend_schema(request=CloseSerializer, responses=DeadlineSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """Confirm, as the second person, that a duty of the office was done as recorded."""
        return self._closed(request, services.confirm)

    @extend_schema(request=CloseSerializer, responses=DeadlineSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """Say, as the second person, that the completion is not proven; the note says why."""
        return self._closed(request, services.refuse)

    def _closed(self, request: Request, close: Any) -> Response:
        facts = _facts(CloseSerializer(data=request.data))
        deadline = self.get_object()
        close(actor=_actor(request), deadline=deadline, **facts)
        return Response(self.get_serializer(self.get_object()).data)


class PeriodViewSet(PlannerActions, viewsets.ViewSet):
    """The statutory periods of the rulebook in force, and what-if questions."""

    lookup_field = "id"
    lookup_value_regex = r"P-[0-9]{1,3}[a-z]?"

    @extend_schema(responses=PeriodSerializer(many=True))
    def list(self, request: Request) -> Response:
        """List every period with its article."""
        rules = in_force(clock.today()).periods.values()
        return Response([PeriodSerializer(rule).data for rule in rules])

    @extend_schema(
        parameters=[OpenApiParameter("id", OpenApiTypes.STR, OpenApiParameter.PATH)],
        responses=PeriodSerializer,
    )
    def retrieve(self, request: Request, id: str) -> Response:
        """Return one period."""
        rule = in_force(clock.today()).periods.get(id)
        if rule is None:
            raise NotVisible(_("There is no such period."))
        return Response(PeriodSerializer(rule).data)

    @extend_schema(methods=["GET"], parameters=[QuestionSerializer], responses=ANSWER)
    @extend_schema(methods=["POST"], request=QuestionSerializer, responses=ANSWER)
    @action(detail=False, methods=["get", "post"])
    def compute(self, request: Request) -> Response:
        """Compute a period, or the plan of an event, and say why; nothing is stored."""
        data: Any = request.query_params if request.method == "GET" else request.data
        if not isinstance(data, Mapping):
            raise Invalid(_("Send one object with the names of the fields."))
        return Response(answer_to(data))


class NotificationViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Notification]):
    """What the person of the session was told, newest first."""

    queryset = Notification.objects.none()
    serializer_class = NotificationSerializer
    lookup_value_regex = r"\d{1,18}"
    ordering: ClassVar = ("-id",)
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Notification]:
        return selectors.notifications_of(_actor(self.request))

    @extend_schema(request=None, responses=NotificationSerializer)
    @action(detail=True, methods=["post"])
    def read(self, request: Request, pk: str) -> Response:
        """Mark one notification as read."""
        row = services.mark_read(actor=_actor(request), pk=int(pk))
        return Response(self.get_serializer(row).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=False, methods=["post"], url_path="read-all")
    def read_all(self, request: Request) -> Response:
        """Mark all notifications as read."""
        services.mark_all_read(actor=_actor(request))
        return Response(status=204)


_MONTH = OpenApiParameter(
    "month", OpenApiTypes.STR, description="Such as 2026-06; else the present."
)


@extend_schema_view(list=extend_schema(parameters=[_MONTH]))
class LeadReportViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Lead]):
    """The month report of leads: those without outcome and without a running deadline."""

    queryset = Lead.objects.none()
    serializer_class = UnwatchedLeadSerializer
    ordering = ("received_on", "id")
    filter_backends = ()

    def _month(self) -> date:
        form = MonthForm(self.request.query_params)
        if not form.is_valid():
            raise _invalid(form, _("The report cannot be made."))
        month: date = form.cleaned_data["month"]
        return month

    def get_queryset(self) -> QuerySet[Lead]:
        if getattr(self, "swagger_fake_view", False):
            return Lead.objects.none()
        return report.unwatched(_actor(self.request), self._month())

    @extend_schema(parameters=[_MONTH], responses=MonthSerializer(many=True), filters=False)
    @action(detail=False, methods=["get"], pagination_class=None)
    def months(self, request: Request) -> Response:
        """Return what became of the leads of twelve months, the latest month first."""
        rows = report.months_until(_actor(request), self._month())
        return Response(MonthSerializer(rows, many=True).data)


class CalendarViewSet(viewsets.ViewSet):
    """The notices of the working calendar, and publishing the notice of a year."""

    @extend_schema(responses=NoticeSerializer(many=True))
    def list(self, request: Request) -> Response:
        """List the notice that stands for each year."""
        return Response([NoticeSerializer(notice).data for notice in known_notices()])

    @extend_schema(request={MULTIPART: NoticeUploadSerializer}, responses=OutcomeSerializer)
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser])
    def preview(self, request: Request) -> Response:
        """Tell what publishing would move; nothing is stored."""
        actor = _publisher(request)
        entry = _entry(_facts(NoticeUploadSerializer(data=request.data)))
        outcome = preview(actor=actor, entry=entry)
        return Response(OutcomeSerializer(outcome).data)

    @extend_schema(request={MULTIPART: NoticePublishSerializer}, responses={201: NoticeSerializer})
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser])
    def publish(self, request: Request) -> Response:
        """Publish a notice exactly as its preview was read; 409 when it would do something else."""
        actor = _publisher(request)
        given = _facts(NoticePublishSerializer(data=request.data))
        row = publish(actor=actor, entry=_entry(given), digest=given["digest"])
        standing = next(notice for notice in known_notices() if notice.year == row.year)
        return Response(NoticeSerializer(standing).data, status=201)


def _publisher(request: Request) -> User:
    actor = _actor(request)
    if not may_publish(actor):
        raise NotVisible(_("There is no such page."))
    return actor


def _entry(given: Mapping[str, Any]) -> NoticeEntry:
    text = decoded(given["file"].read(MOST_BYTES + 1))
    return NoticeEntry(given["year"], given["source"], given["source_en"], text)


def register(router: BaseRouter) -> None:
    """Add the room to the API."""
    router.register("calendar", CalendarViewSet, basename="calendar")
    router.register("deadlines", DeadlineViewSet, basename="deadline")
    router.register("periods", PeriodViewSet, basename="period")
    router.register("lead-report", LeadReportViewSet, basename="lead-report")
    router.register("notifications", NotificationViewSet, basename="notification")
