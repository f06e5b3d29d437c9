"""The scenes from preparation to the first judgment (T25 to T36, T53)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from cases.models import Case
from litigation.models import Claim
from tests.litigation import suit
from tests.litigation.scenes.common import (
    NO_PROOF,
    PROOFS,
    SETTLEMENT_BREAKS,
    again,
    annulled,
    attending,
    first_claim,
    met_in_full,
    moment,
    no_longer_heard,
    only_final,
    only_the_assistant,
    settling,
    strike_all,
    with_event,
)
from tests.support.guards import Scene
from tests.support.matters import force, happen
from tests.support.people import Cast


def suspended(make: Callable[[Cast], Case]) -> Callable[[Cast], Case]:
    def maker(cast: Cast) -> Case:
        case = make(cast)
        force(case, "T34", date(2026, 6, 22), actor=cast.handler)
        return case

    return maker


def realised(cast: Cast) -> Case:
    case = suit.in_trial(cast)
    for row in Claim.objects.filter(case=case):
        force(case, "S16", date(2026, 6, 16), actor=cast.handler, claim=row.pk)
    return case


def withdrawing(cast: Cast) -> Case:
    """Make a case whose withdrawal is decided and handed to the court."""
    case = realised(cast)
    happen(case, "withdrawal_submitted", date(2026, 6, 22), actor=cast.handler)
    return case


def withdrawal_approved(cast: Cast) -> Case:
    case = realised(cast)
    happen(case, "act_approved", date(2026, 6, 22), actor=cast.chief, facts={"transition": "T33"})
    return case


def _claim_again(cast: Cast, case: Any) -> None:
    happen(case, "claim_entered", date(2026, 6, 22), actor=cast.handler, facts=suit.CLAIM)


def objection_refused(cast: Cast) -> Case:
    """Make a case whose only defendant objected to the court in vain; his ten days end on 1 June."""
    case = suit.in_preparation(cast)
    party = str(suit.defendants(case)[0].pk)
    force(case, "S61", date(2026, 5, 20), actor=cast.handler, objector=party, party=party)
    return case


def ruling_appealed(case: Any) -> dict[str, Any]:
    ruling = case.events.get(kind="jurisdiction_objection_refused")
    return {"ruling": str(ruling.pk), "appealed_on": "2026-06-01"}


def first_defendant(case: Any) -> dict[str, Any]:
    return {"defendant": suit.defendants(case)[0].pk}


TRIAL: dict[str, Scene] = {
    "S13": Scene(
        moment(5, 20),
        suit.in_preparation,
        first_defendant,
        breaks={"complaint_reached_defendant": {"legal_day": "2026-05-10"}},
    ),
    "S09": Scene(
        moment(10, 20),
        suit.in_trial,
        {"by": "president", "until": "2027-05-07"},
        breaks={
            "trial_end_is_later": {"until": "2026-11-09"},
            "president_gives_six_months": {"until": "2027-05-11"},
        },
    ),
    "S61-2": Scene(
        moment(6, 2),
        objection_refused,
        ruling_appealed,
        breaks={"jurisdiction_appeal_in_time": {"appealed_on": "2026-06-02"}},
    ),
    "T25": Scene(
        moment(5, 20),
        suit.suit_accepted,
        {"evidence_days": 15},
        breaks={"evidence_period_long_enough": {"evidence_days": None}},
    ),
    "T26": Scene(
        moment(5, 20),
        suit.in_preparation,
        {"permitted": True},
        breaks={
            "court_permits_joining": {"permitted": False},
            "before_the_hearing": again("hearing_held", date(2026, 5, 19)),
        },
    ),
    "T53": Scene(
        moment(5, 20),
        suit.in_preparation,
        lambda case: {
            "court": suit.internet_court().pk,
            "cause": "objection",
            "objector": suit.defendants(case)[0].pk,
            "objected_on": "2026-05-20",
        },
        breaks={
            "new_court_is_competent": no_longer_heard,
            "objection_in_time": {"objected_on": "2026-05-27"},
        },
    ),
    "S08-2": Scene(
        moment(5, 20),
        with_event(suit.in_preparation, "trial_time_excluded", date(2026, 5, 12)),
        breaks={"exclusion_open": {"exclusion": "0"}},
    ),
    "T28": Scene(
        moment(6, 22),
        suit.in_trial,
        documents=("D-54",),
        finished=("D-54",),
        facts=lambda case: {"change": "replace"} | first_claim(case) | suit.CLAIM | PROOFS,
        breaks={
            "change_of_claims_issued": only_final("D-54"),
            "change_names_its_claim": {"claim": 0},
            "claim_is_measurable": {"text": None},
            "debate_open_or_court_record": again(
                "hearing_held", date(2026, 6, 15), debate_closed=True
            ),
            "delivery_receipt": NO_PROOF,
        },
    ),
    "S16": Scene(moment(6, 22), suit.in_trial, first_claim, breaks={"claim_stands": strike_all}),
    "T29": Scene(
        moment(6, 8),
        suit.in_preparation,
        attending,
        breaks={
            "a_prosecutor_attends": only_the_assistant,
            "hearing_notice_in_time": {"days_before": -1},
        },
    ),
    "T29-2": Scene(
        moment(6, 22),
        suit.in_trial,
        attending,
        breaks={
            "a_prosecutor_attends": only_the_assistant,
            "hearing_notice_in_time": {"days_before": -1},
        },
    ),
    "T29-3": Scene(
        moment(7, 13),
        suit.on_appeal,
        attending,
        breaks={
            "a_prosecutor_attends": only_the_assistant,
            "hearing_notice_in_time": {"days_before": -1},
        },
    ),
    "S17": Scene(
        moment(6, 22),
        suit.in_trial,
        documents=("D-50",),
        finished=("D-50",),
        facts=attending,
        breaks={
            "attendance_notice_issued": only_final("D-50"),
            "a_prosecutor_attends": only_the_assistant,
            "attendance_follows_notice": {"legal_day": "2026-06-07"},
        },
    ),
    "S18": Scene(
        moment(6, 22),
        suit.in_trial,
        attending,
        breaks={
            "a_prosecutor_attends": only_the_assistant,
            "panel_of_seven": {"judges": None},
        },
    ),
    "T30": Scene(
        moment(6, 22),
        suit.in_trial,
        documents=("D-59",),
        finished=("D-59",),
        facts=met_in_full,
        breaks={"settlement_opinion_issued": only_final("D-59")} | SETTLEMENT_BREAKS,
    ),
    "T31": Scene(
        moment(7, 23),
        settling(suit.in_trial),
        {"no_harm_found": True} | PROOFS,
        breaks={
            "settlement_publication_over": again("settlement_published", date(2026, 6, 23)),
            "court_found_no_harm": {"no_harm_found": False},
        },
    ),
    "T32": Scene(
        moment(7, 23),
        settling(suit.in_trial),
        breaks={"settled_in_trial": again("settlement_published", date(2026, 6, 23))},
    ),
    "T32-2": Scene(
        moment(8, 3),
        settling(suit.on_appeal),
        breaks={"settled_at_second_instance": again("settlement_published", date(2026, 7, 23))},
    ),
    "S22": Scene(
        moment(6, 22),
        withdrawal_approved,
        documents=("D-55",),
        finished=("D-55",),
        breaks={
            "withdrawal_issued": only_final("D-55"),
            "withdrawal_decided": annulled("act_approved"),
        },
    ),
    "T33": Scene(
        moment(6, 22),
        withdrawing,
        PROOFS,
        documents=("D-55",),
        finished=("D-55",),
        breaks={
            "withdrawal_issued": only_final("D-55"),
            "all_claims_realised": _claim_again,
            "withdrawal_submitted": annulled("withdrawal_submitted"),
            "court_allows_withdrawal": NO_PROOF,
        },
        warns={"debate_not_closed": again("hearing_held", date(2026, 6, 15), debate_closed=True)},
    ),
    "T34": Scene(
        moment(6, 22),
        suit.in_trial,
        {"ground": "entity_ended"},
        breaks={"suspension_ground": {"ground": "heirs_awaited"}},
    ),
    "T35": Scene(
        moment(6, 22),
        suit.in_trial,
        {"ground": "other", "explanation": "本案诉讼目的已无法实现。"},
        breaks={"termination_ground_of_trial": {"explanation": " "}},
    ),
    "T34-2": Scene(
        moment(6, 22),
        suspended(suit.in_preparation),
        breaks={
            "suspended_in_preparation": again("litigation_suspended", date(2026, 6, 22)),
        },
    ),
    "T34-3": Scene(
        moment(6, 22),
        suspended(suit.in_trial),
        breaks={"suspended_in_trial": again("litigation_suspended", date(2026, 6, 22))},
    ),
    "T36": Scene(
        moment(6, 22),
        lambda cast: suit.in_trial(cast, debate_closed=True),
        {"pronounced_publicly": True},
        breaks={
            "debate_closed": again("hearing_held", date(2026, 6, 16), debate_closed=False),
            "pronounced_in_public": {"pronounced_publicly": False},
        },
    ),
}
