"""Deadlines, periods, what-if questions and notifications for programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from accounts.models import User
from accounts.viewsets import ActorViewSet, FileRenderer
from audit import clock
from audit.errors import Invalid, NotVisible, valid
from cases.api.base import CASE_KEY
from cases.api.schema import PROBLEM, entries_of
from cases.api.serializers.common import ProblemSerializer
from cases.models import Lead
from cases.selectors.events import events_of
from cases.selectors.matters import get_matter
from cases.spreadsheet import MEDIA_TYPE, workbook_answer
from deadlines import calendar_api, feed_api, list_api, selectors, services
from deadlines import lead_report as report
from deadlines.calculator_api import ANSWER, QuestionSerializer, answer_to
from deadlines.exporting import export_deadlines
from deadlines.filter_forms import DeadlineFilterForm
from deadlines.forms import MonthForm
from deadlines.listing import narrowed
from deadlines.models import Deadline, Notification
from deadlines.notice_file import MOST_BYTES, decoded
from deadlines.office_period_api import OfficePeriodViewSet
from deadlines.office_rules import own_rules_on
from deadlines.planner_api import PlannerActions
from deadlines.reminder_api import ReminderSettingsViewSet
from deadlines.rulebook import Rulebook
from deadlines.rulebook_api import CaseRulebookViewSet
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
    ReminderSerializer,
    UnwatchedLeadSerializer,
)
from deadlines.services.publishing import NoticeEntry, may_publish, preview, publish
from deadlines.yearbook import known_notices

MULTIPART = "multipart/form-data"
_FILTERS = [
    entries_of(DeadlineFilterForm),
    OpenApiParameter("matter", OpenApiTypes.STR, description="Key of a case or lead."),
]


@extend_schema_view(list=extend_schema(parameters=_FILTERS))
class DeadlineViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet):
    """Deadlines of the matters the reader may see. Statutory ones follow from events alone."""

    queryset = Deadline.objects.none()
    serializer_class = DeadlineSerializer
    ordering = ("effective_day", "id")

    def get_queryset(self) -> QuerySet[Deadline]:
        return selectors.deadlines_visible_to(self.actor)

    def filter_queryset(self, queryset: Any) -> Any:
        if self.action != "list":
            return queryset
        form = self._filter()
        if key := self.request.query_params.get("matter"):
            queryset = selectors.deadlines_of(self.actor, get_matter(self.actor, key))
        return narrowed(queryset, self.actor, form.cleaned_data)

    def _filter(self) -> DeadlineFilterForm:
        form = DeadlineFilterForm(self.request.query_params, actor=self.actor)
        return valid(form, _("The filter cannot be used."))

    @extend_schema(
        parameters=[entries_of(DeadlineFilterForm)],
        filters=False,
        responses={(200, MEDIA_TYPE): OpenApiTypes.BINARY, (400, PROBLEM): ProblemSerializer},
    )
    @action(detail=False, methods=["get"], renderer_classes=[FileRenderer], pagination_class=None)
    def export(self, request: Request) -> FileResponse:
        """Return the deadlines the filter leaves as a workbook (xlsx); that it was taken is recorded."""
        file = export_deadlines(actor=self.actor, form=self._filter())
        return workbook_answer(file, "deadlines")

    @extend_schema(request=ManualDeadlineSerializer, responses={201: DeadlineSerializer})
    def create(self, request: Request) -> Response:
        """Set a deadline by hand; members of the handling team may."""
        facts = self.entries(ManualDeadlineSerializer)
        matter = get_matter(self.actor, facts.pop("matter"))
        if (holder := facts.pop("holder", None)) is not None:
            facts["holder"] = selectors.members_of(matter).filter(pk=holder).first()
            if facts["holder"] is None:
                sentence = _("This person does not belong to the handling team.")
                raise Invalid(sentence, errors={"holder": [sentence]})
        return self.shown(services.set_manual(actor=self.actor, matter=matter, **facts), 201)

    @extend_schema(request={MULTIPART: CompleteSerializer}, responses=DeadlineSerializer)
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser, JSONParser])
    def complete(self, request: Request, pk: str) -> Response:
        """Close a deadline set by hand as met: with its outcome and its proof."""
        facts = self.entries(CompleteSerializer)
        deadline = self.get_object()
        event = facts.pop("event", None)
        facts.pop("paper", None)
        proof = events_of(deadline.matter).filter(pk=event).first() if event else None
        if event and proof is None:
            sentence = _("This entry does not belong to the matter.")
            raise Invalid(sentence, errors={"event": [sentence]})
        files = request.FILES.getlist("paper")
        row = services.complete_manual(
            actor=self.actor, deadline=deadline, files=files, proof=proof, **facts
        )
        return self.shown(row)

    @extend_schema(request=CloseSerializer, responses=DeadlineSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Close a deadline set by hand because it is no longer needed; the note says why."""
        return self._closed(services.cancel_manual)

    @extend_schema(request=CloseSerializer, responses=DeadlineSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """Confirm, as the second person, that a duty of the office was done as recorded."""
        return self._closed(services.confirm)

    @extend_schema(request=CloseSerializer, responses=DeadlineSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """Say, as the second person, that the completion is not proven; the note says why."""
        return self._closed(services.refuse)

    @extend_schema(responses=ReminderSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def reminders(self, request: Request, pk: str) -> Response:
        """Return the reminders of a deadline, with their state and whether they came late."""
        rows = self.get_object().reminders.order_by("due_at", "id")
        return Response(ReminderSerializer(rows, many=True).data)

    def _closed(self, close: Any) -> Response:
        facts = self.entries(CloseSerializer)
        close(actor=self.actor, deadline=self.get_object(), **facts)
        return self.shown(self.get_object())


_VERSION = OpenApiParameter(
    "version", OpenApiTypes.STR, description="Of the rulebook; the one in force when left out."
)


def _rulebook(request: Request) -> Rulebook:
    return selectors.rulebook_called(request.query_params.get("version", ""))


class PeriodViewSet(PlannerActions, ActorViewSet):
    """The statutory periods of a rulebook, and what-if questions."""

    serializer_class = PeriodSerializer
    pagination_class = None
    lookup_field = "id"
    lookup_value_regex = r"P-[0-9]{1,3}[a-z]?(?:-[0-9])?"

    @extend_schema(parameters=[_VERSION], responses=PeriodSerializer(many=True))
    def list(self, request: Request) -> Response:
        """List every period of a version with its article."""
        rules = _rulebook(request).periods.values()
        return Response([PeriodSerializer(rule).data for rule in rules])

    @extend_schema(
        parameters=[_VERSION, OpenApiParameter("id", OpenApiTypes.STR, OpenApiParameter.PATH)],
        responses=PeriodSerializer,
    )
    def retrieve(self, request: Request, id: str) -> Response:
        """Return one period."""
        rule = _rulebook(request).periods.get(id)
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
        own = own_rules_on(self.actor.office_id, clock.today())
        return Response(answer_to(data, own=own))


class NotificationViewSet(mixins.ListModelMixin, ActorViewSet):
    """What the person of the session was told, newest first."""

    queryset = Notification.objects.none()
    serializer_class = NotificationSerializer
    ordering: ClassVar = ("-id",)

    def get_queryset(self) -> QuerySet[Notification]:
        return selectors.notifications_of(self.actor)

    @extend_schema(request=None, responses=NotificationSerializer)
    @action(detail=True, methods=["post"])
    def read(self, request: Request, pk: str) -> Response:
        """Mark one notification as read."""
        return self.shown(services.mark_read(actor=self.actor, pk=int(pk)))

    @extend_schema(request=None, responses={204: None})
    @action(detail=False, methods=["post"], url_path="read-all")
    def read_all(self, request: Request) -> Response:
        """Mark all notifications as read."""
        services.mark_all_read(actor=self.actor)
        return Response(status=204)


_MONTH = OpenApiParameter(
    "month", OpenApiTypes.STR, description="Such as 2026-06; else the present."
)


@extend_schema_view(list=extend_schema(parameters=[_MONTH]))
class LeadReportViewSet(mixins.ListModelMixin, ActorViewSet):
    """The month report of leads: those without outcome and without a running deadline."""

    queryset = Lead.objects.none()
    serializer_class = UnwatchedLeadSerializer
    ordering = ("received_on", "id")

    def _month(self) -> date:
        form = valid(MonthForm(self.request.query_params), _("The report cannot be made."))
        month: date = form.cleaned_data["month"]
        return month

    def get_queryset(self) -> QuerySet[Lead]:
        if getattr(self, "swagger_fake_view", False):
            return Lead.objects.none()
        return report.unwatched(self.actor, self._month())

    @extend_schema(parameters=[_MONTH], responses=MonthSerializer(many=True), filters=False)
    @action(detail=False, methods=["get"], pagination_class=None)
    def months(self, request: Request) -> Response:
        """Return what became of the leads of twelve months, the latest month first."""
        rows = report.months_until(self.actor, self._month())
        return Response(MonthSerializer(rows, many=True).data)


class CalendarViewSet(ActorViewSet):
    """The notices of the working calendar, and publishing the notice of a year."""

    serializer_class = NoticeSerializer
    pagination_class = None

    @extend_schema(responses=NoticeSerializer(many=True))
    def list(self, request: Request) -> Response:
        """List the notice that stands for each year."""
        return Response([NoticeSerializer(notice).data for notice in known_notices()])

    @extend_schema(request={MULTIPART: NoticeUploadSerializer}, responses=OutcomeSerializer)
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser])
    def preview(self, request: Request) -> Response:
        """Tell what publishing would move; nothing is stored."""
        actor = self._publisher()
        outcome = preview(actor=actor, entry=_entry(self.entries(NoticeUploadSerializer)))
        return Response(OutcomeSerializer(outcome).data)

    @extend_schema(request={MULTIPART: NoticePublishSerializer}, responses={201: NoticeSerializer})
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser])
    def publish(self, request: Request) -> Response:
        """Publish a notice exactly as its preview was read; 409 when it would do something else."""
        actor = self._publisher()
        given = self.entries(NoticePublishSerializer)
        row = publish(actor=actor, entry=_entry(given), digest=given["digest"])
        standing = next(notice for notice in known_notices() if notice.year == row.year)
        return Response(NoticeSerializer(standing).data, status=201)

    def _publisher(self) -> User:
        if not may_publish(self.actor):
            raise NotVisible(_("There is no such page."))
        return self.actor


def _entry(given: Mapping[str, Any]) -> NoticeEntry:
    text = decoded(given["file"].read(MOST_BYTES + 1))
    return NoticeEntry(given["year"], given["source"], given["source_en"], text)


def register(router: BaseRouter) -> None:
    """Add the room to the API."""
    router.register("office-periods", OfficePeriodViewSet, basename="office-period")
    of_case = f"cases/(?P<key>{CASE_KEY})"
    router.register(f"{of_case}/rulebook", CaseRulebookViewSet, basename="case-rulebook")
    router.register("calendar", CalendarViewSet, basename="calendar")
    list_api.register(router)
    router.register("deadlines", DeadlineViewSet, basename="deadline")
    router.register("periods", PeriodViewSet, basename="period")
    router.register("lead-report", LeadReportViewSet, basename="lead-report")
    router.register("reminder-settings", ReminderSettingsViewSet, basename="reminder-settings")
    router.register("notifications", NotificationViewSet, basename="notification")
    feed_api.register(router)
    calendar_api.register(router)
