"""The scenes of T13 to T40, T52 to T57, T59 and T65, and of the records beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from audit import clock
from cases.models import Case
from cases.selectors.events import latest
from litigation.models import Claim, Court
from tests.litigation import suit
from tests.litigation.scenes_jurisdiction import (
    JURISDICTION,
    given_to_another,
    no_subjects,
    recommended,
    split_whole,
)
from tests.support.guards import Breach, Scene
from tests.support.matters import (
    announced_case,
    case_in_review,
    force,
    happen,
    paper,
    upload,
)
from tests.support.people import Cast

PROOFS = {"proofs": ["0" * 64]}
NO_PROOF: Breach = {"proofs": None}
ANNOUNCED = date(2026, 3, 2)
ELIGIBLE = {"replier": "eligible", "name": "某省消费者委员会", "content": "答复"}


def moment(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 10, 0)


def announced(cast: Cast) -> Case:
    return announced_case(cast, ANNOUNCED)


def in_review(cast: Cast) -> Case:
    return case_in_review(cast, ANNOUNCED)


def reviewed(outcome: str) -> Callable[[Cast], Case]:
    """Return a maker of a case whose review was reported with an outcome."""

    def maker(cast: Cast) -> Case:
        case = in_review(cast)
        force(
            case, "S03", date(2026, 4, 10), actor=cast.handler, outcome=outcome, conclusion="结论"
        )
        return case

    return maker


def again(kind: str, day: date, **facts: Any) -> Callable[[Cast, Any], None]:
    """Return a breach that records an event of a kind."""

    def breach(cast: Cast, matter: Any) -> None:
        happen(matter, kind, day, actor=cast.handler, facts=facts)

    return breach


def replied(intention: str, make: Callable[[Cast], Case] = announced) -> Callable[[Cast], Case]:
    def maker(cast: Cast) -> Case:
        case = make(cast)
        happen(
            case,
            "announcement_reply",
            date(2026, 3, 20),
            actor=cast.handler,
            facts=ELIGIBLE | {"intention": intention},
        )
        return case

    return maker


def with_event(
    make: Callable[[Cast], Case], kind: str, day: date, **facts: Any
) -> Callable[[Cast], Case]:
    def maker(cast: Cast) -> Case:
        case = make(cast)
        happen(case, kind, day, actor=cast.handler, facts=facts)
        return case

    return maker


def annulled(kind: str) -> Callable[[Cast, Any], None]:
    """Return a breach that takes the last event of a kind out of what counts."""

    def breach(cast: Cast, matter: Any) -> None:
        event = latest(matter, kind)
        happen(
            matter,
            "transition_annulled",
            date(2026, 3, 2),
            actor=cast.chief,
            annuls=event,
            reason="误录",
        )

    return breach


def other_office(case: Any) -> dict[str, Any]:
    from accounts.models import Office

    target = Office.objects.exclude(pk=case.office_id).order_by("pk").first()
    assert target is not None
    return {
        "target_office": target.pk,
        "competent_court": "某市中级人民法院",
        "transfer_ground": "侵权行为地在该市。",
    } | PROOFS


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
        announced,
        {"plaintiff_kind": "consumer_organisation", "plaintiff": "某省消费者委员会"} | PROOFS,
        breaks={
            "plaintiff_of_rules_100": {"plaintiff": None},
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
            "announcement_expired": lambda cast, case: _publish_later(cast, case),
            "announcement_day_settled": lambda cast, case: _make_provisional(case),
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
            "review_running": lambda cast, case: _end_review(case),
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
        facts=other_office,
        breaks={
            "review_proposes_transfer": again("review_reported", date(2026, 4, 10), outcome="sue"),
            "target_matches_court": {"competent_court": None},
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
            "announcement_elapsed": lambda cast, case: _publish_later(cast, case),
            "announcement_day_settled": lambda cast, case: _make_provisional(case),
            "no_eligible_plaintiff": again(
                "announcement_reply", date(2026, 3, 20), **ELIGIBLE, intention="has"
            ),
            "defendant_identified": lambda cast, case: _no_violator(case),
            "committee_agreed": {"committee_required": True},
        },
        warns={
            "review_period_kept": lambda cast, case: _end_review(case, date(2026, 4, 9)),
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
            "harm": "公益受损",
            "unlawful_act": "违法处理",
        },
        breaks={
            "ground_of_rules_102": {"explanation": None},
            "public_interest_harmed": {"harm": None},
            "unlawful_act_possible": {"unlawful_act": None},
        },
    ),
    "S07": Scene(
        moment(5, 6),
        with_event(in_review, "support_withdrawn", date(2026, 4, 10)),
        breaks={"support_withdrawn_before": annulled("support_withdrawn")},
    ),
}


def _publish_later(cast: Cast, case: Any) -> None:
    happen(case, "announcement_published", date(2026, 4, 2), actor=cast.handler)
    event = latest(case, "announcement_published")
    assert event is not None
    event.proofs.add(paper(cast.handler, case))


def _make_provisional(case: Any) -> None:
    case.deadlines.filter(rule="P-01").update(provisional=True)


def _end_review(case: Any, day: date = date(2026, 5, 5)) -> None:
    case.deadlines.filter(rule="P-02").update(nominal_day=day, effective_day=day)


def _no_violator(case: Any) -> None:
    case.violator_unknown = case.severe = True
    case.save(update_fields=["violator_unknown", "severe"])


def _supporting(cast: Cast) -> Case:
    case = in_review(cast)
    force(case, "T14", date(2026, 4, 10), actor=cast.handler, plaintiff="某省消费者委员会")
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
        # The same finding, asked when it is proposed and again when the approval is entered.
        "review_running+approved_in_time": lambda cast, case: _end_review(case),
    },
)


def claimed(make: Callable[[Cast], Case]) -> Callable[[Cast], Case]:
    def maker(cast: Cast) -> Case:
        case = make(cast)
        force(case, "S10", date(2026, 4, 20), actor=cast.handler, **suit.CLAIM)
        return case

    return maker


def first_claim(case: Any) -> dict[str, Any]:
    return {"claim": Claim.objects.filter(case=case).earliest("pk").pk}


def to_internet_court(case: Any) -> dict[str, Any]:
    return {
        "court": suit.internet_court().pk,
        "copies": 1,
        "preliminary_evidence": True,
        "announcement_proof": True,
    } | PROOFS


def _no_longer_heard(cast: Cast, case: Any) -> None:
    Court.objects.filter(name=suit.INTERNET_COURT).update(hears_to=date(2026, 1, 1))


def _strike_all(cast: Cast, case: Any) -> None:
    for row in Claim.objects.filter(case=case, status="standing"):
        happen(case, "claim_struck", date(2026, 4, 20), actor=cast.handler, facts={"claim": row.pk})


def _judge_another(cast: Cast) -> None:
    """Let another case against the same defendant end with an effective judgment."""
    other = suit.suit_delivered(cast)
    force(other, "T24", date(2026, 5, 6), actor=cast.handler)
    force(other, "T25", date(2026, 5, 6), actor=cast.handler)
    force(other, "T29", date(2026, 5, 6), actor=cast.handler)
    force(other, "T36", date(2026, 5, 6), actor=cast.handler, judgment_number="1")
    force(other, "T38", date(2026, 5, 6), actor=cast.handler)


def _lacks(cast: Cast, case: Any, code: str, content: str) -> None:
    """Correct a filed document by one that lacks a content."""
    from notices.models import Document
    from notices.services.registering import Filing, register_document

    old = Document.objects.get(case=case, code=code)
    filing = Filing(
        code=code,
        number=old.number.replace("号", "0号"),
        signed_day=clock.today(),
        signer=cast.chief,
        confirmed=[item.name for item in old.type.contents if item.name != content],
        corrects=old,
    )
    register_document(actor=cast.handler, matter=case, filing=filing, upload=upload("文书.pdf"))


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
        warns={"costs_have_invoices": {"kind": "K11", "amount": "5000"}},
    ),
    "S11": Scene(
        moment(5, 6),
        claimed(suit.suit_decided),
        first_claim,
        breaks={"claim_stands": _strike_all},
    ),
    "T22": Scene(
        moment(5, 6),
        claimed(suit.suit_decided),
        documents=(
            "D-45",
            "D-46",
        ),
        facts=to_internet_court,
        breaks={
            "claims_entered": _strike_all,
            "complaint_complete": lambda cast, case: _lacks(cast, case, "D-45", "claims"),
            "defendant_identified": lambda cast, case: _no_violator(case),
            "court_is_competent": _no_longer_heard,
            "office_matches_court": lambda cast, case: {"court": suit.intermediate_court().pk},
            "suit_follows_designation": given_to_another,
            "publication_stored": annulled("announcement_published"),
            "not_split_off": split_whole,
            "package_complete": {"copies": 0},
            "no_court_fee": {"court_fee": "50"},
            "delivery_receipt": NO_PROOF,
        },
        warns={
            "review_period_kept": lambda cast, case: _end_review(case),
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
        breaks={"rejection_fits_the_state": {"rejection": "dismissed"}},
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


def settling(make: Callable[[Cast], Case]) -> Callable[[Cast], Case]:
    def maker(cast: Cast) -> Case:
        case = make(cast)
        code = "T55" if case.state == "second_instance" else "T30"
        force(case, code, date(2026, 6, 22), actor=cast.handler)
        return case

    return maker


def met_in_full(case: Any) -> dict[str, Any]:
    rows = Claim.objects.filter(case=case, status="standing")
    return {"terms": "全部履行"} | {f"claim_{row.pk}": "full" for row in rows} | PROOFS


def one_claim_less(cast: Cast, case: Any) -> dict[str, Any]:
    return {f"claim_{Claim.objects.filter(case=case).earliest('pk').pk}": "less"}


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


def attending(case: Any) -> dict[str, Any]:
    lead = case.team.get(position="lead").user
    return {"staff": [lead.pk], "days_before": 7, "judges": 3, "assessors": 4}


def only_the_assistant(cast: Cast, case: Any) -> dict[str, Any]:
    return {"staff": [cast.assistant.pk]}


SETTLEMENT_BREAKS: dict[str, Breach] = {
    "settlement_not_below_the_claims": one_claim_less,
    "published_by_the_court": NO_PROOF,
}
TRIAL: dict[str, Scene] = {
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
        breaks={"court_permits_joining": {"permitted": False}},
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
            "new_court_is_competent": _no_longer_heard,
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
        facts=lambda case: {"change": "replace"} | first_claim(case) | suit.CLAIM | PROOFS,
        breaks={
            "change_names_its_claim": {"claim": 0},
            "claim_is_measurable": {"text": None},
            "debate_open_or_court_record": again(
                "hearing_held", date(2026, 6, 15), debate_closed=True
            ),
            "delivery_receipt": NO_PROOF,
        },
    ),
    "S16": Scene(moment(6, 22), suit.in_trial, first_claim, breaks={"claim_stands": _strike_all}),
    "T29": Scene(
        moment(6, 8),
        suit.in_preparation,
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
        facts=attending,
        breaks={
            "a_prosecutor_attends": only_the_assistant,
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
        facts=met_in_full,
        breaks=SETTLEMENT_BREAKS,
    ),
    "T31": Scene(
        moment(7, 23),
        settling(suit.in_trial),
        breaks={
            "settlement_publication_over": again("settlement_published", date(2026, 6, 23)),
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
        breaks={
            "withdrawal_decided": annulled("act_approved"),
        },
    ),
    "T33": Scene(
        moment(6, 22),
        withdrawing,
        PROOFS,
        documents=("D-55",),
        breaks={
            "all_claims_realised": _claim_again,
            "withdrawal_submitted": annulled("withdrawal_submitted"),
            "court_allows_withdrawal": NO_PROOF,
        },
        warns={"debate_not_closed": again("hearing_held", date(2026, 6, 15), debate_closed=True)},
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


def judged_and_served(cast: Cast) -> Case:
    case = suit.judged(cast)
    suit.served(cast, case, date(2026, 6, 24))
    return case


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
    "S21": Scene(moment(6, 24), itemised, first_item, breaks={"item_stands": _strike_item}),
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
        facts=OWN_APPEAL,
        breaks={
            "no_order_to_withdraw": again("superior_ordered", date(2026, 7, 1), order="withdraw"),
            "appeal_complete": lambda cast, case: _lacks(cast, case, "D-60", "reasons"),
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
            "both_offices_appear": {"superior_staff": " "},
        },
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
        facts=met_in_full,
        breaks=SETTLEMENT_BREAKS,
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
    "T40": Scene(
        moment(8, 3),
        suit.effective,
        {"ground": "own_review", "explanation": "确有错误"},
        breaks={"retrial_ground_fits": {"ground": "mediation"}},
    ),
}
SCENES: dict[str, Scene] = REVIEW | SUIT | TRIAL | JUDGING | JURISDICTION
