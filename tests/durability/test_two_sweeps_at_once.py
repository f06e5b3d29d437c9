"""Two sweeps at the same moment, as two beats ask for them, and a faulty case among others (safety A9, A18)."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connections, transaction

from cases.models import Event, Task
from cases.states import CaseState
from litigation.services import effectiveness, expiry
from tests.litigation import suit
from tests.support.days import on
from tests.support.matters import announced_case
from tests.support.waiting import wait_until_somebody_waits

PUBLISHED = date(2026, 3, 2)
SERVED = date(2026, 6, 24)


def at_once(sweep, day: date) -> list[int]:
    """Let a second sweep begin before the first has committed; return what each has done."""
    done = []

    def second() -> None:
        try:
            with on(day.year, day.month, day.day):
                done.append(sweep())
        finally:
            connections.close_all()

    other = threading.Thread(target=second)
    with on(day.year, day.month, day.day), transaction.atomic():
        first = sweep()
        other.start()
        wait_until_somebody_waits()
    other.join(timeout=20)
    return [first, *done]


def test_two_sweeps_at_once_begin_the_review_of_a_case_once(committed_db, cast):
    """A9"""
    with on(2026, 3, 2):
        announced_case(cast, PUBLISHED)
    assert at_once(expiry.expire_announcements, date(2026, 4, 2)) == [1, 0]
    assert Event.objects.filter(kind="announcement_expired").count() == 1


def test_two_sweeps_at_once_ask_once_why_a_review_cannot_begin(committed_db, cast):
    """A9"""
    with on(2026, 3, 2):
        announced_case(cast, PUBLISHED, proven=False)
    assert at_once(expiry.expire_announcements, date(2026, 4, 2)) == [0, 0]
    assert Task.objects.filter(kind="announcement_not_expired").count() == 1


def test_two_sweeps_at_once_ask_once_for_the_effect_of_a_judgment(committed_db, cast):
    """A9"""
    with on(2026, 6, 24):
        suit.served(cast, suit.judged(cast), SERVED)
    assert at_once(effectiveness.ask_for_effect, date(2026, 7, 10)) == [1, 0]
    assert Task.objects.filter(kind="judgment_to_become_effective").count() == 1


@pytest.fixture
def poisoned(monkeypatch):
    """Let a function of a module fail for one case."""

    def poison(module, name: str, faulty) -> None:
        sound = getattr(module, name)

        def fails_for_one(case, *rest):
            if case.pk == faulty.pk:
                raise RuntimeError("poison")
            return sound(case, *rest)

        monkeypatch.setattr(module, name, fails_for_one)

    return poison


@pytest.mark.django_db
def test_a_case_whose_expiry_always_fails_does_not_hold_up_the_others(poisoned, cast, caplog):
    """A18"""
    with on(2026, 3, 2):
        cases = [announced_case(cast, PUBLISHED) for _ in range(3)]
    poisoned(expiry, "expire_announcement", cases[0])
    with on(2026, 4, 2):
        assert expiry.expire_announcements() == 2
    assert f"The announcement of case {cases[0].key} could not be seen to." in caplog.text
    for case in cases:
        case.refresh_from_db()
    states = [CaseState.ANNOUNCING, *[CaseState.REVIEW_FOR_PROSECUTION] * 2]
    assert [case.state for case in cases] == states


@pytest.mark.django_db
def test_a_case_whose_effect_cannot_be_asked_for_does_not_hold_up_the_others(
    poisoned, cast, caplog
):
    """A18"""
    with on(2026, 6, 24):
        cases = [suit.judged(cast) for _ in range(2)]
        for case in cases:
            suit.served(cast, case, SERVED)
    poisoned(effectiveness, "_possible", cases[0])
    with on(2026, 7, 10):
        assert effectiveness.ask_for_effect() == 1
    assert f"The effect in case {cases[0].key} could not be asked for." in caplog.text
