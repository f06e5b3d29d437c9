"""The case of April 2024 goes on through the API alone: from the announcement to the archived file.

From public reports: the complaint reached an internet court on 11 April 2025, long after the review period of
the announcement's end; heard and judged on 28 August 2025: stop and delete, 100,000 yuan jointly, an apology in
national media.
"""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit import clock
from cases.models import Case
from cases.soundness import faults_of
from litigation.models import Court
from litigation.services.expiry import expire_announcements
from tests.enforcement.situations import NO_INJUNCTION
from tests.journeys.test_announcement_by_api import Office, announce, file_case, investigate
from tests.litigation.suit import PIECES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CLAIMS = (
    {"kind": "K1", "text": "停止侵害、删除非法公开的全部个人信息。"},
    {"kind": "K8", "text": "连带支付公益损害赔偿款十万元。", "amount": "100000"},
    {"kind": "K6", "text": "在国家级媒体公开赔礼道歉。"},
)
ITEMS = (
    {**CLAIMS[0], "obligee": "社会公众", "due_days": 10},
    {**CLAIMS[1], "obligee": "国库", "due_days": 10},
    {**CLAIMS[2], "obligee": "社会公众", "due_days": 30},
)


def at(year: int, month: int, day: int, hour: int = 9):
    return clock.frozen(datetime(year, month, day, hour))


def paper(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", b"%PDF-1.7 " + name.encode())


EVIDENCE = {
    "EI-2": ["test"],
    "EI-3": ["publication"],
    "EI-4": ["bank_receipt", "payee"],
}


class Suit:
    """The steps of one case by its handler's program."""

    def __init__(self, office: Office, key: str) -> None:
        self.office = office
        self.key = key

    def record(self, code: str, facts: dict, *, expected: int = 201, **files: str):
        """Record a step as the handler."""
        return self.record_as("handler", code, facts, expected=expected, **files)

    def record_as(self, who: str, code: str, facts: dict, *, expected: int = 201, **files: str):
        """Record a step with its proofs, named by the field they belong to."""
        body = {"transition": code, "facts": json.dumps(facts)}
        body |= {field: paper(name) for field, name in files.items()}
        path = f"cases/{self.key}/transitions/"
        return self.office.send(who, path, body, format="multipart", expected=expected)

    def decide(self, code: str, facts: dict) -> int:
        """Propose a step and let head and chief approve it."""
        proposal = self.office.act(f"cases/{self.key}", code, facts)["proposal"]
        self.office.approve(proposal)
        return proposal

    def carry_out(self, proposal: int, facts: dict, **files: str):
        body = {"facts": json.dumps(facts)}
        body |= {field: paper(name) for field, name in files.items()}
        path = f"proposals/{proposal}/carry-out/"
        return self.office.send("handler", path, body, format="multipart")

    def register(self, code: str, day: str, number: str = "") -> None:
        """File a finished document under its code and number."""
        confirmed = self.office.ask("handler", f"document-types/{code}/")["contents"]
        body = {
            "matter": self.key,
            "code": code,
            "signed_day": day,
            "signer": self.office.people["chief"].pk,
            "number": number,
            "confirmed": [item["name"] for item in confirmed],
            "file": paper(code),
        }
        self.office.send("clerk", "documents/register/", body, format="multipart")

    @property
    def word(self) -> str:
        """The short name of the office, with which its numbers begin."""
        return self.office.people["handler"].office.short_name

    @property
    def state(self) -> str:
        return self.office.ask("handler", f"cases/{self.key}/")["state"]

    def deadline(self, rule: str) -> dict:
        rows = self.office.ask("handler", "deadlines/", matter=self.key)["results"]
        return [row for row in rows if row["rule"] == rule][-1]


@pytest.fixture
def office(cast, settings, tmp_path) -> Office:
    settings.EVIDENCE_STORAGE = str(tmp_path / "store")
    assert cast.department
    return Office(cast)


@pytest.fixture
def suit(office) -> Suit:
    """The case on 25 July 2024: its announcement has ended the day before."""
    key = file_case(office)
    with at(2024, 6, 24, 15):
        investigate(office, key)
        announce(office, key)
        other = {"role": "violator", "kind": "person", "name": "张某"}
        office.send("handler", f"cases/{key}/parties/", other)
    with at(2024, 7, 25):
        assert expire_announcements() == 1
    return Suit(office, key)


def decide_to_sue(suit: Suit) -> None:
    """Report the review after its period has lapsed, and decide to sue all the same."""
    with at(2025, 4, 8):
        facts = {"outcome": "sue", "conclusion": "公益持续受损。", "legal_day": "2025-04-08"}
        suit.office.act(f"cases/{suit.key}", "S03", facts)
        suit.office.document(suit.key, "D-43")
        finding = {"harm_found_on": "2025-04-08", "harm_finding": "信息仍可检索。"}
        suit.decide("T21", finding)
        assert suit.state == "suit_decided"
        steps = suit.office.ask("handler", f"cases/{suit.key}/transitions/")
        [delivery] = [step for step in steps if step["code"] == "T22"]
        [lapse] = [line for line in delivery["checklist"] if line["code"] == "review_period_kept"]
        assert (lapse["met"], lapse["warning"]) == (True, True)
        assert "2024-10-24" in lapse["message"]


def bring_suit(suit: Suit) -> None:
    """Draft the claims and deliver the complaint to the internet court."""
    with at(2025, 4, 11):
        for claim in CLAIMS:
            suit.office.act(f"cases/{suit.key}", "S10", claim | {"legal_day": "2025-04-11"})
        suit.register("D-45", "2025-04-11", f"{suit.word}检民公诉〔2025〕1号")
        suit.register("D-46", "2025-04-11")
        court = Court.objects.get(name="杭州互联网法院")
        proposal = suit.decide("T22", {"court": court.pk, "court_ground": "互联网公益诉讼。"})
        act = {
            "legal_day": "2025-04-11",
            "copies": 1,
            "pieces": PIECES,
        }
        refused = suit.office.send(
            "handler",
            f"proposals/{proposal}/carry-out/",
            {"facts": json.dumps(act), "receipt": paper("回执")},
            format="multipart",
            expected=409,
        )
        assert [line["code"] for line in refused["unmet"]] == ["package_complete"]
        suit.carry_out(proposal, act | {"copies": 2}, receipt="回执")
        assert suit.state == "suit_submitted"
        assert suit.deadline("P-04")["last_day"] == "2025-04-16"


def try_case(suit: Suit) -> None:
    """From the registration by the court to the judgment."""
    parties = suit.office.ask("handler", f"cases/{suit.key}/parties/")["results"]
    defendants = [row["id"] for row in parties if row["role"] == "violator"]
    with at(2025, 8, 28, 17):
        number = "（2025）浙0192民初3号"
        facts = {"legal_day": "2025-04-15", "court_case_number": number}
        suit.record("T24", facts, paper="受理通知书")
        for party in defendants:
            suit.record("S12", {"legal_day": "2025-04-18", "defendant": party}, paper="送达回证")
        facts = {"legal_day": "2025-04-18", "evidence_until": "2025-05-12"}
        suit.record("T25", facts, paper="举证通知书")
        staff = {"staff": [suit.office.people["handler"].pk], "duties": "检察官，宣读起诉书"}
        facts = {"legal_day": "2025-08-18", "hearing_on": "2025-08-28", "place": "第一法庭"}
        suit.record("T29", staff | facts, paper="开庭通知")
        suit.register("D-50", "2025-08-20", f"{suit.word}检民公出〔2025〕1号")
        suit.record("S17", staff | {"legal_day": "2025-08-20"}, receipt="回执")
        facts = {
            "legal_day": "2025-08-28",
            "judges": 3,
            "assessors": 4,
            "debate_closed": True,
            "course": "举证、质证、辩论。",
        }
        suit.record("S18", staff | facts, record="庭审笔录")
        facts = {
            "legal_day": "2025-08-28",
            "judgment_number": number,
            "result": "granted",
            "pronounced_publicly": True,
            "operative_part": "停止侵害、删除；连带赔偿十万元；公开赔礼道歉。",
        }
        suit.record("T36", facts, paper="民事判决书")
        [judgment] = suit.office.ask("handler", f"cases/{suit.key}/judgments/")["results"]
        for item in ITEMS:
            suit.office.act(f"cases/{suit.key}", "S20", item | {"judgment": judgment["id"]})
    for day, party in ((1, "office"), (1, str(defendants[0])), (5, str(defendants[1]))):
        with at(2025, 9, day):
            facts = {"legal_day": f"2025-09-0{day}", "party": party}
            suit.record("S19", facts, paper="送达回证")


def report(suit: Suit) -> None:
    """Report complaint and judgment for record, late but with their papers."""
    with at(2025, 9, 8):
        facts = {"legal_day": "2025-09-02", "recipient": "江州市人民检察院"}
        suit.record("S28", facts, paper="起诉书备案")
        suit.record("S29", facts, paper="判决书备案")


def perform(suit: Suit) -> None:
    """Enter what the defendants did; another member of the team verifies each."""
    key, office = suit.key, suit.office
    with at(2025, 10, 20):
        suit.record("T41", {"legal_day": "2025-10-20"})
        rows = office.ask("handler", "obligations/", case=key)["results"]
        assert [row["type"] for row in rows] == ["EI-2", "EI-4", "EI-3"]
        for row in rows:
            facts = {
                "obligation": row["id"],
                "legal_day": "2025-10-20",
                "performed_on": "2025-10-10",
                "account": "已履行。",
                "evidence": EVIDENCE[row["type"]],
            }
            suit.record("S30", facts, papers="履行证明")
            found = {"obligation": row["id"], "legal_day": "2025-10-20", "findings": "属实。"}
            own = suit.record("S31", found, expected=409, record="核实笔录")
            assert [line["code"] for line in own["unmet"]] == ["checked_by_a_second_person"]
            suit.record_as("assistant", "S31", found, record="核实笔录")
        money = {
            "obligation": rows[1]["id"],
            "legal_day": "2025-10-20",
            "moved_on": "2025-10-10",
            "kind": "paid",
            "amount": "100000",
            "account_type": "treasury",
            "payee": "云山区财政局",
            "authority": "判决第二项",
        }
        suit.record("S40", money, receipt="缴款书")
        [entry] = office.ask("handler", "ledger-entries/", case=key)["results"]
        check = {"entry": entry["id"], "legal_day": "2025-10-20", "decision": "confirm"}
        suit.record_as("assistant", "S41", check)
        done = {"legal_day": "2025-10-20", "summary": "全部履行。"}
        suit.record("T42", done, record="履行核查记录")
        assert suit.state == "performed"


def look_back_and_close(suit: Suit) -> None:
    """Test the performance again after three months, close the case and archive its file."""
    key, office = suit.key, suit.office
    with at(2025, 10, 21):
        plan = {"legal_day": "2025-10-21", "plan": "三个月后复测。", "check_1": "2026-01-21"}
        suit.record_as("head", "T48", plan, paper="回头看方案")
    with at(2026, 1, 21):
        test = {
            "legal_day": "2026-01-21",
            "planned": "2026-01-21",
            "tested": "检索未见。",
            "relapse": "no",
        }
        suit.record("S42", test, report="回头看报告")
        for code in ("D-67", "D-86", "D-85"):
            office.document(key, code)
        proposal = office.act(f"cases/{key}", "T50", {"summary": "已全部履行。"} | NO_INJUNCTION)[
            "proposal"
        ]
        office.approve_by(proposal, "head")
        assert suit.state == "closed"
        suit.record_as("case_manager", "S43", {})
        facts = {"legal_day": "2026-01-21", "archive_number": "2026-1", "retention": "permanent"}
        suit.record_as("case_manager", "T51", facts, receipt="归档回执")
        assert suit.state == "archived"


@pytest.mark.norm("C015", "C047", "C069")
def test_a_program_takes_the_case_from_the_announcement_to_the_archived_file(suit):
    decide_to_sue(suit)
    bring_suit(suit)
    try_case(suit)
    report(suit)
    with at(2025, 9, 17):
        early = suit.record("T38", {"legal_day": "2025-09-17"}, expected=409)
        assert [line["code"] for line in early["unmet"]] == ["appeal_periods_over"]
    with at(2025, 9, 23):
        suit.record("T38", {"legal_day": "2025-09-23"})
        assert suit.state == "effective"
        [judgment] = suit.office.ask("handler", f"cases/{suit.key}/judgments/")["results"]
        assert judgment["effective_on"] == "2025-09-23"
        assert [item["amount"] for item in judgment["items"]] == [None, "100000.00", None]
    perform(suit)
    look_back_and_close(suit)
    assert list(faults_of(Case.objects.get(key=suit.key))) == []
