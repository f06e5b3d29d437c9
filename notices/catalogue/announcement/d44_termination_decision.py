"""D-44: termination decision (Rules 74, 90)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph
from notices.bodies.court import led
from notices.bodies.frame import Frame, Values, as_case, full_stop, text_of
from notices.bodies.official import official
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
    """Return the decision to terminate (D-44; Rules 74, 90): what was examined, the ground, the decision."""
    blocks: tuple[Block, ...] = (
        *_opening(values),
        *led("经审查，", values.get("reason", "")),
        *_ground(values),
        Paragraph(
            f"根据{text_of(values, 'basis')}的规定，本院决定{full_stop(values.get('decision', ''))}"
        ),
    )
    addressee = text_of(values, "addressee")
    return official(kind, frame, values, blocks, addressee=addressee)


def _opening(values: Values) -> tuple[Paragraph, ...]:
    case, filing = as_case(text_of(values, "case")), text_of(values, "filing")
    known = f"{case}，本院{filing}" if filing else f"本院办理了{case}"
    return (Paragraph(full_stop(known)),) if case else ()


def _ground(values: Values) -> tuple[Paragraph, ...]:
    ground = text_of(values, "ground").rstrip("。；")
    return (Paragraph(f"本案属于{ground}的情形，应当终结案件。"),) if ground else ()


TYPE = DocumentType(
    code="D-44",
    title_zh="终结案件决定书",
    title_en="Termination decision",
    stage="PX1",
    administrative_stage="A3, A7",
    article="Rules 74, 90",
    approval=Approval.CHIEF,
    addressee=Addressee.FILE,
    delivery=Delivery.SERVICE,
    contents=(
        Content(
            "addressee",
            "送达的行政机关（行政公益诉讼案件）",
            "Administrative body it is served on, in an administrative case",
            "Rules 74",
            required=False,
            kind=Kind.LINE,
        ),
        Content("case", "案件", "Case", "Rules 90", kind=Kind.LINE),
        Content("filing", "立案情况", "Filing", required=False, kind=Kind.LINE),
        Content("reason", "查明的事实及理由", "Facts found and reason", "Rules 90"),
        Content("ground", "终结案件的情形", "Ground of Rules 90 or 74", "Rules 90", kind=Kind.LINE),
        Content("basis", "法律依据", "Legal basis", "Rules 90", kind=Kind.LINE),
        Content("decision", "决定事项", "Decision", "Rules 90", kind=Kind.LINE),
        Content(
            "decision_day",
            "决定日期",
            "Day of the decision",
            "Rules 90",
            kind=Kind.DAY,
            fixed=True,
        ),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "终"), NumberCode("行公", "终")),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
)
