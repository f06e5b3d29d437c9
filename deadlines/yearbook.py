"""The calendar as it stands: the shipped notices, and those published in the application over them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from accounts.reading import once
from audit.prepared import prepared
from deadlines.calendar import Calendar, Festival, YearNotice, calendar_of, notices, official
from deadlines.models import CalendarNotice
from deadlines.rulebook import Rulebook

OFF, WORK = "off", "work"
# One day of a notice: the day, OFF or WORK, the festival's name and its name in English.
Row = tuple[date, str, str, str]


def notice_of(year: int, source: str, source_en: str, rows: Iterable[Row]) -> YearNotice:
    """Return the notice that `rows` make up, its festivals in the order in which they first stand."""
    named: dict[tuple[str, str], dict[str, list[date]]] = {}
    for day, kind, name, name_en in rows:
        named.setdefault((name, name_en), {OFF: [], WORK: []})[kind].append(day)
    festivals = tuple(
        Festival(name, name_en, tuple(sorted(days[OFF])), tuple(sorted(days[WORK])))
        for (name, name_en), days in named.items()
    )
    return YearNotice(year, source, source_en, festivals)


def _published() -> dict[int, YearNotice]:
    """Return the latest edition of every year published in the application."""
    return {row.year: notice_from(row) for row in _latest_editions()}


@prepared()
def _latest_editions() -> QuerySet[CalendarNotice]:
    return CalendarNotice.objects.order_by("year", "-edition").distinct("year")


def notice_from(row: CalendarNotice) -> YearNotice:
    """Return the notice that a row holds, saved or not."""
    days = [(date.fromisoformat(day), *rest) for day, *rest in row.days]
    return notice_of(row.year, row.source, row.source_en, days)


def known_notices() -> tuple[YearNotice, ...]:
    """Return the notice that stands for each year, by year."""
    return once(
        "known notices",
        lambda: _by_year({notice.year: notice for notice in notices()} | _published()),
    )


def known_with(notice: YearNotice) -> tuple[YearNotice, ...]:
    """Return the notices that would stand if `notice` did for its year."""
    return _by_year({known.year: known for known in known_notices()} | {notice.year: notice})


def _by_year(standing: dict[int, YearNotice]) -> tuple[YearNotice, ...]:
    return tuple(standing[year] for year in sorted(standing))


def calendar_under(book: Rulebook) -> Calendar:
    """Return the calendar as it stands under the practice of a rulebook."""
    return calendar_of(known_notices(), book.practice)


def calendar() -> Calendar:
    """Return the calendar as it stands under the practice of law 6.2."""
    return calendar_of(known_notices())


def is_shipped(notice: YearNotice) -> bool:
    """Say whether the notice that stands for a year is the one that came with the application."""
    return official().notices.get(notice.year) == notice
