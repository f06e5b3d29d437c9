"""D-22: questioning record (Rules 36, 37)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-22",
    title_zh="询问笔录",
    title_en="Questioning record",
    stage="P2",
    article="Rules 36, 37",
    approval=Approval.HANDLER,
    addressee=Addressee.FILE,
    delivery=Delivery.FILE,
    contents=(
        Content("time_place", "时间、地点", "Time and place", "Rules 37"),
        Content("cards", "出示工作证件", "Work cards shown", "Rules 37"),
        Content("individual", "个别询问", "Individual questioning", "Rules 37"),
        Content("answers", "问答内容", "Questions and answers", "Rules 37"),
        Content(
            "confirmation",
            "核对、签名或者拒绝签名的说明",
            "Confirmation, signature or refusal",
            "Rules 37",
        ),
    ),
    on=("case",),
)
