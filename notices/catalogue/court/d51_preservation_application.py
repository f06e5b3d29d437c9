"""D-51: preservation application, or the proposal of behaviour preservation (CPL 103-104; EVID 25)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph, paragraphs
from notices.bodies.court import named, to_court
from notices.bodies.frame import Frame, Values, as_case, text_of
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

APPLICATION, PROPOSAL = "保全申请书", "行为保全建议书"


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return application or proposal (D-51; CPL 84, 103-104): against whom, of what, why, how urgent."""
    proposal = text_of(values, "instrument") == PROPOSAL
    word = "建议" if proposal else "申请"
    blocks: tuple[Block, ...] = (
        *named(f"{word}人", frame.office),
        *named("被申请人", values.get("respondent", "")),
        *named("相关案件", as_case(text_of(values, "case"))),
        *part(f"{word}事项", items(values.get("object", ""))),
        *part("事实与理由", paragraphs(values.get("reason", ""))),
        *part("情况紧急的说明", paragraphs(values.get("urgency", ""))),
        *part("担保", paragraphs(values.get("security", ""))),
        Paragraph(_ask(values, proposal)),
    )
    return to_court(kind, frame, values, blocks, name=PROPOSAL if proposal else APPLICATION)


def _ask(values: Values, proposal: bool) -> str:
    basis = text_of(values, "basis")
    ground = f"根据{basis}的规定，" if basis else ""
    if proposal:
        return f"{ground}建议你院依法裁定采取上述行为保全措施。"
    return f"{ground}申请你院依法裁定采取上述保全措施。"


TYPE = DocumentType(
    code="D-51",
    title_zh="保全申请书/行为保全建议书",
    title_en="Preservation application or proposal",
    stage="P6, C1-C4",
    administrative_stage="A8",
    article="CPL 103-104; EVID 25",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content(
            "instrument",
            "文书名称",
            "Which paper: application or proposal",
            "CPL 103-104",
            kind=Kind.CHOICE,
            options=(APPLICATION, PROPOSAL),
        ),
        Content("court", "人民法院", "Court", "CPL 103-104", kind=Kind.LINE),
        Content(
            "case", "相关案件", "Case it belongs to", "CPL 103", required=False, kind=Kind.LINE
        ),
        Content("respondent", "被申请人（每行一名）", "Respondents, one a line", "CPL 103"),
        Content(
            "object",
            "保全的财产、行为或者证据（每行一项）",
            "Property, act or evidence, one a line",
            "CPL 103; EVID 25",
        ),
        Content("reason", "理由", "Reason", "CPL 103"),
        Content("urgency", "紧急情况", "Urgency", "CPL 104"),
        Content("security", "担保", "Security", "CPL 104"),
        Content(
            "basis",
            "法律依据（检察机关诉前申请保全未见明文，未核实）",
            "Legal basis (before suit: no text names procuratorates, not verified)",
            "CPL 84, 103-104",
        ),
        ENCLOSURES,
        ISSUED_DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
)
