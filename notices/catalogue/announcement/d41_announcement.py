"""D-41: pre-suit announcement (Rules 91; JI 13)."""

from __future__ import annotations

from dataclasses import replace

from documents.model import OfficialDocument, Paragraph, paragraphs
from notices.bodies.frame import Frame, Values, closing, full_stop, led_by
from notices.bodies.official import official
from notices.bodies.parts import contact
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

# The five items of Rules 91 and the contents that make each of them (norm C037).
FIVE_ITEMS = (
    ("harm_facts",),
    ("suit_notice",),
    ("period",),
    ("contact_person", "telephone"),
    ("announcing_unit", "announcing_day"),
)

# On paper it is called by the shorter of its two names.
NAME = "公告"


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the pre-suit announcement with its five items (D-41; Rules 91; norm C037)."""
    basis = values.get("basis", "").strip()
    ground = f"根据{basis}的规定，现予公告。" if basis else "现予公告。"
    period = values.get("period", "").strip()
    blocks = (
        *led_by("本院在履行公益诉讼检察职责中发现，", full_stop(values.get("harm_facts", ""))),
        Paragraph(ground),
        *paragraphs(full_stop(values.get("suit_notice", ""))),
        *((Paragraph(f"公告期间为{period}，自公告发布之日起计算。"),) if period else ()),
        *contact(values),
    )
    # The announcing unit closes it alone: nobody signs a publication by name.
    unit = values.get("announcing_unit", "").strip() or frame.office
    end = closing(kind, replace(frame, office=unit, signature=None), values)
    return replace(official(kind, frame, values, blocks, name=NAME), closing=end)


TYPE = DocumentType(
    code="D-41",
    title_zh="公告（诉前公告）",
    title_en="Pre-suit announcement",
    stage="P4",
    machines=("case",),
    article="Rules 91; JI 13",
    approval=Approval.CHIEF,
    addressee=Addressee.PUBLIC,
    delivery=Delivery.MEDIA,
    contents=(
        Content(
            "harm_facts",
            "社会公共利益受到损害的事实",
            "Facts of the harm",
            "Rules 91(1)",
            sourced=True,
        ),
        Content("basis", "法律依据", "Legal basis", "JI 13", required=False),
        Content(
            "suit_notice",
            "告知适格主体可以起诉",
            "Notice that eligible subjects may sue",
            "Rules 91(2)",
        ),
        Content("period", "公告期间", "Period", "Rules 91(3)", kind=Kind.LINE, fixed=True),
        Content(
            "contact_person", "联系人", "Contact person", "Rules 91(4)", kind=Kind.LINE, own=True
        ),
        Content("telephone", "联系电话", "Telephone", "Rules 91(4)", kind=Kind.LINE, own=True),
        Content("address", "联系地址", "Address", required=False, kind=Kind.LINE, own=True),
        Content(
            "announcing_unit",
            "公告单位",
            "Announcing unit",
            "Rules 91(5)",
            kind=Kind.LINE,
            own=True,
        ),
        Content(
            "announcing_day",
            "公告日期",
            "Date",
            "Rules 91(5)",
            kind=Kind.DAY,
            set_at_issue=True,
        ),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "告"),),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
