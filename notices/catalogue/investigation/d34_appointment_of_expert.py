"""D-34: appointment of a person with special knowledge (EXPERT)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-34",
    title_zh="专门知识的人聘请书/委托书",
    title_en="Appointment of a person with special knowledge",
    stage="P2, C4",
    article="EXPERT",
    approval=Approval.CHIEF,
    addressee=Addressee.UNIT,
    delivery=Delivery.SERVICE,
    contents=(
        Content("task", "任务", "Task", "EXPERT"),
        Content("term", "期限", "Term", "EXPERT"),
        Content("secrecy", "保密承诺", "Secrecy undertaking", "EXPERT"),
    ),
    on=("case",),
)
