"""What the figures can be narrowed by; the address carries it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import selectors as accounts
from accounts.models import Office, User
from audit import clock
from audit.fields import DayField
from reporting.scope import Scope, Tracks, oversees

# So many months stand beside each other in a drawing; a longer time is asked for in parts.
MOST_MONTHS = 36


class StatisticsForm(forms.Form):
    """Whose matters, in which time, of which track; nothing means this year of the own office."""

    office = forms.ModelChoiceField(
        label=_("Office"), queryset=Office.objects.none(), required=False, empty_label=None
    )
    below = forms.BooleanField(label=_("With the offices below it"), required=False)
    first = DayField(label=_("Figures from"), required=False)
    last = DayField(label=_("Figures until"), required=False)
    track = forms.ChoiceField(label=_("Track"), choices=Tracks.choices, required=False)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.whole = oversees(actor)
        offices = accounts.subtree(actor.office).order_by("code") if self.whole else None
        several = offices is not None and len(offices) > 1
        if offices is not None:
            self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        if not several:
            del self.fields["office"], self.fields["below"]
        else:
            self.fields["office"].initial = actor.office_id

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "first" not in data or "last" not in data:
            return data
        data["last"] = data["last"] or clock.today()
        data["first"] = data["first"] or date(data["last"].year, 1, 1)
        if data["last"] < data["first"]:
            self.add_error("last", _("The last day lies before the first."))
        elif _months(data["first"], data["last"]) > MOST_MONTHS:
            sentence = _("Figures are of at most %(most)d months. Choose a shorter time.")
            self.add_error("last", sentence % {"most": MOST_MONTHS})
        return data

    def scope(self) -> Scope:
        """Return what was asked for; only after `is_valid`."""
        asked = self.cleaned_data
        return Scope(
            actor=self.actor,
            office=asked.get("office") or self.actor.office,
            below=bool(asked.get("below")),
            whole=self.whole,
            first=asked["first"],
            last=asked["last"],
            track=Tracks(asked["track"]),
            as_of=clock.now(),
        )

    def names_set(self) -> list[str]:
        """Return the names of the filters the address sets; only after `is_valid`."""
        return [name for name in self.fields if self.data.get(name)]


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1
