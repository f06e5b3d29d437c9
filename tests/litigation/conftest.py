"""Every test of this room reads the sentences in English; pages ask for the reader's own language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.utils import translation

from cases.models import Case
from cases.states import CaseState
from tests.litigation import suit
from tests.support.days import on
from tests.support.people import Cast
from tests.support.prepared import Prepared, Stage, prepared

Brought = Callable[[str, Callable[[Cast], Case]], AbstractContextManager[Prepared]]


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
def trial(inside) -> Iterator[Case]:
    """A case in trial whose debate is open; the clock stands on 22 June 2026."""
    with on(2026, 6, 22):
        yield _standing(inside, CaseState.TRIAL) or suit.in_trial(inside.cast)


@pytest.fixture
def judged(inside) -> Iterator[Case]:
    """A case judged on 22 June 2026; the clock stands on 24 June."""
    with on(2026, 6, 24):
        yield _standing(inside, CaseState.JUDGED_FIRST) or suit.judged(inside.cast)


# --- stages for files that would begin with the same case again and again -------------------------


def _standing(inside: Stage, state: str) -> Case | None:
    """Return the case of the stage when it is in that state."""
    return inside.case if inside.case is not None and inside.case.state == state else None


@pytest.fixture(scope="session")
def brought(town, django_db_blocker, tmp_path_factory) -> Brought:
    """Makes the town with one case of a suit in it, once for all processes."""

    @contextmanager
    def stage(name: str, make: Callable[[Cast], Case]) -> Iterator[Prepared]:
        def begin() -> Stage:
            cast = town.open().cast
            return Stage(cast, make(cast))

        with prepared(name, town.name, django_db_blocker, tmp_path_factory, begin) as made:
            yield made

    return stage


@pytest.fixture(scope="session")
def trial_stage(brought) -> Iterator[Prepared]:
    """The town with the case of `trial`."""
    with on(2026, 6, 22), brought("trial", suit.in_trial) as made:
        yield made


@pytest.fixture(scope="session")
def judged_stage(brought) -> Iterator[Prepared]:
    """The town with the case of `judged`."""
    with on(2026, 6, 24), brought("judged", suit.judged) as made:
        yield made


@pytest.fixture(scope="session")
def appealed_stage(brought) -> Iterator[Prepared]:
    """The town on 3 August 2026 with a case a defendant has appealed in."""
    with on(2026, 8, 3), brought("appealed", suit.on_appeal) as made:
        yield made
