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
        "performances_refused",
        "核实未通过",
        "Performances refused",
        "核实未通过的履行，每次计一次，按核实日计。",
        "Performances that a second person refused, each once, by the day of the check.",
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
        "transfers_urged",
        "督促移送执行",
        "Transfers to enforcement urged",
        "督促人民法院移送执行的，每次计一次，按督促日计。",
        "Times a court was urged to transfer a decision to enforcement, by their day.",
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
        "enforcements_filed",
        "执行立案",
        "Enforcement cases registered",
        "人民法院执行立案的，按立案日计。",
        "Enforcement cases a court registered, by the day of registration.",
        Unit.CASES,
    ),
    StatisticalItem(
        "supervision_referrals",
        "移交执行监督",
        "Referrals to supervision",
        "移交执行监督的，每次计一次，按移交日计。",
        "Referrals to the supervision of enforcement, each once, by its day.",
    ),
    StatisticalItem(
        "enforcements_suspended",
        "中止执行",
        "Enforcements suspended",
        "裁定中止执行的，每次计一次，按裁定日计。",
        "Enforcements a court suspended, each time, by the day of the ruling.",
        Unit.CASES,
    ),
    StatisticalItem(
        "enforcements_resumed",
        "恢复执行",
        "Enforcements resumed",
        "中止后恢复执行的，每次计一次，按恢复日计。",
        "Enforcements resumed after a suspension, each time, by that day.",
        Unit.CASES,
    ),
    StatisticalItem(
        "rounds_terminated",
        "终结本次执行程序",
        "Rounds of enforcement terminated",
        "裁定终结本次执行程序的，每次计一次，按裁定日计。",
        "Rounds of enforcement a court terminated, each once, by the day of the ruling.",
        Unit.CASES,
    ),
    StatisticalItem(
        "enforcements_reopened",
        "恢复执行程序",
        "Enforcements opened again",
        "终结本次执行程序后恢复执行程序的，每次计一次，按恢复日计。",
        "Enforcements opened again after a round was terminated, each time, by that day.",
        Unit.CASES,
    ),
    StatisticalItem(
        "enforcements_terminated",
        "终结执行",
        "Enforcements terminated",
        "裁定终结执行的案件，按裁定日计。",
        "Cases whose enforcement a court terminated, by the day of the ruling.",
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
