"""The daily work around a matter for programs: tasks, comments, notes, contacts, links, timeline, files."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.viewsets import FileRenderer
from audit.errors import NotVisible, valid
from cases.api.base import (
    READ_AND_ADD,
    READ_ONLY,
    OfMatterViewSet,
    ReadOfMatterViewSet,
    form_data,
)
from cases.api.schema import ID, KEY, entries_of, refusals
from cases.api.serializers import work as serializers
from cases.api.serializers.acts import EventSerializer
from cases.api.serializers.common import AttachmentSerializer
from cases.forms.cases import LinkForm, OpenMinutesForm
from cases.forms.work import CommentForm, ContactForm, NoteForm, TaskForm
from cases.models import Attachment, Case, CaseLink, Comment, ContactRecord, Task, TeamNote
from cases.selectors.matters import cases_visible_to, get_case
from cases.selectors.people import is_member
from cases.selectors.timeline import timeline_of
from cases.services import minutes, tasks, work
from documents.download import attachment

_READ = extend_schema_view(
    list=extend_schema(parameters=[KEY]), retrieve=extend_schema(parameters=[KEY, ID])
)


class _RowViewSet(ReadOfMatterViewSet):
    lookup_url_kwarg = "id"
    ordering: tuple[str, ...] = ("-id",)
    http_method_names = READ_AND_ADD


@_READ
class TaskViewSet(_RowViewSet):
    """Tasks of a matter, the open ones and the closed ones."""

    queryset = Task.objects.none()
    serializer_class = serializers.TaskSerializer

    def get_queryset(self) -> QuerySet[Task]:
        return self.of_matter(Task.objects.select_related("owner"))

    @extend_schema(
        parameters=[KEY],
        request=entries_of(TaskForm),
        responses=refusals(serializers.TaskSerializer, 201),
    )
    def create(self, request: Request, key: str) -> Response:
        """Give somebody who sees the matter a task."""
        matter = self.matter
        form = valid(TaskForm(form_data(request.data), matter=matter, actor=self.actor))
        task = tasks.add_task(actor=self.actor, matter=matter, **form.cleaned_data)
        return self.shown(task, 201)

    @extend_schema(
        parameters=[KEY, ID],
        request=serializers.CloseTaskSerializer,
        responses=refusals(serializers.TaskSerializer),
    )
    @action(detail=True, methods=["post"])
    def close(self, request: Request, key: str, id: str) -> Response:
        """Close a task as done or as no longer needed."""
        task, entries = self.get_object(), self.entries(serializers.CloseTaskSerializer)
        return self.shown(tasks.close_task(actor=self.actor, task=task, **entries))


@_READ
class CommentViewSet(_RowViewSet):
    """Remarks everybody who sees the matter reads."""

    queryset = Comment.objects.none()
    serializer_class = serializers.CommentSerializer

    def get_queryset(self) -> QuerySet[Comment]:
        return self.of_matter(Comment.objects.select_related("author"))

    @extend_schema(
        parameters=[KEY],
        request=entries_of(CommentForm),
        responses=refusals(serializers.CommentSerializer, 201),
    )
    def create(self, request: Request, key: str) -> Response:
        """Add a remark; it is kept as written."""
        matter, form = self.matter, valid(CommentForm(form_data(request.data)))
        return self.shown(
            work.add_comment(actor=self.actor, matter=matter, **form.cleaned_data), 201
        )


@_READ
class NoteViewSet(_RowViewSet):
    """Working notes of the handling team; nobody else finds them."""

    queryset = TeamNote.objects.none()
    serializer_class = serializers.NoteSerializer

    def get_queryset(self) -> QuerySet[TeamNote]:
        if not is_member(self.matter, self.actor):
            raise NotVisible(_("Notes belong to the handling team."))
        return self.of_matter(TeamNote.objects.select_related("author"))

    @extend_schema(
        parameters=[KEY],
        request=entries_of(NoteForm),
        responses=refusals(serializers.NoteSerializer, 201),
    )
    def create(self, request: Request, key: str) -> Response:
        """Add a note."""
        matter, form = self.matter, valid(NoteForm(form_data(request.data)))
        return self.shown(work.add_note(actor=self.actor, matter=matter, **form.cleaned_data), 201)


@_READ
class ContactViewSet(_RowViewSet):
    """Conversations with people outside."""

    queryset = ContactRecord.objects.none()
    serializer_class = serializers.ContactSerializer
    ordering = ("-day", "-id")

    def get_queryset(self) -> QuerySet[ContactRecord]:
        return self.of_matter(ContactRecord.objects.select_related("recorded_by"))

    @extend_schema(
        parameters=[KEY],
        request=entries_of(ContactForm),
        responses=refusals(serializers.ContactSerializer, 201),
    )
    def create(self, request: Request, key: str) -> Response:
        """Record a conversation."""
        matter, form = self.matter, valid(ContactForm(form_data(request.data)))
        return self.shown(
            work.record_contact(actor=self.actor, matter=matter, facts=form.cleaned_data), 201
        )


@_READ
class LinkViewSet(_RowViewSet):
    """Cases that belong to this one, in both directions, as far as the caller sees them."""

    queryset = CaseLink.objects.none()
    serializer_class = serializers.LinkSerializer

    def get_queryset(self) -> QuerySet[CaseLink]:
        visible = cases_visible_to(self.actor)
        both = Q(source=self.matter, target__in=visible) | Q(target=self.matter, source__in=visible)
        return CaseLink.objects.filter(both).select_related("source", "target")

    @extend_schema(
        parameters=[KEY],
        request=entries_of(LinkForm),
        responses=refusals(serializers.LinkSerializer, 201),
    )
    def create(self, request: Request, key: str) -> Response:
        """Link another case the caller sees."""
        case, entries = self.matter, valid(LinkForm(form_data(request.data))).cleaned_data
        assert isinstance(case, Case)
        other = get_case(self.actor, entries.pop("other"))
        return self.shown(
            work.link_cases(actor=self.actor, source=case, target=other, **entries), 201
        )


class TimelineViewSet(OfMatterViewSet):
    """What happened around a matter, as every room tells it."""

    serializer_class = serializers.TimelineEntrySerializer
    http_method_names = READ_ONLY

    @extend_schema(
        parameters=[KEY, OpenApiParameter("group", OpenApiTypes.STR)],
        responses=serializers.TimelineEntrySerializer(many=True),
    )
    def list(self, request: Request, key: str) -> Response:
        """List the entries, the newest legal day first."""
        entries = timeline_of(self.matter, self.actor, request.query_params.get("group", ""))
        return Response(self.get_serializer(entries, many=True).data)


@extend_schema_view(
    list=extend_schema(parameters=[KEY]), retrieve=extend_schema(parameters=[KEY, ID])
)
class AttachmentViewSet(_RowViewSet):
    """Files kept beside the record: proofs of events and scans of paper approvals."""

    queryset = Attachment.objects.none()
    serializer_class = AttachmentSerializer
    http_method_names = READ_AND_ADD

    def get_queryset(self) -> QuerySet[Attachment]:
        return self.of_matter(Attachment.objects.all())

    @extend_schema(parameters=[KEY, ID], responses={(200, "application/octet-stream"): bytes})
    @action(detail=True, methods=["get"], renderer_classes=[FileRenderer])
    def content(self, request: Request, key: str, id: str) -> StreamingHttpResponse:
        """Return the bytes of the file; the look is recorded. Minutes of the committee: PCR 27."""
        file: Any = self.get_object()
        minutes.require_may_read(self.actor, file)
        return attachment(
            sha256=file.sha256, name=file.name, media_type=file.media_type, size=file.size
        )

    @extend_schema(
        parameters=[KEY, ID],
        request=entries_of(OpenMinutesForm),
        responses=refusals(EventSerializer, 201),
    )
    @action(detail=True, methods=["post"], url_path="open-minutes")
    def open_minutes(self, request: Request, key: str, id: str) -> Response:
        """Let somebody read these minutes of the committee; the chief does (PCR 27)."""
        file: Any = self.get_object()
        if not minutes.is_minutes(file):
            raise NotVisible(_("This file is no minutes of the committee."))
        entries = form_data(request.data)
        form = valid(OpenMinutesForm(entries, office_id=self.matter.office_id))
        event = minutes.open_minutes(actor=self.actor, minutes=file, **form.cleaned_data)
        return Response(EventSerializer(event).data, status=201)
