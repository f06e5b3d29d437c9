"""D-40: investigation closing report (Rules 86, 89)."""

from __future__ import annotations

from notices.bodies.reports import report
from notices.catalogue.contents import DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Layout,
)

# The seven groups of facts of Rules 86; the wording was not compared with the official text.
FACT_GROUPS = (
    Content(
        "violator", "违法行为人的基本情况", "Data of the violator", "Rules 86(1)", sourced=True
    ),
    Content(
        "act", "违法行为人实施的损害社会公共利益的行为", "The act", "Rules 86(2)", sourced=True
    ),
    Content(
        "harm",
        "社会公共利益受到损害的类型、具体数额或者程度",
        "Harm to the public interest",
        "Rules 86(3)",
        sourced=True,
    ),
    Content(
        "causation", "违法行为与损害后果之间的因果关系", "Causal link", "Rules 86(4)", sourced=True
    ),
    Content("fault", "违法行为人的主观过错情况", "Fault", "Rules 86(5)", sourced=True),
    Content(
        "exemption",
        "违法行为人免除或者减轻责任的相关事实",
        "Exemption or reduction",
        "Rules 86(6)",
        sourced=True,
    ),
    Content("other", "其他需要查明的事项", "Other facts", "Rules 86(7)", sourced=True),
)


TYPE = DocumentType(
    code="D-40",
    title_zh="调查终结报告",
    title_en="Investigation closing report",
    stage="P3",
    administrative_stage="A2-A3",
    article="Rules 86, 89",
    approval=Approval.CHIEF,
    addressee=Addressee.DECIDERS,
    delivery=Delivery.SYSTEM,
    contents=(
        Content(
            "course",
            "案件来源及调查经过",
            "Source and course of the investigation",
            required=False,
        ),
        *FACT_GROUPS,
        Content("law", "法律适用分析", "Law", "Rules 89"),
        Content(
            "proposal",
            "处理意见（终结案件或者发布公告）",
            "Proposal: terminate or announce",
            "Rules 89",
        ),
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=report,
)
