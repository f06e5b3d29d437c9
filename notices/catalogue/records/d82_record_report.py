"""D-82: record report to the next-higher office (Rules 25, 58, 75, 96)."""

from __future__ import annotations

from dataclasses import replace

from documents.model import Block, OfficialDocument
from notices.bodies.frame import Frame, Values, text_of
from notices.bodies.official import letter
from notices.bodies.parts import enclosed, prose, said, sections
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
    """Return the report by which a paper is put on record with the next-higher office (D-82)."""
    blocks = (
        *_opening(values),
        *sections(
            ("案件情况", prose(values.get("case", ""))),
            ("备案文书", prose(values.get("document", ""))),
            ("送达情况", prose(values.get("served", ""))),
            ("其他需要报告的情况", prose(values.get("other", ""))),
        ),
        *said("特此报告。"),
        *enclosed(values.get("attachments", "")),
    )
    # Nobody signs it by name: the office reports, under its seal.
    return letter(kind, replace(frame, signature=None), values, blocks)


def _opening(values: Values) -> tuple[Block, ...]:
    basis = text_of(values, "basis")
    ground = f"根据{basis}的规定，" if basis else ""
    return said(text_of(values, "type"), f"{ground}现就", "事项向你院报告备案。")


TYPE = DocumentType(
    code="D-82",
    title_zh="备案报告",
    title_en="Record report to the next-higher office",
    stage="any",
    article="Rules 25, 58, 75, 96",
    approval=Approval.DEPARTMENT_HEAD,
    addressee=Addressee.SUPERIOR,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("addressee", "上一级人民检察院", "Next-higher office", "Rules 75", kind=Kind.LINE),
        Content("type", "备案类别", "Type", "Rules 75", kind=Kind.LINE),
        Content("basis", "备案依据", "Basis", "Rules 25, 58, 75, 96", kind=Kind.LINE),
        Content("case", "案件情况", "Case", "Rules 75"),
        Content("document", "备案文书", "Document", "Rules 75"),
        Content("served", "送达日期", "Date of service", "Rules 75"),
        Content("other", "其他", "Other", required=False),
        Content(
            "attachments",
            "备案文书副本（每行一项）",
            "Copies of the documents, one a line",
            "Rules 75",
        ),
        DAY,
    ),
    layout=Layout.OFFICIAL,
    template="2",
    repeats=True,
    body=body,
)
