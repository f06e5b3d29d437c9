"""The steps of a matter, each through the service a person's click calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from cases.models import Case, Lead, Proposal
from cases.services import acts, approvals, leads, proposals, team
from evidence.facts import FactGroup
from evidence.services.exhibits import add_exhibit
from evidence.services.facts import state_fact
from notices import assembling
from notices import services as notices
from notices.models import Document, DocumentStatus
from procuracy.demonstration.staff import Staff

Matter = Lead | Case


def register(staff: Staff, *, title: str, summary: str, received_on: date, **more: Any) -> Lead:
    """The intake staff register a lead."""
    facts = {
        "title": title,
        "source": "complaint",
        "source_detail": "12309 检察服务中心举报",
        "received_on": received_on,
        "summary": summary,
        "major": False,
    } | more
    return leads.register_lead(actor=staff["qianfang"], facts=facts)


def record(actor: User, matter: Matter, code: str, **facts: Any) -> None:
    """Record a step that needs no approval."""
    acts.record_directly(actor=actor, matter=matter, code=code, data=facts)
    matter.refresh_from_db()


def assign(staff: Staff, lead: Lead, handler: User) -> None:
    """The department head gives the lead to a prosecutor."""
    day = lead.received_on.isoformat()
    record(staff["sunmin"], lead, "T03", handler=handler.pk, conflict_checked="on", legal_day=day)


def assess(lead: Lead) -> None:
    """The handler assesses truthfulness and feasibility."""
    assert lead.handler is not None  # assigned before
    leads.assess_lead(
        actor=lead.handler,
        lead=lead,
        facts={
            "truthfulness": 4,
            "truthfulness_reason": "举报人提交的截图与公开页面一致。",
            "feasibility": 4,
            "feasibility_reason": "运营者信息可通过备案查询，证据可固定。",
        },
    )
    lead.refresh_from_db()


def make_final(actor: User, matter: Matter, code: str, values: dict[str, str]) -> Document:
    """Draft a document unless there is a draft, fill it in and make it final."""
    document = Document.objects.filter(
        **{matter.relation: matter}, code=code, status=DocumentStatus.DRAFT
    ).first() or notices.draft_document(actor=actor, matter=matter, code=code)
    missing = {line.code.split(":")[-1] for line in assembling.missing_contents(document)}
    known = {name: text for name, text in values.items() if name in missing}
    rest = {name: values.get("*", "") for name in missing - known.keys() if values.get("*")}
    document = notices.edit_document(
        actor=actor, document=document, values=known | rest, version=document.version
    )
    return notices.finalise_document(actor=actor, document=document)


def propose(actor: User, matter: Matter, code: str, reasons: str, **facts: Any) -> Proposal:
    """Draft and submit a proposal."""
    draft = proposals.draft_proposal(
        actor=actor, matter=matter, code=code, data=facts, reasons=reasons
    )
    return proposals.submit_proposal(actor=actor, proposal=draft)


def approve(proposal: Proposal, people: Sequence[User]) -> Proposal:
    """Each of `people` approves in turn."""
    for person in people:
        proposal = approvals.decide(
            actor=person,
            proposal=proposal,
            decision="approve",
            opinion="同意。",
            digest=proposal.digest,
        )
    proposal.matter.refresh_from_db()
    return proposal


def issue(actor: User, matter: Matter, code: str, signer: User, values: dict[str, str]) -> Document:
    """Fill a drafted document in and issue it with its number."""
    document = Document.objects.get(**{matter.relation: matter}, code=code)
    if document.status == DocumentStatus.DRAFT:
        missing = {line.code.split(":")[-1] for line in assembling.missing_contents(document)}
        document = notices.edit_document(
            actor=actor,
            document=document,
            values={name: values.get(name, values["*"]) for name in missing},
            version=document.version,
        )
    return notices.issue_document(actor=actor, document=document, signer=signer)


def set_team(staff: Staff, case: Case, lead_handler: User) -> None:
    """The head names the team."""
    members = [(lead_handler, "lead"), (staff["liuyue"], "assistant"), (staff["wangzhe"], "clerk")]
    team.set_team(actor=staff["sunmin"], case=case, members=members, reason="组成办案组")
    case.refresh_from_db()


def collect(staff: Staff, case: Case, handler: User, *, name: str, day: date) -> None:
    """Two members of the team collect an exhibit and address the seven groups of facts with it."""
    content = f"{name}（演示材料）".encode()
    exhibit = add_exhibit(
        actor=handler,
        case=case,
        upload=SimpleUploadedFile("网页固定记录.txt", content, "text/plain"),
        facts={
            "name": name,
            "kind": "electronic",
            "source": "互联网公开页面",
            "method": "collect",
            "obtained_on": day,
            "place": "本院电子数据实验室",
            "first_collector": handler,
            "second_collector": staff["liuyue"],
            "original": True,
            "pages": 12,
        },
    )
    for group in FactGroup:
        state_fact(
            actor=handler,
            case=case,
            group=group.value,
            text="由该证据及办案组调查所得予以证明。",
            exhibits=[exhibit],
        )
    case.refresh_from_db()
