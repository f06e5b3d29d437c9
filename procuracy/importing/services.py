"""The import of a file of former cases: batch after batch, each wholly or not at all."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction
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

LINES_AT_A_TIME = 2000
MOST_FAULTS = 100


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
class Progress:
    """How far an import has come: cases it entered, and lines that were here already."""

    imported: int = 0
    present: int = 0


@dataclass(frozen=True)
class Line:
    """A line that is right, as it stands in the file."""

    former: Former
    text: str

    @property
    def sha256(self) -> str:
        """The digest by which the line is known again."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def check_lines(*, actor: User, agreed_by: User, reason: str, lines: Iterable[str]) -> int:
    """Check every line without importing one; return how many there are.

    Raises:
        FaultyLines: with the first hundred faults.
        NotPermitted, Invalid: as `import_lines`.
    """
    setting = setting_of(asked_by=actor, agreed_by=agreed_by, reason=reason)
    reader, faults, count = Reader(setting), [], 0
    for number, text in enumerate(lines, start=1):
        if text.strip():
            read = reader.read(number, text)
            faults += read if isinstance(read, list) else []
            count += 1
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise FaultyLines(faults)
    return count


def import_lines(
    *,
    actor: User,
    agreed_by: User,
    reason: str,
    lines: Iterable[str],
    at_a_time: int = LINES_AT_A_TIME,
) -> Iterator[Progress]:
    """Import the cases that `lines` tell of, and say after each batch how far it has come.

    Begun again it goes on where it stopped: a line that was imported before is left out. The file is read as
    a stream, so memory does not grow with it.

    Args:
        actor: in whose name everything is recorded.
        agreed_by: the head of the department, who agrees to the back-entry of every case.
        reason: why the cases are entered only now.

    Raises:
        FaultyLines: a line of a batch is not right; the batches before it stay.
        NotPermitted: the actor may register no leads, or the other one does not head the department.
        Invalid: the reason is missing.
    """
    imported = present = learnt_at = 0
    numbered = ((n, text.strip()) for n, text in enumerate(lines, start=1) if text.strip())
    while batch := list(islice(numbered, at_a_time)):
        with transaction.atomic():
            keep_calendar()
            with reading():
                setting = setting_of(asked_by=actor, agreed_by=agreed_by, reason=reason)
            new = _new(setting.office, _read(setting, batch))
            tables = _enter(setting, new) if new else {}
        imported, present = imported + len(new), present + len(batch) - len(new)
        if tables and imported >= 2 * learnt_at:
            _learn(tables)
            learnt_at = imported
        yield Progress(imported, present)


def _learn(tables: Mapping[str, list[str]]) -> None:
    """Let the database look at what it holds now.

    The plans by which triggers and foreign keys look rows up were made while the tables were empty, and read
    them whole for every row; they are made anew after this. The columns are named, because otherwise the
    words of thirty thousand rows would be cut into pairs anew; that is left to the autovacuum.
    """
    with connection.cursor() as cursor:
        for table, columns in tables.items():
            named = ", ".join(f'"{column}"' for column in columns)
            cursor.execute(f'ANALYZE "{table}" ({named})')


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


def _enter(setting: Setting, lines: list[Line]) -> dict[str, list[str]]:
    """Write the rows of a batch and its entry in the record; inside the caller's transaction.

    Returns:
        the tables that were written, with their columns.
    """
    builder = Builder(setting, Ids())
    keys = [
        builder.add(line.former, line.text, numbers)
        for line, numbers in zip(lines, _numbered(setting, lines), strict=True)
    ]
    tables = {}
    for name, columns, rows in builder.taken():
        copy(name, columns, rows)
        tables[name] = columns
    write(builder.reminders)
    audit.record(
        actor=setting.asked_by,
        action="former_cases.imported",
        object_type="former_cases",
        object_id=hashlib.sha256("".join(line.sha256 for line in lines).encode()).hexdigest(),
        on_behalf_of=setting.standing.on_behalf_of,
        reason=setting.reason,
        details={
            "rows": len(lines),
            "first": keys[0],
            "last": keys[-1],
            "agreed_by": setting.agreed_by.pk,
        },
    )
    return tables


def _numbered(setting: Setting, lines: list[Line]) -> Iterator[Numbers]:
    """Yield the serials of each line as `next_serial` would give them, one line after another."""
    year = setting.now.year
    counts = Counter(line.former.filed_on.year for line in lines)
    leads = iter(_serials(setting.office, year, "lead", len(lines)))
    cases = {
        filed: iter(_serials(setting.office, filed, "case", count))
        for filed, count in sorted(counts.items())
    }
    for line in lines:
        yield Numbers(next(leads), next(cases[line.former.filed_on.year]))


def _serials(office: Office, year: int, series: str, count: int) -> range:
    """Take the next serials of a series at once; its row is the lock, as in `cases.services.numbering`."""
    SerialCounter.objects.get_or_create(office=office, year=year, series=series)
    counter = SerialCounter.objects.select_for_update().get(office=office, year=year, series=series)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return range(first, first + count)
