"""What is typed about the periods an office sets itself. The rules themselves are in the services."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit import clock
from audit.fields import DayField
from cases.workplace import title_of_kind
from deadlines.models import OfficeDuty
from deadlines.reminder_choices import MANUAL_OFFSETS
from deadlines.services.office_periods import OfficePeriodEntry, possible_kinds

_BETWEEN_NUMBERS = re.compile(r"[\s,，、;；]+")


class OfficePeriodForm(forms.Form):
    """A period as it is entered."""

    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=100)
    title_en = forms.CharField(label=_("Title in English"), max_length=100, required=False)
    basis = forms.CharField(
        label=_("Regulation of the office"),
        max_length=120,
        help_text=_("Its name in Chinese. Every list shows it where an article stands."),
    )
    length = forms.CharField(
        label=_("Length"),
        max_length=12,
        help_text=_("P30D days, P3M months, P1Y years, 15WD working days."),
    )
    start = forms.ChoiceField(label=_("Started by"))
    met_by = forms.MultipleChoiceField(
        label=_("Fulfilled by"),
        required=False,
        help_text=_("Nothing chosen: it is completed by hand."),
    )
    cancelled_by = forms.MultipleChoiceField(label=_("Cancelled by"), required=False)
    duty = forms.ChoiceField(label=_("Whose duty"), choices=OfficeDuty.choices)
    reminders = forms.CharField(
        label=_("Reminders, days before the last day"),
        max_length=60,
        initial=", ".join(str(days) for days in MANUAL_OFFSETS),
        help_text=_("Whole days with commas between them; 0 is the last day itself."),
    )
    valid_from = DayField(label=_("For events from"), initial=clock.today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(
            ((code, title_of_kind(code)) for code in possible_kinds()), key=lambda k: k[1]
        )
        self.fields["start"].choices = [("", "—"), *kinds]  # type: ignore[attr-defined]
        for name in ("met_by", "cancelled_by"):
            self.fields[name].choices = kinds  # type: ignore[attr-defined]
            self.fields[name].widget.attrs["size"] = 6

    def clean_reminders(self) -> list[int]:
        parts = [part for part in _BETWEEN_NUMBERS.split(self.cleaned_data["reminders"]) if part]
        if not parts or not all(part.isdecimal() and len(part) <= 5 for part in parts):
            raise forms.ValidationError(
                _("Write whole days with commas between them, for example 7, 3, 1, 0.")
            )
        return [int(part) for part in parts]

    def entry(self) -> OfficePeriodEntry:
        """Return what is to be entered."""
        return OfficePeriodEntry(**self.cleaned_data)


class OfficePeriodEndForm(forms.Form):
    """The last day of a period, and why it ends."""

    valid_to = DayField(
        label=_("Last day"),
        initial=clock.today,
        help_text=_("Events of this day still start it; those of the day after do not."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
