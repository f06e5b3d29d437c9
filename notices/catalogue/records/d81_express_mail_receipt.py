"""D-81: express-mail receipt (EMS 6-10)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

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
        Content("attempts", "投递情况", "Attempts", "EMS 6"),
        Content("sign", "签收", "Signature", "EMS 8"),
        Content("return", "退回理由", "Reason of return", "EMS 8", required=False),
    ),
)
