"""The written objection of the handler to a decision of a superior (Rules 8)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms.base import FactsForm
from cases.forms.facts import long_text
from cases.models import ApprovalStep
from cases.selectors.objections import open_to


class DecisionField(forms.ModelChoiceField[ApprovalStep]):
    """A choice of decisions; each is named with its proposal, so that two of one person differ."""

    def label_from_instance(self, obj: ApprovalStep) -> str:
        return f"{obj.proposal.title} · {obj}"


class ObjectionFacts(FactsForm):
    """Which decision the handler holds to be wrong, and why; the decision is carried out all the same.

    What the decision said is kept with the objection, so that one entry holds both texts.
    """

    step = DecisionField(
        label=_("Decision objected to"), queryset=ApprovalStep.objects.none(), empty_label=None
    )
    objection = long_text(_("Written objection of the handler"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.matter is not None:
            field = self.fields["step"]
            field.queryset = open_to(self.actor, self.matter)  # type: ignore[attr-defined]

    def clean_objection(self) -> str:
        text: str = self.cleaned_data["objection"].strip()
        return text

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        step, day = given.get("step"), given.get("legal_day")
        if step is not None and isinstance(day, date) and day < step.legal_day:
            self.add_error(
                "legal_day",
                forms.ValidationError(
                    gettext("The decision was made on %(day)s; the objection follows it."),
                    code="before_the_decision",
                    params={"day": step.legal_day},
                ),
            )
        return given

    def facts(self) -> dict[str, Any]:
        """Return the facts with the opinion the decider gave, as it stood."""
        step: ApprovalStep = self.cleaned_data["step"]
        return super().facts() | {"opinion": step.opinion}
