"""D-74: suspension or resumption of review (Rules 78)."""

from __future__ import annotations

from documents.model import OfficialDocument, Paragraph
from notices.bodies.frame import Frame, Values, as_case, full_stop, led_by, text_of
from notices.bodies.official import letter
from notices.bodies.parts import prose, said
from notices.catalogue.contents import ISSUED_DAY
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

SUSPENDS, RESUMES = "中止审查", "恢复审查"
REASON = {SUSPENDS: "经审查，有下列情形：", RESUMES: "经审查，中止审查的原因已经消除："}
# What follows from either decision: the answer is owed all the same (JI 21), the review goes on (Rules 78).
CONSEQUENCE = {
    SUSPENDS: (
        "中止审查的原因消除后，本院将恢复审查。"
        "中止审查期间，不免除你单位依法履行职责和书面回复检察建议的义务。"
    ),
    RESUMES: "请你单位继续依法履行职责，并将履行职责的情况书面告知本院。",
}


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the decision to suspend the review, or to take it up again (D-74; Rules 78)."""
    which = RESUMES if RESUMES in text_of(values, "which") else SUSPENDS
    basis = text_of(values, "basis")
    ground = f"根据{basis}的规定，" if basis else ""
    reason = values.get("reason", "")
    blocks = (
        *prose(values.get("course", "")),
        *(led_by(REASON[which], full_stop(reason)) if reason.strip() else ()),
        *said(as_case(text_of(values, "case")), f"{ground}经检察长批准，本院决定对", f"{which}。"),
        Paragraph(CONSEQUENCE[which]),
    )
    return letter(kind, frame, values, blocks, name=f"{which}决定书")


TYPE = DocumentType(
    code="D-74",
    title_zh="中止审查决定书/恢复审查决定书",
    title_en="Suspension or resumption of review",
    stage="A6S",
    machines=("administrative",),
    article="Rules 78",
    approval=Approval.CHIEF,
    addressee=Addressee.AUTHORITY,
    delivery=Delivery.SERVICE,
    contents=(
        Content(
            "which",
            "决定种类",
            "Suspension or resumption",
            "Rules 78",
            kind=Kind.CHOICE,
            options=(SUSPENDS, RESUMES),
        ),
        Content("addressee", "行政机关", "Authority", "Rules 78", kind=Kind.LINE),
        Content("case", "案件名称", "Case", "Rules 78", kind=Kind.LINE),
        Content("course", "检察建议的发出和送达情况", "Recommendation and its service", "Rules 78"),
        Content("reason", "理由", "Reason", "Rules 78"),
        Content("basis", "法律依据", "Legal basis", "Rules 78"),
        ISSUED_DAY,
    ),
    numbering=Numbering.WORD,
    codes=(
        NumberCode("行公", "中", chosen_by=SUSPENDS),
        NumberCode("行公", "恢", chosen_by=RESUMES),
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    repeats=True,
    body=body,
)
