"""The import of a file of former cases: batch after batch, each wholly or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from django.db import connection

from accounts.models import User
from procuracy.importing.batch import MOST_FAULTS, Done, FaultyLines, Numbered, Work, enter
from procuracy.importing.crew import Crew
from procuracy.importing.lines import Reader
from procuracy.importing.setting import setting_of

__all__ = ["FaultyLines", "Progress", "check_lines", "import_lines"]
LINES_AT_A_TIME = 2000


@dataclass(frozen=True)
class Progress:
    """How far an import has come: cases it entered, and lines that were here already."""

    imported: int = 0
    present: int = 0


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
    workers: int = 1,
) -> Iterator[Progress]:
    """Import the cases that `lines` tell of, and say after each batch how far it has come.

    Begun again it goes on where it stopped: a line that was imported before is left out. The file is read as
    a stream, so memory does not grow with it.

    Args:
        actor: in whose name everything is recorded.
        agreed_by: the head of the department, who agrees to the back-entry of every case.
        reason: why the cases are entered only now.
        workers: so many processes write batches side by side; they come in one after another all the same.

    Raises:
        FaultyLines: a line of a batch is not right; the batches before it stay.
        NotPermitted: the actor may register no leads, or the other one does not head the department.
        Invalid: the reason is missing.
    """
    imported = present = learnt_at = 0
    for done in _entered(Work(actor, agreed_by, reason), _batches(lines, at_a_time), workers):
        imported, present = imported + done.imported, present + done.present
        if done.tables and imported >= 2 * learnt_at:
            _learn(done.tables)
            learnt_at = imported
        yield Progress(imported, present)


def _entered(work: Work, batches: Iterator[Numbered], workers: int) -> Iterator[Done]:
    first = list(islice(batches, 2 if workers > 1 else 0))
    every = chain(first, batches)
    if len(first) < 2 or connection.in_atomic_block:
        return (enter(work, batch) for batch in every)
    # What is wrong with the import as a whole is said before anybody begins.
    setting_of(asked_by=work.actor, agreed_by=work.agreed_by, reason=work.reason)
    return Crew(work, workers).entered(every)


def _batches(lines: Iterable[str], at_a_time: int) -> Iterator[Numbered]:
    numbered = ((n, text.strip()) for n, text in enumerate(lines, start=1) if text.strip())
    while batch := list(islice(numbered, at_a_time)):
        yield batch


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
