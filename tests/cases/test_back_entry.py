"""A case that ran before it was kept here is entered with its past days and its papers (design 3, back-entry)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.models import Role
from audit.errors import Conflict, Invalid, NotPermitted, Refusal
from audit.models import AuditEvent
from cases.approval_form import approval_form
from cases.models import ApprovalStep, BackEntry, Case, Proposal
from cases.selectors import back_entry as selectors
from cases.services import acts, back_entry, corrections
from cases.services.acts import declaration_of
from cases.services.checklists import checklist
from cases.services.on_paper import Paper, PaperApproval, record_on_paper
from cases.states import CaseState
from deadlines.models import Deadline
from deadlines.services.keeping import keep_under, preview_keeping
from tests.support import old_cases as old
from tests.support.days import on
from tests.support.matters import make_case, record, stand_aside
from tests.support.old_cases import file_old, filed_paper, old_case, old_lead, paper, scan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with on(2026, 6, 24), translation.override("en"):
        yield


def kinds(matter) -> list[str]:
    return list(matter.events.order_by("id").values_list("kind", flat=True))


# --- the mode ------------------------------------------------------------------------------------


def test_the_lead_handler_asks_and_the_head_agrees_and_both_days_and_persons_are_kept(cast):
    case = make_case(cast)
    back_entry.ask_for_back_entry(actor=cast.handler, matter=case, reason=old.REASON)
    assert not selectors.is_running(case)
    row = back_entry.agree_to_back_entry(actor=cast.head, matter=case)
    assert (row.asked_by, row.agreed_by, row.status) == (cast.handler, cast.head, "running")
    assert None not in (row.asked_at, row.agreed_at)
    asked, agreed = case.events.order_by("id")
    assert [asked.kind, agreed.kind] == ["back_entry_asked", "back_entry_agreed"]
    assert (asked.recorded_by, agreed.recorded_by) == (cast.handler, cast.head)
    assert AuditEvent.objects.filter(action="event.back_entry_agreed", case_id=case.pk).exists()


@pytest.mark.parametrize("name", ["colleague", "assistant", "clerk", "head", "chief", "stranger"])
def test_nobody_but_the_lead_handler_asks(cast, name):
    case = make_case(cast)
    with pytest.raises(NotPermitted):
        back_entry.ask_for_back_entry(actor=getattr(cast, name), matter=case, reason=old.REASON)


@pytest.mark.parametrize("name", ["handler", "colleague", "clerk", "chief", "stranger"])
def test_nobody_but_the_head_of_the_department_agrees(cast, name):
    case = make_case(cast)
    back_entry.ask_for_back_entry(actor=cast.handler, matter=case, reason=old.REASON)
    with pytest.raises(NotPermitted):
        back_entry.agree_to_back_entry(actor=getattr(cast, name), matter=case)


def test_a_head_who_handles_the_case_does_not_agree_with_himself(cast):
    case = make_case(cast, handler=cast.head)
    back_entry.ask_for_back_entry(actor=cast.head, matter=case, reason=old.REASON)
    with pytest.raises(NotPermitted) as refused:
        back_entry.agree_to_back_entry(actor=cast.head, matter=case)
    assert refused.value.code == "own_request"
    with pytest.raises(IntegrityError), transaction.atomic():
        BackEntry.objects.update(agreed_by=cast.head, agreed_at="2026-06-24T00:00Z")


def test_a_recused_handler_does_not_ask_and_a_recused_head_does_not_agree(cast):
    case = make_case(cast)
    back_entry.ask_for_back_entry(actor=cast.handler, matter=case, reason=old.REASON)
    stand_aside(cast, case, cast.head)
    with pytest.raises(NotPermitted):
        back_entry.agree_to_back_entry(actor=cast.head, matter=case)
    other = make_case(cast)
    stand_aside(cast, other, cast.handler)
    with pytest.raises(NotPermitted):
        back_entry.ask_for_back_entry(actor=cast.handler, matter=other, reason=old.REASON)


def test_it_is_asked_for_once_and_with_a_reason(cast):
    case = make_case(cast)
    with pytest.raises(Invalid):
        back_entry.ask_for_back_entry(actor=cast.handler, matter=case, reason="  ")
    back_entry.ask_for_back_entry(actor=cast.handler, matter=case, reason=old.REASON)
    with pytest.raises(Conflict) as refused:
        back_entry.ask_for_back_entry(actor=cast.handler, matter=case, reason=old.REASON)
    assert refused.value.code == "back_entry_open"


def test_a_refusal_is_kept_with_its_reason_and_it_may_be_asked_for_again(cast):
    case = make_case(cast)
    back_entry.ask_for_back_entry(actor=cast.handler, matter=case, reason=old.REASON)
    row = back_entry.refuse_back_entry(actor=cast.head, matter=case, reason="卷宗不全")
    assert (row.status, row.ending_reason) == ("refused", "卷宗不全")
    with pytest.raises(Conflict):
        back_entry.agree_to_back_entry(actor=cast.head, matter=case)
    back_entry.ask_for_back_entry(actor=cast.handler, matter=case, reason=old.REASON)


def test_it_ends_by_hand(cast):
    case = old_case(cast)
    with pytest.raises(NotPermitted):
        back_entry.end_back_entry(actor=cast.clerk, matter=case)
    row = back_entry.end_back_entry(actor=cast.handler, matter=case, reason="已补录完毕")
    assert (row.status, row.ended_by) == ("ended", cast.handler)
    assert kinds(case)[-1] == "back_entry_ended"
    with pytest.raises(Conflict):
        back_entry.end_back_entry(actor=cast.handler, matter=case)


def test_it_is_over_at_the_first_event_of_today(cast):
    case = old_case(cast)
    filed_paper(case, "D-09", cast, old.FILED)
    event = record(cast.handler, case, "T08", {"legal_day": "2026-06-24"})
    row = case.back_entries.get()
    assert (row.status, row.ended_by, row.ended_event) == ("ended", None, event)
    assert "back_entry_ended" in kinds(case)


def test_an_event_of_the_past_and_what_concerns_the_record_alone_do_not_end_it(cast):
    case = old_case(cast)  # its team was set today
    filed_paper(case, "D-09", cast, old.FILED)
    event = record(cast.handler, case, "T08", {"legal_day": "2020-06-18"})
    corrections.correct_event(
        actor=cast.handler, event=event, data={"legal_day": "2020-06-17"}, reason="误录"
    )
    assert selectors.is_running(case)


def test_the_mode_of_a_lead_goes_on_in_its_case(cast):
    lead = old_lead(cast)
    case = file_old(cast, lead)
    row = BackEntry.objects.get()
    assert (row.lead, row.case) == (lead, case)
    assert selectors.is_running(lead)
    assert selectors.is_running(case)


# --- approvals as facts --------------------------------------------------------------------------


def test_a_decision_on_paper_is_recorded_in_one_act_on_its_own_day(cast):
    case = old_case(cast)
    assert (case.filed_on, case.key.split("-")[1]) == (old.FILED, "2020")
    event = case.lead.events.get(kind="case_filed")
    assert (event.legal_day, event.recorded_by) == (old.FILED, cast.handler)
    assert event.recorded_at.date() == date(2026, 6, 24)


def test_the_approvals_on_the_paper_are_steps_entered_from_it(cast):
    case = old_case(cast)
    proposal = case.lead.events.get(kind="case_filed").proposal
    steps = list(proposal.steps.order_by("position"))
    assert [(s.role, s.acted_by, s.legal_day) for s in steps[1:]] == [
        ("department_head", cast.head, old.FILED),
        ("chief", cast.chief, old.FILED),
    ]
    assert {s.entered_by for s in steps} == {cast.handler}
    assert len({s.paper.sha256 for s in steps}) == 1
    assert proposal.status == "carried_out"


def test_the_approval_form_prints_who_decided_on_which_day(cast):
    case = old_case(cast)
    proposal = case.lead.events.get(kind="case_filed").proposal
    printed = str(approval_form(proposal, cast.handler))
    assert cast.chief.name in printed
    assert "2020, 6, 15" in printed or "2020-06-15" in printed


def test_without_the_mode_no_approval_is_taken_as_a_fact(cast):
    lead = old_lead(cast)
    back_entry.end_back_entry(actor=cast.handler, matter=lead)
    with pytest.raises(Conflict) as refused:
        file_old(cast, lead)
    assert refused.value.code == "not_in_back_entry"
    assert not Proposal.objects.filter(lead=lead).exists()


def test_while_it_is_only_asked_for_nothing_is_entered_from_paper(cast):
    case = make_case(cast)
    back_entry.ask_for_back_entry(actor=cast.handler, matter=case, reason=old.REASON)
    with pytest.raises(Conflict):
        record_on_paper(
            actor=cast.handler, matter=case, code="T11", data={}, paper=paper(cast, old.FILED)
        )


@pytest.mark.parametrize("name", ["head", "chief", "colleague", "assistant", "stranger"])
def test_only_handlers_and_the_clerk_enter_from_paper(cast, name):
    case = old_case(cast)
    with pytest.raises(NotPermitted):
        record_on_paper(
            actor=getattr(cast, name),
            matter=case,
            code="T11",
            data={},
            paper=paper(cast, old.FILED),
        )


def test_a_step_without_a_route_is_recorded_directly(cast):
    case = old_case(cast)
    with pytest.raises(NotPermitted) as refused:
        record_on_paper(
            actor=cast.handler, matter=case, code="T08", data={}, paper=paper(cast, old.FILED)
        )
    assert refused.value.code == "needs_no_proposal"


def _filing_refused(cast, given: Paper, kind):
    lead = old_lead(cast)
    with pytest.raises(kind) as refused, transaction.atomic():
        file_old(cast, lead, paper=given)
    assert not Case.objects.exists()
    assert not ApprovalStep.objects.exists()
    return refused.value


def test_where_the_law_names_the_chief_his_approval_is_on_the_paper(cast):
    given = paper(cast, old.FILED, (Role.DEPARTMENT_HEAD, cast.head))
    assert _filing_refused(cast, given, Invalid).code == "wrong_route"


def test_who_had_not_the_role_on_that_day_did_not_decide(cast):
    given = paper(cast, old.FILED, (Role.DEPARTMENT_HEAD, cast.colleague), (Role.CHIEF, cast.chief))
    assert _filing_refused(cast, given, NotPermitted).code == "signer_without_role"


def test_the_chief_of_another_office_did_not_decide(cast):
    given = paper(cast, old.FILED, (Role.DEPARTMENT_HEAD, cast.head), (Role.CHIEF, cast.stranger))
    assert _filing_refused(cast, given, NotPermitted).code == "signer_without_role"


def test_the_chief_cannot_have_approved_before_the_head(cast):
    given = Paper(
        [
            PaperApproval(Role.DEPARTMENT_HEAD, cast.head, date(2020, 6, 15), "同意"),
            PaperApproval(Role.CHIEF, cast.chief, date(2020, 6, 14), "同意"),
        ],
        scan(),
    )
    assert list(_filing_refused(cast, given, Invalid).errors) == ["on_chief"]


def test_a_day_in_the_future_is_on_no_paper(cast):
    assert _filing_refused(cast, paper(cast, date(2026, 6, 25)), Invalid).code == "future_day"


def test_the_head_gives_an_opinion_where_the_chief_decides(cast):
    approvals = [
        PaperApproval(Role.DEPARTMENT_HEAD, cast.head, old.FILED),
        PaperApproval(Role.CHIEF, cast.chief, old.FILED),
    ]
    refusal = _filing_refused(cast, Paper(approvals, scan()), Invalid)
    assert list(refusal.errors) == ["opinion_department_head"]


def test_an_empty_paper_is_none(cast):
    given = paper(cast, old.FILED)
    empty = scan()
    empty.size = 0
    assert _filing_refused(cast, Paper(given.approvals, empty), Invalid).code == "empty_file"


# --- guards by the day of the act ----------------------------------------------------------------


@pytest.mark.norm("C012")
def test_all_guards_hold_in_back_entry(cast):
    lead = old_lead(cast)
    with pytest.raises(Refusal) as refused:
        record_on_paper(
            actor=cast.handler,
            matter=lead,
            code="T06",
            data=old.FILING | {"processor": "", "violator_unknown": "on"},
            paper=paper(cast, old.FILED),
        )
    missing = {item.code for item in refused.value.unmet}
    assert missing == {"violator_known_or_severe", "document:D-05"}


def test_the_legal_basis_is_one_in_force_on_the_day_of_the_decision(cast):
    lead = old_lead(cast)
    filed_paper(lead, "D-05", cast, old.FILED)
    with pytest.raises(Refusal) as refused:
        record_on_paper(
            actor=cast.handler,
            matter=lead,
            code="T06",
            data=old.FILING | {"legal_bases": ["PIPL 70"]},
            paper=paper(cast, old.FILED),
        )
    assert [item.code for item in refused.value.unmet] == ["legal_basis_in_force"]


def test_nothing_is_decided_before_the_paper_it_rests_on(cast):
    lead = old_lead(cast)
    filed_paper(lead, "D-05", cast, date(2020, 6, 16))
    with pytest.raises(Invalid) as refused:
        record_on_paper(
            actor=cast.handler,
            matter=lead,
            code="T06",
            data=old.FILING,
            paper=paper(cast, old.FILED),
        )
    assert refused.value.code == "day_out_of_order"


def test_the_announcement_of_2020_is_recorded_with_its_number_and_its_proof(cast):
    case = old.announced_old_case(cast)
    event = case.events.get(kind="announcement_published")
    assert (event.legal_day, event.recorded_by) == (old.ANNOUNCED, cast.clerk)
    assert event.proofs.count() == 1
    assert case.state == CaseState.ANNOUNCING
    assert event.proposal.author == cast.handler
    period = Deadline.objects.get(case=case, rule="P-01")
    assert period.effective_day == old.EXPIRED


def test_the_expiry_is_recorded_by_the_lead_handler_on_the_last_day(cast):
    case = old.announced_old_case(cast)
    with pytest.raises(Refusal) as refused:
        record(cast.handler, case, "T16", {"legal_day": "2020-09-10"})
    assert [item.code for item in refused.value.unmet] == ["announcement_expired"]
    assert "2020-09-04" in str(refused.value.unmet[0].message)
    for person in (cast.assistant, cast.clerk, cast.head, cast.chief):
        with pytest.raises(NotPermitted):
            record(person, case, "T16", {"legal_day": "2020-09-04"})
    event = record(cast.handler, case, "T16", {"legal_day": "2020-09-04"})
    assert (case.state, event.recorded_by) == (CaseState.REVIEW_FOR_PROSECUTION, cast.handler)


def test_outside_the_mode_nobody_records_what_time_alone_brings_about(cast):
    case = old.announced_old_case(cast)
    back_entry.end_back_entry(actor=cast.handler, matter=case)
    with pytest.raises(NotPermitted):
        record(cast.handler, case, "T16", {"legal_day": "2020-09-04"})


def _reviewed(cast) -> Case:
    case = old.announced_old_case(cast)
    record(cast.handler, case, "T16", {"legal_day": "2020-09-04"})
    return case


@pytest.mark.norm("C043")
@pytest.mark.parametrize(("day", "late"), [(date(2020, 12, 4), False), (date(2020, 12, 7), True)])
def test_an_extension_of_2020_is_entered_from_its_paper_and_flagged_when_it_came_too_late(
    cast, day, late
):
    case = _reviewed(cast)
    facts = {"ground": "complex", "explanation": "涉及多个平台。"}
    lines = checklist(declaration_of(case, "T17"), case, facts, legal_day=day)
    running = next(line.verdict for line in lines if line.code == "review_running")
    assert (running.met, running.warning) == (True, late)
    record_on_paper(actor=cast.handler, matter=case, code="T17", data=facts, paper=paper(cast, day))
    assert Deadline.objects.get(case=case, rule="P-02").nominal_day == date(2021, 1, 4)


@pytest.mark.norm("C047")
@pytest.mark.parametrize(("day", "refused_for"), [(5, []), (4, ["announcement_elapsed"])])
def test_the_decision_to_sue_lies_after_the_last_day_of_the_announcement(cast, day, refused_for):
    case = _reviewed(cast)
    decided = date(2020, 9, day)
    facts = {"outcome": "sue", "conclusion": "应当起诉。", "legal_day": "2020-09-04"}
    record(cast.handler, case, "S03", facts)
    filed_paper(case, "D-43", cast, old.EXPIRED)
    suit = {"harm_found_on": "2020-09-03", "harm_finding": "信息仍在出售。"}
    given = {"actor": cast.handler, "matter": case, "code": "T21", "data": suit}
    if refused_for:
        with pytest.raises(Refusal) as refused:
            record_on_paper(**given, paper=paper(cast, decided))
        assert [item.code for item in refused.value.unmet] == refused_for
        return
    record_on_paper(**given, paper=paper(cast, decided))
    assert case.state == CaseState.SUIT_DECIDED


# --- documents and rulebook ----------------------------------------------------------------------


@pytest.mark.norm("C116")
def test_the_filing_decision_is_registered_under_its_number_and_the_case_bears_it(cast):
    case = old_case(cast)
    assert not case.documents.filter(code="D-06").exists(), "nothing is drafted anew"
    assert case.tasks.filter(kind="file_document:D-06", state="open").exists()
    number = "江云检民公立〔2020〕7号"
    filed_paper(case, "D-06", cast, old.FILED, number=number)
    case.refresh_from_db()
    assert case.official_number == number
    assert not case.tasks.filter(kind="file_document:D-06", state="open").exists()


@pytest.mark.norm("C116")
def test_an_old_number_of_another_pattern_stands_as_it_is_on_the_paper_and_on_one_paper(cast):
    case, number = old_case(cast), "云检民行公立字（2020）第7号"
    filed_paper(case, "D-06", cast, old.FILED, number=number)
    case.refresh_from_db()
    assert case.official_number == number
    with pytest.raises(Conflict) as refused:
        filed_paper(case, "D-41", cast, old.CLOSED, number=number)
    assert refused.value.code == "number_taken"
    back_entry.end_back_entry(actor=cast.handler, matter=case)
    with pytest.raises(Invalid) as pattern:
        filed_paper(case, "D-41", cast, old.CLOSED, number="云检民行公告字（2020）第8号")
    assert pattern.value.code == "number_pattern"


@pytest.mark.norm("C143")
def test_a_case_from_before_the_rules_is_kept_under_them_by_a_logged_decision(cast):
    case = old_case(cast)
    assert case.rulebook == "2021-07-01"
    event = case.events.get(kind="rulebook_kept")
    assert (event.recorded_by, event.facts["to"]) == (cast.head, "2021-07-01")
    assert "2020-06-15" in event.reason
    assert AuditEvent.objects.filter(action="event.rulebook_kept", case_id=case.pk).exists()


@pytest.mark.norm("C143")
def test_the_head_decides_on_the_rulebook_once_and_with_a_reason(cast):
    case = make_case(cast)
    Case.objects.filter(pk=case.pk).update(rulebook="")
    case.refresh_from_db()
    for person in (cast.handler, cast.clerk, cast.stranger):
        with pytest.raises(NotPermitted):
            keep_under(actor=person, case=case, version="2021-07-01", reason="理由", digest="")
    for version, reason in (("1999-01-01", "理由"), ("2021-07-01", " ")):
        with pytest.raises(Invalid):
            keep_under(actor=cast.head, case=case, version=version, reason=reason, digest="")
    digest = preview_keeping(actor=cast.head, case=case, version="2021-07-01").digest
    decided = {"version": "2021-07-01", "reason": "理由", "digest": digest}
    keep_under(actor=cast.head, case=case, **decided)
    with pytest.raises(Conflict):
        keep_under(actor=cast.head, case=case, **decided)


def test_a_decision_in_the_application_is_of_today_and_ends_the_mode(cast):
    case = old_case(cast)
    filed_paper(case, "D-09", cast, old.FILED)
    record(cast.handler, case, "T08", {"legal_day": "2020-06-18"})
    assert selectors.is_running(case)
    acts.record_fact(
        actor=cast.handler,
        matter=case,
        kind="direction_recorded",
        data={"legal_day": "2026-06-24", "direction": "从速办理。"},
    )
    assert not selectors.is_running(case)


def test_a_recusal_decided_today_is_an_event_of_today(cast):
    case = old_case(cast)
    old.put_team(cast, case, (cast.handler, "lead"), (cast.recused, "handler"))
    assert selectors.is_running(case)
    stand_aside(cast, case, cast.recused)
    assert not selectors.is_running(case)
