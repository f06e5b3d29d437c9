"""One batch of an import: its lines are read, its rows written, its numbers taken, its entry recorded."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Office, User
from accounts.reading import reading
from audit import services as audit
from audit.errors import Refusal
from cases.models import FormerCase, SerialCounter
from deadlines.services.calendar_lock import keep_calendar
from deadlines.services.making import write
from procuracy.importing.building import Builder, Numbers
from procuracy.importing.copying import copy
from procuracy.importing.ids import Ids
from procuracy.importing.lines import Fault, Former, Reader
from procuracy.importing.setting import Setting, setting_of

MOST_FAULTS = 100
# Numbers and texts of the lines of a batch.
Numbered = list[tuple[int, str]]
# A series of numbers: its year and what it numbers.
Register = tuple[int, str]


class FaultyLines(Refusal):
    """Lines that are not right; nothing of their batch was imported.

    Attributes:
        faults: the first hundred, in the order of the lines.
    """

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(
            _("Some lines are not right. Nothing of their batch was imported."), code="faulty_lines"
        )
        self.faults = faults[:MOST_FAULTS]


@dataclass(frozen=True)
class Work:
    """What all batches of an import have in common."""

    actor: User
    agreed_by: User
    reason: str


@dataclass(frozen=True)
class Line:
    """A line that is right, as it stands in the file."""

    former: Former
    text: str

    @property
    def sha256(self) -> str:
        """The digest by which the line is known again."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Done:
    """A batch that is in.

    Attributes:
        present: lines that were here already.
        tables: what was written, with the columns.
    """

    imported: int
    present: int
    tables: Mapping[str, list[str]] = field(default_factory=dict)


@contextmanager
def collecting_later() -> Iterator[None]:
    """Inside the block nobody looks for cycles among the rows: there are none, and looking takes its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def enter(work: Work, batch: Numbered) -> Done:
    """Enter a batch, in a transaction of its own.

    Raises:
        FaultyLines: a line is not right, or other words are here under its number.
    """
    with collecting_later(), transaction.atomic():
        opened = Opened.of(work, batch)
        tables = opened.fill(take(opened.setting.office, opened.wanted)) if opened.new else {}
    return Done(len(opened.new), len(batch) - len(opened.new), tables)


@dataclass(frozen=True)
class Opened:
    """A batch whose lines were read, inside a transaction.

    Attributes:
        new: the lines that are not here yet.
    """

    setting: Setting
    new: list[Line]

    @classmethod
    def of(cls, work: Work, batch: Numbered) -> Opened:
        """Read a batch, and keep the calendar until the transaction ends.

        Raises:
            FaultyLines: a line is not right, or other words are here under its number.
        """
        keep_calendar()
        with reading():
            setting = setting_of(asked_by=work.actor, agreed_by=work.agreed_by, reason=work.reason)
        return cls(setting, _new(setting.office, _read(setting, batch)))

    @property
    def wanted(self) -> Counter[Register]:
        """How many numbers of each register the batch needs."""
        counts = Counter((line.former.filed_on.year, "case") for line in self.new)
        counts[self.setting.now.year, "lead"] = len(self.new)
        return counts

    def fill(self, last: Mapping[Register, int]) -> dict[str, list[str]]:
        """Write the rows of the batch and its entry in the record; return the tables with their columns.

        Args:
            last: the number of each register after which those of the batch begin.
        """
        filled = self.write(last)
        self.record(filled.keys)
        return filled.tables

    def write(self, last: Mapping[Register, int]) -> Filled:
        """Write the rows of the batch."""
        builder = Builder(self.setting, Ids())
        keys = [
            builder.add(line.former, line.text, numbers)
            for line, numbers in zip(self.new, self._numbers(last), strict=True)
        ]
        tables = {}
        for name, columns, rows in builder.taken():
            copy(name, columns, rows)
            tables[name] = columns
        write(builder.reminders)
        return Filled(keys, tables)

    def record(self, keys: list[str]) -> None:
        """Record that the batch was imported; last, because the chain of the office is held from here on."""
        setting, digests = self.setting, "".join(line.sha256 for line in self.new)
        audit.record(
            actor=setting.asked_by,
            action="former_cases.imported",
            object_type="former_cases",
            object_id=hashlib.sha256(digests.encode()).hexdigest(),
            on_behalf_of=setting.standing.on_behalf_of,
            reason=setting.reason,
            details={
                "rows": len(self.new),
                "first": keys[0],
                "last": keys[-1],
                "agreed_by": setting.agreed_by.pk,
            },
        )

    def _numbers(self, last: Mapping[Register, int]) -> Iterator[Numbers]:
        """Yield the serials of each line as `next_serial` would give them, one line after another."""
        given, of_leads = Counter(last), (self.setting.now.year, "lead")
        for line in self.new:
            of_cases = (line.former.filed_on.year, "case")
            given.update((of_leads, of_cases))
            yield Numbers(given[of_leads], given[of_cases])


@dataclass(frozen=True)
class Filled:
    """What was written of a batch: the keys of its cases, the tables with their columns."""

    keys: list[str]
    tables: dict[str, list[str]]


def _read(setting: Setting, batch: Iterable[tuple[int, str]]) -> list[Line]:
    """Return the lines of a batch.

    Raises:
        FaultyLines: one of them is not right, or two bear the same number.
    """
    reader = Reader(setting)
    faults: list[Fault] = []
    found: dict[str, Line] = {}
    for number, text in batch:
        read = reader.read(number, text)
        if isinstance(read, list):
            faults += read
        elif read.reference in found:
            first = found[read.reference].former.number
            sentence = _("Line %(first)s bears the same number.") % {"first": first}
            faults.append(Fault(number, "reference", sentence))
        else:
            found[read.reference] = Line(read, text)
    if faults:
        raise FaultyLines(faults)
    return list(found.values())


def _new(office: Office, lines: list[Line]) -> list[Line]:
    """Return the lines that are not here yet.

    Raises:
        FaultyLines: another line was imported under the same number.
    """
    references = [line.former.reference for line in lines]
    rows = FormerCase.objects.filter(office=office, reference__in=references)
    here = dict(rows.values_list("reference", "sha256"))
    faults = [
        Fault(
            line.former.number,
            "reference",
            _("Another line was imported under this number. Change the case on its pages."),
        )
        for line in lines
        if here.get(line.former.reference, line.sha256) != line.sha256
    ]
    if faults:
        raise FaultyLines(faults)
    return [line for line in lines if line.former.reference not in here]


def take(office: Office, wanted: Mapping[Register, int]) -> dict[Register, int]:
    """Take the next numbers of each register at once and return the last ones before them.

    The row of a register is the lock, as in `cases.services.numbering`; all are taken in one order.
    """
    before = {}
    for year, series in sorted(wanted, key=_in_order):
        of: dict[str, Any] = {"office": office, "year": year, "series": series}
        SerialCounter.objects.get_or_create(**of)
        counter = SerialCounter.objects.select_for_update().get(**of)
        before[year, series] = counter.last
        counter.last += wanted[year, series]
        counter.save(update_fields=["last"])
    return before


def _in_order(register: Register) -> tuple[bool, int]:
    year, series = register
    return series != "lead", year
