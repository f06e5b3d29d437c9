"""The register of a day: which deadlines were entered and which ended, by whom, and who checked it.

A deadline that was entered wrongly is missed in good faith, so a second person looks at each day's entries.
The register is read from the rows; nothing is written for it but the checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet

from accounts.models import User
from deadlines import selectors
from deadlines.models import CompletionCheck, Deadline, EntryCheck
from documents.model import Alignment, Closing, Column, Heading, OfficialDocument, Paragraph, Table
from documents.numerals import chinese_date

NAME = "期限登记簿"
SYSTEM = "系统"


@dataclass(frozen=True)
class Entered:
    """A deadline entered on the day.

    Attributes:
        check: what a second person saw; None while nobody has looked at its present last day.
    """

    deadline: Deadline
    entered_by: User | None
    check: EntryCheck | None

    @property
    def seen(self) -> str:
        """What a check names: the deadline and the last day that was seen."""
        return f"{self.deadline.pk}:{self.deadline.effective_day.isoformat()}"


@dataclass(frozen=True)
class Ended:
    """A deadline that was recorded on the day as done or no longer needed."""

    deadline: Deadline
    recorded_by: User | None
    check: CompletionCheck | None


@dataclass(frozen=True)
class Register:
    """The register of one day in the office of the reader, as far as the reader sees its matters."""

    reader: User
    day: date

    @cached_property
    def entered(self) -> list[Entered]:
        rows = self._rows(Q(created_at__date=self.day)).prefetch_related("entry_checks__checked_by")
        return [Entered(row, entered_by(row), _present(row)) for row in rows]

    @cached_property
    def ended(self) -> list[Ended]:
        recorded = Q(ended_by__recorded_at__date=self.day, manual=False)
        rows = self._rows(recorded | Q(closed_at__date=self.day, manual=True))
        return [_ended(row) for row in rows.prefetch_related("checks__checked_by")]

    def _rows(self, chosen: Q) -> QuerySet[Deadline]:
        office = self.reader.office_id
        rows = selectors.deadlines_visible_to(self.reader).filter(chosen)
        rows = rows.filter(Q(case__office=office) | Q(lead__office=office))
        people = ("start_event__recorded_by", "ended_by__recorded_by", "created_by", "closed_by")
        rows = rows.select_related("lead", "case", "duty_holder", "closing_event", *people)
        return rows.order_by("id")


def entered_by(row: Deadline) -> User | None:
    """Return who entered a deadline: set it by hand, or recorded the event that starts it."""
    if row.manual:
        return row.created_by
    return row.start_event.recorded_by if row.start_event else None


def _present(row: Deadline) -> EntryCheck | None:
    fitting = [c for c in row.entry_checks.all() if c.effective_day == row.effective_day]
    return fitting[-1] if fitting else None


def _ended(row: Deadline) -> Ended:
    if row.manual or row.ended_by is None:
        return Ended(row, row.closed_by, None)
    checks = [c for c in row.checks.all() if c.ended_by_id == row.ended_by_id]
    last = checks[-1] if checks else None
    return Ended(row, row.ended_by.recorded_by, last)


# --- the register as a paper -------------------------------------------------------------------


def as_document(register: Register) -> OfficialDocument:
    """Return the register in the official layout, with room for the signature of who checked it."""
    return OfficialDocument(
        issuer=register.reader.office.name,
        name=NAME,
        blocks=(
            Paragraph(f"{chinese_date(register.day)}登记和办结的期限如下。"),
            Heading(1, "一、当日登记的期限"),
            _table(ENTERED, [_entered_cells(row) for row in register.entered]),
            Heading(1, "二、当日办结的期限"),
            _table(ENDED, [_ended_cells(row) for row in register.ended]),
        ),
        closing=Closing(issuer=register.reader.office.name, day=register.day, seal=False),
    )


OWN_RULE = "（本院内部规定）"
LATE = "（逾期）"
ENTERED = (("案件", 4), ("期限", 5), ("届满日", 3), ("登记人", 2), ("核对人", 2))
ENDED = (("案件", 4), ("期限", 5), ("届满日", 3), ("办结日", 3), ("登记人", 2), ("确认人", 2))


def _table(columns: Iterable[tuple[str, int]], rows: Sequence[tuple[str, ...]]) -> Table:
    titles = tuple(Column(title, share, Alignment.LEFT) for title, share in columns)
    return Table(titles, tuple(rows) or (("无", *("" for _title in titles[1:])),))


def _entered_cells(row: Entered) -> tuple[str, ...]:
    return (*_common(row.deadline), _name(row.entered_by), _checker(row.check))


def _ended_cells(row: Ended) -> tuple[str, ...]:
    return (
        *_common(row.deadline),
        _done(row.deadline),
        _name(row.recorded_by),
        _checker(row.check),
    )


def _done(deadline: Deadline) -> str:
    day = deadline.done_on.isoformat() if deadline.done_on else ""
    return f"{day}{LATE}" if deadline.met_late else day


def _common(deadline: Deadline) -> tuple[str, str, str]:
    title = f"{deadline.rule} {deadline.title_zh}{OWN_RULE if deadline.is_own_rule else ''}".strip()
    return deadline.matter.key, title, deadline.effective_day.isoformat()


def _name(person: User | None) -> str:
    return person.name if person else SYSTEM


def _checker(check: EntryCheck | CompletionCheck | None) -> str:
    return check.checked_by.name if check else ""
