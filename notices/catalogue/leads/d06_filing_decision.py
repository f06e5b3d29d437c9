"""D-06: filing decision (Rules 28-30, 85; PIPL 70)."""

from __future__ import annotations

from documents.model import OfficialDocument, Paragraph
from notices.bodies.frame import Frame, Values, full_stop, led_by
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
    """Return the decision to file (D-06; Rules 28-30, 85; PIPL 70)."""
    violator = values.get("violator", "").strip()
    finding = f"{violator}可能实施了侵害众多个人的个人信息权益的违法行为。"
    blocks = (
        *led_by(f"本院在履行公益诉讼检察职责中发现，{finding}", full_stop(values.get("facts", ""))),
        *led_by("上述行为致使社会公共利益受到损害：", full_stop(values.get("harm", ""))),
        Paragraph(
            f"根据{values.get('basis', '').strip()}的规定，"
            f"本院决定{full_stop(values.get('decision', ''))}"
        ),
    )
    return official(kind, frame, values, blocks)


TYPE = DocumentType(
    code="D-06",
    title_zh="立案决定书",
    title_en="Filing decision",
    stage="P1",
    administrative_stage="A1",
    article="Rules 28-30, 85; PIPL 70",
    approval=Approval.CHIEF,
    addressee=Addressee.FILE,
    delivery=Delivery.SERVICE,
    contents=(
        Content("violator", "违法行为人", "Violator", "Rules 29", kind=Kind.LINE),
        Content("facts", "案件事实", "Facts", "Rules 28, 85(2)", sourced=True),
        Content(
            "harm",
            "社会公共利益受到损害的情况",
            "Harm to the public interest",
            "Rules 85(1)",
            sourced=True,
        ),
        Content("basis", "法律依据", "Legal basis", "Rules 85; PIPL 70"),
        Content("decision", "决定事项", "Decision", "Rules 30", kind=Kind.LINE),
        Content(
            "decision_day",
            "决定日期",
            "Day of the decision",
            "Rules 30",
            kind=Kind.DAY,
            fixed=True,
        ),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "立"), NumberCode("行公", "立")),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
