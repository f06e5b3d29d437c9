"""Running cases for programs: the trial of a table, the question to the head, his decision."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.viewsets import ActorViewSet, FileRenderer
from audit.errors import NotVisible, valid
from cases.api.base import READ_AND_ADD, files_of, form_data
from cases.api.schema import MULTIPART, entries_of, refusals
from cases.api.serializers.running import RunningEntrySerializer, TableSerializer
from cases.forms.running import DecideEntryForm, TableForm
from cases.models import RunningEntry
from cases.running import selectors, services
from cases.running.template import template
from cases.spreadsheet import MEDIA_TYPE, workbook_answer


class RunningEntryViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet):
    """Tables of running cases the caller tried or decides on, the latest first."""

    queryset = RunningEntry.objects.none()
    serializer_class = RunningEntrySerializer
    ordering = ("-id",)
    parser_classes = (MultiPartParser, FormParser, JSONParser)
    http_method_names = READ_AND_ADD

    def get_queryset(self) -> QuerySet[RunningEntry]:
        return selectors.entries_visible_to(self.actor)

    def get_object(self) -> RunningEntry:
        return selectors.get_entry(self.actor, int(self.kwargs["pk"]))

    @extend_schema(
        request={MULTIPART: TableSerializer}, responses=refusals(RunningEntrySerializer, 201)
    )
    def create(self, request: Request) -> Response:
        """Try a table: every row gets its verdict, and nothing is entered."""
        form: Any = valid(TableForm(form_data(request.data), files_of(request)))
        entry = services.try_table(actor=self.actor, **form.cleaned_data)
        return self.shown(entry, 201)

    @extend_schema(request=None, responses=refusals(RunningEntrySerializer))
    @action(detail=True, methods=["post"])
    def ask(self, request: Request, pk: str) -> Response:
        """Ask the head of the department to agree to a table whose every row would enter."""
        return self.shown(services.ask_head(actor=self.actor, entry=self.get_object()))

    @extend_schema(request=entries_of(DecideEntryForm), responses=refusals(RunningEntrySerializer))
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str) -> Response:
        """Agree and enter every row of exactly this table, or refuse it; the head does."""
        entry, form = self.get_object(), valid(DecideEntryForm(form_data(request.data)))
        data = form.cleaned_data
        if data["decision"] == "agree":
            services.enter_all(actor=self.actor, entry=entry, digest=data["digest"])
        else:
            services.refuse_all(actor=self.actor, entry=entry, reason=data["reason"])
        return self.shown(self.get_object())

    @extend_schema(responses={(200, MEDIA_TYPE): OpenApiTypes.BINARY})
    @action(detail=False, methods=["get"], renderer_classes=[FileRenderer])
    def template(self, request: Request) -> FileResponse:
        """Return the empty table with its headings and what each column holds."""
        if not selectors.may_try(self.actor):
            raise NotVisible(_("The template is for prosecutors."))
        return workbook_answer(template(self.actor), "running-cases")
