"""Workers that make a batch of documents are killed at any moment; none is lost and none is doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count

from notices.batch import services
from notices.models import BatchItem, Document, DocumentBatch
from tests.notices.batches import cases_of, plans_for, start
from tests.support import database
from tests.support.waiting import wait_until

MANY = 40
KILLS = 4
MAKE_FOR_EVER = """
import django
django.setup()
from notices.batch import services
while True:
    services.make_next()
"""
DIE_OF = """
import os, signal
from datetime import timedelta
import django
django.setup()
from notices.batch import services
services.PAUSE = timedelta()
make = services.create_draft
def die(**given):
    make(**given)
    if given["matter"].pk == %d:
        os.kill(os.getpid(), signal.SIGKILL)
services.create_draft = die
services.sweep()
"""


def made(batch: DocumentBatch) -> int:
    return batch.items.filter(state="done").count()


def assert_each_made_once(batch: DocumentBatch, number: int) -> None:
    documents = Document.objects.filter(code="D-09")
    assert made(batch) == documents.count() == number
    assert not documents.values("case").annotate(number=Count("pk")).filter(number__gt=1).exists()
    assert BatchItem.objects.values("document").distinct().count() == number


@pytest.mark.slow
def test_a_batch_survives_killed_workers_none_lost_none_doubled(variables, cast):
    """Each worker is killed with SIGKILL as soon as it has made something; the next goes on there."""
    batch = start(cast.handler, plans_for(cases_of(cast, MANY)))
    for _ in range(KILLS):
        before = made(batch)
        worker = subprocess.Popen(
            [sys.executable, "-c", MAKE_FOR_EVER], cwd=database.ROOT, env=dict(variables)
        )
        try:
            wait_until(lambda before=before: made(batch) > before, seconds=60, what="a document")
        finally:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait(timeout=10)
    assert 0 < made(batch) < MANY
    # What a killed worker had begun is begun again a moment later.
    wait_until(
        lambda: not services.make_next() and made(batch) == MANY,
        seconds=60,
        what="everything made",
    )
    assert_each_made_once(batch, MANY)


@pytest.mark.slow
def test_a_document_that_ends_every_worker_is_given_up_and_says_so(variables, cast, monkeypatch):
    """Each worker dies of the first case's document; the second case's is made all the same."""
    batch = start(cast.handler, plans_for(cases_of(cast, 2)))
    first = batch.items.get(position=1)
    monkeypatch.setattr(services, "PAUSE", timedelta())
    for tries in range(1, services.MOST_TRIES + 1):
        code = subprocess.run(
            [sys.executable, "-c", DIE_OF % first.case_id], cwd=database.ROOT, env=dict(variables)
        ).returncode
        assert code == -signal.SIGKILL
        first.refresh_from_db()
        assert (first.state, first.tries) == ("waiting", tries)
    assert made(batch) == 0
    while services.make_next():
        pass
    first.refresh_from_db()
    assert first.state == "refused"
    assert str(services.MOST_TRIES) in first.sentence
    assert made(batch) == 1
    assert services.try_again(actor=cast.handler, batch=batch) == 1
    assert services.sweep() == 1
    assert_each_made_once(batch, 2)


@pytest.mark.slow
def test_celery_takes_a_batch_up_by_itself_and_again_after_it_was_killed(celery, cast):
    """No hint reaches this broker: beat alone finds what waits, and what a killed worker left."""
    batch = start(cast.handler, plans_for(cases_of(cast, MANY)))
    celery.start("worker", "beat")
    wait_until(lambda: made(batch), seconds=90, what="a first document")
    assert celery.kill() >= 2
    celery.start("worker", "beat")
    wait_until(lambda: made(batch) == MANY, seconds=90, what="everything made")
    assert_each_made_once(batch, MANY)


def test_workers_at_once_make_each_document_once(committed_db, cast):
    batch = start(cast.handler, plans_for(cases_of(cast, 12)))

    def work() -> None:
        services.sweep()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    services.sweep()
    assert_each_made_once(batch, 12)
