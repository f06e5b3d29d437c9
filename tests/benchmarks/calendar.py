"""A day rolled out of a holiday, beside reading a list (goal: at most twice as long)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from deadlines.calendar import days_between, official
from tests.benchmarks.measuring import Measured, rounds

ROUNDS = 9


def measured() -> list[Measured]:
    """Look up every day of three years, twenty times a round."""
    days = list(days_between(date(2024, 1, 1), date(2026, 12, 31))) * 20
    roll = official().roll_forward
    base = days[0].toordinal()
    answers = [roll(day) for day in days]

    def read(day: date) -> date:
        return answers[day.toordinal() - base]

    def ask(function: Callable[[date], date]) -> None:
        for day in days:
            function(day)

    operations = {
        "a function that reads a list": lambda: ask(read),
        "Calendar.roll_forward": lambda: ask(roll),
    }
    return rounds(operations, count=ROUNDS, each=len(days))
