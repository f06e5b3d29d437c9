"""D-66: letter urging transfer to enforcement (JI 12)."""

from __future__ import annotations

from documents.model import OfficialDocument, Paragraph, paragraphs
from notices.bodies.frame import Frame, Values
from notices.bodies.official import official
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
    """Return the letter that urges the court to transfer to enforcement (D-66; JI 12; CPL 247)."""
    decision = values.get("decision", "").strip()
    basis = values.get("basis", "").strip()
    blocks = (
        Paragraph(f"你院{decision}的裁判，下列履行事项期限届满，义务人未履行："),
        *paragraphs(values.get("items", "")),
        Paragraph(f"根据{basis}的规定，请你院依职权移送执行，并将有关情况告知本院。"),
    )
    return official(kind, frame, values, blocks, values.get("addressee", "").strip())


TYPE = DocumentType(
    code="D-66",
    title_zh="移送执行/督促移送函",
    title_en="Letter urging transfer to enforcement",
    stage="E1-E2",
    article="JI 12",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("addressee", "人民法院", "Court", "JI 12", kind=Kind.LINE),
        Content("decision", "生效裁判", "Effective decision", "JI 12", kind=Kind.LINE),
        Content("items", "未履行的事项", "What is not performed", "JI 12; CPL 247"),
        Content("basis", "依据", "Basis", "JI 12"),
        Content("day", "日期", "Date", kind=Kind.DAY, set_at_issue=True),
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
