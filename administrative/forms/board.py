"""What the board, the register and the figures of the recommendations can be narrowed by."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import selectors as accounts
from accounts.models import User
from administrative.figures import Grouping, Kind
from administrative.models import Body
from administrative.selectors.board import BoardStage
from audit import clock
from audit.fields import DayField
from cases.selectors.matters import cases_visible_to


class BoardForm(forms.Form):
    """Whose cases the board shows."""

    mine = forms.BooleanField(label=_("Only mine"), required=False)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor


class RegisterForm(BoardForm):
    """What the register can be narrowed by; everything may be left empty.

    Bodies and handlers are those the reader finds in his own lists: another one is no choice.
    """

    q = forms.CharField(
        label=_("Case, body or number"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    stage = forms.ChoiceField(
        label=_("Stage"), required=False, choices=[("", _("any")), *BoardStage.choices]
    )
    body = forms.ModelChoiceField(
        label=_("Authority"), queryset=Body.objects.none(), required=False, empty_label=_("any")
    )
    handler = forms.ModelChoiceField(
        label=_("Lead handler"), queryset=User.objects.none(), required=False, empty_label=_("any")
    )
    overdue = forms.BooleanField(label=_("Only overdue"), required=False)

    field_order = ("q", "stage", "body", "handler", "mine", "overdue")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = cases_visible_to(self.actor).values("authority_of__body")
        offered = {
            "body": Body.objects.filter(pk__in=seen).order_by("name", "pk"),
            "handler": accounts.users_visible_to(self.actor).order_by("name", "pk"),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def names_set(self) -> list[str]:
        """Return the names of the filters that say something; only after `is_valid`."""
        return [name for name, value in self.cleaned_data.items() if value]


class FiguresForm(forms.Form):
    """Of which recommendations, by the day they were served, and grouped by what; nothing means this year."""

    first = DayField(label=_("Served from"), required=False)
    last = DayField(label=_("Served until"), required=False)
    kind = forms.ChoiceField(label=_("Recommendations"), required=False, choices=Kind.choices)
    by = forms.ChoiceField(label=_("Grouped by"), required=False, choices=Grouping.choices)

    def clean_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"] or Kind.AUTHORITY)

    def clean_by(self) -> Grouping:
        return Grouping(self.cleaned_data["by"] or Grouping.BODY)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "first" in data and "last" in data:
            data["last"] = data["last"] or clock.today()
            data["first"] = data["first"] or date(data["last"].year, 1, 1)
            if data["last"] < data["first"]:
                self.add_error("last", _("The last day lies before the first."))
        return data
