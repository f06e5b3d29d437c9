"""A hundred people issue over the turn of the year: each number is of the year of its document (safety B4)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Barrier

import pytest
from django.db import connections

from audit import clock
from notices import services
from notices.models import Document, NumberCounter, NumberRegister
from tests.notices.matters import approve_text, filed_case, issue
from tests.notices.test_numbers import _twin
from tests.support.days import on
from tests.support.documents import filled

ISSUERS = 100
# Midnight in Beijing, written as UTC knows it: the old year there still has eight hours.
MIDNIGHT = datetime(2026, 12, 31, 16, tzinfo=UTC)
MOMENT = timedelta(milliseconds=100)
_readings: ContextVar[Iterator[datetime]] = ContextVar("readings")


@contextmanager
def _midnight_after(readings: int) -> Iterator[None]:
    """Let the clock of one thread pass midnight once it was read so often."""
    before, after = (instant.astimezone(clock.BEIJING) for instant in _around_midnight())
    token = _readings.set(before if number < readings else after for number in count())
    try:
        yield
    finally:
        _readings.reset(token)


def _around_midnight() -> tuple[datetime, datetime]:
    return MIDNIGHT - MOMENT, MIDNIGHT + MOMENT


@pytest.mark.slow
@pytest.mark.norm("C116")
def test_a_hundred_issues_at_the_turn_of_the_year_count_each_year_from_one(
    committed_db, settings, tmp_path, monkeypatch, cast
):
    settings.EVIDENCE_STORAGE = str(tmp_path / "store")
    with on(2026, 12, 30):
        drafts = _approved(cast, filed_case(cast))
    monkeypatch.setattr(clock, "now", lambda: next(_readings.get()))
    barrier = Barrier(ISSUERS)
    with ThreadPoolExecutor(ISSUERS) as pool:
        list(pool.map(lambda place: _issue(cast, barrier, *place), enumerate(drafts)))
    issued = Document.objects.filter(code="D-20", status="issued")
    assert issued.count() == len(set(issued.values_list("number", flat=True))) == ISSUERS
    for document in issued:
        entry = NumberRegister.objects.get(document=document)
        assert document.signed_day.isoformat() in ("2026-12-31", "2027-01-01")
        assert entry.year == document.signed_day.year
        assert f"〔{document.signed_day.year}〕" in document.number
    for year in (2026, 2027):
        numbers = NumberRegister.objects.filter(document__in=issued, year=year)
        counts = sorted(numbers.values_list("sequence", flat=True))
        assert counts == [*range(1, len(counts) + 1)]
        assert len(counts) >= ISSUERS // 10
        word = numbers[0].word
        assert NumberCounter.objects.get(word=word, year=year).last == len(counts)


def _approved(cast, case) -> list[Document]:
    """Return a notice with its approval, and as many twins of it in cases of their own as are missing."""
    notice = services.draft_document(actor=cast.handler, matter=case, code="D-20")
    notice = filled(notice, cast.handler)
    approve_text(notice, cast)
    return [notice, *(_twin(notice, 1000 + index) for index in range(ISSUERS - 1))]


def _issue(cast, barrier: Barrier, index: int, document: Document) -> None:
    """Issue one document, at another reading of whose clock midnight passes than at its neighbour's."""
    try:
        with _midnight_after(index % 10):
            barrier.wait()
            issue(cast, document)
    finally:
        connections.close_all()
