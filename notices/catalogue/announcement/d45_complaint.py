"""D-45: civil public-interest complaint (Rules 46; CPL 124; JI 14)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph, paragraphs
from notices.bodies.court import named, to_court
from notices.bodies.frame import Frame, Values, full_stop, led_by, text_of
from notices.bodies.parts import items, part
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

CIVIL, INCIDENTAL = "民事公益诉讼", "刑事附带民事公益诉讼"


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the complaint (D-45; Rules 46; CPL 124), by its own title beside a criminal case (Rules 97)."""
    suit = text_of(values, "suit") or CIVIL
    incidental = suit == INCIDENTAL
    litigator = f"{'附带民事' if incidental else ''}公益诉讼起诉人"
    defendant = f"{'附带民事公益诉讼' if incidental else ''}被告"
    blocks: tuple[Block, ...] = (
        *named(litigator, values.get("litigator", "")),
        *named(defendant, values.get("defendant", "")),
        *part("诉讼请求", items(values.get("claims", ""))),
        *part("案件来源及诉前程序", paragraphs(values.get("course", ""))),
        *part("事实", paragraphs(values.get("facts", ""))),
        *part("证据和证据来源", items(values.get("evidence", ""))),
        *part("理由", _reasons(values, suit)),
    )
    return to_court(kind, frame, values, blocks, name=f"{suit}起诉书")


def _reasons(values: Values, suit: str) -> tuple[Paragraph, ...]:
    """Return why the court should grant the claims, and on which articles the suit is brought."""
    reasons, basis = text_of(values, "reasons"), text_of(values, "basis")
    view = led_by("本院认为，", reasons) if reasons else ()
    ground = f"根据{basis}的规定" if basis else "据此"
    ask = f"{ground}，特向你院提起{suit}，请依法裁判。"
    return (*view, Paragraph(full_stop(ask))) if view or basis else ()


TYPE = DocumentType(
    code="D-45",
    title_zh="民事公益诉讼起诉书",
    title_en="Civil public-interest complaint",
    stage="P6",
    administrative_stage="A8",
    article="Rules 46; CPL 124; JI 14",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content(
            "suit",
            "诉讼类型",
            "Kind of suit",
            "Rules 97; JI 20",
            required=False,
            kind=Kind.LINE,
            fixed=True,
        ),
        Content("litigator", "公益诉讼起诉人", "Public-interest litigator", "Rules 46"),
        Content("defendant", "被告（每行一名）", "Defendants, one a line", "Rules 46; CPL 124"),
        Content("claims", "诉讼请求（每行一项）", "Claims, one a line", "Rules 46; CPL 124"),
        Content(
            "course",
            "案件来源及诉前程序",
            "Source of the case and pre-suit procedure",
            "JI 13, 14",
            sourced=True,
        ),
        Content("facts", "事实", "Facts", "Rules 46; CPL 124", sourced=True),
        Content(
            "evidence",
            "证据和证据来源（每行一项）",
            "Evidence and its source, one a line",
            "CPL 124",
        ),
        Content("reasons", "理由", "Reasons", "Rules 46; CPL 124"),
        Content("basis", "法律依据", "Legal basis", "Rules 46; CPL 124"),
        Content("court", "受诉人民法院", "Court", "JI 5; CPL 124", kind=Kind.LINE),
        Content("attachments", "附件（每行一项）", "Enclosures, one a line", "JI 14"),
        ISSUED_DAY,
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "诉"), NumberCode("刑附民公", "诉"), NumberCode("行公", "诉")),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
    needs_sources=True,
)
