"""One act on the leads or cases marked in a list: choose what, do it one by one, read what became of each."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import CASEWORK_ROLES
from accounts.selectors import effective_roles
from cases.forms.lists import AssignCasesForm, AssignLeadsForm, TagCasesForm, TagLeadsForm
from cases.listed import CASES, LEADS, Listed
from cases.selectors.assignment import may_distribute
from cases.selectors.tags import tags_of_office
from cases.services.bulk import (
    MOST_AT_ONCE,
    Outcome,
    assign_cases,
    assign_leads,
    tag_cases,
    tag_leads,
)
from cases.views.case_list import KEPT as CASES_KEPT
from cases.views.kept_filters import KeptList
from cases.views.lead_list import KEPT as LEADS_KEPT
from cases.views.matter_frame import RefusableAct
from cases.views.matter_list import packed


@dataclass(frozen=True)
class Words:
    """How an act on several calls them.

    Attributes:
        counted: says how many they are.
        nothing, hint: what is said where nothing is marked.
        refused, done: what heads those it was not done for, and those it was.
    """

    one: Promise
    counted: Callable[[int], str]
    nothing: Promise
    hint: Promise
    refused: Promise
    done: Promise


class MarkedAct(RefusableAct):
    """An act on the marked rows of a list, or on all that match its filter up to a cap."""

    template_name = "cases/marked.html"
    listed: ClassVar[Listed]
    kept: ClassVar[KeptList]
    words: ClassVar[Words]

    @cached_property
    def keys(self) -> list[str]:
        """The keys of the rows: those marked, or of all that match the first ones in their order."""
        if self.request.method == "POST":
            return self.request.POST.getlist(self.listed.one)
        if "all" not in self.request.GET:
            return self.request.GET.getlist(self.listed.one)
        query = packed(self.kept, self.request.GET)
        rows, order = self.listed.in_order(self._matching(query), query.get("sort", ""))
        ordered = rows.order_by(order, "-pk").values_list("key", flat=True)
        return list(ordered[: MOST_AT_ONCE + 1])

    def _matching(self, query: QueryDict) -> QuerySet[Any]:
        """Return what a filter leaves; a wrong one leaves nothing, whatever the list shows under it."""
        form = self.listed.form_class(query, actor=self.actor)
        return form.found() if form.is_valid() else form.found().none()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"keys": self.keys}

    def get_initial(self) -> dict[str, Any]:
        return {self.listed.one: self.keys[:MOST_AT_ONCE]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = self.listed.seen(self.actor).filter(key__in=self.keys[:MOST_AT_ONCE])
        matters = list(seen.order_by("key"))
        return super().get_context_data(
            **{self.listed.name: matters},
            matters=matters,
            counted=self.words.counted(len(matters)),
            more=len(self.keys) > MOST_AT_ONCE,
            most_at_once=MOST_AT_ONCE,
            query=self.query,
            listed=self.listed,
            words=self.words,
            **kwargs,
        )

    @property
    def query(self) -> str:
        """The filters of the list, as an address names them."""
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        return packed(self.kept, given).urlencode()

    def back(self) -> str:
        return self.kept.address(self.query)

    def act(self, form: BaseForm) -> HttpResponse | None:
        outcomes = self.carry_out(form)
        context = {
            "heading": self.heading,
            "listed": self.listed,
            "words": self.words,
            "done": [each for each in outcomes if each.refusal is None],
            "refused": [each for each in outcomes if each.refusal is not None],
            "back": self.back(),
        }
        return render(self.request, "cases/marked_outcomes.html", context)

    @abstractmethod
    def carry_out(self, form: BaseForm) -> list[Outcome]:
        """Do it to each of the rows of the form."""


class MarkedCasesAct(MarkedAct):
    """An act on the marked cases."""

    listed = CASES
    kept = CASES_KEPT
    words = Words(
        one=_("Case"),
        counted=lambda number: (
            ngettext("%(number)s case", "%(number)s cases", number) % {"number": number}
        ),
        nothing=_("No case is marked."),
        hint=_("Go back to the list and mark the cases first."),
        refused=_("Cases it was not done for"),
        done=_("Cases it was done for"),
    )


class MarkedLeadsAct(MarkedAct):
    """An act on the marked leads."""

    listed = LEADS
    kept = LEADS_KEPT
    words = Words(
        one=_("Lead"),
        counted=lambda number: (
            ngettext("%(number)s lead", "%(number)s leads", number) % {"number": number}
        ),
        nothing=_("No lead is marked."),
        hint=_("Go back to the list and mark the leads first."),
        refused=_("Leads it was not done for"),
        done=_("Leads it was done for"),
    )


class Assigning(MarkedAct):
    """Gives what is marked to somebody of the office; for those who distribute matters."""

    button = _("Assign")

    def prepare(self) -> None:
        self.require(may_distribute(self.actor))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"office_id": self.actor.office_id}


class AssignMarked(Assigning, MarkedCasesAct):
    """Give the marked cases to a lead handler; the department head or the chief decides (Rules 6)."""

    form_class = AssignCasesForm
    heading = _("Assign the marked cases")
    explanation = _(
        "Each case is decided on its own: open tasks of the present handler go along, and what one case "
        "refuses stops no other."
    )

    def carry_out(self, form: BaseForm) -> list[Outcome]:
        chosen = form.cleaned_data
        return assign_cases(
            actor=self.actor,
            keys=chosen["case"],
            handler=chosen["successor"],
            reason=chosen["reason"],
        )


class AssignMarkedLeads(Assigning, MarkedLeadsAct):
    """Give the marked leads to a handling prosecutor; department head or chief decides (Rules 6, 27)."""

    form_class = AssignLeadsForm
    heading = _("Assign the marked leads")
    explanation = _(
        "Each lead is decided on its own: one that nobody handles yet is assigned today, any other is handed "
        "over with its open tasks. What one lead refuses stops no other."
    )

    def carry_out(self, form: BaseForm) -> list[Outcome]:
        chosen = form.cleaned_data
        return assign_leads(
            actor=self.actor,
            keys=chosen["lead"],
            handler=chosen["successor"],
            reason=chosen["reason"],
            conflict_checked=chosen["conflict_checked"],
        )


class Tagging(MarkedAct):
    """Puts labels on what is marked, or takes them off; for those who work on leads and cases."""

    button = _("Save the labels")

    def prepare(self) -> None:
        self.require(bool(effective_roles(self.actor) & CASEWORK_ROLES))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"offered": tags_of_office(self.actor)}

    def asked(self, form: BaseForm) -> dict[str, Any]:
        """Return what the services of such an act take."""
        chosen = form.cleaned_data
        put_on, take_off = list(chosen["put_on"]), list(chosen["take_off"])
        keys = chosen[self.listed.one]
        return {"actor": self.actor, "keys": keys, "put_on": put_on, "take_off": take_off}


class TagMarked(Tagging, MarkedCasesAct):
    """Put labels on the marked cases, or take them off."""

    form_class = TagCasesForm
    heading = _("Label the marked cases")
    explanation = _("A case that bears a label already, or does not bear it, stays as it is.")

    def carry_out(self, form: BaseForm) -> list[Outcome]:
        return tag_cases(**self.asked(form))


class TagMarkedLeads(Tagging, MarkedLeadsAct):
    """Put labels on the marked leads, or take them off."""

    form_class = TagLeadsForm
    heading = _("Label the marked leads")
    explanation = _("A lead that bears a label already, or does not bear it, stays as it is.")

    def carry_out(self, form: BaseForm) -> list[Outcome]:
        return tag_leads(**self.asked(form))
