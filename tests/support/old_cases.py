"""A case from before the application, for tests of back-entry; everything goes through the services.

From public reports: announced on 5 August 2020, before the Rules on public-interest cases and before the
Personal Information Protection Law.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role, User
from cases.models import Case, Event, Lead
from cases.services import back_entry, team
from cases.services.on_paper import Paper, PaperApproval, record_on_paper
from notices.catalogue import TYPES
from notices.models import Document
from notices.services.registering import Filing, register_document
from tests.support import matters
from tests.support.people import Cast

RECEIVED, FILED, STARTED = date(2020, 6, 1), date(2020, 6, 15), date(2020, 6, 18)
CLOSED, ANNOUNCED, EXPIRED = date(2020, 7, 30), date(2020, 8, 5), date(2020, 9, 4)
REASON = "本案2020年立案，系统启用前办理，现依据纸质卷宗补录。"
FILING = matters.FILING | {
    "case_title": "某公司侵害公民个人信息民事公益诉讼案",
    "legal_bases": ["CPL 58"],
    "unlawful_act": "非法收集、出售个人信息，可能违反民法总则第一百一十一条。",
}
ANNOUNCEMENT = {
    "medium_planned": "检察日报",
    "medium": "检察日报",
    "national_influence": "on",
    "legal_day": ANNOUNCED.isoformat(),
}


def scan(name: str = "审批表.pdf") -> SimpleUploadedFile:
    """Return the scan of a paper, its bytes its own."""
    return SimpleUploadedFile(name, b"%PDF-1.7 " + name.encode(), "application/pdf")


def paper(cast: Cast, day: date, *people: tuple[Role, User]) -> Paper:
    """Return the approval form of a day, signed by head and chief unless others are named."""
    signers = people or ((Role.DEPARTMENT_HEAD, cast.head), (Role.CHIEF, cast.chief))
    approvals = [PaperApproval(role, person, day, "同意。") for role, person in signers]
    return Paper(approvals, scan(), "事实清楚，提请审批。")


def filed_paper(
    matter: Lead | Case, code: str, cast: Cast, day: date, *, file: str = "", **rest: Any
) -> Document:
    """File a finished document of a past day under its code, with every content confirmed."""
    if TYPES[code].signed_by_chief:
        rest["signer"] = cast.chief
    confirmed = [item.name for item in TYPES[code].contents]
    filing = Filing(code=code, signed_day=day, confirmed=confirmed, **rest)
    return register_document(
        actor=cast.handler, matter=matter, filing=filing, upload=scan(file or f"{code}.pdf")
    )


def old_lead(cast: Cast) -> Lead:
    """Return a lead of 2020 that is assigned, assessed and in back-entry."""
    lead = matters.assign(cast, matters.make_lead(cast, received_on=RECEIVED))
    matters.assess(cast, lead)
    back_entry.ask_for_back_entry(actor=cast.handler, matter=lead, reason=REASON)
    back_entry.agree_to_back_entry(actor=cast.head, matter=lead)
    return lead


def file_old(cast: Cast, lead: Lead, **rest: Any) -> Case:
    """File the case of an old lead with the paper of 2020."""
    filed_paper(lead, "D-05", cast, FILED)
    given: dict[str, Any] = {"actor": cast.handler, "paper": paper(cast, FILED)} | rest
    record_on_paper(matter=lead, code="T06", data=FILING, **given)
    return Case.objects.get(lead=lead)


def old_case(cast: Cast) -> Case:
    """Return a case filed in 2020 with its full team, in back-entry."""
    case = file_old(cast, old_lead(cast))
    matters.set_full_team(cast, case)
    case.refresh_from_db()
    return case


def close_old_investigation(cast: Cast, case: Case) -> None:
    """Record start and end of the investigation of 2020, with plan and report."""
    from evidence.facts import GROUPS
    from evidence.services.facts import state_fact

    filed_paper(case, "D-09", cast, FILED)
    matters.record(cast.handler, case, "T08", {"legal_day": STARTED.isoformat()})
    for group in GROUPS:
        state_fact(actor=cast.handler, case=case, group=group, text="已查明。")
    facts = {"proposal": "announce", "conclusion": "事实清楚。", "legal_day": CLOSED.isoformat()}
    matters.record(cast.handler, case, "T10", facts)


def announce_old(cast: Cast, case: Case, *, filed: bool = False, **rest: Any) -> Event:
    """Record the announcement of 5 August 2020, with its papers unless they are `filed` already."""
    if not filed:
        filed_paper(case, "D-40", cast, CLOSED)
        filed_paper(case, "D-41", cast, CLOSED, number="江云检民公告〔2020〕3号")
    given: dict[str, Any] = {"actor": cast.clerk, "paper": paper(cast, CLOSED)} | rest
    event = record_on_paper(
        matter=case, code="T12", data=ANNOUNCEMENT, files={"proof": [scan("公告.pdf")]}, **given
    )
    case.refresh_from_db()
    return event


def announced_old_case(cast: Cast) -> Case:
    """Return a case of 2020 whose announcement was published, in back-entry."""
    case = old_case(cast)
    close_old_investigation(cast, case)
    announce_old(cast, case)
    return case


def put_team(cast: Cast, case: Case, *members: tuple[User, str]) -> None:
    """Give the case exactly this team."""
    team.set_team(actor=cast.head, case=case, members=members, reason="补录")
