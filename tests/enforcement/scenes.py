"""A case after its effective decision, step by step, for tests of what comes after a step.

The judgment takes effect on 10 July 2026: delete within ten days (20 July, a Monday), pay 100,000 yuan within
thirty days (9 August, a Sunday: so 10 August), apologise by 31 July, stop at once.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from audit import clock
from cases.models import Case, Event, TeamMember, TeamPosition
from enforcement.models import LedgerEntry, Obligation
from tests.litigation import suit as litigation
from tests.support.documents import final
from tests.support.matters import approve, happen, propose, record, upload
from tests.support.people import Cast

EFFECT = date(2026, 7, 10)
DELETE = {"kind": "K4", "text": "删除非法收集的全部个人信息。", "due_days": 10}
PAY = {"kind": "K8", "text": "连带赔偿公益损害。", "amount": "100000", "due_days": 30}
APOLOGISE = {"kind": "K6", "text": "在全国性媒体上赔礼道歉。", "due_on": "2026-07-31"}
STOP = {"kind": "K1", "text": "立即停止侵害。"}
ALL = (DELETE, PAY, APOLOGISE, STOP)
# What the office owed before: reported in time.
REPORTED = {
    "complaint_reported": date(2026, 5, 7),
    "attendance_notified": date(2026, 6, 9),
    "judgment_reported": date(2026, 6, 25),
}
# What proves each, so that a second person can verify it.
EVIDENCE = {
    "EI-1": ["certificate", "logs", "sub_processors"],
    "EI-2": ["test"],
    "EI-3": ["publication"],
    "EI-4": ["bank_receipt", "payee"],
    "EI-8": ["bank_receipt"],
}


def decided(cast: Cast, *items: dict[str, Any]) -> Case:
    """Make a case whose judgment with these paragraphs took effect on 10 July 2026."""
    case = litigation.effective(cast)
    for kind, day in REPORTED.items():
        happen(case, kind, day, actor=cast.handler)
    judgment = litigation.judgment_of(case)
    for item in items:
        given = {"judgment": judgment.pk, "obligee": "社会公共利益"} | item
        record(cast.handler, case, "S20", given)
    return case


def begun(cast: Cast, *items: dict[str, Any]) -> Case:
    """Make a case in its performance period."""
    case = decided(cast, *items)
    record(cast.handler, case, "T41", {"legal_day": "2026-07-13"})
    return case


def owed(case: Case, item_type: str) -> Obligation:
    return case.obligations.get(type=item_type)


def log(person: Any, case: Case, row: Obligation, day: str = "2026-07-17", **facts: Any) -> Event:
    """Log that an obligation was performed, with the papers its type asks for."""
    given = {
        "obligation": row.pk,
        "legal_day": clock.today().isoformat(),
        "performed_on": day,
        "account": "已履行。",
        "evidence": EVIDENCE[row.type],
    }
    return record(person, case, "S30", given | facts, {"papers": upload()})


def verify(person: Any, case: Case, row: Obligation) -> Event:
    today = clock.today().isoformat()
    given = {"obligation": row.pk, "legal_day": today, "findings": "经核实已履行。"}
    return record(person, case, "S31", given, {"record": upload()})


def perform(cast: Cast, case: Case, row: Obligation, day: str = "2026-07-17") -> None:
    """Let the handler log and the assistant verify a performance."""
    log(cast.handler, case, row, day)
    verify(cast.assistant, case, row)


def pay(
    person: Any, case: Case, row: Obligation, amount: str = "100000", **facts: Any
) -> LedgerEntry:
    """Enter money that went to the treasury; it waits for a second person."""
    given = {
        "obligation": row.pk,
        "legal_day": clock.today().isoformat(),
        "moved_on": "2026-07-17",
        "kind": "paid",
        "amount": amount,
        "account_type": "treasury",
        "payee": "云山区财政局",
        "authority": "判决第二项",
    }
    event = record(person, case, "S40", given | facts, {"receipt": upload()})
    return LedgerEntry.objects.get(event=event)


def confirm(person: Any, case: Case, entry: LedgerEntry, **facts: Any) -> Event:
    today = clock.today().isoformat()
    given = {"entry": entry.pk, "legal_day": today, "decision": "confirm"}
    return record(person, case, "S41", given | facts)


def performed(cast: Cast, *items: dict[str, Any]) -> Case:
    """Make a case in which everything is performed, paid and verified."""
    case = begun(cast, *(items or (DELETE,)))
    for row in case.obligations.all():
        perform(cast, case, row)
        if row.amount:
            confirm(cast.assistant, case, pay(cast.handler, case, row, str(row.amount)))
    facts = {"legal_day": "2026-08-03", "summary": "全部履行。"}
    record(cast.handler, case, "T42", facts, {"record": upload("履行核查记录.txt")})
    return case


def in_enforcement(cast: Cast, *items: dict[str, Any]) -> Case:
    """Make a case the court enforces since 3 August 2026; the clock must stand after what is due."""
    case = begun(cast, *(items or (DELETE,)))
    enforce(cast.handler, case, *case.obligations.all())
    return case


def enforce(person: Any, case: Case, *rows: Obligation, **facts: Any) -> Event:
    given = {
        "legal_day": "2026-08-03",
        "obligations": [row.pk for row in rows],
    }
    return record(person, case, "T43", given | facts, {"paper": upload()})


def papers(cast: Cast, case: Case, *codes: str) -> None:
    """Make the documents of the closing."""
    for code in codes:
        final(case, code, cast.handler)


def close(cast: Cast, case: Case, code: str = "T50") -> Case:
    """Close the case with its form D-85, approved by the department head."""
    papers(cast, case, "D-85")
    facts = {"summary": "已全部履行。", "injunctions": "none"}
    facts |= {"injunctions_statement": "经核对卷宗，未申请过。"}
    approve(propose(case, code, facts, cast.handler), cast.head)
    case.refresh_from_db()
    return case


def archive_file(name: str = "归档收据.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 receipt", "application/pdf")


def lead(case: Case, person: Any) -> None:
    """Let somebody lead a case that was made without a team."""
    TeamMember.objects.create(case=case, user=person, position=TeamPosition.LEAD)
