"""What the events of the kernel are counted as."""

from __future__ import annotations

from cases.registries import StatisticalItem, Unit, statistical_items

ITEMS = (
    StatisticalItem(
        "leads_registered",
        "线索登记",
        "Leads registered",
        "登记入统一线索登记簿的线索，按登记的法定日计；移送而来的线索在接收院再计一件。",
        "Leads entered in the register, by the day of registration; one sent on by another office counts in "
        "the receiving office too.",
        Unit.LEADS,
    ),
    StatisticalItem(
        "major_leads",
        "重大线索",
        "Major leads",
        "认定为重大线索的，按认定日计。",
        "Leads marked as major, by the day of the finding.",
        Unit.LEADS,
    ),
    StatisticalItem(
        "leads_transferred",
        "移送线索",
        "Leads transferred",
        "决定移送其他检察院的线索，按移送日计。",
        "Leads handed to another procuratorate, by the day of the transfer.",
        Unit.LEADS,
    ),
    StatisticalItem(
        "leads_escalated",
        "报请上级院处理",
        "Leads reported upwards",
        "报请上级院处理的线索，每次计一次，按报请日计。",
        "Leads reported to the superior office for handling, each time, by the day of the report.",
        Unit.LEADS,
    ),
    StatisticalItem(
        "inquiries",
        "初步调查",
        "Preliminary inquiries",
        "开展初步调查的线索，每次计一次，按开始日计。",
        "Leads on which a preliminary inquiry began, each time, by its first day.",
        Unit.LEADS,
    ),
    StatisticalItem(
        "leads_not_filed",
        "不立案",
        "Leads not filed",
        "作出不立案决定的线索，按决定日计；重新评估后再次决定的再计一次。",
        "Leads on which it was decided not to file, by the day of the decision; each decision counts.",
        Unit.LEADS,
    ),
    StatisticalItem(
        "leads_reopened",
        "重新评估线索",
        "Leads reopened",
        "重新评估的线索，每次计一次，按重新评估日计。",
        "Leads reopened, each time, by the day it was done.",
        Unit.LEADS,
    ),
    StatisticalItem(
        "leads_merged",
        "并入其他线索",
        "Leads merged",
        "并入其他线索的线索，按并入日计。",
        "Leads merged into another one, by the day of the merger.",
        Unit.LEADS,
    ),
    StatisticalItem(
        "cases_filed",
        "立案（民事）",
        "Cases filed (civil)",
        "由线索立为民事公益诉讼案件的，按立案决定日计；分案、接收移送的案件不在内。",
        "Civil cases filed from a lead, by the day of the decision; none that was split off or received.",
        Unit.CASES,
    ),
    StatisticalItem(
        "investigations",
        "开展调查",
        "Investigations begun",
        "开始调查的案件，按开始日计。",
        "Cases in which the investigation began, by its first day.",
        Unit.CASES,
    ),
    StatisticalItem(
        "investigative_acts",
        "调查取证",
        "Investigative acts",
        "记录的调查取证行为，每一次计一次，按实施日计。",
        "Investigative acts on record, each once, by the day of the act.",
    ),
    StatisticalItem(
        "investigations_closed",
        "调查终结（民事）",
        "Investigations closed (civil)",
        "调查终结的民事案件，按终结日计。",
        "Civil cases in which the investigation was closed, by that day.",
        Unit.CASES,
    ),
    StatisticalItem(
        "cases_terminated",
        "终结案件",
        "Cases terminated",
        "作出终结案件决定的，按决定日计。",
        "Cases terminated, by the day of the decision.",
        Unit.CASES,
    ),
    StatisticalItem(
        "announcements",
        "诉前公告",
        "Announcements published",
        "发布的诉前公告，按刊登日计，不按批准日计。",
        "Pre-suit announcements, by the day they were published, not approved.",
    ),
    StatisticalItem(
        "recusals",
        "回避决定",
        "Decisions on recusal",
        "就回避作出的决定，准许与否都计，按决定日计。",
        "Decisions on recusal, granted or not, by the day of the decision.",
    ),
    StatisticalItem(
        "recusal_reviews",
        "回避复议决定",
        "Reviews of recusals decided",
        "对回避决定的复议所作的决定，按决定日计。",
        "Decisions on the review of a recusal, by their day.",
    ),
)


def register() -> None:
    """Hand the items to the registry."""
    for item in ITEMS:
        statistical_items.register(item.code, item)
