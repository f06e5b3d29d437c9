"""The scenes of service, effect, appeal and retrial (T37 to T40, T54 to T57)."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.models import Case
from tests.enforcement.scenes import log
from tests.litigation import suit
from tests.litigation.scenes.common import (
    PROOFS,
    SETTLEMENT_BREAKS,
    again,
    annulled,
    attending,
    lacks,
    met_in_full,
    moment,
    only_final,
    only_the_assistant,
    with_event,
)
from tests.support.guards import Scene
from tests.support.matters import force, happen
from tests.support.people import Cast


def judged_and_served(cast: Cast) -> Case:
    case = suit.judged(cast)
    suit.served(cast, case, date(2026, 6, 24))
    return case


def retried_and_served(cast: Cast) -> Case:
    """Make a case whose retrial judgment reached every party on 17 August: 1 September is the last day."""
    case = suit.in_retrial(cast)
    suit.served(cast, case, date(2026, 8, 17))
    return case


def _served_later(cast: Cast, case: Any) -> None:
    other = suit.second_defendant(cast, case)
    suit.served(cast, case, date(2026, 8, 18), str(other.pk))


def first_party(case: Any) -> str:
    return str(suit.defendants(case)[0].pk)


def itemised(cast: Cast) -> Case:
    case = suit.judged(cast)
    force(
        case,
        "S20",
        date(2026, 6, 22),
        actor=cast.handler,
        judgment=suit.judgment_of(case).pk,
        **ITEM,
    )
    return case


ITEM = {"kind": "K1", "text": "停止侵害。", "obligee": "社会公众", "due_days": 10}


def first_item(case: Any) -> dict[str, Any]:
    return {"item": suit.judgment_of(case).items.get().pk}


def _strike_item(cast: Cast, case: Any) -> None:
    happen(
        case, "operative_item_struck", date(2026, 6, 22), actor=cast.handler, facts=first_item(case)
    )


def owed(cast: Cast) -> Case:
    """The one paragraph of the judgment is owed since 10 July 2026."""
    case = itemised(cast)
    suit.served(cast, case, date(2026, 6, 24))
    force(case, "T38", date(2026, 7, 10), actor=cast.handler, effective_on="2026-07-10")
    force(case, "T41", date(2026, 7, 13), actor=cast.handler)
    return case


def _logged_on_it(cast: Cast, case: Any) -> None:
    log(cast.handler, case, case.obligations.get(), day="2026-07-13")


def _served_on_another(cast: Cast, case: Any) -> None:
    suit.second_defendant(cast, case)


OWN_APPEAL = {
    "party": "office",
    "appealed_on": "2026-07-09",
    "through_original_court": True,
    "copy_to_superior": True,
} | PROOFS
JUDGING: dict[str, Scene] = {
    "S19": Scene(
        moment(6, 24),
        suit.judged,
        {"party": "office"},
        breaks={
            "judgment_served_once": again("judgment_served", date(2026, 6, 24), party="office")
        },
    ),
    "S29": Scene(
        moment(6, 24),
        judged_and_served,
        breaks={"judgment_not_reported": again("judgment_reported", date(2026, 6, 24))},
    ),
    "S20": Scene(
        moment(6, 24),
        suit.judged,
        lambda case: ITEM | {"judgment": suit.judgment_of(case).pk},
        breaks={"judgment_stands": {"judgment": 0}, "item_is_measurable": {"obligee": None}},
    ),
    "S21": Scene(
        moment(7, 13),
        owed,
        first_item,
        breaks={"item_stands": _strike_item, "item_not_performed": _logged_on_it},
    ),
    "S23": Scene(
        moment(7, 10),
        judged_and_served,
        {"order": "appeal", "ordered_on": "2026-07-09"},
        breaks={"order_in_time": {"ordered_on": "2026-07-10"}},
    ),
    "T37": Scene(
        moment(7, 9),
        judged_and_served,
        documents=("D-60",),
        finished=("D-60",),
        facts=OWN_APPEAL,
        breaks={
            "appeal_issued": only_final("D-60"),
            "no_order_to_withdraw": again("superior_ordered", date(2026, 7, 1), order="withdraw"),
            "appeal_complete": lambda cast, case: lacks(cast, case, "D-60", "reasons"),
            "appeal_in_time": {"appealed_on": "2026-07-10"},
            "appeal_route": {"copy_to_superior": False},
        },
    ),
    "T37-2": Scene(
        moment(7, 10),
        judged_and_served,
        lambda case: {"party": first_party(case), "appealed_on": "2026-07-09"},
        breaks={"appeal_in_time": {"appealed_on": "2026-07-10"}},
    ),
    "T37-3": Scene(
        moment(7, 10),
        suit.on_appeal,
        lambda case: {"party": first_party(case), "appealed_on": "2026-07-09"},
        breaks={"appeal_in_time": {"appealed_on": "2026-07-10"}},
    ),
    "T37-4": Scene(
        moment(7, 9),
        suit.on_appeal,
        documents=("D-60",),
        finished=("D-60",),
        facts=OWN_APPEAL,
        breaks={
            "appeal_issued": only_final("D-60"),
            "no_order_to_withdraw": again("superior_ordered", date(2026, 7, 1), order="withdraw"),
            "appeal_complete": lambda cast, case: lacks(cast, case, "D-60", "reasons"),
            "office_has_not_appealed": again("appeal_filed", date(2026, 7, 2), party="office"),
            "appeal_in_time": {"appealed_on": "2026-07-10"},
            "appeal_route": {"copy_to_superior": False},
        },
    ),
    "S24": Scene(
        moment(7, 10),
        suit.on_appeal,
        lambda case: {"party": first_party(case)},
        breaks={"opponent_has_appealed": {"party": "0"}},
    ),
    "T38": Scene(
        moment(7, 10),
        judged_and_served,
        {"effective_on": "2026-07-10"},
        breaks={
            "served_on_every_party": _served_on_another,
            "appeal_periods_over": {"effective_on": "2026-07-09"},
        },
    ),
    "S18-2": Scene(
        moment(8, 3),
        suit.on_appeal,
        lambda case: attending(case) | {"superior_staff": "陈检察官"},
        breaks={
            "a_prosecutor_attends": only_the_assistant,
        },
        warns={"both_offices_appear": {"superior_staff": " "}},
    ),
    "S25-2": Scene(
        moment(8, 3),
        with_event(suit.on_appeal, "appeal_served", date(2026, 7, 27), party="office"),
        {"party": "office"},
        breaks={"appeal_reached_party": {"legal_day": "2026-07-26"}},
    ),
    "S26-3": Scene(
        moment(8, 3),
        with_event(suit.effective, "retrial_applied", date(2026, 7, 27), applicant="某公司"),
        breaks={"retrial_application_waits": annulled("retrial_applied")},
    ),
    "S26-2": Scene(
        moment(8, 3),
        suit.effective,
        lambda case: {"superior": case.office.parent_id},
        breaks={"superior_protests": lambda cast, case: {"superior": case.office_id}},
    ),
    "T54": Scene(
        moment(8, 3),
        suit.on_appeal,
        {"new_panel": True, "ground": "基本事实不清"},
        breaks={"new_panel": {"new_panel": False}},
    ),
    "T55": Scene(
        moment(8, 3),
        suit.on_appeal,
        documents=("D-59",),
        finished=("D-59",),
        facts=met_in_full,
        breaks={"settlement_opinion_issued": only_final("D-59")} | SETTLEMENT_BREAKS,
    ),
    "T56": Scene(
        moment(8, 3),
        suit.on_appeal,
        lambda case: {"appellants": [first_party(case)]},
        breaks={"every_appeal_withdrawn": {"appellants": ["office"]}},
    ),
    "S26": Scene(
        moment(1, 12, 2027),
        suit.effective,
        {"applied_on": "2027-01-11"},
        breaks={"retrial_application_in_time": {"applied_on": "2027-01-12"}},
    ),
    "T57": Scene(
        moment(9, 2),
        retried_and_served,
        {"procedure": "first"},
        breaks={"retrial_judgment_is_final": _served_later},
    ),
    "T40": Scene(
        moment(8, 3),
        suit.effective,
        {"ground": "own_review", "explanation": "确有错误"},
        breaks={"retrial_ground_fits": {"ground": "application"}},
    ),
}
