"""D-31: fact confirmation letter (Rules 70)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-31",
    title_zh="事实确认书",
    title_en="Fact confirmation letter",
    stage="A2",
    article="Rules 70",
    approval=Approval.DEPARTMENT_HEAD,
    addressee=Addressee.AUTHORITY,
    delivery=Delivery.SERVICE,
    contents=(
        Content("facts", "事实", "Facts", "Rules 70"),
        Content("question", "需确认的问题", "Question", "Rules 70"),
        Content("term", "答复期限", "Reply term", "Rules 70"),
    ),
    on=("case",),
)
