"""D-52: application for an injunction against the infringement of personality rights (pilot, law 4.4)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph, paragraphs
from notices.bodies.court import named, to_court
from notices.bodies.frame import Frame, Values, text_of
from notices.bodies.parts import items, part
from notices.catalogue.contents import ENCLOSURES, ISSUED_DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)

# The elements of law 4.4 in the order in which they are pleaded; those of one list are counted.
ELEMENTS = (
    ("request", "申请事项"),
    ("reasons", "事实与理由"),
    ("harm", "难以弥补的损害及紧迫性"),
    ("evidence", "证据"),
    ("term", "申请的期限"),
    ("security", "担保"),
    ("suit", "起诉情况"),
    ("data", "涉案个人信息的处理"),
)
COUNTED = ("request", "evidence")


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the application with every element of law 4.4 that is filled (D-52; CC 997)."""
    blocks: tuple[Block, ...] = (
        *named("申请人", frame.office),
        *named("被申请人", values.get("respondent", "")),
        *(block for name, title in ELEMENTS for block in _element(values, name, title)),
        Paragraph(_ask(values)),
        *named("联系人及联系电话", text_of(values, "contact")),
    )
    return to_court(kind, frame, values, blocks)


def _element(values: Values, name: str, title: str) -> tuple[Block, ...]:
    draw = items if name in COUNTED else paragraphs
    return part(title, draw(values.get(name, "")))


def _ask(values: Values) -> str:
    basis = text_of(values, "basis")
    return f"{f'根据{basis}的规定，' if basis else ''}申请你院依法作出裁定。"


TYPE = DocumentType(
    code="D-52",
    title_zh="人格权侵害禁令申请书",
    title_en="Injunction application (pilot)",
    stage="INJ",
    machines=("case",),
    article="CC 997",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("court", "人民法院", "Court", "CC 997", kind=Kind.LINE),
        Content("respondent", "被申请人（每行一名）", "Respondents, one a line", "CC 997"),
        Content(
            "request",
            "申请事项（每行一项，写明对象、场所、渠道、账号、系统）",
            "Request, one a line: object, place, channel, account, system",
            "CC 997",
        ),
        Content("reasons", "事实与理由", "Facts and reasons", "CC 997"),
        Content("harm", "难以弥补的损害及紧迫性", "Irreparable harm and imminence", "CC 997"),
        Content("evidence", "证据（每行一项）", "Evidence, one a line", "CC 997"),
        Content("term", "申请的期限", "Term requested", "law 4.4"),
        Content("security", "担保或者不提供担保的理由", "Security, or why none", "law 4.4"),
        Content("suit", "是否起诉及时间", "Whether and when suit is brought", "law 4.4"),
        Content(
            "data",
            "涉案个人信息的处理（封存证据、密封附件）",
            "Handling of the data: sealed evidence and annex",
            "law 4.4",
        ),
        Content(
            "basis",
            "法律依据（试点：检察机关依据民法典第997条申请未见明文，未核实）",
            "Legal basis (pilot: no text lets procuratorates apply under CC 997, not verified)",
            "CC 997; CPL 103-104",
        ),
        Content("contact", "联系人及联系电话", "Contact", "law 4.4", kind=Kind.LINE),
        ENCLOSURES,
        ISSUED_DAY,
    ),
    practice=True,
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
