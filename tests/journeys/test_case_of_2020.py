"""A case from before the Rules enters by back-entry and is followed from its paper file to the effective judgment.

Public reports: announced on 5 August 2020, brought before an internet court on 24 November 2020, judged on
8 January 2021: 34,000 yuan and an apology in a newspaper.
"""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Case
from cases.selectors import back_entry
from cases.services.on_paper import record_on_paper
from cases.soundness import faults_of
from cases.states import CaseState
from deadlines.models import Deadline, Notification, Reminder
from litigation import selectors
from tests.litigation import suit
from tests.support import old_cases as old
from tests.support.days import on
from tests.support.matters import record

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DECIDED, SUED, JUDGED = date(2020, 11, 20), date(2020, 11, 24), date(2021, 1, 8)
NUMBER = "（2020）浙0192民初10605号"
ITEMS = (
    {"kind": "K8", "text": "支付公益损害赔偿款三万四千元。", "amount": "34000", "due_days": 10},
    {"kind": "K6", "text": "在报纸上向社会公众刊发赔礼道歉声明。", "due_days": 10},
)


def files(name: str = "paper") -> dict:
    return {name: [old.scan(f"{name}.pdf")]}


@pytest.fixture
def case(cast) -> Case:
    """The case as it was announced in 2020, entered in June 2026."""
    with on(2026, 6, 24):
        yield old.announced_old_case(cast)


def sue(cast, case: Case) -> None:
    """Expiry, review, decision and delivery, each on its own day."""
    record(cast.handler, case, "T16", {"legal_day": "2020-09-04"})
    facts = {"legal_day": "2020-11-16", "outcome": "sue", "conclusion": "应当起诉。"}
    record(cast.handler, case, "S03", facts)
    old.filed_paper(case, "D-43", cast, date(2020, 11, 18))
    finding = {"harm_found_on": "2020-11-16", "harm_finding": "信息仍在出售。"}
    by_paper = {"actor": cast.handler, "paper": old.paper(cast, DECIDED)}
    record_on_paper(matter=case, code="T21", data=finding, **by_paper)
    case.refresh_from_db()
    for item in ITEMS:
        claim = {name: value for name, value in item.items() if name != "due_days"}
        record(cast.handler, case, "S10", claim | {"legal_day": "2020-11-20"})
    old.filed_paper(case, "D-45", cast, SUED, number="江云检民公诉〔2020〕1号")
    old.filed_paper(case, "D-46", cast, SUED)
    delivery = {
        "court": suit.internet_court().pk,
        "court_ground": "网络侵权行为实施地。",
        "legal_day": SUED.isoformat(),
        "copies": 1,
        "preliminary_evidence": "on",
        "announcement_proof": "on",
    }
    by_paper = {"actor": cast.handler, "paper": old.paper(cast, DECIDED)}
    record_on_paper(matter=case, code="T22", data=delivery, files=files("receipt"), **by_paper)
    case.refresh_from_db()


def judge(cast, case: Case) -> None:
    """What the court did, from its registration to the service of the judgment."""
    [defendant] = suit.defendants(case)
    staff = {"staff": [cast.handler.pk], "duties": "检察官，宣读起诉书"}
    hearing = {"judges": 3, "assessors": 4, "debate_closed": "on", "course": "当庭宣判。"}
    judgment = {
        "judgment_number": NUMBER,
        "result": "granted",
        "pronounced_publicly": "on",
        "operative_part": "支付三万四千元，在报纸上赔礼道歉。",
    }
    steps = (
        ("T24", "2020-11-27", {"court_case_number": NUMBER}, "paper"),
        ("S12", "2020-12-01", {"defendant": defendant.pk}, "paper"),
        ("T25", "2020-12-01", {"evidence_until": "2020-12-21"}, "paper"),
        ("T29", "2020-12-28", staff | {"hearing_on": "2021-01-08", "place": "第一法庭"}, "paper"),
        ("S18", "2021-01-08", staff | hearing, "record"),
        ("T36", "2021-01-08", judgment, "paper"),
        ("S19", "2021-01-12", {"party": "office"}, "paper"),
        ("S19", "2021-01-12", {"party": str(defendant.pk)}, "paper"),
    )
    for code, day, facts, field in steps:
        record(cast.handler, case, code, {"legal_day": day} | facts, files(field))
    row = suit.judgment_of(case)
    for item in ITEMS:
        record(cast.handler, case, "S20", item | {"judgment": row.pk, "obligee": "社会公众"})
    record(cast.handler, case, "T38", {"legal_day": "2021-01-28"})


@pytest.mark.norm("C143")
def test_the_case_of_2020_is_followed_to_its_effective_judgment_from_the_paper_file(case, cast):
    sue(cast, case)
    assert case.state == CaseState.SUIT_SUBMITTED
    assert Deadline.objects.get(case=case, rule="P-02").state == "met"
    judge(cast, case)
    assert case.state == CaseState.EFFECTIVE
    row = suit.judgment_of(case)
    assert (row.pronounced_on, row.effective_on) == (JUDGED, date(2021, 1, 28))
    assert [item.amount for item in row.items.all()] == [34000, None]
    assert selectors.last_day_to_appeal(case) == date(2021, 1, 27)
    assert back_entry.is_running(case), "nothing of today was entered yet"
    assert not Reminder.objects.exists()
    assert not Notification.objects.exists()
    assert list(faults_of(case)) == []
