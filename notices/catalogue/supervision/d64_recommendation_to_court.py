"""D-64: recommendation on court activity (Rules 66; PRR 9)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument
from notices.bodies.frame import Frame, Values, as_case, text_of
from notices.bodies.official import letter
from notices.bodies.parts import contact, enclosed, items, prose, said, sections, until
from notices.catalogue.contents import CONTACT, ENCLOSURES, ISSUED_DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
    NumberCode,
    Numbering,
)

TRIAL, ENFORCEMENT = "审判活动", "执行活动"


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the recommendation on how a court tries or enforces (D-64; Rules 66; PRR 9)."""
    which = ENFORCEMENT if "执行" in text_of(values, "which") else TRIAL
    blocks = (
        *said(
            as_case(text_of(values, "case")),
            "本院在履行民事诉讼监督职责中，对你院办理的",
            f"的{which}进行了审查，现提出检察建议。",
        ),
        *sections(
            (f"{which}中存在的问题", prose(values.get("facts", ""))),
            ("认定违法的依据和理由", prose(values.get("law", ""))),
            ("检察建议的内容", _proposal(values)),
        ),
        *said(
            until(text_of(values, "reply"), "收到本检察建议书"),
            "请你院",
            "依法处理，并将处理结果书面回复本院。",
        ),
        *contact(values),
        *enclosed(values.get("attachments", "")),
    )
    return letter(kind, frame, values, blocks, name="检察建议书")


def _proposal(values: Values) -> tuple[Block, ...]:
    asked = items(values.get("proposal", ""))
    lead = said(text_of(values, "basis"), "根据", "的规定，建议你院：")
    return (*lead, *asked) if asked else lead


TYPE = DocumentType(
    code="D-64",
    title_zh="检察建议书（审判/执行违法）",
    title_en="Recommendation on court activity",
    stage="C4, E2",
    administrative_stage="A8",
    article="Rules 66; PRR 9",
    approval=Approval.CHIEF_OR_COMMITTEE,
    addressee=Addressee.COURT,
    delivery=Delivery.SERVICE,
    contents=(
        Content(
            "which",
            "监督对象",
            "Trial or enforcement",
            "Rules 66",
            kind=Kind.CHOICE,
            options=(TRIAL, ENFORCEMENT),
        ),
        Content("addressee", "人民法院", "Court", "PRR 9", kind=Kind.LINE),
        Content("case", "案件及案号", "Case and its number", "PRR 9", kind=Kind.LINE),
        Content("facts", "事实", "Facts", "PRR 9"),
        Content("law", "认定违法的依据和理由", "Law", "Rules 66"),
        Content("basis", "提出建议的依据", "Basis of the recommendation", "Rules 66; PRR 9"),
        Content("proposal", "建议内容", "Proposal", "Rules 66"),
        Content("reply", "回复期限", "Reply period", "PRR 19; EXEC-SUP", kind=Kind.LINE),
        *CONTACT,
        ENCLOSURES,
        ISSUED_DAY,
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民", "违监"),),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    repeats=True,
    body=body,
)
