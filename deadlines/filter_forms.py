"""The filters of the lists of deadlines."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import selectors as accounts
from accounts.models import Department, Office, User
from audit import clock
from audit.fields import DayField
from deadlines.calendar import FIRST, LAST
from deadlines.explain import rule_title
from deadlines.forms import day_field
from deadlines.heat import WEEKS, monday_of
from deadlines.idle import CASES, LEADS, days_of, idle
from deadlines.listing import When
from deadlines.models import MOST_DAYS, DeadlineKind, DeadlineState
from deadlines.rulebook import Kind, rulebooks

ANY = ("", _("any"))
# The calendar must hold the weeks that are shown.
REACH = timedelta(weeks=WEEKS + 1)


def period_choices() -> list[tuple[str, Any]]:
    """Return every period of any rulebook that can run, by its code, titled as in the latest."""
    rules = {rule.id: rule for book in rulebooks().values() for rule in book.periods.values()}
    running = [rule for rule in rules.values() if rule.kind is not Kind.NONE]
    return [ANY, *((rule.id, f"{rule.id} {rule_title(rule)}") for rule in running)]


class _WhoseForm(forms.Form):
    """A filter by the people, departments and offices the reader sees, as far as it has these fields."""

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        offices = accounts.subtree(actor.office)
        offered = {
            "person": accounts.users_visible_to(actor).order_by("name", "pk"),
            "department": Department.objects.filter(office__in=offices).order_by("name", "pk"),
            "office": offices.order_by("code"),
        }
        for name in offered.keys() & self.fields.keys():
            self.fields[name].queryset = offered[name]  # type: ignore[attr-defined]


def _person_field(label: Any) -> forms.ModelChoiceField[User]:
    return forms.ModelChoiceField(
        label=label, queryset=User.objects.none(), required=False, empty_label=_("any")
    )


def _department_field() -> forms.ModelChoiceField[Department]:
    return forms.ModelChoiceField(
        label=_("Department"),
        queryset=Department.objects.none(),
        required=False,
        empty_label=_("any"),
    )


class PlaceFilterForm(_WhoseForm):
    """Whose deadlines, where and of which kind; everything may be left empty."""

    person = _person_field(_("Whose duty"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *DeadlineKind.choices], required=False)
    department = _department_field()
    office = forms.ModelChoiceField(
        label=_("Office"), queryset=Office.objects.none(), required=False, empty_label=_("any")
    )

    def names_set(self) -> list[str]:
        """Return the names of the filters that say something; only after `is_valid`."""
        return [name for name, value in self.cleaned_data.items() if value]


class WeeksForm(PlaceFilterForm):
    """Which twelve weeks, and whose deadlines in them; none given means from the present week on."""

    week = DayField(
        label=_("From the week of"),
        required=False,
        validators=[MinValueValidator(FIRST + REACH), MaxValueValidator(LAST - REACH)],
    )

    def clean_week(self) -> date:
        return monday_of(self.cleaned_data["week"] or clock.today())


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


def _days_field(*, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Days without movement"), required=required, min_value=1, max_value=MOST_DAYS
    )


class IdleForm(_WhoseForm):
    """Which matters that sit idle are shown."""

    what = forms.ChoiceField(
        label=_("Matters"),
        required=False,
        choices=[(CASES, _("Cases")), (LEADS, _("Leads"))],
    )
    days = _days_field(required=False)
    person = _person_field(_("Handler"))
    department = _department_field()

    def clean_what(self) -> str:
        return self.cleaned_data["what"] or CASES

    def clean_days(self) -> int:
        """Return the number asked for, else that of the reader's office."""
        days: int | None = self.cleaned_data["days"]
        return days or days_of(self.actor.office)

    def found(self) -> QuerySet[Any]:
        """Return the matters that sit idle; only after `is_valid`."""
        data = self.cleaned_data
        return idle(self.actor, data["what"], data["days"], data)


class IdleDaysForm(forms.Form):
    """The office's own number of days."""

    days = _days_field()
