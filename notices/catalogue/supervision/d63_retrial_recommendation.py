"""D-63: retrial recommendation (PRR 8, 16; CSR 87)."""

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
    code="D-63",
    title_zh="再审检察建议书",
    title_en="Retrial recommendation",
    stage="C9-C10",
    article="PRR 8, 16; CSR 87",
    approval=Approval.COMMITTEE,
    addressee=Addressee.COURT,
    delivery=Delivery.SERVICE,
    contents=(Content("reason", "理由", "Reason", "PRR 8, 16"),),
    numbering=Numbering.WORD,
    on=("case",),
)
