"""Norms of the slice that no other test of the kernel shows."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import translation

from audit import clock
from audit.errors import Conflict, Invalid, NotPermitted
from audit.models import AuditEvent
from cases.forms.facts import (
    GROUNDS_THAT_NEVER_FIT,
    CloseInvestigationFacts,
    ClosingProposal,
    TerminateFacts,
    TerminationGround,
)
from cases.models import Event, Lead
from cases.registries import machines
from cases.services import acts, checklists, corrections
from cases.services.facts import bound_form
from cases.states import LEAD_OUTCOMES, LeadState
from tests.support.matters import (
    FILING,
    approve,
    assign,
    force,
    make_case,
    make_lead,
    propose,
)

pytestmark = pytest.mark.django_db


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
def test_the_two_grounds_that_never_fit_are_shown_greyed_with_the_reason(cast):
    form = TerminateFacts(matter=make_case(cast), actor=cast.handler)
    with translation.override("en"):
        labels = re.findall(r"<label.*?</label>", str(form["ground"]), re.DOTALL)
    assert len(labels) == 6
    for label in labels:
        closed = any(f'value="{ground}"' in label for ground in GROUNDS_THAT_NEVER_FIT)
        assert (" disabled" in label) == closed
        assert ("it never fits a case of personal information" in label) == closed


@pytest.mark.norm("C036")
def test_another_subjects_suit_does_not_end_the_case_when_the_office_will_support_it(cast):
    case = make_case(cast)
    declaration = acts.declaration_of(case, "T11")

    def met(**facts):
        lines = checklists.checklist(declaration, case, {"ground": "other_subject_sued"} | facts)
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
    assert event.facts["direction"] == "检察长决定继续调查。"
    assert event.facts["objection"] == "承办人认为应当终结。"
    entry = AuditEvent.objects.get(action="event.direction_recorded")
    assert (entry.actor_id, entry.object_id) == (cast.handler.pk, str(event.pk))
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        Event.objects.filter(pk=event.pk).update(facts={})
    assert refused.value.__cause__.pgcode == "42501", "refused by privilege, before any trigger"
    case.refresh_from_db()
    assert case.state == "filed"


@pytest.mark.norm("C120")
def test_a_direction_is_stated_and_an_objection_is_free(cast):
    case, day = make_case(cast), {"legal_day": clock.today().isoformat()}
    with pytest.raises(Invalid) as refused:
        bound_form(
            "direction_recorded", day | {"objection": "异议"}, matter=case, actor=cast.handler
        )
    assert list(refused.value.errors) == ["direction"]
    form = bound_form(
        "direction_recorded", day | {"direction": "继续调查。"}, matter=case, actor=cast.handler
    )
    assert form.facts()["direction"] == "继续调查。"


@pytest.mark.norm("C120")
def test_who_is_not_of_the_team_records_no_direction(cast):
    case = make_case(cast)
    facts = {"direction": "继续调查。", "legal_day": clock.today().isoformat()}
    for outsider in (cast.colleague, cast.chief):
        with pytest.raises(NotPermitted) as refused:
            acts.record_fact(actor=outsider, matter=case, kind="direction_recorded", data=facts)
        assert refused.value.code == "not_in_the_team"
    assert not case.events.filter(kind="direction_recorded").exists()


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


def _ends_reached_from(state):
    """Every outcome some sequence of transitions leads to, other than by reopening one."""
    machine, seen, open_states = machines["lead"], {state}, [state]
    while open_states:
        for step in machine.leaving(open_states.pop()):
            if step.target not in seen:
                seen.add(step.target)
                open_states += [] if step.target in LEAD_OUTCOMES else [step.target]
    return seen & set(LEAD_OUTCOMES)


@pytest.mark.norm("C160")
def test_no_lead_is_left_without_a_way_to_an_outcome():
    for state in set(LeadState.values) - set(LEAD_OUTCOMES):
        assert _ends_reached_from(state) == set(LEAD_OUTCOMES), state
    direct = {step.target for step in machines["lead"].leaving(LeadState.LEAD_ASSESSING)}
    assert set(LEAD_OUTCOMES) <= direct
    targets = {step.target for step in machines["lead"].declarations.values()}
    assert set(LEAD_OUTCOMES) <= targets


@pytest.fixture
def filed(cast):
    """A lead that has ended as a case."""
    lead = assign(cast, make_lead(cast))
    force(lead, "T06", clock.today(), actor=cast.chief, **FILING)
    return lead


@pytest.mark.norm("C160")
@pytest.mark.parametrize("code", ["T02", "T07", "M01"])
def test_a_lead_that_has_ended_takes_no_second_outcome(cast, filed, code):
    with pytest.raises(Conflict) as refused:
        acts.perform(
            actor=cast.chief,
            declaration=acts.declaration_of(filed, code),
            matter=filed,
            facts={},
            legal_day=clock.today(),
        )
    assert refused.value.details == {"state": "filed", "transition": code}
    assert not filed.events.filter(transition=code).exists()


def _write_state(lead, state) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_lead SET state = %s WHERE id = %s", [state, lead.pk])


@pytest.mark.norm("C160")
def test_the_database_changes_no_outcome_of_a_lead_even_with_an_event(cast, filed):
    with pytest.raises(IntegrityError, match="without its event"), transaction.atomic():
        _write_state(filed, "not_filed")
    acts.record_event(
        actor=cast.chief,
        matter=filed,
        kind="filing_refused",
        legal_day=clock.today(),
        machine="lead",
        object_id=filed.pk,
        from_state="filed",
        to_state="not_filed",
    )
    with pytest.raises(IntegrityError, match="may not go from"), transaction.atomic():
        _write_state(filed, "not_filed")


def _may_merge(lead, into) -> bool:
    lines = checklists.checklist(acts.declaration_of(lead, "M01"), lead, {"into": into})
    return next(line.verdict.met for line in lines if line.code == "merge_target_open")


@pytest.mark.norm("C160")
def test_a_lead_is_merged_only_into_another_one_of_the_office_that_goes_on(cast, filed):
    lead, merged = make_lead(cast), make_lead(cast)
    force(merged, "M01", clock.today(), actor=cast.head, into=lead.pk, reason="同一事实。")
    elsewhere = make_lead(cast)
    Lead.objects.filter(pk=elsewhere.pk).update(office=cast.other_office)
    gone = make_lead(cast)
    transfer = {"target_office": cast.other_office.pk, "jurisdiction_ground": "住所地在外地。"}
    force(gone, "T02", clock.today(), actor=cast.head, materials="线索材料", **transfer)
    for into in (lead.pk, merged.pk, elsewhere.pk, gone.pk, ""):
        assert not _may_merge(lead, into)
    assert _may_merge(lead, filed.pk)


@pytest.mark.norm("C160")
def test_a_merged_lead_names_the_lead_that_goes_on(cast):
    lead, other = assign(cast, make_lead(cast)), assign(cast, make_lead(cast))
    facts = {"into": other.pk, "reason": "同一事实。"}
    approve(propose(lead, "M01", facts, cast.handler), cast.head)
    lead.refresh_from_db()
    assert (lead.state, lead.merged_into) == ("merged", other)


@pytest.mark.norm("C160")
def test_a_lead_whose_merging_was_annulled_has_no_outcome_and_names_no_other(cast):
    lead, other = assign(cast, make_lead(cast)), assign(cast, make_lead(cast))
    event = force(lead, "M01", clock.today(), actor=cast.head, into=other.pk, reason="同一事实。")
    lead.refresh_from_db()
    assert lead.merged_into == other
    corrections.annul_transition(actor=cast.chief, event=event, reason="误录")
    lead.refresh_from_db()
    assert (lead.state, lead.merged_into) == ("lead_assessing", None)


def test_titles_of_transitions_exist_in_both_languages():
    for machine in machines.values():
        for item in machine.declarations.values():
            with translation.override("zh-hans"):
                assert item.title == item.title_zh
            with translation.override("en"):
                assert item.title == item.title_en
