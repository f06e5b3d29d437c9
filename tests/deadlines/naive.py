"""A second, slow implementation of the rules of periods, written from the law alone.

It walks day by day over the `chinesecalendar` package and shares nothing with `deadlines`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import chinese_calendar

ONE = timedelta(days=1)


def is_rest(day: date) -> bool:
    """Whether `day` (2004-2026) is a day off."""
    return chinese_calendar.is_holiday(day)


def nominal(start: date, number: int, unit: str, *, back: bool = False) -> date:
    """The end of `number` days "D", months "M", years "Y" or working days "W" before any rollover."""
    step, day = (-ONE if back else ONE), start
    if unit == "D":
        for _ in range(number):
            day += step
    elif unit == "W":
        while number:
            day += step
            number -= not is_rest(day)
    else:
        months = number * (12 if unit == "Y" else 1)
        day = _month_off(start, -months if back else months)
    return day


def rolled(day: date, *, back: bool = False) -> date:
    """The first working day from `day` on, forwards or backwards."""
    while is_rest(day):
        day += -ONE if back else ONE
    return day


def end(start: date, number: int, unit: str) -> date:
    """The last day of a period that begins with `start`."""
    return rolled(nominal(start, number, unit))


def before(event: date, number: int, unit: str) -> date:
    """The last working day at least so long before `event`."""
    return rolled(nominal(event, number, unit, back=True), back=True)


def extended(start: date, parts: Iterable[tuple[int, str]]) -> date:
    """The nominal end of a base and its extensions, summed and counted from `start`: months first."""
    total = {"M": 0, "D": 0}
    for number, unit in parts:
        total["D" if unit == "D" else "M"] += number * (12 if unit == "Y" else 1)
    day = _month_off(start, total["M"]) if total["M"] else start
    return nominal(day, total["D"], "D")


def excluded(start: date, end: date, spans: Iterable[tuple[date, date]]) -> date:
    """The nominal end when the days of `spans` (the last not among them) do not count.

    Each day is taken once; the end moves on as long as more of them lie before it, or before the working day
    on which a period that ends on holidays is over.
    """
    away = {first + ONE * n for first, last in spans for n in range((last - first).days)}
    moved = end
    while True:
        again = end + ONE * sum(start <= day <= moved for day in away)
        if again != moved:
            moved = again
            continue
        on_holidays = [day for day in away if moved < day <= rolled(moved)]
        if not on_holidays:
            return moved
        end += min(on_holidays) - moved


def hours(start: datetime, number: int) -> datetime:
    """The end of `number` hours counted from the hour after the one `start` lies in."""
    moment = datetime.fromisoformat(f"{start:%Y-%m-%d %H}:00")
    for _ in range(number + 1):
        moment += timedelta(hours=1)
    return moment


def _month_off(start: date, count: int) -> date:
    """The corresponding day so many months on (or back), else the last day of that month."""
    year, month = start.year, start.month
    for _ in range(abs(count)):
        month += 1 if count > 0 else -1
        year, month = {0: (year - 1, 12), 13: (year + 1, 1)}.get(month, (year, month))
    for number in range(start.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")
