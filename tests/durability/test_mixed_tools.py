"""What judges the mixed load finds what it is there to find."""

from __future__ import annotations

import pytest

from tests.durability import test_mixed_load as load
from tests.durability.mixed.ledger import Failure, Ledger
from tests.durability.mixed.memory import Watch
from tests.durability.mixed.parts import GRACE_SECONDS, Parts, Strike

FELT = Strike("web, SIGKILL", 100, 110, felt=True)


def parts_with(*strikes: Strike) -> Parts:
    parts = Parts.__new__(Parts)
    parts.strikes = list(strikes)
    return parts


@pytest.mark.parametrize(
    ("begun", "ended", "explained"),
    [
        (90, 99, False),
        (99, 100, True),
        (105, 106, True),
        (109, 170, True),
        (110 + GRACE_SECONDS, 120, True),
        (110.1 + GRACE_SECONDS, 120, False),
    ],
)
def test_a_failure_is_explained_by_a_strike_of_its_time_alone(begun, ended, explained):
    assert FELT.explains(begun, ended) == explained


def test_a_failure_while_a_part_was_gone_that_nobody_needs_is_a_fault():
    ledger = Ledger()
    ledger.failures.append(Failure(101, 102, "GET /", "500"))
    load.assert_every_failure_is_explained(ledger, parts_with(FELT))
    unfelt = Strike("Valkey, SIGKILL", 100, 110, felt=False)
    with pytest.raises(AssertionError):
        load.assert_every_failure_is_explained(ledger, parts_with(unfelt))


def test_an_answer_that_a_rule_refused_is_a_fault():
    ledger = Ledger()
    ledger.refuse("POST /api/v1/leads/: 400")
    with pytest.raises(AssertionError):
        load.assert_every_failure_is_explained(ledger, parts_with(FELT))


def test_what_was_acknowledged_and_is_not_there_is_a_fault(db):
    ledger = Ledger()
    ledger.add("lead", "330106-L-2026-00001")
    with pytest.raises(AssertionError, match="lead"):
        load.assert_everything_acknowledged_is_there(ledger)


def test_a_process_that_grows_is_seen_and_one_that_came_later_is_not_judged():
    watch = Watch(parts_with(), pause=1)
    for second in range(100):
        watch.samples["web", 1].append((second, 100 + second / 5))
        watch.samples["web", 2].append((second, 100 + second % 2))
        if second > 80:
            watch.samples["web", 3].append((second, 100))
    grown, flat = watch.trends(begun=50)
    assert (grown.pid, flat.pid) == (1, 2)
    assert grown.growth == pytest.approx(9.8)
    assert abs(flat.growth) < 0.1
