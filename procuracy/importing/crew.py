"""Several processes that import side by side (`hand`), and who goes when: the order of the file.

So many cases need more than one processor; the chains of the record and the rows of a case do not need each
other, only the numbers do. The crew tells each hand after which numbers its own begin, lets one after another
commit, and when one had to take its rows back lets all behind it do so too, for their numbers are wrong then.
"""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, cast

from django.db import connections

from cases.models import SerialCounter
from procuracy.importing.batch import Done, FaultyLines, Numbered, Register, Work
from procuracy.importing.hand import Broken, Faulty, Order, Read, Told, work_off

SECONDS_TO_END = 30
ENDED = (
    "A process of the import ended before its time. The batches before its own are in; begin again."
)


class CrewBroken(RuntimeError):
    """A process of an import ended, or could not enter its batch; the batches before it stay."""


@dataclass
class Hand:
    """A process, and how far it has come with its batch.

    Attributes:
        wanted: how many numbers its batch needs, once it has read it.
        last: the numbers after which its own begin, once it was told.
        written, taken_back: what it said last.
        released: it was told to commit, or to enter its batch alone.
        recalled: it was told to take its rows back.
    """

    process: BaseProcess
    pipe: Connection
    wanted: Counter[Register] | None = None
    last: Counter[Register] | None = None
    written: bool = False
    taken_back: bool = False
    released: bool = False
    recalled: bool = False

    def begin(self, batch: Numbered) -> None:
        """Hand it a batch."""
        self.wanted = self.last = None
        self.written = self.taken_back = self.released = self.recalled = False
        self.tell(batch)

    def heard(self, message: Any) -> None:
        """Note what it says of its batch."""
        if isinstance(message, Read):
            self.wanted = message.wanted
        self.written = message is Told.WRITTEN
        self.taken_back = message is Told.TAKEN_BACK
        if self.taken_back:
            self.released = False  # it may have tried to commit in its turn, and could not

    def number(self, last: Mapping[Register, int]) -> None:
        """Tell it after which numbers its own begin."""
        self.last = Counter(last)
        self.tell(dict(last))

    def release(self, order: Order) -> None:
        """Let it commit."""
        self.released = True
        self.tell(order)

    def recall(self) -> None:
        """Let it take its rows back."""
        if not (self.recalled or self.taken_back):
            self.recalled = True
            self.tell(Order.TAKE_BACK)

    def tell(self, what: Any) -> None:
        """Send it something.

        Raises:
            CrewBroken: it has ended.
        """
        try:
            self.pipe.send(what)
        except BrokenPipeError as error:
            raise CrewBroken(ENDED) from error


@dataclass
class Crew:
    """The processes of one import."""

    work: Work
    count: int
    idle: list[Hand] = field(default_factory=list)
    # In the order of the file: the first is the next to commit.
    busy: list[Hand] = field(default_factory=list)

    def entered(self, batches: Iterator[Numbered]) -> Iterator[Done]:
        """Enter every batch and tell of each when it is in.

        Raises:
            FaultyLines: a line of a batch is not right; the batches before it stay.
            CrewBroken: a process failed; the batches before it stay.
        """
        try:
            self._gather()
            while self._begin(batches):
                self._direct()
                yield from self._listen()
        finally:
            self._dismiss()

    def _gather(self) -> None:
        # Two processes cannot share a connection; each opens one of its own.
        connections.close_all()
        context = multiprocessing.get_context("fork")
        for _ in range(self.count):
            here, there = context.Pipe()
            # A child inherits the crew's ends of all pipes so far, its own included.
            arguments = (there, self.work, [here, *(hand.pipe for hand in self.idle)])
            process = context.Process(target=work_off, args=arguments, daemon=True)
            process.start()
            there.close()
            self.idle.append(Hand(process, here))

    def _begin(self, batches: Iterator[Numbered]) -> bool:
        """Give every idle hand a batch, unless one has to be entered alone; tell whether work is left."""
        while self.idle and not any(hand.taken_back for hand in self.busy):
            if (batch := next(batches, None)) is None:
                break
            hand = self.idle.pop()
            hand.begin(batch)
            self.busy.append(hand)
        return bool(self.busy)

    def _direct(self) -> None:
        """Tell each hand what it may do now."""
        for before, hand in zip([None, *self.busy], self.busy, strict=False):
            if hand.taken_back or hand.wanted is None:
                break
            if hand.last is None:
                hand.number(self._standing(before))
        first, *others = self.busy
        if first.taken_back:
            for hand in others:
                hand.recall()
            if not first.released and all(hand.taken_back for hand in others):
                first.release(Order.ENTER_ALONE)
        elif first.written and not first.released:
            first.release(Order.FINISH)

    def _standing(self, before: Hand | None) -> Counter[Register]:
        """Return the last numbers of all registers as they will stand once `before` has committed."""
        rows = SerialCounter.objects.filter(office=self.work.actor.office_id)
        found = Counter({(row.year, row.series): row.last for row in rows})
        if before is not None and before.last is not None and before.wanted is not None:
            found |= before.last + before.wanted
        return found

    def _listen(self) -> Iterator[Done]:
        """Wait until somebody says something, and yield the batch that is in."""
        ready = cast(list[Connection], wait([hand.pipe for hand in self.busy]))
        for hand in [hand for hand in self.busy if hand.pipe in ready]:
            message = self._received(hand)
            if isinstance(message, Done):
                self.busy.remove(hand)
                self.idle.append(hand)
                yield message
            else:
                hand.heard(message)

    def _received(self, hand: Hand) -> Any:
        try:
            message = hand.pipe.recv()
        except (EOFError, ConnectionResetError) as error:
            raise CrewBroken(ENDED) from error
        if isinstance(message, Faulty):
            raise FaultyLines(message.faults)
        if isinstance(message, Broken):
            raise CrewBroken(message.why)
        return message

    def _dismiss(self) -> None:
        """End every hand; what it has not committed is taken back."""
        hands = [*self.idle, *self.busy]
        for hand in hands:
            hand.pipe.close()
        for hand in hands:
            hand.process.join(SECONDS_TO_END)
            if hand.process.is_alive():
                hand.process.kill()
