"""The scenes of claims, delivery and the door of the court (T22 to T24, T52)."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.models import Case
from tests.litigation import suit
from tests.litigation.scenes.common import (
    NO_PROOF,
    PROOFS,
    again,
    annulled,
    claimed,
    end_review,
    first_claim,
    lacks,
    moment,
    no_longer_heard,
    no_violator,
    only_final,
    strike_all,
    with_event,
)
from tests.litigation.scenes.jurisdiction import (
    given_to_another,
    recommended,
    split_whole,
)
from tests.support.documents import filed
from tests.support.guards import Scene
from tests.support.matters import force
from tests.support.people import Cast


def to_internet_court(case: Any) -> dict[str, Any]:
    return {
        "court": suit.internet_court().pk,
        "copies": 1,
        "pieces": suit.PIECES,
    } | PROOFS


def _judge_another(cast: Cast) -> None:
    """Let another case against the same defendant end with an effective judgment."""
    other = suit.suit_delivered(cast)
    force(other, "T24", date(2026, 5, 6), actor=cast.handler)
    force(other, "T25", date(2026, 5, 6), actor=cast.handler)
    force(other, "T29", date(2026, 5, 6), actor=cast.handler)
    force(other, "T36", date(2026, 5, 6), actor=cast.handler, judgment_number="1")
    force(other, "T38", date(2026, 5, 6), actor=cast.handler)


def with_complaint(cast: Cast) -> Case:
    """Make a case at the court with the complaint that was delivered."""
    case = suit.suit_delivered(cast)
    filed(case, "D-45", cast.handler, cast.chief)
    return case


def rejected(cast: Cast) -> Case:
    case = suit.suit_delivered(cast)
    force(case, "T23", date(2026, 5, 12), actor=cast.handler, rejection="not_accepted")
    return case


SUIT: dict[str, Scene] = {
    "S10": Scene(
        moment(5, 6),
        suit.suit_decided,
        suit.CLAIM,
        breaks={"claim_is_measurable": {"text": None}},
        warns={
            "costs_have_invoices": {"kind": "K11", "amount": "5000"},
            "limitation_is_watched": {"kind": "K8", "amount": "5000", "known_on": "2023-04-20"},
        },
    ),
    "S11": Scene(
        moment(5, 6),
        claimed(suit.suit_decided),
        first_claim,
        breaks={"claim_stands": strike_all},
    ),
    "T22": Scene(
        moment(5, 6),
        claimed(suit.suit_decided),
        documents=(
            "D-45",
            "D-46",
        ),
        finished=("D-45",),
        facts=to_internet_court,
        breaks={
            "complaint_issued": only_final("D-45"),
            "claims_entered": strike_all,
            "complaint_complete": lambda cast, case: lacks(cast, case, "D-45", "claims"),
            "defendant_identified": lambda cast, case: no_violator(case),
            "court_is_competent": no_longer_heard,
            "office_matches_court": lambda cast, case: {"court": suit.intermediate_court().pk},
            "suit_follows_designation": given_to_another,
            "publication_stored": annulled("announcement_published"),
            "not_split_off": split_whole,
            "package_complete": {"copies": 0},
            "no_court_fee": {"court_fee": "50"},
            "delivery_receipt": NO_PROOF,
        },
        warns={
            "review_period_kept": lambda cast, case: end_review(case),
            "not_sued_before": lambda cast, case: _judge_another(cast),
            "claims_follow_recommendation": recommended,
        },
    ),
    "S28": Scene(
        moment(5, 6),
        suit.suit_delivered,
        breaks={"complaint_not_reported": again("complaint_reported", date(2026, 5, 6))},
    ),
    "T23": Scene(
        moment(5, 12),
        suit.suit_delivered,
        {"rejection": "not_accepted"},
        breaks={"rejection_fits_the_state": {"rejection": None}},
    ),
    "T24": Scene(
        moment(5, 12),
        with_complaint,
        breaks={
            "defendant_identified": lambda cast, case: no_violator(case),
            "claims_entered": strike_all,
            "complaint_complete": lambda cast, case: lacks(cast, case, "D-45", "claims"),
            "court_of_the_suit_competent": no_longer_heard,
            "announcement_done": annulled("announcement_expired"),
            "preliminary_proof_delivered": lambda cast, case: again(
                "complaint_delivered",
                date(2026, 5, 6),
                court=suit.internet_court().pk,
                pieces=["complaint", "evidence_list", "announcement_proof"],
            )(cast, case),
        },
    ),
    "S27": Scene(
        moment(5, 26),
        rejected,
        {"appealed_on": "2026-05-22"},
        breaks={"rejection_appeal_in_time": {"appealed_on": "2026-05-23"}},
    ),
    "T52": Scene(
        moment(5, 26),
        with_event(rejected, "rejection_appealed", date(2026, 5, 20)),
        breaks={"rejection_was_appealed": annulled("rejection_appealed")},
    ),
    "T52-2": Scene(
        moment(5, 26),
        rejected,
        {"cured": "已补充被告住所地"},
        breaks={"defects_cured": {"cured": " "}},
    ),
    "S12": Scene(
        moment(5, 20),
        suit.suit_accepted,
        lambda case: {"defendant": suit.defendants(case)[0].pk},
        breaks={
            "served_once": lambda cast, case: again(
                "complaint_served", date(2026, 5, 11), defendant=suit.defendants(case)[0].pk
            )(cast, case)
        },
    ),
}
