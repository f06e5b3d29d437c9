"""D-62: protest (Rules 64; CPL 219, 223)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Numbering,
)

TYPE = DocumentType(
    code="D-62",
    title_zh="抗诉书",
    title_en="Protest",
    stage="C10",
    article="Rules 64; CPL 219, 223",
    approval=Approval.SUPERIOR,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("facts", "事实", "Facts", "CPL 223"),
        Content("law", "法律依据", "Law", "CPL 223"),
    ),
    numbering=Numbering.WORD,
    on=("case",),
)
