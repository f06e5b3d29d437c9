"""The register of leads and its guards (Rules 24-30)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from accounts.models import Office
from audit import clock
from audit.errors import Conflict, Invalid, NotPermitted, Refusal
from cases.forms.facts import TransferLeadFacts
from cases.models import Event, Lead
from cases.selectors.matters import leads_visible_to
from cases.services import acts, leads, proposals
from cases.services.facts import bound_form
from tests.support import matters
from tests.support.people import make_office

pytestmark = pytest.mark.django_db


def test_somebody_without_a_role_on_duty_cannot_register(cast):
    with pytest.raises(NotPermitted):
        leads.register_lead(actor=cast.auditor, facts={})


def test_the_handler_sees_the_lead_only_once_it_is_assigned(cast):
    lead = matters.make_lead(cast)
    assert lead not in leads_visible_to(cast.handler)
    matters.assign(cast, lead)
    assert lead in leads_visible_to(cast.handler)
    assert lead not in leads_visible_to(cast.stranger)


@pytest.mark.norm("C131")
def test_the_clerk_of_its_department_sees_a_lead_but_no_confidential_one(cast):
    assert matters.make_lead(cast) in leads_visible_to(cast.clerk)
    assert matters.make_lead(cast, confidential=True) not in leads_visible_to(cast.clerk)


def test_assigning_moves_the_state_with_its_event(cast):
    lead = matters.assign(cast, matters.make_lead(cast))
    assert (lead.state, lead.handler) == ("lead_assessing", cast.handler)
    event = Event.objects.get(lead=lead, transition="T03")
    assert (event.from_state, event.to_state) == ("lead_registered", "lead_assessing")


def test_only_the_department_head_assigns(cast):
    with pytest.raises(NotPermitted):
        acts.record_directly(
            actor=cast.handler, matter=matters.make_lead(cast), code="T03", data={}
        )


@pytest.mark.norm("C007")
def test_filing_is_refused_while_truthfulness_and_feasibility_are_not_assessed(cast):
    lead = matters.assign(cast, matters.make_lead(cast))
    draft = proposals.draft_proposal(
        actor=cast.handler, matter=lead, code="T06", data=matters.FILING, reasons="理由"
    )
    with pytest.raises(Refusal) as refusal:
        proposals.submit_proposal(actor=cast.handler, proposal=draft)
    assert "lead_assessed" in {line.code for line in refusal.value.unmet}


@pytest.mark.norm("C010")
@pytest.mark.parametrize("field", ["harm", "unlawful_act", "numerous_individuals"])
def test_filing_needs_each_of_its_reasons(cast, field):
    lead = matters.assign(cast, matters.make_lead(cast))
    with pytest.raises(Invalid) as refusal:
        proposals.draft_proposal(
            actor=cast.handler,
            matter=lead,
            code="T06",
            data=matters.FILING | {field: " "},
            reasons="理由",
        )
    assert field in refusal.value.errors


@pytest.mark.norm("C012")
def test_a_named_processor_is_no_unknown_violator(cast):
    lead = matters.assess(cast, matters.assign(cast, matters.make_lead(cast)))
    facts = matters.FILING | {"violator_unknown": "on", "severe": "on", "severe_reason": "后果严重"}
    with translation.override("en"), pytest.raises(Invalid) as refusal:
        bound_form("case_filed", facts, matter=lead, actor=cast.handler)
    assert list(refusal.value.errors) == ["violator_unknown"]
    assert "A processor is named" in refusal.value.errors["violator_unknown"][0]
    bound_form("case_filed", facts | {"processor": " "}, matter=lead, actor=cast.handler)


def test_a_transition_from_another_state_is_a_conflict(cast):
    lead = matters.assign(cast, matters.make_lead(cast))
    with pytest.raises(Conflict):
        acts.record_directly(actor=cast.head, matter=lead, code="T03", data={})


def test_the_database_refuses_a_state_without_its_event(cast):
    lead = matters.make_lead(cast)
    with pytest.raises(DatabaseError, match="without its event"), transaction.atomic():
        Lead.objects.filter(pk=lead.pk).update(state="filed")


def test_the_database_refuses_an_edge_nobody_declared_even_with_an_event(cast):
    lead = matters.make_lead(cast)
    acts.record_event(
        actor=cast.handler,
        matter=lead,
        kind="case_filed",
        legal_day=lead.received_on,
        machine="lead",
        object_id=lead.pk,
        from_state="lead_registered",
        to_state="filed",
    )
    with pytest.raises(DatabaseError, match="may not go"), transaction.atomic():
        Lead.objects.filter(pk=lead.pk).update(state="filed")


def test_an_event_is_never_changed(cast):
    lead = matters.make_lead(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.filter(lead=lead).update(reason="x")


def test_a_lead_is_transferred_only_to_another_office_in_service(cast):
    lead = matters.assign(cast, matters.make_lead(cast))
    last_day, today = cast.other_office, clock.today()
    Office.objects.filter(pk=last_day.pk).update(valid_to=today)
    ended, planned = make_office(parent=cast.city_office), make_office(parent=cast.city_office)
    Office.objects.filter(pk=ended.pk).update(valid_to=today - timedelta(days=1))
    Office.objects.filter(pk=planned.pk).update(valid_from=today + timedelta(days=1))
    offered = TransferLeadFacts(matter=lead, actor=cast.handler).fields["target_office"].queryset
    assert set(offered) == {cast.city_office, last_day}
