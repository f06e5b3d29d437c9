"""Many processes decide on one proposal over HTTP at once: one decision, one event, one entry."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from knox.models import AuthToken

from audit.models import AuditEvent
from cases.models import Event, Lead
from tests.support import matters
from tests.support.browser import Server

PROCESSES = 20
ROUNDS = 20
APPROVER = Path(__file__).with_name("approver.py")


@pytest.fixture
def several(committed_db, tmp_path):
    """A server with several processes, so that no lock in memory can help."""
    running = Server(tmp_path, workers=4)
    with running.serving(committed_db) as site:
        yield site
    running.stop()


@pytest.fixture
def proposals(committed_db, cast):
    """One submitted proposal to merge a lead for each round, and the token of the head who decides."""
    target = matters.assign(cast, matters.make_lead(cast))
    facts = {"into": target.pk, "reason": "同一事实"}
    leads = [matters.assign(cast, matters.make_lead(cast)) for _ in range(ROUNDS)]
    token = AuthToken.objects.create(user=cast.head)[1]
    return [matters.propose(lead, "M01", facts, cast.handler) for lead in leads], token


@pytest.fixture
def approvers():
    """Processes that wait for an address."""
    command, pipe = [sys.executable, str(APPROVER)], subprocess.PIPE
    started = [
        subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(PROCESSES)
    ]
    yield started
    for process in started:
        process.communicate(timeout=30)


def send(approvers, line: str) -> Counter:
    """Give the same line to all processes and count the statuses they report."""
    for process in approvers:
        process.stdin.write(line)
        process.stdin.flush()
    return Counter(int(process.stdout.readline()) for process in approvers)


@pytest.mark.slow
def test_of_twenty_approvals_at_once_exactly_one_counts(proposals, approvers, several):
    waiting, token = proposals
    for proposal in waiting:
        address = f"{several.url}/api/v1/proposals/{proposal.pk}/decide/"
        statuses = send(approvers, f"{address} {token} {proposal.digest}\n")
        assert statuses == {200: 1, 409: PROCESSES - 1}
        assert Event.objects.filter(proposal=proposal).count() == 1
        entries = AuditEvent.objects.filter(object_type="proposal", object_id=str(proposal.pk))
        assert entries.filter(action="proposal.approve").count() == 1
    merged = Lead.objects.filter(pk__in=[proposal.lead_id for proposal in waiting])
    assert set(merged.values_list("state", flat=True)) == {"merged"}
