"""D-10 to D-12: recusal, extension, directions of the superior office."""

from __future__ import annotations

from notices.catalogue.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPES = (
    DocumentType(
        "D-10",
        "回避决定书",
        "Recusal decision",
        "any",
        "Rules 19-23",
        Approval.CHIEF_OR_COMMITTEE,
        Addressee.PERSON,
        Delivery.SERVICE,
        contents=(
            Content("result", "决定结果", "Result", "Rules 22"),
            Content("reason", "理由", "Reason", "Rules 23"),
        ),
    ),
    DocumentType(
        "D-11",
        "延长审查起诉期限审批表",
        "Extension of the review period",
        "P5",
        "Rules 47",
        Approval.CHIEF,
        Addressee.DECIDERS,
        Delivery.SYSTEM,
        contents=(
            Content("reason", "延长理由", "Reason", "Rules 47"),
            Content("old_end", "原期限届满日", "Old end date", "Rules 47"),
            Content("new_end", "新期限届满日", "New end date", "Rules 47"),
        ),
        on=("case",),
    ),
    DocumentType(
        "D-12",
        "交办/提办/督办/领办函、调用检察人员决定",
        "Directions, staff borrowing",
        "any",
        "Rules 10, 11",
        Approval.SUPERIOR,
        Addressee.OFFICE,
        Delivery.SYSTEM,
        contents=(
            Content("case", "案件", "Case", "Rules 11"),
            Content("scope", "事项范围", "Scope", "Rules 11"),
            Content("term", "期限", "Term", "Rules 11"),
        ),
    ),
)
