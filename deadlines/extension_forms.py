"""The facts of lengthening a period of the office: which clock, why, and what the office above approved."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit import clock
from audit.fields import DayField
from cases.forms.base import FactsForm, MultipleFileField
from cases.forms.facts import DecisionFacts, long_text
from cases.selectors import back_entry
from deadlines.extending import is_extended_by_step
from deadlines.facts import ClockFacts
from deadlines.models import Deadline
from deadlines.rulebook import PeriodRule

# Rules 47.
EXTENSION_GROUNDS = (
    ("major", _("Major case")),
    ("difficult", _("Difficult case")),
    ("complex", _("Complex case")),
)


class ExtensionFacts(DecisionFacts):
    """Why the office needs more time (Rules 47)."""

    ground = forms.ChoiceField(
        label=_("Ground"), choices=EXTENSION_GROUNDS, widget=forms.RadioSelect
    )
    explanation = long_text(_("Explanation"))


class ClockExtensionFacts(ClockFacts, ExtensionFacts):
    """Which clock of the office is to be lengthened, and why (S62; Rules 47)."""

    field_order = ("clock", "ground", "explanation")
    not_offered = _(
        "This is no running deadline that the chief procurator or the next-higher office lengthens here. The "
        "review for prosecution is extended by a proposal of its own (Rules 47)."
    )

    def _recorded(self) -> dict[str, Deadline]:
        found = super()._recorded()
        return {name: row for name, row in found.items() if self.fits_clock(row, self._rule(row))}

    @classmethod
    def fits_clock(cls, row: Deadline, rule: PeriodRule | None) -> bool:
        return is_extended_by_step(rule)


class ExtensionApprovalFacts(FactsForm):
    """The approval of the next-higher office, which names the new end (Rules 47)."""

    until = DayField(label=_("New last day, as the approval names it"))
    approval_number = forms.CharField(label=_("Number of the approval"), max_length=100)
    paper = MultipleFileField(
        label=_("The approval of the next-higher office"),
        help_text=_("A scan, a screenshot or the file itself. Its SHA-256 is kept with the event."),
    )

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        if day <= self._not_before():
            raise forms.ValidationError(_("The new last day must lie in the future."))
        return day

    def _not_before(self) -> date:
        """Return today; in back-entry, where the new end may have passed, the day of the approval."""
        stated: date | None = self.cleaned_data.get("legal_day")
        past: Any = self.matter is not None and back_entry.is_running(self.matter)
        return stated if past and stated else clock.today()
