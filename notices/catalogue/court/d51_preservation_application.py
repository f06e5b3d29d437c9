"""D-51: preservation application or proposal (CPL 103-104; EVID 25)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-51",
    title_zh="保全申请书/行为保全建议书",
    title_en="Preservation application or proposal",
    stage="P6, C1-C4",
    article="CPL 103-104; EVID 25",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("respondent", "被申请人", "Respondent", "CPL 103"),
        Content(
            "object",
            "保全的财产、行为或者证据",
            "Property, act or evidence",
            "CPL 103; EVID 25",
        ),
        Content("reason", "理由", "Reason", "CPL 103"),
        Content("urgency", "紧急情况", "Urgency", "CPL 104"),
        Content("security", "担保", "Security", "CPL 104"),
    ),
    on=("case",),
)
