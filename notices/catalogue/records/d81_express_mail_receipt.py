"""D-81: express-mail receipt (EMS 6-10)."""

from __future__ import annotations

from documents.model import FormDocument
from notices.bodies.frame import Frame, Values, day_of, text_of
from notices.bodies.parts import lines
from notices.bodies.receipts import ATTEMPTS_NOTE, MAIL_NOTES, MOST_ATTEMPTS, Receipt, receipt_rows
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

NOTES = (*MAIL_NOTES, ATTEMPTS_NOTE)


def body(kind: DocumentType, frame: Frame, values: Values) -> FormDocument:
    """Return the receipt of an express mail with its attempts (D-81); room for three on an empty one."""
    tried = lines(values.get("attempts", "")) or ("",) * MOST_ATTEMPTS
    receipt = Receipt(
        matter=text_of(values, "case"),
        document=text_of(values, "document"),
        addressee=text_of(values, "addressee"),
        method="检察专递",
        address=text_of(values, "address"),
        handed_over=text_of(values, "handed_over"),
        consignment=text_of(values, "consignment"),
        attempts=tried,
        result=text_of(values, "result"),
        relation=text_of(values, "relation"),
        signed=text_of(values, "sign"),
        received_on=day_of(text_of(values, "date")),
        reason=text_of(values, "return"),
    )
    return ruled(kind, frame, receipt_rows(receipt), notes=NOTES)


TYPE = DocumentType(
    code="D-81",
    title_zh="检察专递回执",
    title_en="Express-mail receipt",
    stage="any",
    article="EMS 6-10",
    approval=Approval.OUTSIDE,
    addressee=Addressee.FILE,
    delivery=Delivery.FILE,
    contents=(
        Content("case", "案件", "Matter", "EMS 6", kind=Kind.LINE),
        Content("document", "文书、文号", "Document and number", "EMS 6", kind=Kind.LINE),
        Content("addressee", "收件人", "Addressee", "EMS 6", kind=Kind.LINE),
        Content("address", "送达地址", "Address", "EMS 3-5", required=False, kind=Kind.LINE),
        Content("consignment", "邮件号码", "Consignment", "EMS 6", kind=Kind.LINE),
        Content("handed_over", "交付日期", "Sent on", required=False, kind=Kind.LINE),
        Content("attempts", "投递情况", "Attempts", "EMS 6"),
        Content("date", "签收或者退回日期", "Date", "EMS 6, 8", kind=Kind.DAY),
        Content("result", "送达结果", "Result", "EMS 9", required=False, kind=Kind.LINE),
        Content("relation", "收件人身份", "Who signed", "EMS 9", required=False, kind=Kind.LINE),
        Content("sign", "签收", "Signature", "EMS 8"),
        Content("return", "退回理由", "Reason of return", "EMS 8", required=False),
    ),
    layout=Layout.FORM,
    template="1",
    repeats=True,
    body=body,
)
