"""The filters of the lists of deadlines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import selectors as accounts
from accounts.models import Department, Office, User
from deadlines.explain import rule_title
from deadlines.forms import day_field
from deadlines.listing import When
from deadlines.models import DeadlineKind, DeadlineState
from deadlines.rulebook import Kind, rulebooks

ANY = ("", _("any"))


def period_choices() -> list[tuple[str, Any]]:
    """Return every period of any rulebook that can run, by its code, titled as in the latest."""
    rules = {rule.id: rule for book in rulebooks().values() for rule in book.periods.values()}
    running = [rule for rule in rules.values() if rule.kind is not Kind.NONE]
    return [ANY, *((rule.id, f"{rule.id} {rule_title(rule)}") for rule in running)]


class PlaceFilterForm(forms.Form):
    """Whose deadlines, where and of which kind; everything may be left empty."""

    person = forms.ModelChoiceField(
        label=_("Whose duty"), queryset=User.objects.none(), required=False, empty_label=_("any")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *DeadlineKind.choices], required=False)
    department = forms.ModelChoiceField(
        label=_("Department"),
        queryset=Department.objects.none(),
        required=False,
        empty_label=_("any"),
    )
    office = forms.ModelChoiceField(
        label=_("Office"), queryset=Office.objects.none(), required=False, empty_label=_("any")
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        offices = accounts.subtree(actor.office)
        offered = {
            "person": accounts.users_visible_to(actor).order_by("name", "pk"),
            "department": Department.objects.filter(office__in=offices).order_by("name", "pk"),
            "office": offices.order_by("code"),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def names_set(self) -> list[str]:
        """Return the names of the filters that say something; only after `is_valid`."""
        return [name for name, value in self.cleaned_data.items() if value]


class DeadlineFilterForm(PlaceFilterForm):
    """What the list of deadlines can be narrowed by."""

    when = forms.ChoiceField(label=_("Due"), choices=[ANY, *When.choices], required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Running and lapsed")), *DeadlineState.choices],
    )
    rule = forms.ChoiceField(label=_("Period of law"), required=False, choices=period_choices)
    from_day = day_field(_("Last day from"), required=False)
    until = day_field(_("Last day until"), required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)
    others = forms.BooleanField(label=_("Waiting for others"), required=False)
    provisional = forms.BooleanField(label=_("Only provisional"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("from_day"), data.get("until")
        if first and last and last < first:
            self.add_error("until", _("The last day lies before the first."))
        return data
