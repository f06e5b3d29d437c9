"""An office at work while each of its processes is ended and started again: nothing is lost (safety J13).

`PROCURACY_MINUTES=30 script/test tests/durability/test_mixed_load.py -n0 -s` runs it at full length. In the
first half parts are ended, in the second the same load goes on and the memory of every process is watched.
"""

from __future__ import annotations

import json
import os
import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass
from urllib.request import Request, urlopen

import pytest
from django.core.management import call_command
from knox.models import AuthToken

from cases.models import ApprovalStep, Case, Comment, Event, Lead, LeadAssessment, TeamMember
from deadlines.models import Deadline, Notification, Reminder, ReminderState
from exchange.models import Paper
from notices.models import Document, NumberCounter, NumberRegister
from procuracy.embedded.valkey import free_port
from procuracy.operations.speech import say
from procuracy.settings import _audit_secret
from tests.durability.killing import environment
from tests.durability.mixed.clients import Crew, Reader, at_work
from tests.durability.mixed.ledger import Ledger
from tests.durability.mixed.memory import Watch
from tests.durability.mixed.parts import Parts, running_parts
from tests.durability.own_database import own_database
from tests.support.browser import give_password
from tests.support.waiting import wait_until

MINUTES = float(os.environ.get("PROCURACY_MINUTES", "0"))
# Every second program files cases; with more clients two cores do little but wait.
CREWS, READERS = 2, 3
PEOPLE = ("intake", "head", "handler", "chief", "clerk")
TOKEN = "of this test"
# From here on the memory is judged: less says nothing about a trend.
LEAST_MINUTES_OF_MEMORY = 10
# How many MiB a process may grow by its fitted line in the second half.
MOST_GROWTH = 8.0
BACKLOG_SECONDS = 120


@pytest.fixture
def own(stage, django_db_setup, django_db_blocker):
    """A PostgreSQL of this test's own, with the people of the stage."""
    with own_database(stage.name, django_db_blocker) as running:
        yield running


@pytest.fixture
def parts(own, broker, tmp_path, settings):
    """The whole office, as the Procfile runs it, with the log of production."""
    settings.EVIDENCE_STORAGE = str(tmp_path / "home" / "evidence")
    url = f"http://127.0.0.1:{free_port()}"
    variables = environment(
        own.url,
        REDIS_URL=broker.url,
        PORT=url.rpartition(":")[2],
        SWEEP_SECONDS="2",
        LOG_LEVEL="INFO",
        LOG_FORMAT="json",
        METRICS_TOKEN=TOKEN,
        # The record is verified here with the key it is written with there.
        AUDIT_KEY=_audit_secret,
        EVIDENCE_STORAGE=settings.EVIDENCE_STORAGE,
    )
    with running_parts(variables, tmp_path, url, broker, own.server) as running:
        yield running


@dataclass
class Load:
    """The clients at work on one office."""

    parts: Parts
    ledger: Ledger
    over: threading.Event
    threads: list[threading.Thread]

    def end(self) -> None:
        """Let everybody finish what he does."""
        self.over.set()
        for thread in self.threads:
            thread.join(timeout=120)
            assert not thread.is_alive(), thread.name


@pytest.fixture
def load(parts, stage):
    """Programs that file cases and people who read them."""
    cast = stage.open().cast
    ledger, over = Ledger(), threading.Event()
    people = {name: getattr(cast, name) for name in PEOPLE}
    tokens = {name: AuthToken.objects.create(user=person)[1] for name, person in people.items()}
    numbers = {name: person.pk for name, person in people.items()}
    works = [Crew(parts.url, ledger, tokens, numbers) for _ in range(CREWS)]
    for name in ("handler", "head", "clerk")[:READERS]:
        give_password(people[name])
        works.append(Reader(parts.url, ledger, people[name].username))
    threads = [at_work(f"client{i}", work, ledger, over) for i, work in enumerate(works)]
    running = Load(parts, ledger, over, threads)
    yield running
    running.end()


def strike_until(parts: Parts, end: float) -> None:
    """End parts in any order until `end`: in every way there is, on the days of a short run by SIGKILL alone."""
    chance = random.Random(1)
    pause = max(0.5, (end - time.monotonic()) / 40)
    ways = [way for way in parts.ways() if MINUTES or way[0].endswith("SIGKILL")]
    while True:
        chance.shuffle(ways)
        for name, felt, way in ways:
            parts.strike(name, felt, way)
            time.sleep(pause)
        if time.monotonic() >= end:
            return


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_while_every_process_is_ended_and_started_again(
    load, parts, tmp_path
):
    begun = time.monotonic()
    ledger = load.ledger
    found = wait_until(
        lambda: ledger.acknowledged["number"] or ledger.refusals,
        seconds=90,
        what="a first decision",
    )
    assert ledger.refusals == [], found
    with Watch(parts, pause=max(0.5, MINUTES / 6)) as watch:
        strike_until(parts, begun + MINUTES * 30)
        half = time.monotonic()
        time.sleep(max(4.0, begun + MINUTES * 60 - half))
    told = metrics(parts)
    load.end()
    tell(load.ledger, parts, time.monotonic() - begun)
    assert_every_failure_is_explained(load.ledger, parts)
    assert_everything_acknowledged_is_there(load.ledger)
    assert_numbers_have_no_gap_and_no_twin()
    assert_everybody_was_reminded_once()
    assert_verified_clean(tmp_path)
    assert_log_names_nobody(tmp_path)
    assert told["procuracy_up", ("database",)] == told["procuracy_up", ("broker",)] == 1
    assert_memory_is_flat(watch, half)


def metrics(parts: Parts) -> dict[tuple[str, tuple[str, ...]], float]:
    """Return what /metrics says, by name and values of labels."""
    request = Request(f"{parts.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    with urlopen(request, timeout=30) as answer:
        lines = answer.read().decode().splitlines()
    found = {}
    for line in lines:
        if not line.startswith("#"):
            series, _, value = line.rpartition(" ")
            name, _, labels = series.partition("{")
            found[name, tuple(re.findall(r'="([^"]*)"', labels))] = float(value)
    return found


def tell(ledger: Ledger, parts: Parts, seconds: float) -> None:
    """Say what was done."""
    kinds = ", ".join(f"{len(names)} {kind}" for kind, names in ledger.acknowledged.items())
    say(f"J13: {seconds:.0f} s, {sum(ledger.answered.values())} requests answered; {kinds}")
    strikes = Counter(strike.name for strike in parts.strikes)
    say(f"J13: {len(parts.strikes)} strikes: {dict(strikes)}")
    whys = Counter(failure.why for failure in ledger.failures)
    say(f"J13: {len(ledger.failures)} requests failed: {dict(whys)}")


def assert_every_failure_is_explained(ledger: Ledger, parts: Parts) -> None:
    assert ledger.refusals == []
    unexplained = [
        failure
        for failure in ledger.failures
        if not any(strike.explains(failure.begun, failure.ended) for strike in parts.strikes)
    ]
    assert unexplained == [], parts.strikes


def assert_everything_acknowledged_is_there(ledger: Ledger) -> None:
    done = ledger.acknowledged
    stored = {
        "lead": set(Lead.objects.values_list("key", flat=True)),
        "assessed": set(LeadAssessment.objects.values_list("lead__key", flat=True)),
        "event": set(Event.objects.values_list("pk", flat=True)),
        "case": set(Case.objects.values_list("key", flat=True)),
        "team": set(
            TeamMember.objects.filter(position="clerk").values_list("case__key", flat=True)
        ),
        "final": set(Document.objects.exclude(status="draft").values_list("pk", flat=True)),
        "number": set(Document.objects.filter(status="issued").values_list("pk", "number")),
        "paper": set(Paper.objects.values_list("pk", "number", "files__sha256")),
        "deadline": set(Deadline.objects.values_list("pk", flat=True)),
        "comment": set(Comment.objects.values_list("pk", flat=True)),
    }
    for kind, names in stored.items():
        assert done[kind], f"no {kind} was acknowledged"
        assert set(done[kind]) <= names, kind
        assert len(set(done[kind])) == len(done[kind]), f"{kind}: one name for two"
    steps = ApprovalStep.objects.filter(decision="approve")
    approved = Counter(steps.values_list("proposal", flat=True))
    assert Counter(proposal for proposal, _ in done["decision"]) <= approved


def assert_numbers_have_no_gap_and_no_twin() -> None:
    """Also what nobody was told of was numbered in its order, or not at all."""
    given = sorted(NumberRegister.objects.values_list("sequence", flat=True))
    assert given == [*range(1, len(given) + 1)]
    assert NumberCounter.objects.get().last == len(given)
    serials = sorted(Paper.objects.values_list("serial", flat=True))
    assert serials == [*range(1, len(serials) + 1)]


def assert_everybody_was_reminded_once() -> None:
    """The sweeps find what was due while nobody swept."""
    due = Reminder.objects.filter(state__in=[ReminderState.PENDING, ReminderState.SENDING])
    now = due.filter(channel="in_app", due_at__lte=Deadline.objects.latest("pk").created_at)
    wait_until(lambda: not now.exists(), seconds=BACKLOG_SECONDS, what="the backlog")
    reminded = Notification.objects.filter(kind="reminder")
    sent = Reminder.objects.filter(state=ReminderState.SENT, channel="in_app").count()
    assert 0 < sent == reminded.count() == reminded.values("reminder").distinct().count()


def assert_verified_clean(tmp_path) -> None:
    for command in ("verify_audit", "verify_cases", "verify_evidence"):
        with (tmp_path / command).open("w") as said:
            try:
                call_command(command, stdout=said)
                code = 0
            except SystemExit as end:
                code = end.code
        assert not code, (tmp_path / command).read_text()


def assert_log_names_nobody(tmp_path) -> None:
    """Each line of ours is one JSON object, and none holds a Chinese character, a token or a password."""
    lines = [line for line in (tmp_path / "celery.log").read_text().splitlines() if line]
    said = [json.loads(line) for line in lines if line.startswith("{")]
    assert {"request", "task"} <= {line["event"] for line in said}
    assert not [line for line in lines if re.search(r"[\u3400-\u9fff]", line)]


def assert_memory_is_flat(watch: Watch, half: float) -> None:
    trends = watch.trends(half)
    for trend in trends:
        say(f"J13: memory of {trend}")
    if MINUTES >= LEAST_MINUTES_OF_MEMORY:
        assert {trend.part for trend in trends} == {"web", "worker", "beat", "postgres", "valkey"}
        assert [str(trend) for trend in trends if trend.growth > MOST_GROWTH] == []
