"""The filter of the register of leads; its address can be kept and shared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from audit.fields import DayField
from cases.forms.list_filter import ListFilterForm
from cases.forms.picks import Choice, PickField, PickSeveralField
from cases.models import Lead, LeadSource
from cases.selectors.lead_list import narrowed
from cases.selectors.lists import Around
from cases.selectors.matters import leads_visible_to
from cases.states import LeadState

# Under this name the list keeps filters and columns.
LIST_NAME = "leads"


class LeadFilterForm(ListFilterForm):
    """What the list of leads can be narrowed by; what makes no sense is said and left out, not refused."""

    list_name = LIST_NAME

    q = forms.CharField(
        label=_("Key, title, processor or words"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.MultipleChoiceField(
        label=_("State"),
        choices=LeadState.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    source = forms.MultipleChoiceField(
        label=_("Source"),
        choices=LeadSource.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    handler = PickField(label=_("Handler"))
    department = PickField(label=_("Department"))
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2999)
    received_from = DayField(label=_("Received from"), required=False)
    received_until = DayField(label=_("Received until"), required=False)
    tag = PickSeveralField(label=_("Labels"))
    major = forms.BooleanField(label=_("Major leads only"), required=False)
    open = forms.BooleanField(label=_("Open leads only"), required=False)

    def offered(self, place: Around) -> dict[str, Sequence[Choice]]:
        return {"handler": place.handlers, "department": place.departments, "tag": place.tags}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("received_from"), data.get("received_until")
        if first and last and last < first:
            self.add_error("received_until", _("The last day lies before the first."))
        return data

    def found(self) -> QuerySet[Lead]:
        """Return the leads the actor sees and what is valid of the filter leaves."""
        self.is_valid()
        return narrowed(leads_visible_to(self.actor), self.cleaned_data)
