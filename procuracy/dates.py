"""How days are written on the pages, in Chinese and in English."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from audit import clock

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_WEEKDAYS_ZH = "一二三四五六日"
# A day this near is shown as pressing.
SOON_DAYS = 3


def chinese() -> bool:
    """Tell whether the present page is a Chinese one."""
    return (get_language() or "zh").startswith("zh")


def long(day: date) -> str:
    """Write 2026年11月25日 or 25 November 2026."""
    if chinese():
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short(day: date) -> str:
    """Write 11-23 周一 or Mon 23 Nov, with the year when it is not the present one."""
    other_year = day.year != clock.today().year
    if chinese():
        year = f"{day.year}-" if other_year else ""
        return f"{year}{day:%m-%d} 周{_WEEKDAYS_ZH[day.weekday()]}"
    year = f" {day.year}" if other_year else ""
    return f"{weekday(day)[:3]} {day.day} {_MONTHS[day.month - 1][:3]}{year}"


def weekday(day: date) -> str:
    """Write 星期三 or Wednesday."""
    if chinese():
        return f"星期{_WEEKDAYS_ZH[day.weekday()]}"
    return _WEEKDAYS[day.weekday()]


def distance(day: date, *, due: bool = True) -> tuple[str, str]:
    """Return the words for how far `day` is from today, in calendar days, and their tone.

    Args:
        due: something had to be done by that day; otherwise it is past, not overdue, and presses nobody.
    """
    days = (day - clock.today()).days
    if not due:
        return _away(days), ""
    if days < 0:
        overdue = ngettext("%(days)d day overdue", "%(days)d days overdue", -days)
        return overdue % {"days": -days}, "bad"
    if days == 0:
        return _("today"), "warn"
    left = ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
    return left, "warn" if days <= SOON_DAYS else ""


def _away(days: int) -> str:
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}
