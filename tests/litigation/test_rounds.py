"""What was recorded in a round before says nothing of the one that runs (law 14.1; T52-2, T54, T59, T64)."""

from __future__ import annotations

from datetime import date

import pytest

from audit.errors import Refusal
from cases.services import acts, checklists
from cases.states import CaseState
from deadlines.models import Deadline
from litigation import selectors
from tests.litigation import suit
from tests.support.days import on
from tests.support.guards import codes
from tests.support.matters import case_in_review, force, happen, record, upload

pytestmark = pytest.mark.django_db


def met(case, code: str, guard: str, facts=None) -> bool:
    lines = checklists.checklist(acts.declaration_of(case, code), case, facts or {})
    return next(line.verdict.met for line in lines if line.code == guard)


@pytest.mark.norm("C062")
def test_after_a_remand_the_court_hears_again_before_it_judges(cast):
    with on(2026, 9, 1):
        case = suit.on_appeal(cast)
        force(case, "T54", date(2026, 8, 3), actor=cast.handler, new_panel=True)
        assert not met(case, "T36", "debate_closed"), "the hearing before the remand does not count"
        assert met(case, "T28", "debate_open_or_court_record"), "the debate is open again"
        force(case, "S18", date(2026, 8, 31), actor=cast.handler, debate_closed=True)
        assert met(case, "T36", "debate_closed")
        assert not met(case, "T28", "debate_open_or_court_record")


def test_an_order_of_the_superior_on_the_first_judgment_does_not_bind_after_the_remand(cast):
    with on(2026, 9, 1):
        case = suit.on_appeal(cast)
        happen(
            case, "superior_ordered", date(2026, 7, 2), actor=cast.handler,
            facts={"order": "withdraw", "ordered_on": "2026-07-02"},
        )  # fmt: skip
        assert not met(case, "T37-4", "no_order_to_withdraw")
        force(case, "T54", date(2026, 8, 3), actor=cast.handler, new_panel=True)
        force(case, "S18", date(2026, 8, 24), actor=cast.handler, debate_closed=True)
        facts = {"judgment_number": "2", "result": "granted", "pronounced_publicly": True}
        force(case, "T36", date(2026, 8, 31), actor=cast.handler, **facts)
        assert met(case, "T37", "no_order_to_withdraw")


@pytest.mark.norm("C138")
def test_a_suit_brought_again_is_served_again_and_the_time_for_the_defence_runs_anew(cast):
    with on(2026, 8, 3):
        case = suit.in_preparation(cast)
        defendant = suit.defendants(case)[0].pk
        served = {"legal_day": "2026-07-20", "defendant": defendant}
        with pytest.raises(Refusal) as refused:
            record(cast.handler, case, "S12", served, {"paper": upload()})
        assert codes(refused) == ["served_once"]
        force(case, "T29", date(2026, 5, 25), actor=cast.handler, hearing_on="2026-05-29")
        force(case, "S18", date(2026, 5, 29), actor=cast.handler, debate_closed=True)
        force(case, "T23", date(2026, 6, 1), actor=cast.handler, rejection="dismissed")
        force(case, "T52-2", date(2026, 6, 15), actor=cast.handler, cured="已补正")
        court = suit.internet_court().pk
        force(case, "T22", date(2026, 7, 6), actor=cast.handler, court=court)
        force(case, "T24", date(2026, 7, 13), actor=cast.handler, court_case_number="2")
        record(cast.handler, case, "S12", served, {"paper": upload()})
        clocks = Deadline.objects.filter(case=case, rule="P-23").order_by("-id")
        assert selectors.first_hearing(case) is None, "another body can join this suit"
    assert case.state == CaseState.COURT_ACCEPTED
    assert clocks[0].effective_day == date(2026, 8, 4)


@pytest.mark.norm("C141")
def test_after_support_was_withdrawn_the_case_is_announced_reviewed_and_sued_in_anew(cast):
    with on(2026, 4, 10):
        case = case_in_review(cast, date(2026, 3, 2))
        has_sued = {"replier": "eligible", "name": "某省消费者委员会", "intention": "has"}
        happen(case, "announcement_reply", date(2026, 4, 3), actor=cast.handler, facts=has_sued)
        force(case, "S03", date(2026, 4, 9), actor=cast.handler, outcome="sue", conclusion="起诉")
        force(case, "T17", date(2026, 4, 9), actor=cast.handler)
        assert not met(case, "T21", "no_eligible_plaintiff")
        assert not met(case, "T17", "not_extended_before")
        force(case, "T14", date(2026, 4, 10), actor=cast.handler, plaintiff="某省消费者委员会")
    with on(2026, 9, 15):
        force(case, "T59", date(2026, 5, 11), actor=cast.handler, harm="仍在", unlawful_act="仍在")
        for code, day in (("T08", "05-12"), ("T10", "06-01"), ("T12", "06-08"), ("T16", "07-08")):
            force(case, code, date.fromisoformat(f"2026-{day}"), actor=cast.handler)
        assert case.state == CaseState.REVIEW_FOR_PROSECUTION
        assert met(case, "T21", "no_eligible_plaintiff"), "that suit was before this announcement"
        assert met(case, "T17", "not_extended_before")
        assert not met(case, "T21", "review_proposes_suit"), "this review has not been reported"
        force(case, "S03", date(2026, 9, 14), actor=cast.handler, outcome="sue", conclusion="起诉")
        assert met(case, "T21", "review_proposes_suit")
