"""Replies, extensions, commissions and the end of the review (T13 to T21, T65; Rules 47, 48, 93-96)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from audit.errors import Conflict, Invalid, NotPermitted, Refusal
from cases.models import Case, Task
from cases.services import acts, checklists, corrections, parties, proposals
from cases.states import CaseState
from deadlines.models import Deadline
from tests.support.days import on
from tests.support.documents import final
from tests.support.guards import codes
from tests.support.matters import approve, case_in_review, force, propose, record, upload

pytestmark = pytest.mark.django_db
PUBLISHED = date(2026, 3, 2)
EXTENSION = {"ground": "complex", "explanation": "涉及多个平台。"}
SUIT = {"harm_found_on": "2026-04-10", "harm_finding": "群组仍在公开信息。"}


@pytest.fixture
def case(cast) -> Case:
    with on(2026, 4, 2):
        return case_in_review(cast, PUBLISHED)


def end_of_review(case: Case) -> date:
    return Deadline.objects.get(case=case, rule="P-02").effective_day


def reported(cast, case: Case, outcome: str) -> None:
    """Report the review and file its report."""
    facts = {"legal_day": "2026-04-10", "outcome": outcome, "conclusion": "结论"}
    record(cast.handler, case, "S03", facts)
    final(case, "D-43", cast.handler)
    case.refresh_from_db()


def decide_suit(cast, case: Case, **facts):
    """Propose to sue and let head and chief approve."""
    proposal = propose(case, "T21", SUIT | facts, cast.handler)
    approve(proposal, cast.head, cast.chief)
    case.refresh_from_db()


# --- replies -------------------------------------------------------------------------------------


def reply(cast, case, **facts):
    given = {
        "legal_day": "2026-04-03",
        "replier": "eligible",
        "name": "某省消费者委员会",
        "intention": "will_not",
        "content": "不起诉。",
    }
    return record(cast.handler, case, "T13", given | facts, {"paper": upload()})


@pytest.mark.norm("C040")
def test_a_reply_is_logged_with_its_paper_and_leaves_the_state(case, cast):
    with on(2026, 4, 3):
        event = reply(cast, case)
    assert (event.transition, event.from_state, event.to_state) == ("T13", case.state, "")
    assert event.proofs.count() == 1
    assert not Task.objects.filter(case=case, kind__startswith="plaintiff").exists()


def test_a_reply_without_its_paper_is_not_saved(case, cast):
    with on(2026, 4, 3), pytest.raises(Invalid) as refused:
        record(cast.handler, case, "T13", {"legal_day": "2026-04-03", "replier": "victim"})
    assert "paper" in refused.value.errors
    assert not case.events.filter(kind="announcement_reply").exists()


@pytest.mark.norm("C040", "C041")
def test_when_an_eligible_body_has_sued_the_handler_must_choose(case, cast):
    with on(2026, 4, 3):
        reply(cast, case, intention="has", court="杭州互联网法院")
        assert Task.objects.get(case=case, kind="plaintiff_has_sued").owner == cast.handler
        lines = checklists.checklist(acts.declaration_of(case, "T21"), case, SUIT)
    assert not next(x for x in lines if x.code == "no_eligible_plaintiff").verdict.met


def test_a_body_that_only_says_it_will_sue_is_a_warning(case, cast):
    with on(2026, 4, 3):
        reply(cast, case, intention="will")
        lines = checklists.checklist(acts.declaration_of(case, "T21"), case, SUIT)
    verdict = next(x for x in lines if x.code == "no_eligible_plaintiff").verdict
    assert (verdict.met, verdict.warning) == (True, True)
    assert Task.objects.filter(case=case, kind="plaintiff_will_sue").count() == 1


def test_only_an_eligible_body_can_sue(case, cast):
    with on(2026, 4, 3), pytest.raises(Invalid) as refused:
        reply(cast, case, replier="victim", intention="has", court="某法院")
    assert "intention" in refused.value.errors


@pytest.mark.norm("C036", "C041")
def test_the_case_is_left_to_a_plaintiff_who_has_sued_and_is_not_supported(case, cast):
    facts = {"ground": "other_subject_sued", "explanation": "消委会已起诉。"}
    with on(2026, 4, 3):
        draft = proposals.draft_proposal(
            actor=cast.handler, matter=case, code="T15", data=facts, reasons="理由"
        )
        with pytest.raises(Refusal) as refused:
            proposals.submit_proposal(actor=cast.handler, proposal=draft)
        assert codes(refused) == ["other_subject_sued"]
        proposals.withdraw_proposal(actor=cast.handler, proposal=draft, reason="")
        reply(cast, case, intention="has", court="杭州互联网法院")
        approve(propose(case, "T15", facts, cast.handler), cast.head, cast.chief)
    case.refresh_from_db()
    assert case.state == CaseState.TERMINATED
    assert Task.objects.get(case=case, kind="plaintiff_has_sued").state == "done"
    assert Deadline.objects.get(case=case, rule="P-02").state == "cancelled"


# --- extension and commission --------------------------------------------------------------------


@pytest.mark.norm("C042")
def test_the_chief_adds_one_month_counted_from_the_start(case, cast):
    with on(2026, 6, 1):
        approve(propose(case, "T17", EXTENSION, cast.handler), cast.head, cast.chief)
    assert end_of_review(case) == date(2026, 8, 3)  # 1 August is a Saturday
    assert Deadline.objects.get(case=case, rule="P-02").nominal_day == date(2026, 8, 1)


def test_the_chief_extends_once(case, cast):
    with on(2026, 6, 1):
        approve(propose(case, "T17", EXTENSION, cast.handler), cast.head, cast.chief)
        case.refresh_from_db()
        with pytest.raises(Refusal) as refused:
            propose(case, "T17", EXTENSION, cast.handler)
    assert codes(refused) == ["not_extended_before"]


@pytest.mark.norm("C043")
def test_an_extension_asked_after_the_lapse_is_refused(case, cast):
    with on(2026, 7, 2), pytest.raises(Refusal) as refused:
        propose(case, "T17", EXTENSION, cast.handler)
    assert codes(refused) == ["review_running"]


@pytest.mark.norm("C042")
def test_a_further_extension_takes_the_day_the_next_higher_office_names(case, cast):
    with on(2026, 6, 1):
        approve(propose(case, "T17", EXTENSION, cast.handler), cast.head, cast.chief)
        case.refresh_from_db()
        proposal = approve(propose(case, "T17-2", EXTENSION, cast.handler), cast.head, cast.chief)
        facts = {"legal_day": "2026-06-01", "until": "2026-10-12", "approval_number": "批1号"}
        with pytest.raises(Invalid):
            proposals.carry_out(actor=cast.handler, proposal=proposal, data=facts)
        proposals.carry_out(
            actor=cast.handler, proposal=proposal, data=facts, files={"paper": upload()}
        )
    assert end_of_review(case) == date(2026, 10, 12)


@pytest.mark.norm("C043")
def test_an_approval_of_the_next_higher_office_after_the_lapse_comes_too_late(case, cast):
    with on(2026, 6, 1):
        approve(propose(case, "T17", EXTENSION, cast.handler), cast.head, cast.chief)
        case.refresh_from_db()
        proposal = approve(propose(case, "T17-2", EXTENSION, cast.handler), cast.head, cast.chief)
        lapse = end_of_review(case)
    day = lapse + timedelta(days=1)
    facts = {"legal_day": day.isoformat(), "until": "2026-12-31", "approval_number": "批1号"}
    with on(day.year, day.month, day.day), pytest.raises(Refusal) as refused:
        proposals.carry_out(
            actor=cast.handler, proposal=proposal, data=facts, files={"paper": upload()}
        )
    assert codes(refused) == ["review_running"]
    assert end_of_review(case) == lapse


def test_the_next_higher_office_is_asked_only_after_the_chief(case, cast):
    with on(2026, 6, 1), pytest.raises(Refusal) as refused:
        propose(case, "T17-2", EXTENSION, cast.handler)
    assert codes(refused) == ["extended_before"]


def commission(cast, case, day: str, institution: str = "某鉴定中心"):
    facts = {
        "legal_day": day,
        "work": "appraisal",
        "institution": institution,
        "question": "信息条数",
    }
    return record(cast.handler, case, "T18", facts, {"letter": upload()})


def report(cast, case, commissioned, day: str):
    facts = {"legal_day": day, "commission": str(commissioned.pk), "result": "1200条"}
    return record(cast.handler, case, "T18-2", facts, {"report": upload()})


@pytest.mark.norm("C044")
def test_a_review_that_stands_still_has_not_lapsed_whatever_its_day(case, cast):
    with on(2026, 5, 30):
        commission(cast, case, "2026-05-01")
    with on(2026, 7, 6):
        lines = checklists.checklist(acts.declaration_of(case, "T17"), case, {})
        verdict = next(line.verdict for line in lines if line.code == "review_running")
        assert (verdict.met, verdict.warning) == (True, False)
        approve(propose(case, "T17", EXTENSION, cast.handler), cast.head, cast.chief)


@pytest.mark.norm("C044")
def test_time_of_two_commissions_that_overlap_counts_once(case, cast):
    with on(2026, 5, 30):
        first = commission(cast, case, "2026-05-01")
        second = commission(cast, case, "2026-05-06", "某审计所")
        assert Deadline.objects.get(case=case, rule="P-02").at_least
        report(cast, case, first, "2026-05-11")
        report(cast, case, second, "2026-05-16")
    period = Deadline.objects.get(case=case, rule="P-02")
    assert (period.nominal_day, period.at_least) == (date(2026, 7, 16), False)


def test_a_report_belongs_to_a_commission_that_waits(case, cast):
    with on(2026, 5, 30):
        first = commission(cast, case, "2026-05-01")
        report(cast, case, first, "2026-05-11")
        with pytest.raises(Refusal) as refused:
            report(cast, case, first, "2026-05-12")
    assert codes(refused) == ["commission_open"]


def test_a_report_before_its_commission_is_refused_with_what_to_do_and_nothing_is_recorded(
    case, cast
):
    with on(2026, 5, 30):
        first = commission(cast, case, "2026-05-11")
        with translation.override("en"), pytest.raises(Invalid) as refused:
            report(cast, case, first, "2026-05-01")
        assert "cannot end before it began" in str(refused.value.message)
        assert not case.events.filter(kind="work_reported").exists()
        report(cast, case, first, "2026-05-12")
    assert Deadline.objects.get(case=case, rule="P-02").nominal_day == date(2026, 7, 2)


@pytest.mark.norm("C042")
def test_the_period_runs_on_after_the_decision_to_sue_and_is_extended_there(case, cast):
    with on(2026, 6, 1):
        force(case, "T21", date(2026, 5, 20), actor=cast.chief)
        approve(propose(case, "T17", EXTENSION, cast.handler), cast.head, cast.chief)
        case.refresh_from_db()
        proposal = approve(propose(case, "T17-2", EXTENSION, cast.handler), cast.head, cast.chief)
        facts = {"legal_day": "2026-06-01", "until": "2026-10-12", "approval_number": "批1号"}
        proposals.carry_out(
            actor=cast.handler, proposal=proposal, data=facts, files={"paper": upload()}
        )
    case.refresh_from_db()
    assert case.state == CaseState.SUIT_DECIDED
    assert end_of_review(case) == date(2026, 10, 12)


@pytest.mark.norm("C044")
def test_work_commissioned_after_the_decision_to_sue_does_not_count_either(case, cast):
    with on(2026, 5, 30):
        force(case, "T21", date(2026, 4, 20), actor=cast.chief)
        sent = commission(cast, case, "2026-05-01")
        report(cast, case, sent, "2026-05-11")
    assert case.state == CaseState.SUIT_DECIDED
    assert Deadline.objects.get(case=case, rule="P-02").nominal_day == date(2026, 7, 11)


def test_a_review_that_ended_with_the_complaint_is_not_extended(case, cast):
    with on(2026, 6, 1):
        force(case, "T21", date(2026, 5, 20), actor=cast.chief)
        force(case, "T22", date(2026, 5, 22), actor=cast.handler)
        force(case, "T23", date(2026, 5, 25), actor=cast.handler, party="office")
        force(case, "T52-2", date(2026, 5, 28), actor=cast.chief)
        with pytest.raises(Refusal) as refused:
            propose(case, "T17", EXTENSION, cast.handler)
    assert codes(refused) == ["review_running"]


def extend(cast, case) -> None:
    with on(2026, 6, 1):
        approve(propose(case, "T17", EXTENSION, cast.handler), cast.head, cast.chief)
    case.refresh_from_db()


def exclude(cast, case) -> None:
    with on(2026, 5, 30):
        report(cast, case, commission(cast, case, "2026-05-01"), "2026-05-16")


@pytest.mark.parametrize(
    ("entered", "last_day"),
    [
        ((), date(2026, 7, 1)),
        ((extend,), date(2026, 8, 3)),
        ((exclude,), date(2026, 7, 16)),
        ((exclude, extend), date(2026, 8, 17)),
    ],
)
def test_a_lapsed_review_is_flagged_on_the_page_unless_extensions_and_exclusions_are_entered(
    case, cast, client, entered, last_day
):
    for enter in entered:
        enter(cast, case)
    flag = f"审查起诉期限已于{last_day}届满。规定未因此限制起诉；予以记录。"
    shown = []
    for day in (last_day, last_day + timedelta(days=1)):
        with on(day.year, day.month, day.day):
            client.force_login(cast.handler)
            page = client.get(reverse("case_detail", args=[case.key])).content.decode()
            assert 'id="step-T21"' in page
            shown.append((flag in page, "届满。规定未因此限制起诉" in page))
    assert shown == [(False, False), (True, True)]


# --- the end of the review -----------------------------------------------------------------------


@pytest.mark.norm("C046")
def test_a_review_ends_in_one_of_three_ways(case, cast):
    with on(2026, 4, 10), pytest.raises(Invalid) as refused:
        record(
            cast.handler,
            case,
            "S03",
            {"legal_day": "2026-04-10", "outcome": "wait", "conclusion": "x"},
        )
    assert "outcome" in refused.value.errors


@pytest.mark.norm("C047")
def test_the_suit_is_decided_when_the_harm_persists(case, cast):
    with on(2026, 4, 10):
        reported(cast, case, "sue")
        decide_suit(cast, case)
    assert case.state == CaseState.SUIT_DECIDED
    assert Deadline.objects.get(case=case, rule="P-02").state == "open"


@pytest.mark.parametrize(
    ("spoil", "unmet"),
    [
        ("no_report", ["review_proposes_suit", "document:D-43"]),
        ("other_outcome", ["review_proposes_suit"]),
        ("stale_finding", ["harm_persists"]),
        ("sued", ["no_eligible_plaintiff"]),
        ("unknown", ["defendant_identified"]),
        ("committee", ["committee_agreed"]),
    ],
)
@pytest.mark.norm("C047")
def test_each_guard_of_the_suit_holds_it_back_alone(case, cast, spoil, unmet):
    facts = dict(SUIT)
    with on(2026, 4, 10):
        if spoil != "no_report":
            reported(cast, case, "transfer" if spoil == "other_outcome" else "sue")
        if spoil == "stale_finding":
            facts["harm_found_on"] = "2026-03-01"
        if spoil == "sued":
            reply(cast, case, intention="has", court="杭州互联网法院")
        if spoil == "unknown":
            parties.remove_party(actor=cast.handler, party=case.parties.get(), reason="误录")
        if spoil == "committee":
            facts["committee_required"] = "on"
        with pytest.raises(Refusal) as refused:
            propose(case, "T21", facts, cast.handler)
    assert codes(refused) == unmet


def test_a_corrected_publication_that_runs_on_holds_the_suit_back(case, cast):
    with on(2026, 4, 10):
        reported(cast, case, "sue")
        published = case.events.get(kind="announcement_published")
        facts = published.facts | {"legal_day": "2026-03-20"}
        corrections.correct_event(
            actor=cast.handler, event=published, data=facts, reason="日期误录"
        )
        case.refresh_from_db()
        with pytest.raises(Refusal) as refused:
            propose(case, "T21", SUIT, cast.handler)
    assert codes(refused) == ["announcement_elapsed"]


def test_the_decision_to_sue_is_revoked_before_anything_is_delivered(case, cast):
    with on(2026, 4, 10):
        reported(cast, case, "sue")
        decide_suit(cast, case)
        approve(propose(case, "T65", {"reason": "另行处理"}, cast.handler), cast.head, cast.chief)
    case.refresh_from_db()
    assert case.state == CaseState.REVIEW_FOR_PROSECUTION


def test_the_review_may_end_the_case_on_a_ground_of_rules_90(case, cast):
    facts = {"ground": "interest_protected", "explanation": "已整改。"}
    with on(2026, 4, 10):
        with pytest.raises(Refusal) as refused:
            propose(case, "T19", facts, cast.handler)
        assert codes(refused) == ["review_proposes_termination", "document:D-43"]
    with on(2026, 4, 11):
        case.refresh_from_db()
        proposals.withdraw_proposal(
            actor=cast.handler, proposal=case.proposals.get(transition="T19"), reason=""
        )
        reported(cast, case, "terminate")
        approve(propose(case, "T19", facts, cast.handler), cast.head, cast.chief)
    case.refresh_from_db()
    assert case.state == CaseState.TERMINATED


def test_a_stranger_and_a_recused_colleague_record_nothing(case, cast):
    with on(2026, 4, 3):
        for person in (cast.stranger, cast.recused):
            with pytest.raises(NotPermitted):
                record(
                    person,
                    case,
                    "T13",
                    {"legal_day": "2026-04-03"},
                    {"paper": upload()},
                )


def test_a_step_of_another_state_is_refused_with_the_present_one(case, cast):
    with on(2026, 4, 10), pytest.raises(Conflict) as refused:
        propose(case, "T65", {"reason": "x"}, cast.handler)
    assert refused.value.code == "state_moved"


def test_a_reply_is_followed_up_with_the_record_of_it(case, cast):
    with on(2026, 4, 3):
        told = reply(cast, case)
        facts = {"legal_day": "2026-04-03", "reply": str(told.pk), "result": "电话核实。"}
        with pytest.raises(Invalid) as refused:
            record(cast.handler, case, "S01", facts)
        assert list(refused.value.errors) == ["paper"]
        event = record(cast.handler, case, "S01", facts, {"paper": upload("跟进记录.txt")})
    assert [proof.name for proof in event.proofs.all()] == ["跟进记录.txt"]
