"""Several processes import side by side, and what comes in is what one alone would have brought in."""

from __future__ import annotations

import asyncio
import contextvars
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections, transaction

from audit import verify
from cases.models import Case, FormerCase, Lead, SerialCounter
from cases.services.numbering import next_serial
from cases.soundness import faults_of
from procuracy.importing import services
from procuracy.importing.batch import Opened
from procuracy.importing.crew import Crew, CrewBroken
from tests.support import former
from tests.support.days import on
from tests.support.matters import make_lead

SHAPES: tuple[dict[str, Any], ...] = (
    {},
    {"steps": former.steps(*former.TERMINATED)},
    former.moved(years=-3),
    {"steps": former.steps(*former.REVIEWED)},
)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with on(2026, 6, 24):
        yield


@pytest.fixture
def office(committed_db, cast):
    """An office whose rows other processes see."""
    return cast


def told(cast, count: int) -> list[dict[str, Any]]:
    return [former.told(cast, f"旧{n}", **SHAPES[n % len(SHAPES)]) for n in range(count)]


def imported(cast, lines: list[dict[str, Any]], **rest: Any) -> list[services.Progress]:
    given: dict[str, Any] = {"at_a_time": 3, "workers": 2} | rest
    found = services.import_lines(
        actor=cast.handler,
        agreed_by=cast.head,
        reason=former.REASON,
        lines=[former.line(one) for one in lines],
        **given,
    )
    return list(found)


def assert_as_if_alone(cast, count: int, *, leads_before: int = 0) -> None:
    """Numbers follow the order of the file without a gap, every matter is sound, every chain unbroken."""
    rows = FormerCase.objects.order_by("case__year", "case__serial").values_list(
        "reference", "case__year", "case__serial", "case__lead__serial"
    )
    by_file = sorted(rows, key=lambda row: int(row[0][1:]))
    assert [row[0] for row in by_file] == [f"旧{n}" for n in range(count)]
    assert [row[3] for row in by_file] == [leads_before + n + 1 for n in range(count)]
    for year in {row[1] for row in by_file}:
        serials = [row[2] for row in by_file if row[1] == year]
        assert serials == list(range(1, len(serials) + 1))
        counter = SerialCounter.objects.get(office=cast.office, year=year, series="case")
        assert counter.last == len(serials)
    matters = (
        *Lead.objects.filter(case__former__isnull=False),
        *Case.objects.filter(former__isnull=False),
    )
    assert [fault for one in matters for fault in faults_of(one)] == []
    assert verify.run(verify.whole()).verdict is verify.Verdict.CLEAN


def test_batches_come_in_one_after_another_whoever_writes_them(office):
    lead = make_lead(office)
    steps = imported(office, told(office, 11), workers=3)
    assert [step.imported for step in steps] == [3, 6, 9, 11]
    assert_as_if_alone(office, 11, leads_before=lead.serial)


def test_a_wrong_line_keeps_its_batch_out_and_all_after_it(office):
    lines = told(office, 12)
    lines[7]["handler"] = "nobody"
    with pytest.raises(services.FaultyLines) as refused:
        imported(office, lines)
    assert [(fault.line, fault.where) for fault in refused.value.faults] == [(8, "handler")]
    assert_as_if_alone(office, 6)
    lines[7]["handler"] = lines[0]["handler"]
    assert imported(office, lines)[-1] == services.Progress(imported=6, present=6)
    assert_as_if_alone(office, 12)


def test_numbers_somebody_else_took_are_not_given_twice(office, monkeypatch):
    """Each hand is told that nothing was numbered yet, as if all numbers had been taken behind its back."""
    monkeypatch.setattr(Crew, "_standing", lambda self, before: {})
    imported(office, told(office, 8))
    assert_as_if_alone(office, 8)


def test_who_is_first_does_not_wait_for_a_row_of_who_waits_for_its_turn(office, monkeypatch):
    """The second hand has written the number the first one writes, and may not commit before it."""
    monkeypatch.setattr(Crew, "_standing", lambda self, before: {})
    write = Opened.write

    def late(self: Opened, last: Any) -> Any:
        if self.new[0].former.reference == "旧0":
            time.sleep(1)
        return write(self, last)

    monkeypatch.setattr(Opened, "write", late)
    imported(office, told(office, 8))
    assert_as_if_alone(office, 8)


def test_a_number_that_is_taken_while_the_rows_are_written_is_left_out(office, monkeypatch):
    standing = Crew._standing
    taken = []

    def overtaken(self: Crew, before: Any) -> Any:
        found = standing(self, before)
        if not taken:
            with transaction.atomic():
                taken.append(next_serial(office=office.office, year=2026, series="lead"))
        return found

    monkeypatch.setattr(Crew, "_standing", overtaken)
    imported(office, told(office, 9))
    assert_as_if_alone(office, 9, leads_before=taken[0])


def test_a_line_that_comes_again_in_a_later_batch_is_left_out(office):
    lines = told(office, 6)
    assert imported(office, [*lines, *lines[1:5]])[-1] == services.Progress(imported=6, present=4)
    assert_as_if_alone(office, 6)


def test_a_number_that_comes_again_with_other_words_is_refused(office):
    lines = told(office, 6)
    again = lines[0] | {"assigned_on": "2023-03-11"}
    with pytest.raises(services.FaultyLines) as refused:
        imported(office, [*lines, again])
    assert [(fault.line, fault.where) for fault in refused.value.faults] == [(7, "reference")]
    assert_as_if_alone(office, 6)


def test_a_process_that_ends_leaves_the_batches_before_it_and_nothing_half(office, monkeypatch):
    write = Opened.write

    def ending(self: Opened, last: Any) -> Any:
        if any(line.former.reference == "旧4" for line in self.new):
            os._exit(1)
        return write(self, last)

    monkeypatch.setattr(Opened, "write", ending)
    with pytest.raises(CrewBroken):
        imported(office, told(office, 9))
    assert FormerCase.objects.count() in (0, 3)
    monkeypatch.setattr(Opened, "write", write)
    imported(office, told(office, 9))
    assert_as_if_alone(office, 9)


def test_no_hand_uses_a_connection_of_the_process_that_began_it(office, monkeypatch):
    """Where an event loop runs Django keeps two sets of connections; a child sees the one left open."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

    async def within() -> list[services.Progress]:
        return imported(office, told(office, 6))

    def work() -> None:
        assert not FormerCase.objects.exists()  # the connection is opened outside the loop
        asyncio.run(within())
        connections.close_all()

    # In a thread of its own: in this one the browser of another test may have left a loop.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(contextvars.copy_context().run, work).result()
    assert_as_if_alone(office, 6)
