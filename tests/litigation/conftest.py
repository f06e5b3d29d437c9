"""Every test of this room reads the sentences in English; pages ask for the reader's own language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from cases.models import Case
from tests.litigation import suit
from tests.support.days import on


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def pending(cast):
    """A case in preparation; the clock stands on 20 May 2026."""
    with on(2026, 5, 20):
        yield suit.in_preparation(cast)


@pytest.fixture
def trial(cast):
    """A case in trial whose debate is open; the clock stands on 22 June 2026."""
    with on(2026, 6, 22):
        yield suit.in_trial(cast)


@pytest.fixture
def judged(cast) -> Case:
    """A case judged on 22 June 2026; the clock stands on 24 June."""
    with on(2026, 6, 24):
        yield suit.judged(cast)
