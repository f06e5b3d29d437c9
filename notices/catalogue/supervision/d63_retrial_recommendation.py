"""D-63: retrial recommendation (PRR 8, 16; CSR 87)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument
from notices.bodies.frame import Frame, Values, as_case, text_of
from notices.bodies.official import letter
from notices.bodies.parts import enclosed, prose, said, sections
from notices.catalogue.contents import ENCLOSURES, ISSUED_DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
    Numbering,
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the recommendation that the court of the same level try its case again (D-63)."""
    blocks = (
        *said(
            as_case(text_of(values, "case")),
            "本院对",
            "的生效裁判进行了审查，现将审查情况和检察建议告知如下。",
        ),
        *sections(
            ("生效裁判", prose(values.get("decision", ""))),
            ("诉讼过程", prose(values.get("course", ""))),
            ("本院审查认定的事实", prose(values.get("facts", ""))),
            ("建议再审的理由", prose(values.get("reason", ""))),
        ),
        *_proposal(values),
        *enclosed(values.get("attachments", "")),
    )
    return letter(kind, frame, values, blocks)


def _proposal(values: Values) -> tuple[Block, ...]:
    ground, basis = text_of(values, "ground"), text_of(values, "basis")
    decided = text_of(values, "committee")
    words = (
        f"综上，上述生效裁判符合{ground}规定的情形。" if ground else "综上，",
        f"根据{basis}的规定，" if basis else "",
        f"经本院检察委员会{decided}讨论决定，" if decided else "",
        "特提出再审检察建议，请你院依法再审，并将审查结果书面回复本院。",
    )
    return said("".join(words))


TYPE = DocumentType(
    code="D-63",
    title_zh="再审检察建议书",
    title_en="Retrial recommendation",
    stage="C9-C10",
    machines=("case",),
    article="PRR 8, 16; CSR 87",
    approval=Approval.COMMITTEE,
    addressee=Addressee.COURT,
    delivery=Delivery.SERVICE,
    contents=(
        Content("addressee", "人民法院", "Court", "CSR 87", kind=Kind.LINE),
        Content("case", "案件名称", "Case", "PRR 16(1)", kind=Kind.LINE),
        Content("decision", "生效裁判", "Effective decision", "PRR 8"),
        Content("course", "诉讼过程", "Course of the proceedings", "PRR 16(1)"),
        Content("facts", "审查认定的事实", "Facts found", "PRR 16(2)"),
        Content("reason", "理由", "Reason", "PRR 8, 16"),
        Content("ground", "再审事由", "Ground for a retrial", "CPL 211, 219", kind=Kind.LINE),
        Content("basis", "法律依据", "Legal basis", "PRR 16(4)"),
        Content(
            "committee",
            "检察委员会讨论决定的日期",
            "Decision of the committee",
            "CSR 87",
            kind=Kind.LINE,
        ),
        ENCLOSURES,
        ISSUED_DAY,
    ),
    numbering=Numbering.WORD,
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
)
