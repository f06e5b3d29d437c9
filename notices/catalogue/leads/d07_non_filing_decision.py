"""D-07: non-filing decision (Rules 30)."""

from __future__ import annotations

from documents.model import OfficialDocument, Paragraph
from notices.bodies.frame import Frame, Values, full_stop, led_by
from notices.bodies.official import official
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
    """Return the decision not to file (D-07; Rules 30)."""
    blocks = (
        *led_by("本院对下列案件线索进行了评估：", full_stop(values.get("lead", ""))),
        *led_by("经审查，", full_stop(values.get("reason", ""))),
        Paragraph(f"根据{RULES_ZH}第三十条的规定，本院决定不立案。"),
    )
    return official(kind, frame, values, blocks)


TYPE = DocumentType(
    code="D-07",
    title_zh="不立案决定书",
    title_en="Non-filing decision",
    stage="LX2",
    article="Rules 30",
    approval=Approval.CHIEF,
    addressee=Addressee.FILE,
    delivery=Delivery.NONE,
    contents=(
        Content("lead", "案件线索", "Lead", "Rules 30"),
        Content("reason", "不立案理由", "Reason", "Rules 30"),
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
    codes=(NumberCode("民公", "不立"), NumberCode("行公", "不立")),
    on=("lead",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
