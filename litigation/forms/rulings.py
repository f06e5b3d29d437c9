"""What follows a ruling on jurisdiction and an application for retrial (CPL 157, 171, 215)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import FactsForm
from cases.forms.facts import long_text
from cases.models import Case, Event
from cases.selectors.events import corrected, reference_of, standing
from litigation.forms.judging import party_choices
from litigation.forms.review import event_choices, proof

# Rulings on jurisdiction, each with the party whose time to appeal runs from the service on it.
ON_JURISDICTION = ("court_changed", "jurisdiction_objection_refused")


def rulings_on_jurisdiction(case: Case) -> list[Event]:
    """Return the standing rulings on jurisdiction, in the order of recording."""
    return standing(case, *ON_JURISDICTION)


def _described(case: Case, ruling: Event) -> str:
    day, facts = corrected(ruling)
    party = str(facts.get("party", ""))
    return f"{day.isoformat()} {dict(party_choices(case)).get(party, party)}"


class JurisdictionAppealFacts(FactsForm):
    """A party appealed against a ruling on jurisdiction, on the day of the appeal (S61-2; CPL 157, 171)."""

    ruling = forms.ChoiceField(label=_("Ruling on jurisdiction, and on whom it was served"))
    paper = proof(_("Appeal and receipt of the court"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rulings: dict[str, Event] = {}
        if isinstance(self.matter, Case):
            found = rulings_on_jurisdiction(self.matter)
            self.rulings = {reference_of(event): event for event in found}
            choices = [(key, _described(self.matter, event)) for key, event in self.rulings.items()]
            self.fields["ruling"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Return the facts with the day of the appeal, and the party as the ruling names it."""
        ruling = corrected(self.rulings[self.cleaned_data["ruling"]])[1]
        day = self.cleaned_data["legal_day"].isoformat()
        return super().facts() | {"appealed_on": day, "party": ruling.get("party")}


class RetrialRefusedFacts(FactsForm):
    """The court refused an application for retrial, on the day of its ruling (S26-3; CPL 215)."""

    application = forms.ChoiceField(label=_("Application for retrial"))
    ruling_number = forms.CharField(label=_("Number of the ruling"), max_length=100)
    reason = long_text(_("Reasons of the court"))
    ruling = proof(_("The ruling"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["application"].choices = event_choices(  # type: ignore[attr-defined]
            self, "retrial_applied", "applicant"
        )
