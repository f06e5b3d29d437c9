"""D-61: the next-higher office orders an appeal or its withdrawal (Rules 61)."""

from __future__ import annotations

from dataclasses import replace

from documents.model import Block, OfficialDocument, Paragraph
from notices.bodies.court import from_superior, led
from notices.bodies.frame import Frame, Values, as_case, text_of
from notices.bodies.statutes import RULES_ZH
from notices.catalogue.contents import DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)

APPEAL, WITHDRAW = "指令上诉", "指令撤回上诉"


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the order (D-61; Rules 61) of the next-higher office, which alone signs and seals it."""
    order = text_of(values, "instrument") or APPEAL
    done = "提出上诉" if order == APPEAL else "撤回上诉"
    blocks: tuple[Block, ...] = (
        Paragraph(_opening(values)),
        *led("本院认为，", values.get("reason", "")),
        Paragraph(
            f"根据{RULES_ZH}第六十一条的规定，现指令你院{done}，请依法办理，并将办理情况报告本院。"
        ),
    )
    made = from_superior(kind, frame, values, blocks, name=f"{order}决定书")
    return replace(made, addressee=text_of(values, "addressee"))


def _opening(values: Values) -> str:
    case = as_case(text_of(values, "case")) or "公益诉讼一案"
    judgment = text_of(values, "judgment")
    examined = f"对{judgment}" if judgment else ""
    return f"你院办理的{case}，本院{examined}进行了审查。"


TYPE = DocumentType(
    code="D-61",
    title_zh="撤回上诉/指令上诉",
    title_en="Withdrawal of or order to appeal",
    stage="C8",
    administrative_stage="A8",
    article="Rules 61",
    approval=Approval.SUPERIOR,
    addressee=Addressee.OFFICE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content(
            "instrument",
            "指令事项",
            "Order: to appeal, or to withdraw the appeal",
            "Rules 61",
            kind=Kind.CHOICE,
            options=(APPEAL, WITHDRAW),
        ),
        Content("superior", "上一级人民检察院", "Next-higher office", "Rules 61", kind=Kind.LINE),
        Content("order_number", "文号", "Number of the order", required=False, kind=Kind.LINE),
        Content("addressee", "接受指令的人民检察院", "Office ordered", "Rules 61", kind=Kind.LINE),
        Content("case", "案件", "Case", "Rules 61", kind=Kind.LINE),
        Content("judgment", "一审裁判", "Judgment", required=False, kind=Kind.LINE),
        Content("reason", "理由", "Reason", "Rules 61"),
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
)
