"""Distributing leads and cases: who has how much, what nobody has yet, handing over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.views.base import StaffPage
from cases.forms.work import HandOverAllForm, HandOverForm
from cases.selectors import assignment
from cases.selectors.handlers import suggestion_for, suggestions_for
from cases.selectors.load import loads_of, prosecutors_of, weights_of
from cases.services import team
from cases.views.matter_frame import MatterAct, RefusableAct


class Assignment(StaffPage):
    """Leads and cases nobody handles, beside each prosecutor's load."""

    template_name = "cases/assignment.html"

    def prepare(self) -> None:
        self.require(assignment.may_distribute(self.actor))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        weights = weights_of(self.actor.office_id)
        people = loads_of(self.actor, prosecutors_of(self.actor), weights).values()
        leads = assignment.unassigned_leads(self.actor)
        cases = assignment.unassigned_cases(self.actor)
        found = suggestions_for(self.actor, [*leads, *cases])
        return super().get_context_data(
            loads=list(people),
            leads=found[: len(leads)],
            cases=found[len(leads) :],
            **kwargs,
        )


class HandOver(MatterAct):
    """Give one lead or case to another handling prosecutor; open tasks go along."""

    template_name = "cases/hand_over.html"
    form_class = HandOverForm
    heading = _("Hand over")
    explanation = _("Open tasks of the present handler go along. The entry stays in the record.")
    button = _("Hand over")
    done = _("The matter is handed over.")

    def prepare(self) -> None:
        super().prepare()
        self.require(team.may_assign(self.actor, self.matter))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"office_id": self.matter.office_id}

    def get_initial(self) -> dict[str, Any]:
        return {"successor": self.request.GET.get("successor")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = suggestion_for(self.actor, self.matter)
        return super().get_context_data(suggestion=found, **kwargs)

    def act(self, form: BaseForm) -> HttpResponse | None:
        team.hand_over(actor=self.actor, matter=self.matter, **form.cleaned_data)
        return None


class HandOverAll(RefusableAct):
    """Hand every open lead and case of one person to another, all or none."""

    template_name = "cases/assignment_hand_over.html"
    form_class = HandOverAllForm
    heading = _("Hand over all matters of a person")
    explanation = _("Every open lead and case goes to the successor, all of them or none.")
    button = _("Hand over all")
    dangerous = True

    def prepare(self) -> None:
        self.require(assignment.may_distribute(self.actor))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"office_id": self.actor.office_id}

    def get_initial(self) -> dict[str, Any]:
        return {"person": self.request.GET.get("person")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        chosen = form["person"].value() or ""
        person = form.fields["person"].queryset.filter(pk=chosen).first() if chosen else None
        return context | {
            "person": person,
            "matters": assignment.handled_by(person) if person else [],
        }

    def act(self, form: BaseForm) -> HttpResponse | None:
        number = team.hand_over_all(actor=self.actor, **form.cleaned_data)
        done = ngettext(
            "%(number)s matter was handed over.", "%(number)s matters were handed over.", number
        )
        messages.success(self.request, done % {"number": number})
        return HttpResponseRedirect(self.back())

    def back(self) -> str:
        return reverse("assignment")
