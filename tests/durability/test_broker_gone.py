"""People go on working while the broker is silent or gone (safety A5)."""

from __future__ import annotations

import http.client
import json
import os
import threading
import time
from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from knox.models import AuthToken

from deadlines.models import Deadline, Notification, Reminder, ReminderState
from procuracy.operations.speech import say
from tests.support.browser import Server
from tests.support.matters import make_case
from tests.support.reminders import LAST_DAY
from tests.support.waiting import wait_until

WRITES = int(os.environ.get("PROCURACY_WRITES", "240"))
# How long the broker is silent and gone at least, together; the goal speaks of ten minutes.
AWAY_SECONDS = int(os.environ.get("PROCURACY_SECONDS_WITHOUT_BROKER", "0"))
# One more than the server has threads, and each writes to a case of its own.
WRITERS = 5
# Whoever waited for the broker would wait for its timeout (5 s) at least, and then for its retries.
LONGEST_SECONDS = 5
BACKLOG_SECONDS = 120


@pytest.fixture
def office(committed_db, broker, shared_clock, tmp_path, monkeypatch):
    """gunicorn with the broker of this test, on the day before the last day of what is written."""
    monkeypatch.setenv("REDIS_URL", broker.url)
    folder = tmp_path / "server"
    folder.mkdir()
    running = Server(folder, workers=2)
    try:
        with running.serving(committed_db) as site:
            shared_clock.forward(timedelta(days=5))
            site.set_clock(shared_clock.instant)
            yield site
    finally:
        running.stop()


class Writers:
    """People who set one deadline after the other, each in a case of his own, by the API.

    Attributes:
        statuses: how often which status was answered.
        seconds: how long each request took, phase by phase.
    """

    def __init__(self, site, cast) -> None:
        self.address = urlsplit(site.url)
        self.keys = [make_case(cast).key for _ in range(WRITERS)]
        _, token = AuthToken.objects.create(user=cast.handler)
        self.headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
        self.statuses: Counter[int] = Counter()
        self.seconds: dict[str, list[float]] = {}

    def write(self, phase: str, number: int) -> None:
        """Make `number` writes, shared among the writers."""
        self.seconds[phase] = []
        threads = [
            threading.Thread(target=self._write_one_by_one, args=(key, phase, number // WRITERS))
            for key in self.keys
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _write_one_by_one(self, key: str, phase: str, number: int) -> None:
        connection = http.client.HTTPConnection(
            self.address.hostname, self.address.port, timeout=60
        )
        for serial in range(number):
            facts = {"matter": key, "title": f"{phase} {serial}", "day": LAST_DAY.isoformat()}
            begun = time.monotonic()
            connection.request("POST", "/api/v1/deadlines/", json.dumps(facts), self.headers)
            answer = connection.getresponse()
            answer.read()
            self.seconds[phase].append(time.monotonic() - begun)
            self.statuses[answer.status] += 1
        connection.close()

    def ninety_fifth(self, phase: str) -> float:
        """Return how long the slowest of twenty took, in milliseconds."""
        times = sorted(self.seconds[phase])
        return 1000 * times[int(len(times) * 0.95)]


@pytest.mark.slow
def test_no_write_fails_or_waits_without_a_broker_and_its_return_brings_the_backlog(
    office, broker, celery, shared_clock, cast
):
    """A5: the broker is silent for a part of the writes and gone for another; then it comes back.

    The workers live through all of it. How long the requests take is printed: `pytest -s`.
    """
    celery.start("worker", "beat")
    celery.wait_until_working(broker)
    writers = Writers(office, cast)
    writers.write("normal", WRITES // 3)
    away = time.monotonic()
    broker.silence()
    writers.write("silent", WRITES // 3)
    broker.kill()
    writers.write("gone", WRITES // 3)
    time.sleep(max(0.0, away + AWAY_SECONDS - time.monotonic()))
    absence = time.monotonic() - away
    before, now = Notification.objects.count(), shared_clock.instant
    broker.start_again()
    due = Reminder.objects.filter(state=ReminderState.PENDING, due_at__lte=now)
    seconds = wait_until(lambda: not due.exists(), seconds=BACKLOG_SECONDS, what="the backlog")
    for phase in writers.seconds:
        say(f"A5: {phase}: p95 {writers.ninety_fifth(phase):.0f} ms")
    written = len(writers.keys) * (WRITES // 3 // WRITERS) * 3
    say(
        f"A5: {written} writes, no broker for {absence:.0f} s, {before} delivered before its return, "
        f"the rest {seconds:.1f} s after"
    )
    assert writers.statuses == {201: written}
    assert Deadline.objects.filter(manual=True).count() == written
    assert max(map(writers.ninety_fifth, ("silent", "gone"))) < 1000 * LONGEST_SECONDS
    assert before < written
    assert Notification.objects.count() == written
    assert Notification.objects.values("reminder").distinct().count() == written
