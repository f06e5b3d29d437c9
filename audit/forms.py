"""The filter of the audit viewer, the same for the page and the API."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.errors import Text
from audit.fields import DayField
from audit.selectors import Filter
from audit.vocabulary import word_for

LARGEST_ID = 2**63 - 1
OUTCOMES = ("success", "refused", "failed")


def outcome_choices() -> list[tuple[str, Text]]:
    """Return the outcomes to choose from, "all" first."""
    return [("", _("All")), *((code, word_for(code)) for code in OUTCOMES)]


class AuditFilterForm(forms.Form):
    """Who, what, on which object, on which days."""

    who = forms.CharField(label=_("Login name"), required=False, max_length=60)
    action = forms.CharField(
        label=_("Act"), required=False, max_length=80, help_text=_("The code or its beginning.")
    )
    outcome = forms.ChoiceField(label=_("Outcome"), required=False, choices=outcome_choices)
    object_type = forms.CharField(label=_("Kind of object"), required=False, max_length=80)
    object_id = forms.CharField(label=_("Number of the object"), required=False, max_length=200)
    matter = forms.CharField(
        label=_("Case or lead"),
        required=False,
        max_length=40,
        help_text=_("Its key, for example 330106-2026-00012."),
    )
    case_id = forms.IntegerField(
        label=_("Case (internal number)"), required=False, min_value=1, max_value=LARGEST_ID
    )
    lead_id = forms.IntegerField(
        label=_("Lead (internal number)"), required=False, min_value=1, max_value=LARGEST_ID
    )
    request_id = forms.CharField(label=_("Request"), required=False, max_length=64)
    scope = forms.CharField(
        label=_("Chain"),
        required=False,
        max_length=120,
        help_text=_("As a verification names it, for example case:7."),
    )
    sequence = forms.IntegerField(
        label=_("Number in the chain"), required=False, min_value=1, max_value=LARGEST_ID
    )
    day_from = DayField(label=_("From day"), required=False)
    day_to = DayField(label=_("To day"), required=False)

    def clean_matter(self) -> str:
        return str(self.cleaned_data["matter"]).upper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("day_from"), cleaned.get("day_to")
        if first and last and last < first:
            self.add_error("day_to", _("The last day lies before the first one."))
        return cleaned

    def wanted(self) -> Filter:
        """Return the filter; only after `is_valid`."""
        return Filter(**self.cleaned_data)
