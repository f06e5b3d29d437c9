"""The scenes of T13 to T21, T59 and T65, and of the records beside them."""

from __future__ import annotations

from datetime import date

from cases.models import Case
from cases.selectors.events import reference_of
from tests.litigation import suit
from tests.litigation.scenes.common import (
    ELIGIBLE,
    NO_PROOF,
    PROOFS,
    again,
    announced,
    annulled,
    court_of_this_city,
    end_review,
    in_review,
    make_provisional,
    moment,
    no_longer_heard,
    no_violator,
    only_final,
    other_office,
    publish_later,
    replied,
    reviewed,
    with_event,
)
from tests.litigation.scenes.jurisdiction import (
    given_to_another,
    no_subjects,
)
from tests.support.guards import Scene
from tests.support.matters import announced_case, force
from tests.support.people import Cast

REVIEW: dict[str, Scene] = {
    "S01": Scene(
        moment(3, 25),
        replied("will_not"),
        breaks={"reply_to_follow": annulled("announcement_reply")},
    ),
    "S02": Scene(
        moment(12, 10),
        lambda cast: announced_case(cast, date(2026, 12, 7)),
        breaks={"announcement_day_provisional": {"confirmed_day": "2027-01-05"}},
    ),
    "T14": Scene(
        moment(3, 25),
        replied("has"),
        lambda case: {"plaintiff_kind": "consumer_organisation", "reply": _reply(case)} | PROOFS,
        breaks={
            "plaintiff_of_rules_100": {"reply": "0"},
            "court_acceptance_proven": NO_PROOF,
        },
    ),
    "T15": Scene(
        moment(3, 25),
        replied("has"),
        {"ground": "other_subject_sued", "explanation": "已起诉"},
        breaks={
            "other_subject_sued": annulled("announcement_reply"),
            "not_to_be_supported": {"office_will_support": True},
        },
    ),
    "T16": Scene(
        moment(4, 2),
        announced,
        breaks={
            "announcement_expired": lambda cast, case: publish_later(cast, case),
            "announcement_day_settled": lambda cast, case: make_provisional(case),
            "publication_stored": again("announcement_published", date(2026, 3, 2)),
            "replies_followed": again(
                "announcement_reply", date(2026, 3, 20), **ELIGIBLE, intention="will_not"
            ),
        },
    ),
    "T17": Scene(
        moment(5, 6),
        in_review,
        {"ground": "complex", "explanation": "涉及多个平台"},
        breaks={
            "review_running": lambda cast, case: end_review(case),
            "extension_ground": {"explanation": None},
            "not_extended_before": again("review_extended", date(2026, 5, 5), ground="complex"),
        },
    ),
    "T18-2": Scene(
        moment(5, 6),
        with_event(in_review, "work_commissioned", date(2026, 4, 10), institution="某鉴定所"),
        breaks={"commission_open": {"commission": "0"}},
    ),
    "S04": Scene(
        moment(5, 6),
        in_review,
        {"members": 9, "present": 5, "votes_for": 5, "papers_days": 3},
        breaks={"committee_quorum": {"present": 4}},
    ),
    "S05": Scene(
        moment(5, 6),
        with_event(in_review, "committee_decided", date(2026, 4, 10), members=9),
        breaks={"committee_decision_stands": annulled("committee_decided")},
    ),
    "S06": Scene(
        moment(5, 6),
        with_event(in_review, "committee_decision_executed", date(2026, 4, 10), decision="1"),
        {"decision": "1"},
        breaks={"committee_decision_executed": {"decision": "2"}},
    ),
    "T19": Scene(
        moment(4, 10),
        reviewed("terminate"),
        documents=("D-43",),
        facts={"ground": "interest_protected", "explanation": "公益已得到有效保护"},
        breaks={
            "review_proposes_termination": again(
                "review_reported", date(2026, 4, 10), outcome="sue"
            ),
            "termination_ground": {"ground": "ecological_damages"},
            "not_to_be_supported": {
                "ground": "other_subject_sued",
                "office_will_support": True,
            },
        },
    ),
    "T20": Scene(
        moment(4, 10),
        reviewed("transfer"),
        documents=(
            "D-43",
            "D-47",
        ),
        finished=("D-47",),
        facts=other_office,
        breaks={
            "transfer_letter_issued": only_final("D-47"),
            "review_proposes_transfer": again("review_reported", date(2026, 4, 10), outcome="sue"),
            "target_matches_court": {"transfer_ground": None},
            "court_of_the_target_competent": no_longer_heard,
            "own_office_does_not_match": court_of_this_city,
            "transfer_follows_designation": given_to_another,
            "transfer_proven": NO_PROOF,
        },
    ),
    "T21": Scene(
        moment(4, 10),
        reviewed("sue"),
        documents=("D-43",),
        facts={"harm_found_on": "2026-04-10", "harm_finding": "群组仍在公开信息。"},
        breaks={
            "review_proposes_suit": again(
                "review_reported", date(2026, 4, 10), outcome="terminate"
            ),
            "harm_persists": {"harm_finding": None},
            "announcement_elapsed": lambda cast, case: publish_later(cast, case),
            "announcement_day_settled": lambda cast, case: make_provisional(case),
            "no_eligible_plaintiff": again(
                "announcement_reply", date(2026, 3, 20), **ELIGIBLE, intention="has"
            ),
            "defendant_identified": lambda cast, case: no_violator(case),
            "committee_agreed": {"committee_required": True},
        },
        warns={
            "review_period_kept": lambda cast, case: end_review(case, date(2026, 4, 9)),
            "eligible_subjects_known": no_subjects,
        },
    ),
    "T65": Scene(
        moment(5, 6),
        suit.suit_decided,
        {"reason": "管辖法院变化"},
        breaks={"revocation_reason": {"reason": None}},
    ),
    "T59": Scene(
        moment(5, 6),
        lambda cast: _supporting(cast),
        {
            "ground": "claims_changed",
            "explanation": "原告放弃主要请求",
            "claims_insufficient": "未请求删除信息",
            "harm": "公益受损",
            "unlawful_act": "违法处理",
            "numerous_individuals": "涉及不特定多数人",
            "legal_bases": ["PIPL 70"],
            "processor": "某科技有限公司",
        },
        breaks={
            "ground_of_rules_102": {"explanation": None},
            "plaintiffs_claims_insufficient": {"claims_insufficient": None},
            "public_interest_harmed": {"harm": None},
            "unlawful_act_possible": {"unlawful_act": None},
            "numerous_individuals_assessed": {"numerous_individuals": None},
            "violator_known_or_severe": {"processor": None, "violator_unknown": True},
            "legal_basis_in_force": {"legal_bases": []},
        },
    ),
    "S60": Scene(
        moment(5, 6),
        lambda cast: _supporting(cast),
        {"means": "opinion"},
        warns={"support_as_decided": {"means": "evidence"}},
    ),
    "S07": Scene(
        moment(5, 6),
        with_event(in_review, "support_withdrawn", date(2026, 4, 10)),
        breaks={"support_withdrawn_before": annulled("support_withdrawn")},
    ),
}


def _reply(case: Case) -> str:
    """Return what other events call the reply that was logged."""
    return reference_of(case.events.get(kind="announcement_reply"))


def _supporting(cast: Cast) -> Case:
    case = in_review(cast)
    force(
        case,
        "T14",
        date(2026, 4, 10),
        actor=cast.handler,
        plaintiff="某省消费者委员会",
        means=["opinion"],
    )
    return case


def _extended(cast: Cast) -> Case:
    case = in_review(cast)
    force(case, "T17", date(2026, 5, 5), actor=cast.chief, ground="complex")
    return case


REVIEW["T17-2"] = Scene(
    moment(5, 6),
    _extended,
    {"ground": "complex", "explanation": "涉及多个平台", "until": "2026-09-30"} | PROOFS,
    breaks={
        "extension_ground": {"explanation": None},
        "extended_before": annulled("review_extended"),
        "new_end_named": {"until": None},
        "superior_approval_stored": NO_PROOF,
        "review_running": lambda cast, case: end_review(case),
    },
)
