"""For each step of law 3.9 a scene in which every guard holds, and what makes each alone unmet."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import Office
from administrative.models import BodyLevel, Measure, Recommendation
from administrative.services import preparing
from audit import clock
from cases.models import Case
from tests.administrative import scenes
from tests.administrative.scenes import PROOFS, moment
from tests.deadlines.test_by_hand import begin
from tests.support.guards import Breach, Scene
from tests.support.matters import force, happen, stand_aside
from tests.support.people import Cast

NO_PROOF: Breach = {"proofs": None}
FILES: dict[str, Breach] = {
    "authority_has_the_duty": {"duty": ""},
    "harm_by_the_authority": {"harm": ""},
    "authority_may_have_failed": {"failure": ""},
    "administrative_basis_in_force": {"legal_bases": []},
}


def acting_on(month: int, day: int) -> dict[str, str]:
    """Return the day of the act, as a guard reads it."""
    return {"legal_day": date(2026, month, day).isoformat()}


def never_assessed(cast: Cast, lead: Any) -> None:
    lead.assessment.delete()


def inquiry_without_report(cast: Cast, lead: Any) -> None:
    happen(lead, "inquiry_started", date(2026, 1, 15), actor=cast.handler)


def handler_stands_aside(cast: Cast, lead: Any) -> None:
    stand_aside(cast, lead, cast.handler)


def filed_before(cast: Cast, lead: Any) -> None:
    """File beside, from the case of another lead, against the same authority, and link it here."""
    other = scenes.filed_case(cast)
    Case.objects.filter(pk=other.pk).update(lead=lead)


def filed_beside(cast: Cast, case: Any) -> None:
    force(case, "A-1-2", scenes.FILED, actor=cast.chief, **scenes.filing(body=another_body()))


def another_body() -> Any:
    return scenes.postal(name="江州市云山区市场监督管理局", kind="market")


def against_another(matter: Any) -> dict[str, Any]:
    return scenes.filing(body=another_body())


def without_the_link(cast: Cast, case: Any) -> None:
    """Leave the causal link out: its finding is taken for another one of the harm."""
    event = case.events.filter(kind="authority_investigated").latest("pk")
    happen(
        case,
        "event_corrected",
        event.legal_day,
        actor=cast.handler,
        facts={"finding": "harm"},
        reason="误录",
        corrects=event,
    )


def consultation_left_open(cast: Cast, case: Any) -> None:
    happen(
        case, "consultation_begun", date(2026, 3, 5), actor=cast.handler, facts={"way": "letter"}
    )


def closing_says(proposal: str) -> Breach:
    def breach(cast: Cast, case: Any) -> None:
        happen(
            case,
            "administrative_investigation_closed",
            scenes.CLOSED,
            actor=cast.handler,
            facts={"proposal": proposal},
        )

    return breach


def take_measures_out(cast: Cast, case: Any) -> None:
    for measure in Measure.objects.filter(recommendation__case=case).order_by("-number"):
        preparing.remove_measure(actor=cast.handler, case=case, measure=measure)


def name_no_period(cast: Cast, case: Any) -> None:
    Recommendation.objects.filter(case=case).update(period=None)


def body_of_the_city(cast: Cast, case: Any) -> None:
    body = Recommendation.objects.get(case=case).body
    body.level = BodyLevel.CITY
    body.save(update_fields=["level"])


def not_served(cast: Cast, case: Any) -> None:
    """Annul the service, as when the receipt was another's."""
    event = case.events.get(kind="document_served")
    happen(
        case,
        "transition_annulled",
        event.legal_day,
        actor=cast.handler,
        reason="回证属于他案",
        annuls=event,
    )


def of_this_measure(result: str) -> Any:
    def facts(case: Any) -> dict[str, Any]:
        first = scenes.measures(case)[0]
        return {"measure": first.pk, "result": result, "findings": "现场核实。"} | PROOFS

    return facts


def staff(case: Any) -> dict[str, Any]:
    people = list(case.team.values_list("user", flat=True)[:2])
    return {"persons": people, "place": "快递网点", "findings": "面单隐去。"} | PROOFS


def forget_the_reply(cast: Cast, case: Any) -> None:
    event = case.events.get(kind="authority_replied")
    happen(
        case,
        "transition_annulled",
        event.legal_day,
        actor=cast.handler,
        reason="他案回复",
        annuls=event,
    )


def assess_again(result: str) -> Breach:
    def breach(cast: Cast, case: Any) -> None:
        last = scenes.measures(case)[-1]
        scenes.assessed(cast, case, last, result, date(2026, 5, 23))

    return breach


def to_another_office(case: Any) -> dict[str, Any]:
    target = Office.objects.exclude(pk=case.office_id).order_by("pk").first()
    assert target is not None
    return {"target_office": target.pk, "ground": "管辖法院在该院辖区。"}


def served_already(party: str) -> Breach:
    def breach(cast: Cast, case: Any) -> None:
        happen(
            case,
            "administrative_decision_served",
            date(2026, 9, 2),
            actor=cast.handler,
            facts={"party": party, "decision": "judgment"},
        )

    return breach


def one_is_not_served(cast: Cast, case: Any) -> None:
    """Decide anew: the new decision is served on nobody yet."""
    happen(
        case,
        "administrative_suit_judged",
        date(2026, 9, 3),
        actor=cast.handler,
        facts=scenes.JUDGED | {"instance": "second"},
    )


def is_there(kind: str) -> Breach:
    def breach(cast: Cast, case: Any) -> None:
        happen(case, kind, clock.today(), actor=cast.handler)

    return breach


def undo(kind: str) -> Breach:
    """Return a breach that annuls the last event of a kind."""

    def breach(cast: Cast, case: Any) -> None:
        event = case.events.filter(kind=kind).latest("pk")
        happen(
            case,
            "transition_annulled",
            event.legal_day,
            actor=cast.handler,
            reason="误录",
            annuls=event,
        )

    return breach


def claims_of(**changes: Any) -> Any:
    """Return a breach of the claims in a decision to sue."""

    def breach(cast: Cast, case: Any) -> dict[str, Any]:
        second = scenes.measures(case)[1]
        return {f"{name}_{second.pk}": value for name, value in changes.items()}

    return breach


def another_reply_is_awaited(cast: Cast, case: Any) -> None:
    """Begin the time to reply to another recommendation."""
    begin(cast, case, period="P-57", legal_day="2026-10-08", event_text="收到检察建议书")


SCENES: dict[str, Scene] = {
    "A-1": Scene(
        moment(3, 2),
        scenes.lead_to_file,
        lambda matter: scenes.filing(),
        documents=("D-05",),
        breaks=FILES
        | {
            "handler_may_lead": handler_stands_aside,
            "lead_assessed": never_assessed,
            "inquiry_report_attached": inquiry_without_report,
            "one_case_an_authority": filed_before,
        },
    ),
    "A-1-2": Scene(
        moment(3, 3),
        scenes.filed_case,
        against_another,
        breaks=FILES | {"one_case_an_authority": filed_beside},
    ),
    "A-2": Scene(
        moment(3, 5),
        scenes.filed_case,
        {"way": "meeting", "subject": "监管职责"},
        breaks={"way_of_consultation": {"subject": ""}},
    ),
    "A-3": Scene(
        moment(3, 5),
        scenes.filed_case,
        {"finding": "harm", "text": "已查明。", "rests_on": "证据1。"},
        breaks={"finding_rests_on_something": {"rests_on": ""}},
    ),
    "A-4": Scene(
        moment(3, 16),
        scenes.filed_and_found,
        breaks={
            "four_findings": without_the_link,
            "consultation_came_to_an_end": consultation_left_open,
        },
    ),
    "A-4-2": Scene(
        moment(3, 18),
        scenes.to_terminate,
        {"ground": "protected", "explanation": "公益已得到保护。"},
        documents=("D-40",),
        breaks={
            "report_proposes_no_recommendation": closing_says("recommend"),
            "ground_of_rules_74": {"ground": "made_up"},
        },
    ),
    "A-5": Scene(
        moment(3, 18),
        scenes.prepared,
        {"why": "未依法履行职责。"},
        documents=("D-40",),
        breaks={
            "report_proposes_recommendation": closing_says("terminate"),
            "recommendation_has_measures": take_measures_out,
            "recommendation_names_a_period": name_no_period,
            "level_of_the_addressee": body_of_the_city,
        },
    ),
    "A-6": Scene(
        moment(3, 20),
        scenes.issued,
        acting_on(3, 20),
        breaks={
            "recommendation_is_served": not_served,
            "day_of_receipt_is_that_of_service": acting_on(3, 19),
        },
    ),
    "S81": Scene(
        moment(3, 24),
        scenes.waiting,
        PROOFS,
        breaks={"recommendation_is_served": not_served, "record_is_shown": NO_PROOF},
    ),
    "A-6-2": Scene(
        moment(5, 18),
        scenes.waiting,
        PROOFS | acting_on(5, 18),
        breaks={"reply_is_stored": NO_PROOF, "reply_after_the_service": acting_on(3, 19)},
    ),
    "S80": Scene(
        moment(5, 22),
        scenes.waiting,
        of_this_measure("done"),
        breaks={"measure_of_this_case": {"measure": 0}, "assessment_rests_on_proof": NO_PROOF},
    ),
    "A-7": Scene(
        moment(5, 19),
        scenes.replied,
        acting_on(5, 19),
        breaks={"replied_or_time_is_over": forget_the_reply},
    ),
    "S82": Scene(
        moment(5, 22),
        scenes.following,
        staff,
        breaks={"follow_up_by_two": {"persons": []}},
    ),
    "A-7-2": Scene(
        moment(5, 22),
        scenes.following,
        {"obstacle": "汛期停业。", "proof_of_obstacle": "公告。"},
        breaks={"objective_obstacle": {"obstacle": ""}},
    ),
    "S83": Scene(
        moment(5, 25),
        scenes.suspended,
        PROOFS,
        breaks={
            "review_was_suspended": undo("administrative_review_suspended"),
            "record_is_shown": NO_PROOF,
        },
    ),
    "A-7-3": Scene(
        moment(6, 2),
        scenes.suspended,
        {"why": "恢复营业。"},
        breaks={"obstacle_is_gone": {"why": ""}},
    ),
    "A-7-4": Scene(
        moment(5, 22),
        scenes.waiting,
        {"to": ["superior_body"], "name": "江州市邮政管理局", "why": "未整改。"} | acting_on(5, 22),
        breaks={"escalation_says_to_whom": {"to": []}},
        warns={"reply_time_is_over": acting_on(5, 19)},
    ),
    "A-8": Scene(
        moment(5, 25),
        scenes.following_assessed,
        acting_on(5, 25),
        breaks={
            "measures_are_assessed": undo("measure_assessed"),
            "rectification_is_over": acting_on(5, 20),
        },
    ),
    "A-8-2": Scene(
        moment(6, 1),
        scenes.all_done,
        {"ground": "remedied", "explanation": "全部落实。"},
        documents=("D-43",),
        breaks={
            "ground_of_rules_74": {"explanation": ""},
            "measures_are_final": assess_again("paper_only"),
        },
    ),
    "A-8-3": Scene(
        moment(6, 1),
        scenes.reviewing,
        to_another_office,
        documents=("D-43", "D-47"),
        finished=("D-47",),
        breaks={"receiving_office_is_another": {"ground": ""}},
    ),
    "A-9": Scene(
        moment(6, 1),
        scenes.reviewing,
        lambda case: scenes.sue_facts(case) | acting_on(6, 1),
        documents=("D-43",),
        breaks={
            "reply_and_rectification_are_over": acting_on(5, 20),
            "ground_of_rules_82": {"ground": "made_up"},
            "harm_goes_on": {"harm_goes_on": ""},
            "claims_of_rules_83": claims_of(text=""),
            "no_duty_of_third_persons": claims_of(text="判令某快递公司赔偿损失。"),
        },
        warns={"claims_match_the_measures": {"other_claim": "撤销许可。"}},
    ),
    "A-9-2": Scene(
        moment(6, 3),
        scenes.sued,
        {"pre_suit_proof": True} | PROOFS,
        documents=("D-45",),
        finished=("D-45",),
        breaks={
            "not_delivered_yet": is_there("administrative_suit_submitted"),
            "pre_suit_procedure_proven": {"pre_suit_proof": False},
        },
    ),
    "A-9-3": Scene(
        moment(6, 8),
        scenes.delivered,
        PROOFS,
        breaks={
            "complaint_is_at_the_court": undo("administrative_suit_submitted"),
            "not_registered_yet": is_there("administrative_suit_accepted"),
        },
    ),
    "A-9-4": Scene(
        moment(6, 15),
        scenes.registered,
        PROOFS,
        breaks={"suit_is_registered": undo("administrative_suit_accepted")},
    ),
    "A-9-5": Scene(
        moment(9, 1),
        scenes.registered,
        PROOFS,
        breaks={
            "suit_is_registered": undo("administrative_suit_accepted"),
            "decision_is_stored": NO_PROOF,
        },
    ),
    "A-9-6": Scene(
        moment(9, 4),
        scenes.judged,
        {"party": "authority", "decision": "judgment"} | PROOFS,
        breaks={
            "suit_is_judged": undo("administrative_suit_judged"),
            "served_once_each": served_already("authority"),
        },
    ),
    "A-9-7": Scene(
        moment(9, 22),
        scenes.both_served,
        acting_on(9, 22),
        breaks={
            "suit_is_judged": undo("administrative_suit_judged"),
            "both_are_served": one_is_not_served,
            "nobody_can_appeal": acting_on(9, 19),
        },
    ),
    "A-10": Scene(
        moment(7, 6),
        scenes.performed_in_suit,
        {"performed": "全部履行。"} | PROOFS,
        documents=("D-55",),
        finished=("D-55",),
        breaks={
            "suit_is_not_judged": is_there("administrative_suit_judged"),
            "authority_has_performed": {"performed": ""},
            "court_receipt_stored": NO_PROOF,
        },
    ),
    "A-10-2": Scene(
        moment(7, 6),
        scenes.performed_in_suit,
        {"performed": "全部履行。"} | PROOFS,
        documents=("D-56",),
        finished=("D-56",),
        breaks={
            "suit_is_not_judged": is_there("administrative_suit_judged"),
            "authority_has_performed": {"performed": ""},
            "court_receipt_stored": NO_PROOF,
        },
    ),
    "A-11": Scene(
        moment(10, 8),
        scenes.effective_and_done,
        documents=("D-85",),
        breaks={
            "measures_came_to_an_end": undo("measure_assessed"),
            "suit_came_to_an_end": undo("administrative_decision_effective"),
            "no_open_clock": another_reply_is_awaited,
            "returns_are_in": undo("recommendation_recorded"),
        },
    ),
}
