"""D-50: notice of attending staff (Rules 49; JI 8)."""

from __future__ import annotations

from itertools import zip_longest

from documents.model import Alignment, Block, Column, OfficialDocument, Paragraph, Table, paragraphs
from notices.bodies.court import items
from notices.bodies.frame import Frame, Values, as_case, text_of
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
    """Return the notice (D-50; Rules 49; JI 8): the hearing, who attends in which post, with which duties."""
    duties = items(values.get("duties", ""))
    blocks: tuple[Block, ...] = (
        Paragraph(_opening(values)),
        *_staff(values),
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
        "《最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释》第八条、"
        "《人民检察院公益诉讼办案规则》第四十九条的规定，本院指派下列人员出席法庭："
    )


def _staff(values: Values) -> tuple[Table, ...]:
    """Return who attends beside the legal post of each, one a line."""
    told = [[line.text for line in paragraphs(values.get(name, ""))] for name in ("names", "posts")]
    rows = tuple(
        (str(count), *row) for count, row in enumerate(zip_longest(*told, fillvalue=""), 1)
    )
    columns = (Column("序号", 1, Alignment.CENTER), Column("姓名", 3), Column("法律职务", 4))
    return (Table(columns, rows),) if rows else ()


TYPE = DocumentType(
    code="D-50",
    title_zh="派员出庭通知书",
    title_en="Notice of attending staff",
    stage="C3, C8",
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
        Content("day", "日期", "Date", kind=Kind.DAY, set_at_issue=True),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "出"),),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
