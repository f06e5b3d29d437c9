"""D-86: look-back report."""

from __future__ import annotations

from documents.model import OfficialDocument
from notices.bodies.frame import Frame, Values, as_case, text_of
from notices.bodies.parts import prose, said, sections
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
    """Return the report of what was tested again after the performance (D-86)."""
    blocks = (
        *said(
            as_case(text_of(values, "case")),
            "本院对",
            "的履行效果开展了“回头看”，现将有关情况报告如下。",
        ),
        *sections(
            ("裁判和履行情况", prose(values.get("background", ""))),
            ("检查事项和检查情况", prose(values.get("items", ""))),
            ("检查结论", prose(values.get("relapse", ""))),
            ("发现的新线索", prose(values.get("lead", ""))),
            ("处理意见", prose(values.get("proposal", ""))),
        ),
    )
    return internal(kind, frame, values, blocks)


TYPE = DocumentType(
    code="D-86",
    title_zh="回头看报告",
    title_en="Look-back report",
    stage="E7",
    article="",
    approval=Approval.DEPARTMENT_HEAD,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("case", "案件名称", "Case", required=False, kind=Kind.LINE),
        Content("background", "裁判和履行情况", "Decision and performance", required=False),
        Content("items", "检查事项", "Items checked", ""),
        Content("relapse", "是否反弹", "Relapse", ""),
        Content("lead", "新线索", "New lead", ""),
        Content("proposal", "处理意见", "Proposal", required=False),
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="3",
    practice=True,
    body=body,
)
