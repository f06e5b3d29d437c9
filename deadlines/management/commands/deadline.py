"""`manage.py deadline`: compute one period and print it as one JSON object."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.clock import BEIJING
from deadlines.calendar import official
from deadlines.periods import (
    Computation,
    Period,
    PeriodError,
    Unit,
    last_day,
    latest_day_before,
)

BAD_INPUT = 2


def read_start(text: str) -> date | datetime:
    """Read a day (2026-01-31) or an instant (2026-01-31T14:20), naive instants in Beijing time.

    Raises:
        PeriodError: when there is no such day or hour.
    """
    written = text.strip()
    try:
        if len(written) == len("2026-01-31"):
            return date.fromisoformat(written)
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise PeriodError(
            "start", f"{text!r} is no day or time: write 2026-01-31 or 2026-01-31T14:20.", text
        ) from error
    return moment.astimezone(BEIJING).replace(tzinfo=None) if moment.tzinfo else moment


def _written(moment: date | datetime) -> str:
    return moment.isoformat("T", "minutes") if isinstance(moment, datetime) else moment.isoformat()


def as_json(result: Computation) -> dict[str, Any]:
    """Return the contract of the command: days in ISO form, hours to the minute, Beijing time."""
    return {
        "start": _written(result.start),
        "period": result.written_period,
        "nominal": _written(result.nominal),
        "last_day": _written(result.effective),
        "provisional": result.provisional,
        "skipped": [{"day": s.day.isoformat(), "reason": s.reason} for s in result.skipped],
        "law": result.law,
    }


def compute(start: str, period: Period, *, backwards: bool) -> Computation:
    """Compute from text.

    Raises:
        PeriodError: for anything that cannot be computed.
    """
    moment = read_start(start)
    day = moment.date() if isinstance(moment, datetime) else moment
    if backwards:
        return latest_day_before(day, period, official())
    return last_day(moment if period.unit is Unit.HOUR else day, period, official())


class Command(BaseCommand):
    help = (
        "Print the last day of a period as JSON: deadline 2026-01-31 P1M; --working-days 15; "
        "2026-06-18T14:20 PT48H; --before 3 for 'at least three days before'."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("start", help="day (2026-01-31) or, for hours, time (2026-01-31T14:20)")
        parser.add_argument("period", nargs="?", help="P30D, P3M, P2Y, PT48H or 15WD")
        parser.add_argument("--working-days", metavar="N", help="count N working days")
        parser.add_argument("--before", metavar="N", help="the last day at least N days before")

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        # Options that look like negative numbers do not exist, so "-3" is read as a value.
        parser.allow_abbrev = False
        return parser

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period, backwards = self._period(options)
            result = compute(options["start"], period, backwards=backwards)
        except PeriodError as error:
            self._refuse(str(error))
        self.stdout.write(json.dumps(as_json(result), ensure_ascii=False))

    @staticmethod
    def _period(options: dict[str, Any]) -> tuple[Period, bool]:
        given = [name for name in ("period", "working_days", "before") if options[name] is not None]
        if len(given) != 1:
            raise PeriodError(
                "period", "Give exactly one of: a period, --working-days N, --before N."
            )
        text = options[given[0]]
        if given[0] == "period":
            return Period.parse(text), False
        if not (text.isascii() and text.isdigit()) or len(text) > 9:
            raise PeriodError("period", f"{text!r} is not a number of days.", text)
        unit = Unit.WORKING_DAY if given[0] == "working_days" else Unit.DAY
        return Period(int(text), unit), given[0] == "before"

    @staticmethod
    def _refuse(message: str) -> NoReturn:
        raise CommandError(message, returncode=BAD_INPUT)
