"""Look-back, closing and archive (T48 to T51, T61 to T63; law 3.10a; Rules 106)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit import clock
from audit.fields import DayField
from cases.forms.base import FactsForm
from cases.forms.facts import DecisionFacts, long_text
from cases.models import Case
from deadlines.periods import add_months
from enforcement.selectors import planned_checks
from litigation.forms.review import proof

CHECKS = 4


class LookBackFacts(FactsForm):
    """When the performance is tested again (T48; practice; norm C147).

    The days the installation proposes come from `LOOK_BACK_MONTHS`; no law names any.
    """

    plan = long_text(_("What is tested again, and how"))
    paper = proof(_("The look-back plan"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = list(settings.LOOK_BACK_MONTHS)
        for number in range(1, CHECKS + 1):
            usual = months[number - 1] if number <= len(months) else None
            self.fields[f"check_{number}"] = DayField(
                label=_("Check %(number)s on") % {"number": number},
                required=False,
                initial=add_months(clock.today(), usual) if usual else None,
            )

    def facts(self) -> dict[str, Any]:
        """Return the plan and its days in order."""
        days = sorted(
            {
                self.cleaned_data[f"check_{number}"]
                for number in range(1, CHECKS + 1)
                if self.cleaned_data.get(f"check_{number}")
            }
        )
        return {"plan": self.cleaned_data["plan"], "days": [day.isoformat() for day in days]}


class LookBackCheckFacts(FactsForm):
    """One check of the look-back (S42)."""

    planned = forms.ChoiceField(label=_("Planned check"), required=False)
    tested = long_text(_("What was tested"))
    relapse = forms.ChoiceField(
        label=_("Result"),
        choices=(("no", _("The performance holds")), ("yes", _("The harm is back"))),
        widget=forms.RadioSelect,
    )
    report = proof(_("Report of the test"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = planned_checks(self.matter) if isinstance(self.matter, Case) else []
        choices = [("", _("None: an additional check")), *((day, day) for day in waiting)]
        self.fields["planned"].choices = choices  # type: ignore[attr-defined]


class RelapseFacts(FactsForm):
    """What the new lead says (T49; Rules 24)."""

    title = forms.CharField(label=_("Title of the lead"), max_length=200)
    summary = long_text(_("What was found"))
    suspected_processor = forms.CharField(
        label=_("Suspected processor"), max_length=200, required=False
    )


class Injunctions(models.TextChoices):
    """How the injunctions and preservation measures linked to the case stand (law 3.10a)."""

    NONE = "none", _("None was applied for in this case")
    ENDED = "ended", _("Every one is lifted or absorbed by the judgment")


class CloseFacts(DecisionFacts):
    """The proposal to close the case (T50, T61, T62, T63); whoever proposes signs for what it states."""

    summary = long_text(_("How the case ended"))
    injunctions = forms.ChoiceField(
        label=_("Injunctions and preservation measures"),
        choices=Injunctions.choices,
        widget=forms.RadioSelect,
    )
    injunctions_statement = long_text(
        _("Where none was applied for: how that was found, as the signed statement says it"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        none, said = data.get("injunctions") == Injunctions.NONE, data.get("injunctions_statement")
        if none and not said:
            self.add_error("injunctions_statement", _("Say how it was found that there was none."))
        return data


class InjunctionsEndedFacts(FactsForm):
    """A signed statement that the injunctions of the case are lifted or absorbed (S71; law 3.10a)."""

    statement = long_text(_("Which there were, and how each ended"))
    paper = proof(_("The ruling or the judgment that shows it"))


class IndexFacts(DecisionFacts):
    """The index is made by the system; there is nothing to state (S43)."""


class Retention(models.TextChoices):
    """General tiers of the archive rules; the class of these cases is not verified (law 3.10a)."""

    PERMANENT = "permanent", _("Permanent")
    YEARS_60 = "60", _("60 years")
    YEARS_30 = "30", _("30 years")


class ArchiveFacts(FactsForm):
    """The archive has the volumes, on the day of its receipt (T51; Rules 106)."""

    archive_number = forms.CharField(label=_("Number in the archive"), max_length=100)
    retention = forms.ChoiceField(
        label=_("Kept for"),
        choices=Retention.choices,
        help_text=_("The class of public-interest cases is not verified; ask the archive."),
    )
    receipt = proof(_("Receipt of the archive"))
