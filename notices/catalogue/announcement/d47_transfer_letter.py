"""D-47: transfer letter, or the letter that commissions another office (Rules 16, 94(3))."""

from __future__ import annotations

from dataclasses import replace

from documents.model import Block, OfficialDocument, Paragraph, paragraphs
from notices.bodies.frame import Frame, Values, as_case, full_stop, text_of
from notices.bodies.official import official
from notices.bodies.parts import enclosed, items, part
from notices.bodies.statutes import RULES_ZH
from notices.catalogue.contents import ISSUED_DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)

TRANSFER, COMMISSION = "移送函", "委托函"


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the letter (D-47; Rules 16): which case goes, its facts, why, what is asked of the office."""
    commission = text_of(values, "instrument") == COMMISSION
    blocks: tuple[Block, ...] = (
        Paragraph(f"本院办理的{as_case(text_of(values, 'case'))}，{_ask(values, commission)}"),
        *part("案件事实", paragraphs(full_stop(values.get("facts", "")))),
        *(part("委托事项", items(values.get("task", ""))) if commission else ()),
        *part("委托理由" if commission else "移送理由", paragraphs(_reason(values))),
        Paragraph(
            "收到本函及案卷材料后，请及时函告本院，并将办理结果回复本院。"
            if commission
            else "请接收案卷材料，并将接收情况及处理结果函告本院。"
        ),
        *enclosed(values.get("file", "")),
    )
    made = official(kind, frame, values, blocks, addressee=text_of(values, "addressee"))
    return replace(made, name=COMMISSION if commission else TRANSFER)


def _ask(values: Values, commission: bool) -> str:
    if commission:
        return f"根据{RULES_ZH}第十六条的规定，现委托你院办理下列事项。"
    return f"根据{RULES_ZH}第十六条、第九十四条第三项的规定，现移送你院依法审查起诉。"


def _reason(values: Values) -> str:
    court = text_of(values, "court")
    named = f"本案依法由{court}管辖。" if court else ""
    return f"{named}{full_stop(values.get('reason', ''))}"


TYPE = DocumentType(
    code="D-47",
    title_zh="委托/移送函",
    title_en="Transfer letter",
    stage="P5",
    administrative_stage="A7",
    article="Rules 16, 94(3)",
    approval=Approval.CHIEF,
    addressee=Addressee.OFFICE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content(
            "instrument",
            "文书名称",
            "Which letter: transfer or commission",
            "Rules 16",
            kind=Kind.CHOICE,
            options=(TRANSFER, COMMISSION),
        ),
        Content("addressee", "接收的人民检察院", "Receiving office", "Rules 16", kind=Kind.LINE),
        Content("case", "案件", "Case", "Rules 16", kind=Kind.LINE),
        Content("facts", "案件事实", "Facts", "Rules 16"),
        Content(
            "court",
            "有管辖权的人民法院",
            "Competent court",
            "Rules 16, 94(3)",
            required=False,
            kind=Kind.LINE,
        ),
        Content(
            "task",
            "委托事项（委托函填写，每行一项）",
            "What is commissioned, one a line (in a commission)",
            "Rules 16",
            required=False,
        ),
        Content("reason", "移送（委托）理由", "Reason", "Rules 16"),
        Content("file", "案卷材料（每行一项）", "File, one item a line", "Rules 16"),
        ISSUED_DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
)
