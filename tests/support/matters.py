"""Leads and cases for tests, made through the services as people make them.

Only `make_case` takes a short cut: a case in its first state, for tests of what happens after filing. What
happens to it then is recorded by the services, or by `happen` through the kernel's own record of events.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from accounts.models import User
from audit import clock
from cases.machine import Act
from cases.models import (
    Attachment,
    Case,
    Event,
    Lead,
    Party,
    PartyKind,
    PartyRole,
    Proposal,
    Recusal,
    TeamMember,
    TeamPosition,
    Track,
)
from cases.registries import effects_of, machines
from cases.services import acts, approvals, leads, parties, proposals, recusals, team
from cases.services.attachments import store
from cases.services.committee import Meeting
from cases.states import AdministrativeState
from tests.support.people import Cast
from tests.support.processes import serial

_serial = serial()

FILING: dict[str, Any] = {
    "case_title": "某群组侵害公民个人信息民事公益诉讼案",
    "processor": "某科技有限公司",
    "harm": "公开八百余人个人信息，社会公共利益受到损害。",
    "unlawful_act": "未经同意收集并公开个人信息，可能违反个人信息保护法第十条。",
    "numerous_individuals": "涉及不特定多数人。",
    "legal_bases": ["PIPL 70"],
}


def make_lead(cast: Cast, **facts: Any) -> Lead:
    """Register a lead by the intake staff of the cast's office."""
    given: dict[str, Any] = {
        "title": "群组公开他人信息线索",
        "source": "media",
        "source_detail": "媒体报道",
        "received_on": date(2026, 1, 5),
        "summary": "有人收集并公开他人信息。",
        "major": False,
    } | facts
    assert cast.department  # made on first access; a lead goes to the office's department
    return leads.register_lead(actor=cast.intake, facts=given)


def make_case(
    cast: Cast,
    *,
    handler: User | None = None,
    title: str = "某科技公司侵害个人信息案",
    after: int = 0,
) -> Case:
    """Make a case of the cast's department in its first state, with one lead handler.

    Its number is above `after`, where cases were filed already.
    """
    number = after + next(_serial)
    case = Case.objects.create(
        key=f"{cast.office.code}-2026-{number:05}",
        office=cast.office,
        department=cast.department,
        year=2026,
        serial=number,
        title=title,
        created_by=cast.handler,
        legal_bases=["PIPL 70"],
        filed_on=date(2026, 1, 5),
        summary="摘要",
        rulebook="2024-01-01",
    )
    TeamMember.objects.create(case=case, user=handler or cast.handler, position=TeamPosition.LEAD)
    return case


def bring(case: Case, state: str, **changes) -> Case:
    """Let a case come to a later state by the shortest way; what it went through is no matter here."""
    ways, edges = {case.state: ()}, machines[case.machine].edges()
    while state not in ways:
        ways |= {
            to: (*ways[source], to) for source, to in edges if source in ways and to not in ways
        }
    for target in ways[state]:
        with transaction.atomic():
            acts.record_event(
                actor=None, matter=case, kind="team_changed", legal_day=clock.today(),
                machine=case.machine, object_id=case.pk, from_state=case.state, to_state=target,
            )  # fmt: skip
            Case.objects.filter(pk=case.pk).update(state=target, **changes)
        case.refresh_from_db()
    return case


def make_administrative_case(
    cast: Cast,
    *,
    handler: User | None = None,
    title: str = "某区邮政管理局不依法履行个人信息保护监督管理职责案",
    authority: str = "某区邮政管理局",
    filed_on: date = date(2026, 1, 5),
    rulebook: str = "2024-01-01",
    legal_bases: tuple[str, ...] = ("PIPL 70",),
) -> Case:
    """Make a case of the cast's department against an authority in its first state (A1), with one lead handler."""
    number = next(_serial)
    case = Case.objects.create(
        key=f"{cast.office.code}-{filed_on.year}-{number:05}",
        office=cast.office,
        department=cast.department,
        year=filed_on.year,
        serial=number,
        title=title,
        created_by=cast.handler,
        track=Track.ADMINISTRATIVE,
        state=AdministrativeState.ADM_FILED,
        legal_bases=list(legal_bases),
        filed_on=filed_on,
        summary="摘要",
        rulebook=rulebook,
    )
    TeamMember.objects.create(case=case, user=handler or cast.handler, position=TeamPosition.LEAD)
    Party.objects.create(
        case=case,
        role=PartyRole.AUTHORITY,
        kind=PartyKind.PUBLIC_BODY,
        name=authority,
        created_by=cast.handler,
    )
    return case


def send_case_to(cast: Cast) -> Any:
    """Let the stranger's office transfer a case to the cast's office, not yet acknowledged."""
    from litigation.models import CaseTransfer

    sender = cast.stranger
    number = next(_serial)
    case = Case.objects.create(
        key=f"{sender.office.code}-2026-{number:05}",
        office=sender.office,
        year=2026,
        serial=number,
        title="外区平台泄露个人信息案",
        created_by=sender,
        legal_bases=["PIPL 70"],
        filed_on=date(2026, 1, 5),
        summary="摘要",
        rulebook="2024-01-01",
    )
    return CaseTransfer.objects.create(
        source=case,
        event=happen(case, "case_transferred", date(2026, 6, 24), actor=sender),
        target_office=cast.office,
        competent_court="杭州互联网法院",
        ground="互联网公益诉讼由该院集中管辖。",
        sent_on=date(2026, 6, 24),
    )


def happen(matter: Lead | Case, kind: str, day: date, *, actor: Any = None, **rest: Any) -> Event:
    """Record one event of `matter` as an act does, so that its signal reaches the rooms above."""
    with transaction.atomic():
        event = acts.record_event(actor=actor, matter=matter, kind=kind, legal_day=day, **rest)
        acts.announce_event(event, actor=actor, matter=matter)
    return event


def announce(case: Case, day: date) -> Event:
    """Record that the announcement of a case was published."""
    return happen(case, "announcement_published", day)


def assign(cast: Cast, lead: Lead, handler: Any = None) -> Lead:
    """Give the lead to the handler (T03)."""
    acts.record_directly(
        actor=cast.head,
        matter=lead,
        code="T03",
        data={
            "handler": (handler or cast.handler).pk,
            "conflict_checked": "on",
            "legal_day": lead.received_on.isoformat(),
        },
    )
    lead.refresh_from_db()
    return lead


def assess(cast: Cast, lead: Lead) -> Lead:
    """Assess truthfulness and feasibility."""
    leads.assess_lead(
        actor=lead.handler or cast.handler,
        lead=lead,
        facts={
            "truthfulness": 4,
            "truthfulness_reason": "有截图。",
            "feasibility": 4,
            "feasibility_reason": "运营者可查。",
        },
    )
    lead.refresh_from_db()
    return lead


def propose(matter: Any, code: str, data: dict[str, Any], actor: Any) -> Proposal:
    """Draft and submit a proposal."""
    draft = proposals.draft_proposal(
        actor=actor, matter=matter, code=code, data=data, reasons="理由充分。"
    )
    return proposals.submit_proposal(actor=actor, proposal=draft)


def approve(proposal: Proposal, *people: Any) -> Proposal:
    """Let each person approve in turn."""
    for person in people:
        proposal.refresh_from_db()
        proposal = approvals.decide(
            actor=person,
            proposal=proposal,
            decision="approve",
            opinion="同意",
            digest=proposal.digest,
        )
    return proposal


def set_full_team(cast: Cast, case: Case) -> None:
    """Give the case its lead handler, an assistant and a clerk."""
    team.set_team(
        actor=cast.head,
        case=case,
        members=[
            (cast.handler, "lead"),
            (cast.assistant, "assistant"),
            (cast.clerk, "clerk"),
        ],
        reason="组成办案组",
    )


def force(
    matter: Lead | Case,
    code: str,
    day: date,
    *,
    actor: Any = None,
    proofs: Any = (),
    **facts: Any,
) -> Event:
    """Carry a transition out without asking its guards, for tests of what comes after it.

    Everything else is as in `acts.perform`: the edge, the event in the same transaction, effects, deadlines.
    """
    declaration = acts.declaration_of(matter, code)
    with transaction.atomic():
        event = acts.record_event(
            actor=actor,
            matter=matter,
            kind=declaration.event_kind,
            legal_day=day,
            facts=facts,
            proofs=proofs,
            machine=matter.machine,
            object_id=matter.pk,
            transition=code,
            from_state=matter.state,
            to_state=declaration.target,
        )
        getattr(matter, declaration.method)()
        matter.save()
        act = Act(declaration, matter, facts, day, event)
        for effect in effects_of(declaration.event_kind):
            effect(act, False)
        acts.announce_event(event, actor=actor, matter=matter)
    matter.refresh_from_db()
    return event


def paper(actor: Any, matter: Lead | Case, name: str = "证明.txt") -> Attachment:
    """Store a small file as the proof of something."""
    upload = SimpleUploadedFile(name, name.encode(), content_type="text/plain")
    return store(upload, actor=actor, matter=matter, purpose="test")


def meeting_held(cast: Cast, **changes: Any) -> Meeting:
    """Return a meeting of nine members, of whom five are present and all vote for the decision."""
    given: dict[str, Any] = {
        "held_on": clock.today(),
        "chair": cast.deputy,
        "members": 9,
        "present": 5,
        "votes_for": 5,
        "minutes": SimpleUploadedFile("会议纪要.pdf", b"%PDF-1.7 minutes", "application/pdf"),
    }
    return Meeting(**given | changes)


def ask_to_stand_aside(cast: Cast, matter: Lead | Case, person: User) -> Recusal:
    """Record the application of a party that `person` stands aside from the matter (Rules 22)."""
    return recusals.apply_for_recusal(
        actor=cast.handler,
        matter=matter,
        person=person,
        applicant="当事人",
        grounds="与案件有利害关系。",
        received_on=matter.received_on if isinstance(matter, Lead) else matter.filed_on,
    )


def stand_aside(cast: Cast, matter: Lead | Case, person: User) -> None:
    """Let the chief decide that `person` stands aside from the matter (Rules 19-23)."""
    row = ask_to_stand_aside(cast, matter, person)
    recusals.decide_recusal(actor=cast.chief, recusal=row, granted=True, reason="应当回避。")


def upload(name: str = "证明.txt") -> SimpleUploadedFile:
    """Return a small file as a browser sends it."""
    return SimpleUploadedFile(name, name.encode(), content_type="text/plain")


def announced_case(cast: Cast, day: date, *, proven: bool = True, **rest: Any) -> Case:
    """Make a case whose announcement was published on `day`, with its violator and the proof."""
    case = make_case(cast, **rest)
    parties.add_party(
        actor=cast.handler,
        case=case,
        facts={"role": "violator", "kind": "organisation", "name": "某科技有限公司"},
    )
    case.refresh_from_db()
    force(case, "T08", day, actor=cast.handler)
    force(case, "T10", day, actor=cast.handler, proposal="announce", conclusion="应当公告")
    proofs = [paper(cast.handler, case, "公告.txt")] if proven else []
    force(
        case,
        "T12",
        day,
        actor=cast.handler,
        proofs=proofs,
        medium="某全国性媒体",
        national_influence=True,
    )
    return case


def case_in_review(cast: Cast, day: date) -> Case:
    """Make a case whose announcement of `day` has expired; the clock must stand after its last day."""
    from litigation.services.expiry import expire_announcement

    case = announced_case(cast, day)
    assert expire_announcement(case) is not None
    case.refresh_from_db()
    return case


def record(actor: Any, case: Case, code: str, data: dict[str, Any], files: Any = None) -> Event:
    """Record a step that needs no proposal, as the page does, and read the case again."""
    event = acts.record_directly(actor=actor, matter=case, code=code, data=data, files=files)
    case.refresh_from_db()
    return event
