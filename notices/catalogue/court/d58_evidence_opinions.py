"""D-58: evidence list, opinions on the other side's evidence, outline of the debate (Rules 51)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph, paragraphs
from notices.bodies.court import table
from notices.bodies.frame import Frame, Values, as_case, text_of
from notices.bodies.parts import items, part
from notices.bodies.reports import internal
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


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the parts that are filled (D-58; Rules 51); the title names those and no other."""
    drawn: dict[str, tuple[Block, ...]] = {
        "证据清单": table(
            values.get("evidence", ""),
            *("证据名称", "来源", "证明内容", "页数"),
            shares=(5, 4, 6, 2),
        ),
        "质证意见": items(values.get("opinions", "")),
        "辩论提纲": paragraphs(values.get("outline", "")),
    }
    filled = {title: blocks for title, blocks in drawn.items() if blocks}
    blocks = (
        Paragraph(_case(values)),
        *(block for title, told in filled.items() for block in part(title, told)),
    )
    return internal(kind, frame, values, blocks, name="、".join(filled))


def _case(values: Values) -> str:
    case = as_case(text_of(values, "cause"))
    return f"案件：{text_of(values, 'court')}{text_of(values, 'case_number')}{case}"


TYPE = DocumentType(
    code="D-58",
    title_zh="证据清单、质证意见、辩论提纲",
    title_en="Evidence list, opinions, outline",
    stage="C4",
    administrative_stage="A8",
    article="Rules 51; EVID 19",
    approval=Approval.HANDLER,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("court", "人民法院", "Court", "Rules 51", kind=Kind.LINE),
        Content("case_number", "案号", "Case number", "Rules 51", kind=Kind.LINE),
        Content("cause", "案由", "Cause", "Rules 51", required=False, kind=Kind.LINE),
        Content(
            "evidence",
            "证据清单（每行一项：名称｜来源｜证明内容｜页数）",
            "Evidence, one a line: name｜source｜what it proves｜pages",
            "Rules 51; EVID 19",
        ),
        Content(
            "opinions",
            "对对方证据的质证意见（每行一项）",
            "Opinions on the other side's evidence, one a line",
            "Rules 51",
            required=False,
        ),
        Content("outline", "辩论提纲", "Outline of the debate", "Rules 51", required=False),
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
