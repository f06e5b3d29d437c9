"""D-42: log of replies to the announcement (Rules 93)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
)

TYPE = DocumentType(
    code="D-42",
    title_zh="回复告知/答复记录",
    title_en="Log of replies to the announcement",
    stage="P4",
    article="Rules 93",
    approval=Approval.HANDLER,
    addressee=Addressee.FILE,
    delivery=Delivery.FILE,
    contents=(
        Content("who", "回复主体", "Who", "Rules 93"),
        Content("when", "回复日期", "Date", "Rules 93", kind=Kind.DAY),
        Content("content", "回复内容", "Content", "Rules 93"),
        Content("decision", "处理意见", "Decision", "Rules 93"),
    ),
    on=("case",),
)
