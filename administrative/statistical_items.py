"""What the events of the administrative track and of governance are counted as."""

from __future__ import annotations

from cases.models import Track
from cases.registries import StatisticalItem, Unit, statistical_items

ITEMS = (
    StatisticalItem(
        "administrative_cases",
        "立案（行政）",
        "Cases filed (administrative)",
        "对行政机关立案的，由线索立案和在其他案件之外另行立案的都计，按立案决定日计。",
        "Cases filed against an authority, from a lead or beside another case, by the day of the decision.",
        Unit.CASES,
        track=Track.ADMINISTRATIVE,
    ),
    StatisticalItem(
        "consultations",
        "磋商",
        "Consultations",
        "与行政机关的磋商，每次计一次，按磋商日计。",
        "Consultations with authorities, each once, by its day.",
    ),
    StatisticalItem(
        "recommendations",
        "行政检察建议",
        "Recommendations to authorities",
        "决定向行政机关提出的检察建议，按决定日计。",
        "Recommendations to authorities, by the day of the decision.",
        Unit.DOCUMENTS,
    ),
    StatisticalItem(
        "replies",
        "行政机关回复",
        "Replies of authorities",
        "行政机关的回复，每次回复计一次，按收到日计。",
        "Replies of authorities, each once, by the day of receipt.",
    ),
    StatisticalItem(
        "measures_assessed",
        "评估整改措施",
        "Measures assessed",
        "对整改措施的评估，每次评估计一次，按评估日计。",
        "Assessments of measures, each once, by its day.",
    ),
    StatisticalItem(
        "follow_ups",
        "跟进调查",
        "Follow-ups",
        "开始的跟进调查，按开始日计。",
        "Follow-up investigations begun, by their first day.",
    ),
    StatisticalItem(
        "escalations",
        "通报、报告",
        "Escalations",
        "就检察建议向上级、人大等通报、报告的，每次计一次，按作出日计。",
        "Reports on a recommendation to those above, each once, by its day.",
    ),
    StatisticalItem(
        "administrative_cases_terminated",
        "行政终结案件",
        "Administrative cases terminated",
        "终结的行政公益诉讼案件，按决定日计。",
        "Cases against authorities terminated, by the day of the decision.",
        Unit.CASES,
    ),
    StatisticalItem(
        "administrative_cases_transferred",
        "行政案件移送",
        "Administrative cases transferred",
        "移送其他检察院的行政案件，按移送日计，只在移送院计。",
        "Cases against authorities handed to another office, by that day, in the sending office alone.",
        Unit.CASES,
    ),
    StatisticalItem(
        "administrative_cases_received",
        "接收移送行政案件",
        "Administrative cases received",
        "接收其他检察院移送的行政案件，按收到日计。",
        "Cases against authorities taken over from another office, by the day of receipt.",
        Unit.CASES,
    ),
    StatisticalItem(
        "administrative_suits",
        "决定起诉（行政）",
        "Suits decided (administrative)",
        "决定提起行政公益诉讼的，按决定日计。",
        "Decisions to sue an authority, by their day.",
        Unit.CASES,
    ),
    StatisticalItem(
        "administrative_suits_brought",
        "提起诉讼（行政）",
        "Suits brought (administrative)",
        "向人民法院递交行政公益诉讼起诉书的，按递交日计。",
        "Complaints against authorities delivered to a court, by that day.",
        Unit.CASES,
    ),
    StatisticalItem(
        "administrative_judgments",
        "行政裁判",
        "Judgments (administrative)",
        "行政公益诉讼裁判，每次计一次，按作出日计。",
        "Decisions of courts on suits against authorities, each once, by its day.",
    ),
    StatisticalItem(
        "administrative_suits_withdrawn",
        "撤回起诉（行政）",
        "Suits withdrawn (administrative)",
        "因行政机关依法履职等撤回起诉的，按撤回日计。",
        "Suits against authorities withdrawn, by that day.",
        Unit.CASES,
    ),
    StatisticalItem(
        "administrative_cases_closed",
        "行政结案",
        "Administrative cases closed",
        "结案的行政公益诉讼案件，按结案日计。",
        "Cases against authorities closed, by the day of closing.",
        Unit.CASES,
    ),
    StatisticalItem(
        "governance_recommendations",
        "社会治理检察建议",
        "Recommendations on governance",
        "决定提出的社会治理检察建议，按决定日计。",
        "Recommendations on governance, by the day of the decision.",
        Unit.DOCUMENTS,
    ),
    StatisticalItem(
        "governance_replies",
        "社会治理建议回复",
        "Replies on governance",
        "被建议单位的回复，每次计一次，按收到日计。",
        "Replies of the units addressed, each once, by the day of receipt.",
    ),
)


def register() -> None:
    """Hand the items to the registry."""
    for item in ITEMS:
        statistical_items.register(item.code, item)
