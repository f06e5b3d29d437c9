"""The filter of the register of leads; its address can be kept and shared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Lead, LeadSource
from cases.selectors.assignment import OPEN_LEAD
from cases.selectors.words import lead_says
from cases.states import LeadState


class LeadFilterForm(forms.Form):
    """State, source, handler, year, major, words; what makes no sense is left out, not refused."""

    q = forms.CharField(label=_("Key, title, processor or words"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("all")), *LeadState.choices], required=False
    )
    source = forms.ChoiceField(
        label=_("Source"), choices=[("", _("all")), *LeadSource.choices], required=False
    )
    handler = forms.ModelChoiceField(
        label=_("Handler"), queryset=User.objects.none(), required=False, empty_label=_("all")
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2999)
    major = forms.BooleanField(label=_("Major leads only"), required=False)
    open = forms.BooleanField(label=_("Open leads only"), required=False)

    def __init__(self, *args: Any, leads: QuerySet[Lead], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leads = leads
        handlers = User.objects.filter(pk__in=leads.values("handler")).order_by("name", "pk")
        self.fields["handler"].queryset = handlers  # type: ignore[attr-defined]

    def found(self) -> QuerySet[Lead]:
        """Return the leads that fit."""
        self.is_valid()
        wanted = getattr(self, "cleaned_data", {})
        rows = self.leads
        for name in ("state", "source", "handler", "year", "major"):
            if wanted.get(name):
                rows = rows.filter(**{name: wanted[name]})
        if wanted.get("open"):
            rows = rows.filter(OPEN_LEAD)
        if words := wanted.get("q"):
            rows = rows.filter(lead_says(words))
        return rows
