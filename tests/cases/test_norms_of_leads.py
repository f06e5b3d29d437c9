"""Norms of the register of leads: source, number, sender, major leads, transfer, assessment (Rules 24-27)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import DepartmentKind
from audit import clock
from audit.errors import Invalid, NotPermitted, Refusal
from cases.forms.leads import AssessLeadForm, RecordWithSuperiorForm, RegisterLeadForm
from cases.models import Event, Lead, LeadAssessment, LeadSource, Task
from cases.registries import inbox
from cases.selectors.matters import leads_visible_to
from cases.services import acts, checklists, leads, tasks
from tests.support import matters
from tests.support.api import program_of
from tests.support.days import on
from tests.support.people import make_department, make_office

pytestmark = pytest.mark.django_db

GIVEN = {
    "title": "某平台泄露会员信息",
    "source": "complaint",
    "source_detail": "12309 举报",
    "received_on": "2026-01-06",
    "summary": "会员信息被公开。",
}


@pytest.fixture
def lead(cast) -> Lead:
    return matters.assign(cast, matters.make_lead(cast))


def registration(cast, **changes) -> RegisterLeadForm:
    return RegisterLeadForm(GIVEN | changes, actor=cast.intake)


# --- the six sources (Rules 24) -------------------------------------------------------------------


@pytest.mark.norm("C001")
def test_there_are_exactly_the_six_sources_of_the_rules():
    assert set(LeadSource.values) == {
        "complaint", "own_casework", "enforcement_platform", "transfer", "media", "other_duty",
    }  # fmt: skip


@pytest.mark.norm("C001")
@pytest.mark.parametrize("source", ["", "rumour"])
def test_a_lead_from_no_source_of_the_rules_is_refused(cast, source):
    assert list(registration(cast, source=source).errors) == ["source"]
    with pytest.raises(Invalid) as refused:
        matters.make_lead(cast, source=source)
    assert list(refused.value.errors) == ["source"]


@pytest.mark.norm("C001")
@pytest.mark.parametrize("words", ["", " "])
def test_where_a_lead_came_from_is_said_in_words(cast, words):
    assert list(registration(cast, source_detail=words).errors) == ["source_detail"]
    with pytest.raises(Invalid) as refused:
        matters.make_lead(cast, source_detail=words)
    assert list(refused.value.errors) == ["source_detail"]


@pytest.mark.norm("C001")
@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"source": ""}, "lead_of_one_of_six_sources"),
        ({"source": "rumour"}, "lead_of_one_of_six_sources"),
        ({"source_detail": ""}, "lead_source_in_words"),
        ({"source_detail": " "}, "lead_source_in_words"),
    ],
)
def test_the_database_knows_the_six_sources_and_their_words(cast, change, constraint):
    lead = matters.make_lead(cast)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Lead.objects.filter(pk=lead.pk).update(**change)


# --- one register (Rules 25) ----------------------------------------------------------------------


@pytest.mark.norm("C002")
def test_each_office_counts_its_own_leads_and_each_year_begins_at_one(cast):
    assert [matters.make_lead(cast).serial for _ in range(3)] == [1, 2, 3]
    facts = GIVEN | {"received_on": date(2026, 1, 6)}
    assert leads.register_lead(actor=cast.stranger, facts=dict(facts)).serial == 1
    with on(clock.today().year + 1, 1, 4):
        assert matters.make_lead(cast).serial == 1


@pytest.mark.norm("C002")
def test_the_database_gives_a_number_of_the_register_once(cast):
    first, second = matters.make_lead(cast), matters.make_lead(cast)
    with pytest.raises(IntegrityError, match="lead_register_number_once"), transaction.atomic():
        Lead.objects.filter(pk=second.pk).update(serial=first.serial)


# --- major leads (Rules 25) -----------------------------------------------------------------------


def duty_of(lead: Lead) -> Task:
    return Task.objects.get(lead=lead, kind="record_major_lead")


@pytest.mark.norm("C003")
def test_only_a_major_lead_is_to_be_recorded_with_the_next_higher_office(cast, lead):
    assert not Task.objects.filter(lead=lead, kind="record_major_lead").exists()
    leads.mark_major(actor=cast.head, lead=lead)
    lead.refresh_from_db()
    assert (lead.major, duty_of(lead).state) == (True, "open")


@pytest.mark.norm("C003")
def test_a_major_lead_stays_a_task_until_the_superior_has_received_it(cast):
    lead = matters.make_lead(cast, major=True)
    assert duty_of(lead).state == "open"
    assert lead not in leads_visible_to(cast.superior_handler)
    day = lead.received_on + timedelta(days=1)
    leads.record_with_superior(actor=cast.head, lead=lead, received_on=day, receipt="收文1号")
    assert duty_of(lead).state == "done"
    assert lead in leads_visible_to(cast.superior_handler)
    event = Event.objects.get(lead=lead, kind="lead_recorded_with_superior")
    assert event.facts == {"receipt": "收文1号", "office": cast.city_office.pk}
    assert event.legal_day == day


@pytest.mark.norm("C003")
@pytest.mark.parametrize("cancelled", [False, True])
def test_nobody_ends_the_duty_to_record_a_major_lead_by_hand(cast, cancelled):
    lead = matters.make_lead(cast, major=True)
    task = duty_of(lead)
    with pytest.raises(NotPermitted) as refused:
        tasks.close_task(actor=task.owner, task=task, note="已备案", cancelled=cancelled)
    assert refused.value.code == "needs_receipt"
    assert duty_of(lead).state == "open"


@pytest.mark.norm("C003")
def test_the_page_of_the_duty_leads_to_the_receipt_and_offers_no_end_by_hand(cast, as_user):
    lead = matters.make_lead(cast, major=True)
    task = duty_of(lead)
    assert task.owner == cast.head
    page = as_user(cast.head).get(reverse("task_detail", args=[task.pk])).content.decode()
    assert reverse("lead_record_with_superior", args=[lead.key]) in page
    assert reverse("task_close", args=[task.pk]) not in page


@pytest.mark.norm("C003")
def test_a_receipt_is_named_and_not_older_than_the_lead(cast):
    lead = matters.make_lead(cast, major=True)
    day = lead.received_on
    assert list(RecordWithSuperiorForm({"received_on": day, "receipt": " "}).errors) == ["receipt"]
    wrong = {"receipt": (day, " "), "received_on": (day - timedelta(days=1), "收文1号")}
    for field, (received_on, receipt) in wrong.items():
        with pytest.raises(Invalid) as refused:
            leads.record_with_superior(
                actor=cast.head, lead=lead, received_on=received_on, receipt=receipt
            )
        assert list(refused.value.errors) == [field]
    assert duty_of(lead).state == "open"
    assert lead not in leads_visible_to(cast.superior_handler)


def test_the_highest_office_has_nobody_to_record_a_major_lead_with(cast):
    type(cast.office).objects.filter(pk=cast.office.pk).update(parent=None)
    cast.intake.office.refresh_from_db()
    lead = matters.make_lead(cast, major=True)
    assert not Task.objects.filter(lead=lead, kind="record_major_lead").exists()


# --- leads of another department (Rules 25) -------------------------------------------------------


@pytest.fixture
def sender(cast):
    """Another department of the office that gets the lead."""
    return make_department(cast.office, "控告申诉检察部", kind=DepartmentKind.INTAKE)


@pytest.mark.norm("C004")
def test_a_lead_of_another_department_shows_sender_and_day_and_waits_for_the_head(
    cast, sender, as_user
):
    lead = matters.make_lead(cast, sender_department=sender, sent_on=date(2026, 1, 5))
    assert (lead.sender_department, lead.sent_on) == (sender, date(2026, 1, 5))
    waiting = inbox["leads_to_assign"](cast.head)
    assert [item.matter_key for item in waiting] == [lead.key]
    page = as_user(cast.head).get(lead.get_absolute_url()).content.decode()
    assert f'{sender.name}</span> · <time datetime="2026-01-05"' in page


@pytest.mark.norm("C004")
def test_sender_and_day_belong_together_and_the_day_is_not_in_the_future(cast, sender):
    today = clock.today()
    both = {"sender_department": sender.pk, "sent_on": today.isoformat()}
    assert registration(cast, **both).is_valid()
    for wrong in (
        {"sender_department": sender.pk},
        {"sent_on": today.isoformat()},
        both | {"sent_on": (today + timedelta(days=1)).isoformat()},
    ):
        assert list(registration(cast, **wrong).errors) == ["sent_on"], wrong
    for wrong in (
        {"sender_department": sender},
        {"sent_on": today},
        {"sender_department": sender, "sent_on": today + timedelta(days=1)},
    ):
        with pytest.raises(Invalid) as refused:
            matters.make_lead(cast, **wrong)
        assert list(refused.value.errors) == ["sent_on"], wrong


@pytest.mark.norm("C004")
def test_the_sender_is_another_department_of_the_same_office(cast, sender):
    foreign = make_department(cast.other_office, kind=DepartmentKind.INTAKE)
    offered = registration(cast).fields["sender_department"].queryset
    assert list(offered) == [sender]
    for wrong in (cast.department, foreign):
        with pytest.raises(Invalid) as refused:
            matters.make_lead(cast, sender_department=wrong, sent_on=date(2026, 1, 5))
        assert list(refused.value.errors) == ["sender_department"], wrong


@pytest.mark.norm("C004")
def test_the_database_keeps_sender_and_day_together(cast, sender):
    lead = matters.make_lead(cast)
    for change in ({"sender_department": sender}, {"sent_on": date(2026, 1, 5)}):
        with (
            pytest.raises(IntegrityError, match="lead_sender_with_its_day"),
            transaction.atomic(),
        ):
            Lead.objects.filter(pk=lead.pk).update(**change)


# --- leads of another office (Rules 26) -----------------------------------------------------------


def sent_to(lead: Lead, office) -> Lead:
    """Transfer a lead without asking the guards; return it as the office received it."""
    facts = {"target_office": office.pk, "jurisdiction_ground": "不在本辖区。", "materials": "一册"}
    matters.force(lead, "T02", clock.today(), **facts)
    return Lead.objects.get(received_from=lead)


def unmet_of_transfer(lead: Lead, office) -> dict[str, str]:
    """Return the links of the unmet guards of a transfer to `office`, by their codes."""
    facts = {"target_office": office.pk, "jurisdiction_ground": "不在本辖区。"}
    lines = checklists.checklist(acts.declaration_of(lead, "T02"), lead, facts)
    return {line.code: line.verdict.link for line in lines if not line.verdict.met}


@pytest.mark.norm("C005")
def test_a_received_lead_goes_neither_back_nor_on(cast, lead):
    third = make_office(parent=cast.city_office)
    assert unmet_of_transfer(lead, cast.other_office) == {}
    received = sent_to(lead, cast.other_office)
    again = sent_to(received, third)
    for held, office in ((received, cast.office), (received, third), (again, cast.office)):
        escalation = reverse("lead_escalate", args=[held.key])
        assert unmet_of_transfer(held, office) == {"transfer_not_returned": escalation}


@pytest.mark.norm("C005")
def test_to_send_a_received_lead_on_is_not_even_proposed(cast, lead):
    received = sent_to(lead, cast.other_office)
    Lead.objects.filter(pk=received.pk).update(handler=cast.stranger)
    received.refresh_from_db()
    third = make_office(parent=cast.city_office)
    facts = {"target_office": third.pk, "jurisdiction_ground": "不在本辖区。", "materials": "一册"}
    with pytest.raises(Refusal) as refused:
        matters.propose(received, "T02", facts, cast.stranger)
    assert [line.code for line in refused.value.unmet] == ["transfer_not_returned"]


@pytest.mark.norm("C005")
def test_what_was_reported_to_the_superior_office_it_sees(cast, lead):
    received = sent_to(lead, cast.other_office)
    Lead.objects.filter(pk=received.pk).update(handler=cast.stranger)
    received.refresh_from_db()
    assert received not in leads_visible_to(cast.superior_handler)
    leads.escalate_lead(actor=cast.stranger, lead=received, reason="本院无管辖权。")
    assert received in leads_visible_to(cast.superior_handler)
    event = Event.objects.get(lead=received, kind="lead_escalated")
    assert (event.facts["office"], event.reason) == (cast.city_office.pk, "本院无管辖权。")


# --- truthfulness and feasibility (Rules 27) ------------------------------------------------------

ASSESSMENT = {
    "truthfulness": 4,
    "truthfulness_reason": "有截图。",
    "feasibility": 3,
    "feasibility_reason": "运营者可查。",
}


@pytest.mark.norm("C007")
@pytest.mark.parametrize("field", list(ASSESSMENT))
def test_an_assessment_says_both_with_their_reasons(field):
    assert AssessLeadForm(ASSESSMENT).is_valid()
    assert list(AssessLeadForm(ASSESSMENT | {field: " "}).errors) == [field]


@pytest.mark.norm("C007")
@pytest.mark.parametrize("field", ["truthfulness_reason", "feasibility_reason"])
def test_a_reason_of_blanks_explains_nothing(cast, lead, field):
    with pytest.raises(Invalid) as refused:
        leads.assess_lead(actor=cast.handler, lead=lead, facts=ASSESSMENT | {field: " "})
    assert list(refused.value.errors) == [field]
    assert not LeadAssessment.objects.exists()


@pytest.mark.norm("C007")
@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"truthfulness_reason": ""}, "assessment_explained"),
        ({"feasibility_reason": " "}, "assessment_explained"),
        ({"truthfulness": 6}, "assessment_scores_1_to_5"),
        ({"feasibility": 6}, "assessment_scores_1_to_5"),
    ],
)
def test_the_database_refuses_an_assessment_that_is_not_explained(cast, lead, change, constraint):
    matters.assess(cast, lead)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        LeadAssessment.objects.filter(lead=lead).update(**change)


@pytest.mark.norm("C001")
@pytest.mark.norm("C004")
def test_a_program_is_told_at_which_field_a_registration_is_wrong(cast, sender):
    body = GIVEN | {"source": "rumour", "sender_department": sender.pk}
    answer = program_of(cast.intake).send("leads/", body)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"source", "sent_on"}
    assert not Lead.objects.exists()
