"""A second, slow implementation of the rules of periods, written from the law alone.

It walks day by day over the `chinesecalendar` package and shares nothing with `deadlines`.
"""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar

ONE = timedelta(days=1)


def is_rest(day: date) -> bool:
    """Whether `day` (2004-2026) is a day off."""
    return chinese_calendar.is_holiday(day)


def end(start: date, number: int, unit: str) -> date:
    """The last day of `number` days "D", months "M", years "Y" or working days "W" after `start`."""
    day = start
    if unit == "D":
        for _ in range(number):
            day += ONE
    elif unit == "W":
        while number:
            day += ONE
            number -= not is_rest(day)
    else:
        day = _month_on(start, number * (12 if unit == "Y" else 1))
    while is_rest(day):
        day += ONE
    return day


def _month_on(start: date, count: int) -> date:
    year, month = start.year, start.month
    for _ in range(count):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for number in range(start.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def before(event: date, number: int) -> date:
    """The last working day at least `number` days before `event`."""
    day = event
    for _ in range(number):
        day -= ONE
    while is_rest(day):
        day -= ONE
    return day
