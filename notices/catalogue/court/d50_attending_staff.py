"""D-50: notice of attending staff (Rules 49; JI 8)."""

from __future__ import annotations

from documents.model import Block, Column, OfficialDocument, Paragraph
from notices.bodies.frame import Frame, Values, as_case, text_of
from notices.bodies.official import official
from notices.bodies.parts import items, side_by_side
from notices.bodies.statutes import JI_ZH, RULES_ZH
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

# Who attends beside the legal post of each, one a line.
STAFF = ((Column("姓名", 3), "names"), (Column("法律职务", 4), "posts"))


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the notice (D-50; Rules 49; JI 8): the hearing, who attends in which post, with which duties."""
    duties = items(values.get("duties", ""))
    blocks: tuple[Block, ...] = (
        Paragraph(_opening(values)),
        *side_by_side(values, STAFF),
        *((Paragraph("出庭人员依法履行下列职责："), *duties) if duties else ()),
        Paragraph("特此通知。"),
    )
    return official(kind, frame, values, blocks, addressee=text_of(values, "court"))


def _opening(values: Values) -> str:
    case = as_case(text_of(values, "cause")) or "公益诉讼一案"
    number, hearing = text_of(values, "case_number"), text_of(values, "hearing")
    held = f"，定于{hearing}开庭" if hearing else ""
    return (
        f"你院审理的{number}{case}{held}。根据"
        f"{JI_ZH}第八条、"
        f"{RULES_ZH}第四十九条的规定，本院指派下列人员出席法庭："
    )


TYPE = DocumentType(
    code="D-50",
    title_zh="派员出庭通知书",
    title_en="Notice of attending staff",
    stage="C3, C8",
    administrative_stage="A8",
    article="Rules 49; JI 8",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("court", "人民法院", "Court", "JI 8", kind=Kind.LINE),
        Content("case_number", "案号", "Case number", "JI 8", kind=Kind.LINE),
        Content("cause", "案由", "Cause", "JI 8", required=False, kind=Kind.LINE),
        Content(
            "hearing", "开庭时间、地点", "Day and place of the hearing", "JI 8", kind=Kind.LINE
        ),
        Content("names", "出庭人员姓名（每行一名）", "Names, one a line", "Rules 49; JI 8"),
        Content("posts", "法律职务（每行一名）", "Legal posts, one a line", "JI 8"),
        Content("duties", "职责（每行一项）", "Duties, one a line", "Rules 49; JI 8"),
        ISSUED_DAY,
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "出"),),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
