"""The way of an act: guards all at once, and one row lock between two people (design 2, 3)."""

from __future__ import annotations

import threading
from contextlib import closing

import psycopg2
import pytest
from django.db import connection, transaction

from audit import clock
from audit.errors import Conflict, Refusal
from cases.models import CaseKind, Event
from cases.selectors.matters import cases_visible_to, leads_visible_to
from cases.services import acts, checklists
from notices import services as notices
from tests.support import database, matters
from tests.support.documents import final
from tests.support.waiting import wait_until_somebody_waits

TODAY = {"legal_day": "2026-01-06"}
INQUIRY = TODAY | {"why_necessary": "运营者不明。", "plan": "查询备案。"}


@pytest.mark.norm("C020")
def test_a_step_is_refused_with_every_unmet_guard_at_once(db, cast):
    case = matters.make_case(cast)
    with pytest.raises(Refusal) as refused:
        acts.record_directly(actor=cast.handler, matter=case, code="T08", data=TODAY)
    assert [line.code for line in refused.value.unmet] == ["two_staff", "document:D-09"]
    case.refresh_from_db()
    assert case.state == "filed"
    assert not case.events.exists()


def line_of(matter, transition: str, code: str, **facts):
    """Return what the guard `code` of a transition says now."""
    lines = checklists.checklist(acts.declaration_of(matter, transition), matter, facts)
    return next(line for line in lines if line.code == code)


@pytest.mark.norm("C017")
def test_a_case_whose_lead_handler_has_left_is_not_investigated(db, cast):
    case = matters.make_case(cast)
    assert line_of(case, "T08", "team_with_one_lead").verdict.met
    case.team.update(until=clock.now())
    assert not line_of(case, "T08", "team_with_one_lead").verdict.met


@pytest.mark.norm("C007")
def test_not_to_file_is_no_way_round_the_assessment(db, cast):
    lead = matters.assign(cast, matters.make_lead(cast))
    assert not line_of(lead, "T07", "lead_assessed").verdict.met
    matters.assess(cast, lead)
    assert line_of(lead, "T07", "lead_assessed").verdict.met


@pytest.mark.norm("C008")
def test_an_inquiry_is_not_finished_without_its_report(db, cast):
    lead = matters.assign(cast, matters.make_lead(cast))
    acts.record_directly(actor=cast.handler, matter=lead, code="T04", data=INQUIRY)
    with pytest.raises(Refusal) as refused:
        acts.record_directly(
            actor=cast.handler, matter=lead, code="T05", data=TODAY | {"result": "已查明运营者。"}
        )
    assert [line.code for line in refused.value.unmet] == ["document:D-04"]


@pytest.mark.norm("C020")
def test_no_investigative_act_is_recorded_without_the_plan(db, cast, settings, tmp_path):
    settings.EVIDENCE_STORAGE = str(tmp_path)
    today = {"legal_day": clock.today().isoformat()}
    case = matters.make_case(cast)
    matters.set_full_team(cast, case)
    plan = final(case, "D-09", cast.handler)
    acts.record_directly(actor=cast.handler, matter=case, code="T08", data=today)
    notices.void_document(actor=cast.handler, document=plan, reason="重新制定")
    act = {"method": "inquire", "place": "江州", "content": "询问", "staff": []} | today
    with pytest.raises(Refusal) as refused:
        acts.record_fact(actor=cast.handler, matter=case, kind="investigative_act", data=act)
    assert [line.code for line in refused.value.unmet] == ["plan_before_collection"]


@pytest.mark.norm("C038")
@pytest.mark.parametrize(
    ("medium", "national", "met"),
    [("正义网", True, True), ("正义网", False, False), (" ", True, False)],
)
def test_the_medium_is_named_and_confirmed_to_have_national_influence(
    db, cast, medium, national, met
):
    case, guard = matters.make_case(cast), "medium_of_national_influence"
    line = line_of(case, "T12", guard, medium=medium, national_influence=national)
    assert line.verdict.met is met


@pytest.mark.norm("C120")
def test_even_the_owner_of_the_database_changes_no_direction(committed_db, cast):
    event = matters.happen(
        matters.make_case(cast),
        "direction_recorded",
        clock.today(),
        actor=cast.handler,
        facts={"direction": "继续调查。", "objection": "应当终结。"},
    )
    with (
        closing(psycopg2.connect(database.url_for(database.OWNER_URL, committed_db))) as owner,
        owner.cursor() as cursor,
        pytest.raises(psycopg2.IntegrityError, match="append-only"),
    ):
        cursor.execute("UPDATE cases_event SET facts = '{}' WHERE id = %s", [event.pk])


def test_who_comes_second_waits_for_the_first_and_finds_the_state_moved(committed_db, cast):
    lead = matters.assign(cast, matters.make_lead(cast))
    refusals: list[Conflict] = []

    def second() -> None:
        try:
            acts.record_directly(actor=cast.handler, matter=lead, code="T04", data=INQUIRY)
        except Conflict as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    other = threading.Thread(target=second)
    with transaction.atomic():
        first = type(lead).objects.get(pk=lead.pk)
        acts.record_directly(actor=cast.handler, matter=first, code="T04", data=INQUIRY)
        other.start()
        wait_until_somebody_waits()
    other.join()
    assert [refusal.code for refusal in refusals] == ["state_moved"]
    assert Event.objects.filter(kind="inquiry_started").count() == 1


@pytest.mark.norm("C002")
def test_two_who_register_at_once_get_two_numbers_of_the_register(committed_db, cast):
    assert matters.make_lead(cast).serial == 1
    serials: list[int] = []

    def second() -> None:
        try:
            serials.append(matters.make_lead(cast).serial)
        finally:
            connection.close()

    other = threading.Thread(target=second)
    with transaction.atomic():
        first = matters.make_lead(cast).serial
        other.start()
        wait_until_somebody_waits()
    other.join()
    assert (first, serials) == (2, [3])


# --- a granted recusal overrides what a person sees by rank ---------------------------------------


@pytest.mark.norm("C018")
@pytest.mark.parametrize("kind", [CaseKind.PUBLIC_INTEREST, CaseKind.SUPERVISION])
def test_a_recused_head_sees_no_case_of_his_department_he_stands_aside_from(db, cast, kind):
    case, other = matters.make_case(cast), matters.make_case(cast)
    type(case).objects.filter(pk=case.pk).update(kind=kind)
    assert set(cases_visible_to(cast.head)) == {case, other}
    matters.stand_aside(cast, case, cast.head)
    assert list(cases_visible_to(cast.head)) == [other]
    assert case in cases_visible_to(cast.chief)


@pytest.mark.norm("C018")
def test_a_recused_head_sees_no_lead_of_his_department_he_stands_aside_from(db, cast):
    lead, other = (matters.assign(cast, matters.make_lead(cast)) for _ in range(2))
    assert set(leads_visible_to(cast.head)) == {lead, other}
    matters.stand_aside(cast, lead, cast.head)
    assert list(leads_visible_to(cast.head)) == [other]


@pytest.mark.norm("C018")
def test_a_recusal_on_the_case_closes_its_lead_and_one_on_the_lead_its_case(db, cast):
    lead = matters.assign(cast, matters.make_lead(cast))
    case = matters.make_case(cast)
    case.lead = lead
    case.save(update_fields=["lead"])
    matters.stand_aside(cast, lead, cast.head)
    assert not cases_visible_to(cast.head).exists()
    other = matters.make_case(cast)
    other.lead = matters.assign(cast, matters.make_lead(cast))
    other.save(update_fields=["lead"])
    matters.stand_aside(cast, other, cast.head)
    assert not leads_visible_to(cast.head).exists()
