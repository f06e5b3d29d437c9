"""D-05: filing approval form (Rules 28-30)."""

from __future__ import annotations

from documents.model import FormDocument, FormRow, OpinionCell, OpinionSignature
from notices.bodies.forms import form, opinion, row
from notices.bodies.frame import Frame, Values
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


def body(kind: DocumentType, frame: Frame, values: Values) -> FormDocument:
    """Return the approval form of a filing (D-05; Rules 28-30): three opinions, signed by hand."""
    rows = (
        row(kind, values, "lead", 2),
        row(kind, values, "violator", 1),
        row(kind, values, "facts", 6),
        row(kind, values, "law", 2),
        row(kind, values, "inquiry_report", 1),
        FormRow(
            (
                OpinionCell(
                    "承办人意见",
                    values.get("proposal", "").strip(),
                    signatures=(OpinionSignature("承办检察官"),),
                ),
            )
        ),
        opinion("部门负责人意见", "部门负责人"),
        opinion("检察长决定", "检察长"),
    )
    return form(kind, frame, rows)


TYPE = DocumentType(
    code="D-05",
    title_zh="立案审批表",
    title_en="Filing approval form",
    stage="L1-L2",
    article="Rules 28-30",
    approval=Approval.CHIEF,
    addressee=Addressee.DECIDERS,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("lead", "案件线索", "Lead", "Rules 28"),
        Content("violator", "违法行为人", "Violator", "Rules 29", kind=Kind.LINE),
        Content("facts", "主要事实", "Facts", "Rules 28"),
        Content("law", "法律依据", "Law", "Rules 28"),
        Content("proposal", "承办人意见（立案或者不立案）", "Proposal: file or not", "Rules 30"),
        Content(
            "inquiry_report",
            "所附初步调查报告",
            "Attached inquiry report",
            "Rules 27",
            kind=Kind.LINE,
        ),
    ),
    numbering=Numbering.INTERNAL,
    on=("lead",),
    layout=Layout.FORM,
    template="1",
    body=body,
)
