"""How people write days, read in one way everywhere: pages, API and commands."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.errors import Invalid

# 2026-11-23, 2026.11.23, 2026/11/23, 2026年11月23日, 20261123
_WHOLE = re.compile(
    r"(?P<year>[0-9]{4})(?:(?P<mark>[-./年])(?P<month>[0-9]{1,2})(?:(?P=mark)|月)(?P<day>[0-9]{1,2})日?"
    r"|(?P<month8>[0-9]{2})(?P<day8>[0-9]{2}))"
)
# 11-23, 11.23, 11/23, 11月23日: a day of the present year
_SHORT = re.compile(r"(?P<month>[0-9]{1,2})[-./月](?P<day>[0-9]{1,2})日?")
# Digits and signs as a Chinese input method types them.
_FULL_WIDTH = str.maketrans("０１２３４５６７８９－．／　", "0123456789-./ ")


def parse_day(text: str, today: date) -> date:
    """Read a day as people write it; without a year it lies in the year of `today`.

    Raises:
        Invalid: `text` is not a way of writing a day, or no such day exists.
    """
    written = text.translate(_FULL_WIDTH).strip()
    if match := _WHOLE.fullmatch(written):
        month, day = match["month"] or match["month8"], match["day"] or match["day8"]
        return _day(int(match["year"]), int(month), int(day), text)
    if match := _SHORT.fullmatch(written):
        return _day(today.year, int(match["month"]), int(match["day"]), text)
    raise Invalid(
        _("Write the day as 2026-11-23, 20261123, 2026.11.23, 2026年11月23日 or 11-23."),
        code="day_unreadable",
    )


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        values = {"text": text.strip()[:40], "year": year, "month": month}
        raise Invalid(_why_none(values), code="no_such_day") from error


def _why_none(values: dict[str, Any]) -> str:
    """Return why a written day is none, and how a day is written."""
    try:
        date(values["year"], values["month"], 1)
    except ValueError:
        sentence = _("The calendar has no day “%(text)s”. Write a day as 2026-11-23 or 11-23.")
        return sentence % values
    sentence = _(
        "The calendar has no day “%(text)s”: month %(month)s of %(year)s has %(days)s days. "
        "Write a day as 2026-11-23 or 11-23."
    )
    return sentence % (values | {"days": monthrange(values["year"], values["month"])[1]})
