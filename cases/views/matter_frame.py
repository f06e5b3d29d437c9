"""What the pages of leads, proposals, events and tasks share: the matter, and acts upon it."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.views.base import ActView, StaffPage, StaffView, show_refusal
from audit.errors import NotVisible, Refusal
from cases.forms.work import CommentForm, NoteForm
from cases.models import Case, Lead
from cases.registries import Offer, Panel, panels
from cases.selectors import work
from cases.selectors.matters import get_matter
from cases.services.facts import form_class
from cases.services.sources import offered
from cases.services.work import touch_presence

if TYPE_CHECKING:
    Matter = Lead | Case


class MatterView(StaffView):
    """A page below a lead or a case, loaded as the actor sees it."""

    matter: Matter

    def prepare(self) -> None:
        """Load the matter.

        Raises:
            NotVisible: there is none for this actor.
        """
        self.matter = get_matter(self.actor, self.kwargs["key"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(matter=self.matter, **kwargs)  # type: ignore[misc, no-any-return]


class MatterPage(MatterView, StaffPage):
    """A page that shows something of a matter."""


class RefusableAct(ActView):
    """A form that carries out one act; a refusal keeps what was typed."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            return self.succeeded(self.act(form))
        except NotVisible:
            raise
        except Refusal as refusal:
            return self.refused(form, refusal)

    def succeeded(self, answer: HttpResponse | None) -> HttpResponse:
        """Answer an act that was done: its own answer, or back with the sentence `done`."""
        if answer is not None:
            return answer
        if self.done:
            messages.success(self.request, str(self.done))
        return HttpResponseRedirect(self.back())

    def refused(self, form: BaseForm, refusal: Refusal) -> HttpResponse:
        """Show the form again: sentences at their fields, all unmet requirements above it."""
        show_refusal(form, refusal)
        context = self.get_context_data(form=form, refusal=refusal if refusal.unmet else None)
        return self.render_to_response(context, status=refusal.status)


class MatterAct(MatterView, RefusableAct):
    """A form that carries out one act on a matter."""

    template_name = "cases/matter_act.html"

    def back(self) -> str:
        return self.matter.get_absolute_url()


class SourcedAct(MatterAct):
    """An act whose facts may come from a row of a room above, such as a paper: `source` of the address."""

    @property
    @abstractmethod
    def event_kind(self) -> str:
        """The kind of the event that is recorded; each page says its own."""

    @property
    def source(self) -> str:
        """What names the row, for example ``paper:12``; empty without one."""
        return self.request.GET.get("source", "")

    @cached_property
    def offer(self) -> Offer:
        return offered(self.actor, self.matter, self.source, self.event_kind)

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), **self.offer.initial}

    def get_form_class(self) -> type[BaseForm]:
        return form_class(self.event_kind)

    def get_form_kwargs(self) -> dict[str, Any]:
        stated = {"matter": self.matter, "actor": self.actor, "given": self.offer.files}
        return super().get_form_kwargs() | stated

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(offer=self.offer, **kwargs)


def rendered_panels(
    request: HttpRequest, matter: Matter, actor: User, place: str
) -> list[tuple[Panel, SafeString]]:
    """Return the panels the other rooms bring to a matter's page at `place`, drawn."""
    fitting = (p for p in panels.values() if p.place == place and matter.machine in p.of)
    chosen = sorted(fitting, key=lambda p: p.order)
    return [
        (panel, render_to_string(panel.template, panel.context(matter, actor), request))
        for panel in chosen
    ]


def work_context(matter: Matter, actor: User) -> dict[str, Any]:
    """Return what the parts `_comments`, `_notes` and `_contacts` need beside `matter` and `is_member`."""
    return {
        "comments": work.comments_of(matter),
        "notes": work.notes_of(matter, actor),
        "contacts": work.contacts_of(matter),
        "comment_form": CommentForm(auto_id="comment_%s"),
        "note_form": NoteForm(auto_id="note_%s"),
    }


def presence(*, actor: User, matter: Matter, section: str, address: str) -> dict[str, Any]:
    """Note that `actor` has the form `section` open; return what `cases/_presence.html` needs.

    Args:
        address: what the page asks every half minute who else has it open.
    """
    others = touch_presence(actor=actor, matter=matter, section=section)
    return {"others_editing": others, "presence_address": address}
