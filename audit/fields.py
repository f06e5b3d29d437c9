"""Form fields of every room: a day as clerks write it, the version a form was made from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from audit import clock
from audit.dates import parse_day
from audit.errors import Conflict, Invalid


class DayField(forms.DateField):
    """A day, typed in any of the usual ways (`audit.dates.parse_day`)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.DateInput(
                format="%Y-%m-%d",
                attrs={"data-date-field": "", "autocomplete": "off", "placeholder": "2026-11-23"},
            ),
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return parse_day(str(value), clock.today())
        except Invalid as refusal:
            raise ValidationError(str(refusal.message), code=refusal.code) from refusal


def not_in_the_future(day: date) -> None:
    """Refuse a day that has not come, in the field it was typed in.

    Raises:
        ValidationError: the day lies after today.
    """
    if day > clock.today():
        raise ValidationError(
            _("This day lies in the future. Enter the day on which it really happened."),
            code="future",
        )


class PastDayField(DayField):
    """A day that has come, today the last."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(not_in_the_future)


class VersionField(forms.IntegerField):
    """The version of the row a form was filled from, carried hidden and compared on saving."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.HiddenInput())
        super().__init__(**({"min_value": 0} | kwargs))

    @staticmethod
    def require_same(seen: int, present: int, *, details: dict[str, Any] | None = None) -> None:
        """Refuse a save that would overwrite somebody else's.

        `details` shows both values to the person: `{"field title": {"yours": …, "now": …}}`.

        Raises:
            Conflict: `seen` is not the `present` version.
        """
        if seen != present:
            raise Conflict(
                _("Somebody else changed this meanwhile. Nothing of yours was saved."),
                code="lost_update",
                details=details,
            )
