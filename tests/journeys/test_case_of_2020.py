"""A case from before the Rules enters by back-entry and is followed from its paper file to the effective judgment.

Public reports: announced on 5 August 2020, brought before an internet court on 24 November 2020, judged on
8 January 2021: 34,000 yuan and an apology in a newspaper. The steps are entered by the services, on the pages and
by the API; from a table the case comes in on the pages and by the API.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case, RunningEntry
from cases.selectors import back_entry
from cases.soundness import faults_of
from cases.states import CaseState
from deadlines.models import Deadline, Notification, Reminder
from litigation import selectors
from notices.catalogue import TYPES
from tests.litigation import suit
from tests.support import old_cases as old
from tests.support import old_suit as story
from tests.support.api import program_of
from tests.support.days import on
from tests.support.people import Cast
from tests.support.tables import effective_row, judged_row, papers_of, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def signed(cast: Cast, day: date) -> dict[str, str]:
    """Return what the paper of a step says of its approvals, by field."""
    found = {}
    for role, person in (("department_head", cast.head), ("chief", cast.chief)):
        found |= {f"by_{role}": str(person.pk), f"on_{role}": day.isoformat()}
        found |= {f"opinion_{role}": "同意。"}
    return found


def filing(cast: Cast, code: str, day: date, number: str) -> dict[str, Any]:
    """Return what is stated of a finished document."""
    return {
        "code": code,
        "signed_day": day.isoformat(),
        "number": number,
        "confirmed": [item.name for item in TYPES[code].contents],
        "file": old.scan(f"{code}.pdf"),
    } | ({"signer": cast.chief.pk} if TYPES[code].signed_by_chief else {})


@dataclass
class OnPages:
    """The forms of the browser, each opened before it is sent."""

    cast: Cast

    def _send(self, person: Any, url: str, body: dict[str, Any]) -> None:
        client = Client()
        client.force_login(person)
        assert client.get(url).status_code == 200, url
        answer = client.post(url, body)
        assert answer.status_code == 302, answer.content.decode()

    def record(self, case: Case, code: str, facts: Any, files: Any = None) -> None:
        url = reverse("transition_record", args=[case.key, code])
        self._send(self.cast.handler, url, facts | (files or {}) | {"step": "record"})

    def on_paper(self, case: Case, code: str, facts: Any, day: date, files: Any = None) -> None:
        url = reverse("on_paper_record", args=[case.key, code])
        body = facts | signed(self.cast, day) | {"paper": old.scan()} | (files or {})
        self._send(self.cast.handler, url, body)

    def file(self, case: Case, code: str, day: date, number: str = "") -> None:
        url = f"{reverse('document_register', args=[case.key])}?code={code}"
        self._send(self.cast.handler, url, filing(self.cast, code, day, number))

    def enter(self, row: dict[str, str]) -> None:
        """Try a table of one row, ask the head and let him agree to what was tried."""
        body = {"table": workbook(row), "papers": papers_of(row), "reason": old.REASON}
        self._send(self.cast.handler, reverse("running_import"), body)
        entry = RunningEntry.objects.get()
        assert [verdict["met"] for verdict in entry.verdicts] == [True], entry.verdicts
        self._send(self.cast.handler, reverse("running_ask", args=[entry.pk]), {})
        decision = {"decision": "agree", "digest": entry.digest}
        self._send(self.cast.head, reverse("running_decide", args=[entry.pk]), decision)


@dataclass
class ByApi:
    """The same acts of programs."""

    cast: Cast

    def _send(self, person: Any, path: str, body: dict[str, Any], expected: int = 201) -> Any:
        answer = program_of(person).send(path, body, format="multipart")
        assert answer.status_code == expected, answer.content.decode()
        return answer.json()

    def record(self, case: Case, code: str, facts: Any, files: Any = None) -> None:
        body = {"transition": code, "facts": json.dumps(facts)} | (files or {})
        self._send(self.cast.handler, f"cases/{case.key}/transitions/", body)

    def on_paper(self, case: Case, code: str, facts: Any, day: date, files: Any = None) -> None:
        stated = json.dumps(facts | signed(self.cast, day))
        body = {"transition": code, "facts": stated, "paper": old.scan()} | (files or {})
        self._send(self.cast.handler, f"cases/{case.key}/on-paper/", body)

    def file(self, case: Case, code: str, day: date, number: str = "") -> None:
        body = filing(self.cast, code, day, number) | {"matter": case.key}
        self._send(self.cast.handler, "documents/register/", body)

    def enter(self, row: dict[str, str]) -> None:
        """Try a table of one row, ask the head and let him agree to what was tried."""
        body = {"table": workbook(row), "papers": papers_of(row), "reason": old.REASON}
        tried = self._send(self.cast.handler, "running-cases/", body)
        assert [verdict["met"] for verdict in tried["verdicts"]] == [True], tried["verdicts"]
        path = f"running-cases/{tried['id']}/"
        self._send(self.cast.handler, f"{path}ask/", {}, 200)
        decision = {"decision": "agree", "digest": tried["digest"]}
        entered = self._send(self.cast.head, f"{path}decide/", decision, 200)
        assert entered["status"] == "entered"


@pytest.fixture
def case(cast) -> Case:
    """The case as it was announced in 2020, entered in June 2026."""
    with on(2026, 6, 24):
        yield old.announced_old_case(cast)


@pytest.mark.norm("C143")
@pytest.mark.parametrize("kind", [story.ByServices, OnPages, ByApi])
def test_the_case_of_2020_is_followed_to_its_effective_judgment_from_the_paper_file(
    case, cast, kind
):
    way = kind(cast)
    story.decide(cast, case, way)
    assert case.state == CaseState.SUIT_DECIDED
    story.deliver(cast, case, way)
    assert case.state == CaseState.SUIT_SUBMITTED
    assert Deadline.objects.get(case=case, rule="P-02").state == "met"
    story.judge(cast, case, way)
    assert case.state == CaseState.JUDGED_FIRST
    story.take_effect(cast, case, way)
    assert case.state == CaseState.EFFECTIVE
    row = suit.judgment_of(case)
    assert (row.pronounced_on, row.effective_on) == (story.JUDGED, date(2021, 1, 28))
    assert [item.amount for item in row.items.all()] == [34000, None]
    assert selectors.last_day_to_appeal(case) == date(2021, 1, 27)
    assert back_entry.is_running(case), "nothing of today was entered yet"
    assert not Reminder.objects.exists()
    assert not Notification.objects.exists()
    assert list(faults_of(case)) == []


@pytest.mark.norm("C143")
@pytest.mark.parametrize("kind", [OnPages, ByApi])
@pytest.mark.parametrize(
    ("row_of", "state"),
    [(judged_row, CaseState.JUDGED_FIRST), (effective_row, CaseState.EFFECTIVE)],
)
def test_the_case_of_2020_comes_in_from_a_table(cast, settings, tmp_path, kind, row_of, state):
    settings.EVIDENCE_STORAGE = str(tmp_path / "store")
    with on(2026, 6, 24):
        kind(cast).enter(row_of(cast))
        case = Case.objects.get()
        assert case.state == state
        assert suit.judgment_of(case).pronounced_on == story.JUDGED
        assert back_entry.is_running(case)
        assert list(faults_of(case)) == []
        client = Client()
        client.force_login(cast.handler)
        page = client.get(reverse("case_suit", args=[case.key])).content.decode()
    assert story.NUMBER in page
    assert not Reminder.objects.exists()
