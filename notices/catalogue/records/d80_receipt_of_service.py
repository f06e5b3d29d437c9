"""D-80: receipt of service (CPL 87; Rules 76)."""

from __future__ import annotations

from documents.model import FormDocument
from notices.bodies.frame import Frame, Values, day_of, text_of
from notices.bodies.receipts import Receipt, receipt_rows
from notices.bodies.ruled import ruled
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)


def body(kind: DocumentType, frame: Frame, values: Values) -> FormDocument:
    """Return the receipt that the recipient signs, or on which a refusal is noted (D-80)."""
    receipt = Receipt(
        matter=text_of(values, "case"),
        document=text_of(values, "document"),
        addressee=text_of(values, "addressee"),
        method=text_of(values, "method"),
        address=text_of(values, "address"),
        through=text_of(values, "through"),
        handed_over=text_of(values, "handed_over"),
        result=text_of(values, "result"),
        relation=text_of(values, "relation"),
        signed=text_of(values, "signature"),
        received_on=day_of(text_of(values, "date")),
        reason=text_of(values, "reason"),
        witnesses=text_of(values, "witnesses"),
        recorded=text_of(values, "recorded"),
    )
    return ruled(kind, frame, receipt_rows(receipt), notes=NOTES)


# Rules 76: a recommendation that is refused is left in, with a photo or a recording, noted on the receipt.
NOTES = ("拒绝签收的，注明拒收事由和日期，由送达人、见证人签名，或者附留置送达的照片、录像。",)

TYPE = DocumentType(
    code="D-80",
    title_zh="送达回证",
    title_en="Receipt of service",
    stage="any",
    article="CPL 87; Rules 76",
    approval=Approval.OUTSIDE,
    addressee=Addressee.FILE,
    delivery=Delivery.FILE,
    contents=(
        Content("case", "案件", "Matter", "CPL 87", kind=Kind.LINE),
        Content("document", "文书、文号", "Document and number", "CPL 87", kind=Kind.LINE),
        Content("addressee", "受送达人", "Addressee", "CPL 87", kind=Kind.LINE),
        Content("method", "送达方式", "Method", "CPL 87", required=False, kind=Kind.LINE),
        Content("address", "送达地址", "Address", required=False, kind=Kind.LINE),
        Content("through", "受托或者转交单位", "Through whom", required=False, kind=Kind.LINE),
        Content("handed_over", "交付日期", "Sent on", required=False, kind=Kind.LINE),
        Content("date", "送达日期", "Date", "CPL 87", kind=Kind.DAY),
        Content("result", "送达结果", "Result", required=False, kind=Kind.LINE),
        Content("relation", "收件人身份", "Who received it", required=False, kind=Kind.LINE),
        Content("signature", "签收或者拒收说明", "Signature or refusal note", "CPL 87"),
        Content("reason", "拒收、退回理由", "Reason of refusal", "Rules 76", required=False),
        Content("witnesses", "见证人", "Witnesses", "Rules 76", required=False, kind=Kind.LINE),
        Content(
            "recorded", "照片、录像", "Photo or video", "Rules 76", required=False, kind=Kind.LINE
        ),
    ),
    layout=Layout.FORM,
    template="1",
    repeats=True,
    body=body,
)
