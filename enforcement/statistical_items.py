"""What the events of performance, enforcement and the end of a case are counted as."""

from __future__ import annotations

from cases.registries import StatisticalItem, Unit, statistical_items

ITEMS = (
    StatisticalItem(
        "performances_verified",
        "核实履行",
        "Performances verified",
        "经第二人核实的履行，每次计一次，按核实日计。",
        "Performances a second person verified, each once, by the day of the check.",
    ),
    StatisticalItem(
        "obligations_final",
        "义务终结",
        "Obligations final",
        "不再需要履行的义务，已履行、终结的都计，按终结日计。",
        "Obligations that are final, performed or ended, by that day.",
    ),
    StatisticalItem(
        "decisions_performed",
        "裁判履行完毕",
        "Decisions performed",
        "未经执行而全部履行完毕的案件，按确认日计。",
        "Cases in which everything was performed without enforcement, by the day it was found.",
        Unit.CASES,
    ),
    StatisticalItem(
        "enforcements",
        "进入执行",
        "Enforcements begun",
        "移送执行的案件，按移送日计。",
        "Cases that went to enforcement, by that day.",
        Unit.CASES,
    ),
    StatisticalItem(
        "decisions_enforced",
        "执行完毕",
        "Decisions enforced",
        "执行完毕的案件，按执行完毕日计。",
        "Cases fully enforced, by that day.",
        Unit.CASES,
    ),
    StatisticalItem(
        "look_backs",
        "回头看",
        "Look-backs",
        "开展的回头看，按开始日计。",
        "Look-backs begun, by their first day.",
    ),
    StatisticalItem(
        "relapses",
        "反弹",
        "Relapses",
        "回头看中发现的反弹，每次计一次，按发现日计。",
        "Relapses found in a look-back, each once, by its day.",
    ),
    StatisticalItem(
        "cases_closed",
        "结案（民事）",
        "Cases closed (civil)",
        "结案的民事案件，按结案日计。",
        "Civil cases closed, by the day of closing.",
        Unit.CASES,
    ),
    StatisticalItem(
        "cases_archived",
        "归档",
        "Cases archived",
        "归档的案件，按归档日计。",
        "Cases archived, by the day of archiving.",
        Unit.CASES,
    ),
)


def register() -> None:
    """Hand the items to the registry."""
    for item in ITEMS:
        statistical_items.register(item.code, item)
