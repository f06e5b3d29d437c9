"""Recusal: who decides, what a decision closes, and what its one review changes (Rules 19-23; CSR 14)."""

from __future__ import annotations

from datetime import date

import pytest

from audit import clock
from audit.errors import Invalid, NotPermitted
from cases.models import Recusal, RecusalDecision
from cases.selectors.matters import cases_visible_to, leads_visible_to
from cases.selectors.people import is_recused
from cases.services import acts, leads, proposals, recusals, work
from tests.support import matters
from tests.support.days import on

pytestmark = pytest.mark.django_db

TRANSFER = {"jurisdiction_ground": "不在本辖区。", "materials": "一册"}


@pytest.fixture
def case(cast):
    return matters.make_case(cast)


@pytest.fixture
def lead(cast):
    return matters.assign(cast, matters.make_lead(cast))


def apply(cast, matter, person, received_on: date | None = None) -> Recusal:
    return recusals.apply_for_recusal(
        actor=cast.intake,
        matter=matter,
        person=person,
        applicant="某公司",
        grounds="利害关系",
        received_on=received_on or clock.today(),
    )


def decided(cast, recusal: Recusal, granted: bool) -> Recusal:
    return recusals.decide_recusal(
        actor=cast.chief, recusal=recusal, granted=granted, reason="经审查。"
    )


def under_review(cast, recusal: Recusal) -> Recusal:
    return recusals.request_review(
        actor=cast.intake, recusal=recusal, received_on=clock.today()
    )


# --- what a decision closes, and its review -------------------------------------------------------


@pytest.mark.norm("C018")
@pytest.mark.parametrize("granted", [True, False])
def test_a_request_for_review_leaves_the_decision_as_it_is(cast, case, granted):
    recusal = under_review(cast, decided(cast, apply(cast, case, cast.head), granted))
    assert recusal.review_decision == RecusalDecision.PENDING
    assert (recusal.granted, is_recused(case, cast.head.pk)) == (granted, granted)
    assert (case in cases_visible_to(cast.head)) is not granted


@pytest.mark.norm("C018")
@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("second", [True, False])
def test_from_its_decision_on_the_review_counts(cast, lead, first, second):
    recusal = under_review(cast, decided(cast, apply(cast, lead, cast.head), first))
    recusal = decided(cast, recusal, second)
    assert (recusal.granted, is_recused(lead, cast.head.pk)) == (second, second)
    assert (lead in leads_visible_to(cast.head)) is not second


@pytest.mark.norm("C018")
def test_a_recused_handler_of_a_lead_does_nothing_more_on_it(cast, lead):
    other = matters.assign(cast, matters.make_lead(cast))
    inquiry = {"why_necessary": "主体不明", "plan": "走访", "legal_day": clock.today().isoformat()}
    assessment = {
        "truthfulness": 4, "truthfulness_reason": "有截图。",
        "feasibility": 4, "feasibility_reason": "可查。",
    }  # fmt: skip
    facts = TRANSFER | {"target_office": cast.other_office.pk}
    handler = cast.handler

    def everything(matter):
        """Yield what a handler does on a lead, last what moves it."""
        yield lambda: leads.assess_lead(actor=handler, lead=matter, facts=assessment)
        yield lambda: leads.mark_major(actor=handler, lead=matter)
        yield lambda: work.add_note(actor=handler, matter=matter, text="笔记")
        yield lambda: proposals.withdraw_proposal(
            actor=handler,
            proposal=proposals.draft_proposal(
                actor=handler, matter=matter, code="T02", data=facts, reasons="理由"
            ),
        )
        yield lambda: acts.record_directly(actor=handler, matter=matter, code="T04", data=inquiry)

    decided(cast, apply(cast, lead, handler), granted=True)
    for act in everything(lead):
        with pytest.raises(NotPermitted):
            act()
    for act in everything(other):
        act()


@pytest.mark.norm("C018")
def test_a_recused_person_whose_place_in_the_team_is_left_open_does_nothing_in_the_case(
    cast, case
):
    decided(cast, apply(cast, case, cast.recused), granted=True)
    case.team.create(user=cast.recused, position="handler")
    direction = {"direction": "指示", "legal_day": clock.today().isoformat()}
    with pytest.raises(NotPermitted):
        acts.record_fact(
            actor=cast.recused, matter=case, kind="direction_recorded", data=direction
        )
    with pytest.raises(NotPermitted):
        acts.record_directly(actor=cast.recused, matter=case, code="T08", data={})
    assert case not in cases_visible_to(cast.recused)


@pytest.mark.norm("C018")
def test_a_recused_head_gives_the_lead_to_nobody(cast):
    lead = matters.make_lead(cast)
    decided(cast, apply(cast, lead, cast.head), granted=True)
    with pytest.raises(NotPermitted):
        matters.assign(cast, lead)
    lead.refresh_from_db()
    assert lead.state == "lead_registered"


@pytest.mark.norm("C018")
@pytest.mark.parametrize("outsider", ["head", "colleague", "deputy", "clerk", "handler"])
def test_nobody_but_the_chief_decides_on_the_recusal_of_somebody_else(cast, case, outsider):
    recusal = apply(cast, case, cast.assistant)
    with pytest.raises(NotPermitted):
        recusals.decide_recusal(
            actor=getattr(cast, outsider), recusal=recusal, granted=True, reason="属实"
        )
    recusal.refresh_from_db()
    assert recusal.decision == RecusalDecision.PENDING


@pytest.mark.norm("C018")
def test_an_application_states_its_grounds(cast, case):
    with pytest.raises(Invalid) as refused:
        recusals.apply_for_recusal(
            actor=cast.handler,
            matter=case,
            person=cast.assistant,
            applicant="某公司",
            grounds=" ",
            received_on=clock.today(),
        )
    assert list(refused.value.errors) == ["grounds"]
    assert not Recusal.objects.exists()


@pytest.mark.norm("C018")
def test_application_and_review_each_run_three_days_from_their_receipt(cast, case):
    """9 June 2026 is a Tuesday, so that no day of rest hides the length."""
    with on(2026, 6, 9):
        recusal = apply(cast, case, cast.assistant, date(2026, 6, 8))
        first = case.deadlines.get()
        assert (first.rule, first.start_day) == ("P-08", date(2026, 6, 8))
        assert first.effective_day == date(2026, 6, 11)
        decided(cast, recusal, granted=False)
    with on(2026, 6, 10):
        recusals.request_review(actor=cast.intake, recusal=recusal, received_on=date(2026, 6, 9))
        second = case.deadlines.get(rule="P-09")
        assert (second.start_day, second.effective_day) == (date(2026, 6, 9), date(2026, 6, 12))
        decided(cast, recusal, granted=False)
    assert set(case.deadlines.values_list("rule", "state")) == {("P-08", "met"), ("P-09", "met")}


# --- who decides ----------------------------------------------------------------------------------


@pytest.mark.norm("C019")
@pytest.mark.parametrize("person", ["handler", "head", "clerk", "deputy"])
def test_only_the_recusal_of_the_chief_goes_to_the_committee(cast, case, person):
    recusal = apply(cast, case, getattr(cast, person))
    assert not recusal.decided_by_committee
    assert not recusals.may_decide(cast.deputy, recusal)
    assert recusals.may_decide(cast.chief, recusal)


@pytest.mark.norm("C019")
@pytest.mark.parametrize("outsider", ["chief", "head", "handler", "clerk"])
def test_on_the_recusal_of_the_chief_nobody_of_the_matter_decides(cast, case, outsider):
    recusal = apply(cast, case, cast.chief)
    assert recusal.decided_by_committee
    with pytest.raises(NotPermitted):
        recusals.decide_recusal(
            actor=getattr(cast, outsider), recusal=recusal, granted=False, reason="x"
        )
    recusal.refresh_from_db()
    assert recusal.decision == RecusalDecision.PENDING
