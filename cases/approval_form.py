"""The printable approval form (审批表): always in Chinese, whatever language its reader uses."""

from __future__ import annotations

from django.utils import translation

from accounts.models import Role, User
from audit import clock
from audit.articles import written
from cases.models import ApprovalStep, Decision, Event, Proposal
from cases.registries import document_slots
from cases.selectors import proposal_page
from cases.selectors.objections import objections_to
from cases.selectors.proposal_page import Place
from cases.services import freezing
from documents.model import (
    FormCell,
    FormDocument,
    FormRow,
    OpinionCell,
    OpinionSignature,
    fair_row,
)

OPINION_TITLES = {
    Role.DEPARTMENT_HEAD: "部门负责人意见",
    Role.DEPUTY_CHIEF: "分管副检察长意见",
    Role.CHIEF: "检察长意见",
}
ROLE_TITLES = {
    Role.DEPARTMENT_HEAD: "部门负责人",
    Role.DEPUTY_CHIEF: "副检察长",
    Role.CHIEF: "检察长",
}
DECIDED = {
    Decision.APPROVE.value: "同意。",
    Decision.RETURN.value: "退回补充。",
    Decision.REJECT.value: "不同意。",
}


def approval_form(proposal: Proposal, reader: User) -> FormDocument:
    """Return the form of a proposal in its present round: matter, facts, reasons, opinions.

    Places not yet decided stay empty, so that the paper can be signed by hand.
    """
    with translation.override("zh-hans"):
        return FormDocument(
            issuer=proposal.office.name,
            name="审批表",
            number_draft=f"{proposal.matter.key} 第{proposal.pk}号",
            rows=(
                *_head(proposal),
                *_substance(proposal, reader),
                *_opinions(proposal),
                *_objections(proposal),
            ),
            notes=_notes(proposal),
        )


def _head(proposal: Proposal) -> tuple[FormRow, ...]:
    matter = proposal.matter
    declaration = proposal_page.declaration_of(proposal)
    act = declaration.title_zh if declaration else proposal.title
    kind = "线索名称" if matter.relation == "lead" else "案件名称"
    return (
        FormRow((FormCell(kind, matter.title),)),
        fair_row(FormCell("编号", matter.key), FormCell("提请事项", act)),
        fair_row(
            FormCell("提请依据", written(declaration.article) if declaration else ""),
            FormCell("提请人", proposal.author.name),
        ),
    )


def _substance(proposal: Proposal, reader: User) -> tuple[FormRow, ...]:
    facts = tuple(
        # The article in brackets helps who fills the form on the screen, not who reads the paper.
        FormRow((FormCell(line.label.split("（")[0], line.value),))
        for line in proposal_page.facts_of(proposal, reader)
    )
    documents = "\n".join(_document_titles(proposal))
    covered = (FormRow((FormCell("附文书", documents),)),) if documents else ()
    reasons = FormRow((FormCell("提请理由", proposal.reasons, lines=4),))
    return (*facts, reasons, *_conditions(proposal), *covered)


def _conditions(proposal: Proposal) -> tuple[FormRow, ...]:
    """Return the conditions of law as they were frozen on submission; none before."""
    lines = [
        f"{line.title}{f'（{written(line.article)}）' if line.article else ''}："
        f"{'符合' if line.met else '不符合'}"
        for line in proposal_page.frozen_checklist(proposal)
    ]
    return (FormRow((FormCell("法定条件（提请时）", "\n".join(lines)),)),) if lines else ()


def _document_titles(proposal: Proposal) -> list[str]:
    slot = document_slots.get("documents")
    return [
        slot.titles(item.code)[0] if slot else item.title
        for item in freezing.documents_of(proposal)
    ]


def _opinions(proposal: Proposal) -> tuple[FormRow, ...]:
    submitted = proposal.steps.filter(round=proposal.round, position=0).first()
    author = OpinionSignature(
        "承办检察官", proposal.author.name, day=submitted.legal_day if submitted else None
    )
    own = OpinionCell("承办检察官意见", "提请审批。" if submitted else "", (author,), lines=2)
    return (
        FormRow((own,)),
        *(FormRow((_opinion(place),)) for place in proposal_page.chain_of(proposal)),
    )


def _objections(proposal: Proposal) -> tuple[FormRow, ...]:
    """Return what handlers objected in writing to decisions on the proposal (Rules 8)."""
    return tuple(
        FormRow((OpinionCell("书面意见", event.facts["objection"], (_objector(event),)),))
        for event in objections_to(proposal)
    )


def _objector(event: Event) -> OpinionSignature:
    assert event.recorded_by is not None  # the system files no objection
    return OpinionSignature("承办检察官", event.recorded_by.name, day=event.legal_day)


def _opinion(place: Place) -> OpinionCell:
    title = OPINION_TITLES.get(place.role, "审批意见")
    role = ROLE_TITLES.get(place.role, "审批人")
    if place.step is None:
        return OpinionCell(title, "", (OpinionSignature(role),))
    return OpinionCell(title, _spoken(place.step), (_signature(role, place.step),))


def _spoken(step: ApprovalStep) -> str:
    """Return decision and opinion in one, without saying "同意" twice."""
    word, opinion = DECIDED[step.decision], step.opinion.strip()
    return opinion if opinion.startswith(word.rstrip("。")) else f"{word}{opinion}"


def _signature(role: str, step: ApprovalStep) -> OpinionSignature:
    behalf = step.on_behalf_of.name if step.on_behalf_of else ""
    return OpinionSignature(role, step.acted_by.name, on_behalf_of=behalf, day=step.legal_day)


def _notes(proposal: Proposal) -> tuple[str, ...]:
    printed = f"打印时间：{clock.now().astimezone(clock.BEIJING):%Y-%m-%d %H:%M}。"
    if not proposal.digest:
        return ("本表为草稿，尚未提交审批。", printed)
    return (f"第{proposal.round}轮；提交内容摘要（SHA-256）：{proposal.digest}。", printed)
