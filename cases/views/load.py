"""Who has how much in hand, who could handle a matter, and how many points a matter weighs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.views.base import StaffPage
from cases.forms.load import LoadWeightsForm
from cases.models import Case, Lead, LoadWeights
from cases.registries import burdens
from cases.selectors import assignment, load
from cases.selectors.handlers import Suggestion, suggestion_for
from cases.selectors.load import Load
from cases.selectors.people import lead_handler
from cases.services.load import may_set_weights, set_weights
from cases.services.team import may_assign
from cases.states import LeadState
from cases.views.matter_frame import MatterPage, RefusableAct

if TYPE_CHECKING:
    Matter = Lead | Case


def desks(found: list[Load]) -> list[dict[str, Any]]:
    """Return each person's figures with the list behind each of the rooms above."""
    return [
        {
            "load": row,
            "burdens": [
                (burden.title, row.burdens[code], burden.link(row.person))
                for code, burden in burdens.items()
            ],
        }
        for row in found
    ]


def desks_of(actor: User, weights: LoadWeights) -> list[dict[str, Any]]:
    """Return what each prosecutor whom `actor` compares has in hand, by name."""
    people = load.prosecutors_of(actor)
    return desks(list(load.loads_of(actor, people, weights).values()))


def suggestion_shown(actor: User, matter: Matter) -> Suggestion | None:
    """Return who could handle `matter` for whoever assigns it; None for everybody else."""
    return suggestion_for(actor, matter) if may_assign(actor, matter) else None


def points_in_words(weights: LoadWeights) -> list[dict[str, Any]]:
    """Return what each kind of matter weighs and what it means."""
    form = LoadWeightsForm()
    return [
        {
            "title": form.fields[name].label,
            "meaning": form.fields[name].help_text,
            "points": points,
            "usual": form.fields[name].initial,
        }
        for name, points in weights.values().items()
    ]


class DepartmentLoad(StaffPage):
    """What each prosecutor has in hand, by name, and what is behind the figures."""

    template_name = "cases/load.html"

    def prepare(self) -> None:
        self.require(assignment.may_distribute(self.actor))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        weights = load.weights_of(self.actor.office_id)
        return super().get_context_data(
            desks=desks_of(self.actor, weights),
            titles=[burden.title for burden in burdens.values()],
            weights=weights,
            points=points_in_words(weights),
            may_set=may_set_weights(self.actor),
            **kwargs,
        )


class LoadWeightsSet(RefusableAct):
    """Choose how many points a matter weighs in the actor's office."""

    template_name = "cases/load_weights.html"
    form_class = LoadWeightsForm
    heading = _("Points of open matters")
    explanation = _(
        "An office's own setting to compare desks before assigning; no article of law names any points."
    )
    button = _("Save")
    done = _("The points are set.")

    def prepare(self) -> None:
        self.require(may_set_weights(self.actor))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": load.weights_of(self.actor.office_id)}

    def act(self, form: BaseForm) -> HttpResponse | None:
        set_weights(actor=self.actor, points=form.cleaned_data)
        return None

    def back(self) -> str:
        return reverse("load_of_department")


class MatterHandlers(MatterPage):
    """Everybody who could handle a matter, by name, with one suggestion; the head decides."""

    template_name = "cases/handlers.html"

    def prepare(self) -> None:
        super().prepare()
        self.require(may_assign(self.actor, self.matter))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        suggestion = suggestion_for(self.actor, self.matter)
        shown = [row.load for row in suggestion.candidates if row.load is not None]
        figures = {row["load"].person.pk: row for row in desks(shown)}
        return super().get_context_data(
            suggestion=suggestion,
            rows=[(row, figures.get(row.person.pk)) for row in suggestion.candidates],
            titles=[burden.title for burden in burdens.values()],
            **_next_act(self.matter),
            **kwargs,
        )


def _next_act(matter: Matter) -> dict[str, str]:
    """Return the form in which one of them is chosen: its address, which the person's number completes."""
    if isinstance(matter, Lead) and matter.state == LeadState.LEAD_REGISTERED:
        return {
            "act": f"{reverse('lead_assign', args=[matter.key])}?handler=",
            "act_title": translate("Assign"),
        }
    if lead_handler(matter) is not None:
        return {
            "act": f"{reverse('hand_over', args=[matter.key])}?successor=",
            "act_title": translate("Hand over"),
        }
    return {}
