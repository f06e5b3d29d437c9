"""One act on the cases marked in the list: choose what, do it one by one, read what became of each."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import CASEWORK_ROLES
from accounts.selectors import effective_roles
from cases.forms.case_list import CaseFilterForm
from cases.forms.lists import AssignCasesForm, TagCasesForm
from cases.models.listing import LONGEST_QUERY
from cases.selectors.assignment import may_distribute
from cases.selectors.case_list import in_order
from cases.selectors.lists import tags_of_office
from cases.selectors.matters import cases_visible_to
from cases.services.bulk import MOST_AT_ONCE, Outcome, assign_cases, tag_cases
from cases.views.case_list import KEPT
from cases.views.matter_frame import RefusableAct


def marked(given: QueryDict) -> QueryDict:
    """Return the filters of the list in which cases were marked."""
    return KEPT.query(QueryDict(given.get("query", "")[:LONGEST_QUERY]))


class MarkedAct(RefusableAct):
    """An act on the marked cases, or on all that match the filter up to a cap."""

    template_name = "cases/marked_cases.html"

    @cached_property
    def keys(self) -> list[str]:
        """The keys of the cases: those marked, or of all that match the first ones in their order."""
        if self.request.method == "POST":
            return self.request.POST.getlist("case")
        if "all" not in self.request.GET:
            return self.request.GET.getlist("case")
        query = marked(self.request.GET)
        rows, order = in_order(
            CaseFilterForm(query, actor=self.actor).found(), query.get("sort", "")
        )
        ordered = rows.order_by(order, "-pk").values_list("key", flat=True)
        return list(ordered[: MOST_AT_ONCE + 1])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"keys": self.keys}

    def get_initial(self) -> dict[str, Any]:
        return {"case": self.keys[:MOST_AT_ONCE]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = cases_visible_to(self.actor).filter(key__in=self.keys[:MOST_AT_ONCE])
        return super().get_context_data(
            cases=list(seen.order_by("key")),
            more=len(self.keys) > MOST_AT_ONCE,
            most_at_once=MOST_AT_ONCE,
            query=self.query,
            **kwargs,
        )

    @property
    def query(self) -> str:
        """The filters of the list, as an address names them."""
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        return marked(given).urlencode()

    def back(self) -> str:
        return KEPT.address(self.query)

    def act(self, form: BaseForm) -> HttpResponse | None:
        outcomes = self.carry_out(form)
        context = {
            "heading": self.heading,
            "done": [each for each in outcomes if each.refusal is None],
            "refused": [each for each in outcomes if each.refusal is not None],
            "back": self.back(),
        }
        return render(self.request, "cases/marked_outcomes.html", context)

    @abstractmethod
    def carry_out(self, form: BaseForm) -> list[Outcome]:
        """Do it to each of the cases of the form."""


class AssignMarked(MarkedAct):
    """Give the marked cases to a lead handler; the department head or the chief decides (Rules 6)."""

    form_class = AssignCasesForm
    heading = _("Assign the marked cases")
    explanation = _(
        "Each case is decided on its own: open tasks of the present handler go along, and what one case "
        "refuses stops no other."
    )
    button = _("Assign")

    def prepare(self) -> None:
        self.require(may_distribute(self.actor))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"office_id": self.actor.office_id}

    def carry_out(self, form: BaseForm) -> list[Outcome]:
        chosen = form.cleaned_data
        return assign_cases(
            actor=self.actor,
            keys=chosen["case"],
            handler=chosen["successor"],
            reason=chosen["reason"],
        )


class TagMarked(MarkedAct):
    """Put labels on the marked cases, or take them off."""

    form_class = TagCasesForm
    heading = _("Label the marked cases")
    explanation = _("A case that bears a label already, or does not bear it, stays as it is.")
    button = _("Save the labels")

    def prepare(self) -> None:
        self.require(bool(effective_roles(self.actor) & CASEWORK_ROLES))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"offered": tags_of_office(self.actor)}

    def carry_out(self, form: BaseForm) -> list[Outcome]:
        chosen = form.cleaned_data
        return tag_cases(
            actor=self.actor,
            keys=chosen["case"],
            put_on=list(chosen["put_on"]),
            take_off=list(chosen["take_off"]),
        )
