"""D-49: withdrawal of support (Rules 102)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph
from notices.bodies.court import case_before, led, to_court
from notices.bodies.frame import Frame, Values, text_of
from notices.bodies.statutes import RULES_ZH
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


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the decision (D-49; Rules 102): whose suit was supported, why no longer, to whom it goes."""
    plaintiff = text_of(values, "plaintiff")
    blocks: tuple[Block, ...] = (
        Paragraph(f"{case_before(values)}，本院此前决定支持原告{plaintiff}提起诉讼。"),
        *led("现查明，", values.get("reason", "")),
        *_ground(values),
        Paragraph(f"根据{RULES_ZH}第一百零二条的规定，本院决定撤回支持起诉。"),
        *((Paragraph(f"本决定书同时发送原告{plaintiff}。"),) if plaintiff else ()),
    )
    return to_court(kind, frame, values, blocks)


def _ground(values: Values) -> tuple[Paragraph, ...]:
    ground = text_of(values, "ground").rstrip("。；")
    return (Paragraph(f"上述情况属于{ground}的情形。"),) if ground else ()


TYPE = DocumentType(
    code="D-49",
    title_zh="撤回支持起诉决定书",
    title_en="Withdrawal of support",
    stage="PX3",
    machines=("case",),
    article="Rules 102",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("court", "人民法院", "Court", "Rules 102", kind=Kind.LINE),
        Content("case_number", "案号", "Case number", "Rules 102", required=False, kind=Kind.LINE),
        Content("cause", "案由", "Cause", "Rules 102", required=False, kind=Kind.LINE),
        Content("plaintiff", "原告", "Plaintiff", "Rules 102", kind=Kind.LINE),
        Content("reason", "撤回理由", "Reason", "Rules 102"),
        Content("ground", "撤回支持起诉的情形", "Ground", "Rules 102", kind=Kind.LINE),
        Content(
            "decision_day",
            "决定日期",
            "Day of the decision",
            "Rules 102",
            kind=Kind.DAY,
            fixed=True,
        ),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "撤支"),),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
