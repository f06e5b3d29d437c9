"""D-80: receipt of service (CPL 87; Rules 76)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

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
        Content("document", "文书、文号", "Document and number", "CPL 87"),
        Content("date", "送达日期", "Date", "CPL 87"),
        Content("signature", "签收或者拒收说明", "Signature or refusal note", "CPL 87"),
    ),
)
