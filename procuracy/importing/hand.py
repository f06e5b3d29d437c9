"""A process of a crew that imports: it writes its batch ahead and takes the numbers when its turn has come.

Numbers of the registers leave no gap, so whoever takes them keeps everybody else waiting until he is done. A
hand writes its rows with the numbers that will be next if all before it goes well, holding no lock of theirs.
In its turn it locks the registers, looks whether they stand where it thought, and only then records and
commits. Otherwise, and after any other mishap, it takes everything back and enters the batch alone.
"""

from __future__ import annotations

import signal
import traceback
from collections import Counter
from collections.abc import Mapping
from enum import Enum, auto
from multiprocessing.connection import Connection
from typing import NamedTuple

from django.db import connection, connections, transaction

from procuracy.importing.batch import (
    Done,
    FaultyLines,
    Numbered,
    Opened,
    Register,
    Work,
    collecting_later,
    enter,
    take,
)
from procuracy.importing.lines import Fault

# Whoever holds a register or a row longer may be waiting for ours: another hand for its turn, which comes
# after ours, or somebody at work. We take our rows back before he is refused.
LONGEST_WAIT = "500ms"


class Order(Enum):
    """What a hand is told, besides the numbers after which its own begin."""

    FINISH = auto()
    TAKE_BACK = auto()
    ENTER_ALONE = auto()


class Read(NamedTuple):
    """A hand has read its batch and needs so many numbers."""

    wanted: Counter[Register]


class Told(Enum):
    """Whether a hand has written its rows, or has taken everything back."""

    WRITTEN = auto()
    TAKEN_BACK = auto()


class Faulty(NamedTuple):
    """The lines of a batch are not right."""

    faults: list[Fault]


class Broken(NamedTuple):
    """A batch cannot be entered, even alone."""

    why: str


class Withdrawn(Exception):
    """The numbers of a batch are not those it was written with, or may not be any more."""


def work_off(pipe: Connection, work: Work, inherited: list[Connection]) -> None:
    """Enter the batches that come through the pipe, until the crew closes it or ends.

    Args:
        inherited: ends of pipes that are the crew's; only while somebody holds one is a pipe open.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the crew ends its hands itself
    _forget_connections()
    for end in inherited:
        end.close()
    try:
        while True:
            batch = pipe.recv()
            done = _ahead(pipe, work, batch)
            pipe.send(done or _alone(pipe, work, batch))
    except (EOFError, BrokenPipeError):
        connection.close()


def _forget_connections() -> None:
    """Leave what was inherited to the process that opened it; the first question opens one of our own.

    The crew closed the connections it knew of. Where an event loop runs in its thread there are others: they
    are kept apart for coroutines, and come to light in a child, in which no loop runs.
    """
    for inherited in connections.all(initialized_only=True):
        inherited.connection = None


def _ahead(pipe: Connection, work: Work, batch: Numbered) -> Done | None:
    """Enter a batch that was written ahead of its turn; None when everything was taken back."""
    try:
        with collecting_later(), transaction.atomic():
            _wait_briefly()
            opened = Opened.of(work, batch)
            tables = _written(pipe, opened)
        return Done(len(opened.new), len(batch) - len(opened.new), tables)
    except (EOFError, BrokenPipeError):
        raise
    except Exception:
        # Whatever it was, a wrong line or a row somebody else holds: it is looked at again in its turn.
        pipe.send(Told.TAKEN_BACK)
        return None


def _written(pipe: Connection, opened: Opened) -> dict[str, list[str]]:
    pipe.send(Read(opened.wanted))
    last: Mapping[Register, int] = _ordered(pipe)
    filled = opened.write(last) if opened.new else None
    pipe.send(Told.WRITTEN)
    _ordered(pipe)
    if filled is None:
        return {}
    _take(opened, last)
    opened.record(filled.keys)
    return filled.tables


def _ordered(pipe: Connection) -> Mapping[Register, int]:
    order = pipe.recv()
    if order is Order.TAKE_BACK:
        raise Withdrawn
    return {} if order is Order.FINISH else order


def _wait_briefly() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'")


def _take(opened: Opened, last: Mapping[Register, int]) -> None:
    """Take the numbers the rows were written with.

    Raises:
        Withdrawn: somebody else has taken one of them.
        DatabaseError: somebody else is taking numbers just now.
    """
    before = take(opened.setting.office, opened.wanted)
    if any(before[register] != last.get(register, 0) for register in before):
        raise Withdrawn


def _alone(pipe: Connection, work: Work, batch: Numbered) -> Done | Faulty | Broken:
    """Enter a batch when it is told to; nobody else writes then."""
    while pipe.recv() is not Order.ENTER_ALONE:
        pass
    try:
        return enter(work, batch)
    except FaultyLines as refusal:
        return Faulty(refusal.faults)
    except Exception:
        return Broken(traceback.format_exc())
