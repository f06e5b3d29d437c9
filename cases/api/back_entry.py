"""Back-entry of a lead or a case, and steps entered from paper, for programs (design 3)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from audit.errors import valid
from cases.api.base import READ_AND_ADD, OfMatterViewSet, facts_of, files_of, form_data
from cases.api.schema import KEY, MULTIPART, entries_of, refusals
from cases.api.serializers.acts import EventSerializer
from cases.api.serializers.back_entry import BackEntrySerializer, OnPaperSerializer
from cases.forms.back_entry import (
    AskBackEntryForm,
    DecideBackEntryForm,
    EndBackEntryForm,
    on_paper_form,
)
from cases.models import BackEntry
from cases.selectors.back_entry import back_entries_of
from cases.services import acts, back_entry
from cases.services.on_paper import record_on_paper


@extend_schema_view(list=extend_schema(parameters=[KEY]))
class BackEntryViewSet(mixins.ListModelMixin, OfMatterViewSet):
    """Every back-entry of a lead or a case, the oldest first."""

    queryset = BackEntry.objects.none()
    serializer_class = BackEntrySerializer
    ordering = ("id",)
    http_method_names = READ_AND_ADD

    def get_queryset(self) -> QuerySet[BackEntry]:
        return back_entries_of(self.matter)

    @extend_schema(
        parameters=[KEY],
        request=entries_of(AskBackEntryForm),
        responses=refusals(BackEntrySerializer, 201),
    )
    def create(self, request: Request, key: str) -> Response:
        """Ask that the matter be brought up to date from its paper file; its lead handler does."""
        form = valid(AskBackEntryForm(form_data(request.data)))
        row = back_entry.ask_for_back_entry(
            actor=self.actor, matter=self.matter, **form.cleaned_data
        )
        return self.shown(row, 201)

    @extend_schema(
        parameters=[KEY],
        request=entries_of(DecideBackEntryForm),
        responses=refusals(BackEntrySerializer),
    )
    @action(detail=False, methods=["post"])
    def decide(self, request: Request, key: str) -> Response:
        """Agree, or refuse with a reason; the head of the department does."""
        form = valid(DecideBackEntryForm(form_data(request.data)))
        given: dict[str, Any] = {"actor": self.actor, "matter": self.matter}
        if form.cleaned_data["decision"] == "agree":
            return self.shown(back_entry.agree_to_back_entry(**given))
        reason = form.cleaned_data["reason"]
        return self.shown(back_entry.refuse_back_entry(**given, reason=reason))

    @extend_schema(
        parameters=[KEY],
        request=entries_of(EndBackEntryForm),
        responses=refusals(BackEntrySerializer),
    )
    @action(detail=False, methods=["post"])
    def end(self, request: Request, key: str) -> Response:
        """End it: the matter is up to date."""
        form = valid(EndBackEntryForm(form_data(request.data)))
        row = back_entry.end_back_entry(actor=self.actor, matter=self.matter, **form.cleaned_data)
        return self.shown(row)


class OnPaperViewSet(OfMatterViewSet):
    """Steps of a matter in back-entry, each entered with the paper that decided it."""

    serializer_class = EventSerializer
    parser_classes = (MultiPartParser,)
    http_method_names = READ_AND_ADD

    @extend_schema(
        parameters=[KEY],
        request={MULTIPART: OnPaperSerializer},
        responses=refusals(EventSerializer, 201),
    )
    def create(self, request: Request, key: str) -> Response:
        """Record a step that needs approval as it was decided on paper; nothing is decided here."""
        declaration = acts.declaration_of(
            self.matter, self.entries(OnPaperSerializer)["transition"]
        )
        facts, files = facts_of(request.data), files_of(request)
        asked = on_paper_form(declaration, self.matter, self.actor)
        form: Any = valid(asked(facts, files, matter=self.matter))
        event = record_on_paper(
            actor=self.actor,
            matter=self.matter,
            code=declaration.code,
            data=facts,
            files=files,
            paper=form.paper(),
        )
        return self.shown(event, 201)
