"""D-70: recommendation (public interest) (Rules 75)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    NumberCode,
    Numbering,
)

TYPE = DocumentType(
    code="D-70",
    title_zh="检察建议书（公益诉讼，致行政机关）",
    title_en="Recommendation (public interest)",
    stage="A4",
    article="Rules 75",
    approval=Approval.CHIEF,
    addressee=Addressee.AUTHORITY,
    delivery=Delivery.SERVICE,
    contents=(
        Content("name", "行政机关名称", "Name of the authority", "Rules 75(1)"),
        Content("source", "案件来源", "Source of the case", "Rules 75(2)"),
        Content("harm", "公益受到侵害的事实", "Facts of the harm", "Rules 75(3)"),
        Content(
            "failure",
            "不依法履职的事实和理由",
            "Facts and reasons of non-performance",
            "Rules 75(4)",
        ),
        Content("basis", "法律依据", "Legal basis", "Rules 75(5)"),
        Content("content", "建议内容", "Content", "Rules 75(6)"),
        Content("period", "整改期限", "Rectification period", "Rules 75(7)"),
        Content("other", "其他", "Other", "Rules 75(8)", required=False),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("行公", "建"),),
    on=("case",),
)
