"""D-70: recommendation (public interest) (Rules 75; JI 21)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph
from notices.bodies.frame import Frame, Values, full_stop, text_of
from notices.bodies.official import official
from notices.bodies.parts import contact, enclosed, items, prose, said, sections, until, within
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

RECEIPT = "收到本检察建议书"


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the recommendation to an authority with the eight contents of Rules 75 (D-70)."""
    blocks = (
        Paragraph(
            "本院在履行公益诉讼检察职责中，依法对你单位履行个人信息保护监督管理职责的情况进行了调查，"
            "现将查明的情况和检察建议告知如下。"
        ),
        *sections(
            ("案件来源", prose(values.get("source", ""))),
            ("社会公共利益受到侵害的事实", prose(values.get("harm", ""))),
            ("认定不依法履行职责的事实和理由", _failure(values)),
            ("提出检察建议的法律依据", said(text_of(values, "basis"), "本检察建议依据", "提出。")),
            ("检察建议的内容", items(values.get("content", ""))),
            ("整改期限和书面回复", _reply(values)),
            ("其他需要说明的事项", prose(values.get("other", ""))),
        ),
        *contact(values),
        *enclosed(values.get("attachments", "")),
    )
    return official(
        kind, frame, values, blocks, addressee=text_of(values, "name"), name="检察建议书"
    )


def _failure(values: Values) -> tuple[Block, ...]:
    return (*prose(values.get("duty", "")), *prose(values.get("failure", "")))


def _reply(values: Values) -> tuple[Block, ...]:
    """Return the period to rectify and the term to answer of JI 21: the short one where it is urgent."""
    period = within(text_of(values, "period"), RECEIPT)
    return (
        *said(period.rstrip("。"), "整改期限：", "。"),
        *_answer(values),
        Paragraph(
            "期限届满你单位仍未依法履行职责，社会公共利益仍处于受侵害状态的，"
            "本院将依法向人民法院提起行政公益诉讼。"
        ),
    )


def _answer(values: Values) -> tuple[Block, ...]:
    urgency = text_of(values, "urgency").rstrip("。")
    term = text_of(values, "urgent_reply" if urgency else "reply")
    if not term:
        return ()
    ask = f"请你单位{until(term, RECEIPT)}"
    if urgency:
        return (
            Paragraph(f"{full_stop(urgency)}属于社会公共利益损害继续扩大等紧急情形。"),
            Paragraph(f"{ask}书面回复本院，并随附落实检察建议的证据材料。"),
        )
    return (
        Paragraph(f"{ask}依法履行职责，将办理情况书面回复本院，并随附落实检察建议的证据材料。"),
    )


TYPE = DocumentType(
    code="D-70",
    title_zh="检察建议书（公益诉讼，致行政机关）",
    title_en="Recommendation (public interest)",
    stage="A4",
    machines=("administrative",),
    article="Rules 75",
    approval=Approval.CHIEF,
    addressee=Addressee.AUTHORITY,
    delivery=Delivery.SERVICE,
    contents=(
        Content("name", "行政机关名称", "Name of the authority", "Rules 75(1)", kind=Kind.LINE),
        Content("source", "案件来源", "Source of the case", "Rules 75(2)"),
        Content("harm", "公益受到侵害的事实", "Facts of the harm", "Rules 75(3)", sourced=True),
        Content("duty", "行政机关的监督管理职责", "Duty of the authority", "Rules 75(4)"),
        Content(
            "failure",
            "不依法履职的事实和理由",
            "Facts and reasons of non-performance",
            "Rules 75(4)",
            sourced=True,
        ),
        Content("basis", "法律依据", "Legal basis", "Rules 75(5)"),
        Content("content", "建议内容", "Content", "Rules 75(6)"),
        Content("period", "整改期限", "Rectification period", "Rules 75(7)", kind=Kind.LINE),
        Content("reply", "书面回复期限", "Reply term", "JI 21", kind=Kind.LINE, fixed=True),
        Content(
            "urgency",
            "紧急情形",
            "Why it is urgent",
            "JI 21",
            required=False,
        ),
        Content(
            "urgent_reply",
            "紧急情形的书面回复期限",
            "Reply term where it is urgent",
            "JI 21",
            required=False,
            kind=Kind.LINE,
            fixed=True,
        ),
        Content("other", "其他", "Other", "Rules 75(8)", required=False),
        *CONTACT,
        ENCLOSURES,
        ISSUED_DAY,
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("行公", "建"),),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    repeats=True,
    body=body,
)
