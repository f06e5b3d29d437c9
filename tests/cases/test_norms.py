"""Norms of the slice that no other test of the kernel shows."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from audit import clock
from audit.errors import Invalid
from cases.forms.facts import (
    GROUNDS_THAT_NEVER_FIT,
    CloseInvestigationFacts,
    ClosingProposal,
    TerminateFacts,
    TerminationGround,
)
from cases.forms.leads import RegisterLeadForm
from cases.models import Event
from cases.registries import inbox, machines
from cases.services import acts
from cases.services.facts import bound_form
from cases.states import LEAD_OUTCOMES, LeadState
from tests.support import matters
from tests.support.matters import make_case

pytestmark = pytest.mark.django_db


@pytest.mark.norm("C004")
def test_a_lead_of_another_department_bears_sender_and_day_and_waits_for_the_head(cast):
    lead = matters.make_lead(cast, sender_department=cast.department, sent_on=clock.today())
    assert (lead.sender_department, lead.sent_on) == (cast.department, clock.today())
    waiting = inbox["leads_to_assign"](cast.head)
    assert [item.matter_key for item in waiting] == [lead.key]
    form = RegisterLeadForm({"sent_on": clock.today().isoformat()}, actor=cast.intake)
    assert "sent_on" in form.errors


@pytest.mark.norm("C008")
def test_an_inquiry_that_was_started_must_have_its_report_before_filing(cast):
    lead = matters.assess(cast, matters.assign(cast, matters.make_lead(cast)))
    declaration = acts.declaration_of(lead, "T06")

    def met():
        lines = acts.checklist(declaration, lead, matters.FILING)
        return next(x.verdict.met for x in lines if x.code == "inquiry_report_attached")

    assert met()
    acts.record_directly(
        actor=cast.handler,
        matter=lead,
        code="T04",
        data={"why_necessary": "主体不明", "plan": "走访", "legal_day": clock.today().isoformat()},
    )
    lead.refresh_from_db()
    assert not met()


@pytest.mark.norm("C035")
def test_a_closing_report_proposes_to_terminate_or_to_announce_and_nothing_else(cast):
    assert set(ClosingProposal.values) == {"terminate", "announce"}
    form = CloseInvestigationFacts(
        {"proposal": "sue", "conclusion": "x", "legal_day": clock.today().isoformat()},
        matter=make_case(cast),
        actor=cast.handler,
    )
    assert "proposal" in form.errors


@pytest.mark.norm("C036")
def test_a_ground_of_termination_is_one_of_the_six_and_two_never_fit(cast):
    case = make_case(cast)
    assert len(TerminationGround.values) == 6
    for ground in GROUNDS_THAT_NEVER_FIT:
        with pytest.raises(Invalid):
            bound_form(
                "case_terminated",
                {"ground": ground, "explanation": "x"},
                matter=case,
                actor=cast.handler,
            )
    assert TerminateFacts.base_fields["ground"].required


@pytest.mark.norm("C036")
def test_another_subjects_suit_does_not_end_the_case_when_the_office_will_support_it(cast):
    case = make_case(cast)
    declaration = acts.declaration_of(case, "T11")

    def met(**facts):
        lines = acts.checklist(declaration, case, {"ground": "other_subject_sued"} | facts)
        return next(x.verdict.met for x in lines if x.code == "not_to_be_supported")

    assert met(office_will_support=False)
    assert not met(office_will_support=True)


@pytest.mark.norm("C120")
def test_direction_and_written_objection_are_both_kept_unchanged(cast):
    case = make_case(cast)
    event = acts.record_fact(
        actor=cast.handler,
        matter=case,
        kind="direction_recorded",
        data={
            "direction": "检察长决定继续调查。",
            "objection": "承办人认为应当终结。",
            "legal_day": clock.today().isoformat(),
        },
    )
    assert event.facts["objection"] == "承办人认为应当终结。"
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(facts={})
    case.refresh_from_db()
    assert case.state == "filed"


@pytest.mark.norm("C160")
def test_every_lead_reaches_exactly_one_outcome():
    machine = machines["lead"]
    assert set(LEAD_OUTCOMES) == {"lead_transferred", "not_filed", "filed", "merged"}
    for state in LeadState.values:
        targets = {item.target for item in machine.leaving(state)}
        if state in LEAD_OUTCOMES:
            # New facts reopen a lead that was not filed (T60); nothing else leaves an outcome.
            assert targets == ({"lead_assessing"} if state == "not_filed" else set())
        else:
            assert targets & {*LEAD_OUTCOMES, "lead_assessing", "prelim_investigation"}


def test_titles_of_transitions_exist_in_both_languages():
    for machine in machines.values():
        for item in machine.declarations.values():
            with translation.override("zh-hans"):
                assert item.title == item.title_zh
            with translation.override("en"):
                assert item.title == item.title_en
