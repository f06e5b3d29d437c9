"""What the tests of durability have of their own: a broker, and Celery on a database of the test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.durability.celery_group import Broker, Processes, own_broker, processes
from tests.durability.killing import SharedClock, environment
from tests.support import database
from tests.support.reminders import DUE


@pytest.fixture
def shared_clock(tmp_path) -> SharedClock:
    """The clock of all processes of a test; it stands half an hour after the reminders are due."""
    return SharedClock(tmp_path / "clock", DUE + timedelta(minutes=30))


@pytest.fixture
def variables(committed_db, shared_clock) -> dict[str, str]:
    """What a process of the office needs that works on the test's database."""
    url = database.url_for(database.APPLICATION_URL, committed_db)
    return environment(url, TEST_CLOCK_FILE=str(shared_clock.file))


@pytest.fixture(scope="module")
def module_broker() -> Iterator[Broker]:
    """One broker for the tests of a file; making its home takes longer than starting it."""
    with own_broker() as running:
        yield running


@pytest.fixture
def broker(module_broker) -> Broker:
    """An empty broker."""
    module_broker.flush()
    return module_broker


@pytest.fixture
def celery(variables, broker, tmp_path) -> Iterator[Processes]:
    """Celery as the Procfile runs it, not yet started; it sweeps every second."""
    own = variables | {"REDIS_URL": broker.url, "SWEEP_SECONDS": "1"}
    with processes(own, tmp_path) as group:
        yield group


@pytest.fixture
def wake(broker):
    """Ask for sweeps as the application does after an act: `wake(7)` leaves seven hints."""
    from celery import Celery

    # It must not become the application of the tests that follow in this process.
    with Celery(broker=broker.url, set_as_current=False) as app:

        def send(number: int = 1, task: str = "deadlines.tasks.sweep_reminders") -> None:
            with app.producer_pool.acquire(block=True) as producer:
                for _ in range(number):
                    app.send_task(task, ignore_result=True, producer=producer)

        yield send
