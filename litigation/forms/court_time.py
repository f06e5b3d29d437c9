"""Time of the court: what is not counted, and what is added (CPL 152; CPLI 243; norm C139)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.fields import DayField
from cases.forms.base import FactsForm
from litigation.forms.review import event_choices, proof


class ExcludedTime(models.TextChoices):
    """What does not count in the trial period (CPLI 243)."""

    ANNOUNCEMENT = "announcement", _("Announcement")
    APPRAISAL = "appraisal", _("Appraisal")
    SETTLEMENT = "settlement", _("Settlement between the parties")
    JURISDICTION = "jurisdiction", _("Objection to jurisdiction")
    DISPUTE = "dispute", _("Dispute about jurisdiction between courts")


class ExcludedFacts(FactsForm):
    """Time that does not count begins (CPLI 243)."""

    cause = forms.ChoiceField(label=_("Cause"), choices=ExcludedTime.choices)
    paper = proof(_("Paper of the court that tells it"))


class CountsAgainFacts(FactsForm):
    """Time counts again (CPLI 243)."""

    exclusion = forms.ChoiceField(label=_("Time not counted"))
    paper = proof(_("Paper of the court that tells it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exclusion"].choices = event_choices(  # type: ignore[attr-defined]
            self, "trial_time_excluded", "cause"
        )


class TrialExtendedFacts(FactsForm):
    """More time, until the day the approval names (CPL 152)."""

    by = forms.ChoiceField(
        label=_("Approved by"),
        choices=(
            ("president", _("President of the court")),
            ("superior", _("Superior court")),
        ),
        widget=forms.RadioSelect,
    )
    until = DayField(label=_("New last day, as the approval names it"))
    paper = proof(_("The approval"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        until: date | None = data.get("until")
        told: date | None = data.get("legal_day")
        if until and told and until <= told:
            self.add_error("until", _("The new last day must lie after the day of the approval."))
        return data
