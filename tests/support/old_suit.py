"""The suit of the case of 2020, entered step by step in back-entry.

From public reports: before an internet court on 24 November 2020, judged on 8 January 2021: 34,000 yuan and an
apology in a newspaper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import Case
from cases.services.on_paper import record_on_paper
from tests.litigation import suit
from tests.support import old_cases as old
from tests.support.matters import record
from tests.support.people import Cast

Facts = dict[str, Any]
Files = dict[str, list[SimpleUploadedFile]]
EXPIRED, REPORTED, SIGNED = date(2020, 9, 4), date(2020, 11, 16), date(2020, 11, 18)
DECIDED, SUED, JUDGED = date(2020, 11, 20), date(2020, 11, 24), date(2021, 1, 8)
SERVED, EFFECTIVE = date(2021, 1, 12), date(2021, 1, 28)
COMPLAINT = "江云检民公诉〔2020〕1号"
NUMBER = "（2020）浙0192民初10605号"
ITEMS = (
    {"kind": "K8", "text": "支付公益损害赔偿款三万四千元。", "amount": "34000", "due_days": 10},
    {"kind": "K6", "text": "在报纸上向社会公众刊发赔礼道歉声明。", "due_days": 10},
)
REPORT = {"legal_day": REPORTED.isoformat(), "outcome": "sue", "conclusion": "应当起诉。"}
HARM = {"harm_found_on": REPORTED.isoformat(), "harm_finding": "信息仍在出售。"}
DELIVERY = {
    "court_ground": "网络侵权行为实施地。",
    "legal_day": SUED.isoformat(),
    "copies": "1",
    "pieces": suit.PIECES,
}
DUTIES = "检察官，宣读起诉书"
# What the court did, with the field in which its paper is uploaded.
COURT = (
    ("T24", "2020-11-27", {"court_case_number": NUMBER}, "paper"),
    ("S12", "2020-12-01", {}, "paper"),
    ("T25", "2020-12-01", {"evidence_until": "2020-12-21"}, "paper"),
    ("T29", "2020-12-28", {"hearing_on": "2021-01-08", "place": "第一法庭"}, "paper"),
    (
        "S18",
        "2021-01-08",
        {"judges": "3", "assessors": "4", "debate_closed": "on", "course": "当庭宣判。"},
        "record",
    ),
    (
        "T36",
        "2021-01-08",
        {
            "judgment_number": NUMBER,
            "result": "granted",
            "pronounced_publicly": "on",
            "operative_part": "支付三万四千元，在报纸上赔礼道歉。",
        },
        "paper",
    ),
)
# The steps at which somebody attends for the office.
ATTENDED = ("T29", "S18")


def files(name: str = "paper") -> Files:
    return {name: [old.scan(f"{name}.pdf")]}


def claim_of(item: dict[str, object]) -> dict[str, object]:
    """Return what is claimed of what was awarded: the same, without its days."""
    return {name: value for name, value in item.items() if name != "due_days"}


class Way(Protocol):
    """How the steps are entered: by the services, the pages or the API."""

    def record(self, case: Case, code: str, facts: Facts, files: Files | None = None) -> None:
        """Record a step that needs no approval."""

    def on_paper(
        self, case: Case, code: str, facts: Facts, signed: date, files: Files | None = None
    ) -> None:
        """Record a step from the paper that head and chief signed on a day."""

    def file(self, case: Case, code: str, day: date, number: str = "") -> None:
        """File a finished document of a day under its code."""


@dataclass
class ByServices:
    """The steps as the services take them."""

    cast: Cast

    def record(self, case: Case, code: str, facts: Facts, files: Files | None = None) -> None:
        record(self.cast.handler, case, code, facts, files)

    def on_paper(
        self, case: Case, code: str, facts: Facts, signed: date, files: Files | None = None
    ) -> None:
        paper = old.paper(self.cast, signed)
        record_on_paper(
            actor=self.cast.handler, matter=case, code=code, data=facts, files=files, paper=paper
        )

    def file(self, case: Case, code: str, day: date, number: str = "") -> None:
        old.filed_paper(case, code, self.cast, day, **({"number": number} if number else {}))


def decide(cast: Cast, case: Case, way: Way | None = None) -> None:
    """Report the review and decide to sue, from the paper of the decision."""
    way = way or ByServices(cast)
    way.record(case, "T16", {"legal_day": EXPIRED.isoformat()})
    way.record(case, "S03", REPORT)
    way.file(case, "D-43", SIGNED)
    way.on_paper(case, "T21", HARM, DECIDED)
    case.refresh_from_db()


def deliver(cast: Cast, case: Case, way: Way | None = None) -> None:
    """Draft the claims and deliver the complaint."""
    way = way or ByServices(cast)
    for item in ITEMS:
        way.record(case, "S10", claim_of(item) | {"legal_day": DECIDED.isoformat()})
    way.file(case, "D-45", SUED, COMPLAINT)
    way.file(case, "D-46", SUED)
    delivery = DELIVERY | {"court": suit.internet_court().pk}
    way.on_paper(case, "T22", delivery, DECIDED, files("receipt"))
    case.refresh_from_db()


def judge(cast: Cast, case: Case, way: Way | None = None) -> None:
    """Enter what the court did, from its registration to its judgment."""
    way = way or ByServices(cast)
    [defendant] = suit.defendants(case)
    for code, day, facts, field in COURT:
        given = facts | {"legal_day": day}
        given |= {"staff": [cast.handler.pk], "duties": DUTIES} if code in ATTENDED else {}
        given |= {"defendant": defendant.pk} if code == "S12" else {}
        way.record(case, code, given, files(field))
    case.refresh_from_db()


def take_effect(cast: Cast, case: Case, way: Way | None = None) -> None:
    """Serve the judgment on both, enter its operative part and let it take effect."""
    way = way or ByServices(cast)
    [defendant] = suit.defendants(case)
    for party in ("office", str(defendant.pk)):
        way.record(case, "S19", {"legal_day": SERVED.isoformat(), "party": party}, files())
    row = suit.judgment_of(case)
    for item in ITEMS:
        way.record(case, "S20", item | {"judgment": row.pk, "obligee": "社会公众"})
    way.record(case, "T38", {"legal_day": EFFECTIVE.isoformat()})
    case.refresh_from_db()
