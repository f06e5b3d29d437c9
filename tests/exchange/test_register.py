"""Registering, linking and closing papers: who may, what is kept, what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from accounts.models import Role
from audit.errors import Conflict, Invalid, NotPermitted, NotVisible
from audit.models import AuditEvent
from cases.models import SerialCounter
from documents.holdings import every_holding
from exchange import selectors, services
from exchange.models import Paper
from tests.exchange.conftest import FACTS, register
from tests.support.days import on
from tests.support.matters import happen, make_case, make_lead, stand_aside, upload
from tests.support.people import make_user

pytestmark = pytest.mark.django_db


def seen_by(person) -> list[Paper]:
    return list(selectors.papers_visible_to(person).order_by("id"))


# --- registering -----------------------------------------------------------------------------------


def test_papers_in_and_out_are_numbered_apart_by_office_and_year(cast):
    out = {"direction": "out", "time": None}
    numbers = [register(cast.clerk).number, register(cast.intake).number]
    numbers.append(register(cast.handler, **out).number)
    numbers.append(register(cast.stranger).number)
    with on(2027, 1, 2):
        numbers.append(register(cast.clerk).number)
    assert numbers == [
        "收2026-00001",
        "收2026-00002",
        "发2026-00001",
        "收2026-00001",
        "收2027-00001",
    ]


def test_what_arrives_after_hours_is_received_on_the_day_it_arrived_with_its_time(cast):
    paper = register(cast.clerk, time=time(23, 50))
    paper.refresh_from_db()
    assert paper.day == date(2026, 3, 9)
    assert paper.received_at == datetime(2026, 3, 9, 15, 50, tzinfo=UTC)


def test_the_files_lie_in_the_store_and_its_check_knows_them(cast):
    paper = register(cast.clerk, files=[upload("复函.txt"), upload("附件.txt")])
    assert [file.name for file in paper.files.all()] == ["复函.txt", "附件.txt"]
    held = {holding.sha256 for holding in every_holding()}
    assert {file.sha256 for file in paper.files.all()} <= held


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": date(2026, 3, 11)}, "day"),
        ({"day": date(2026, 3, 10), "time": time(10, 1)}, "time"),
        ({"time": None}, "time"),
        ({"direction": "out"}, "time"),
        ({"direction": "through"}, "direction"),
        ({"medium": "pigeon"}, "medium"),
        ({"correspondent": "  "}, "correspondent"),
        ({"subject": ""}, "subject"),
        ({"files": [SimpleUploadedFile("空.pdf", b"")]}, "uploads"),
    ],
)
def test_what_cannot_be_registered_is_refused_at_its_field_and_takes_no_number(
    cast, changes, field
):
    with pytest.raises(Invalid) as refused:
        register(cast.clerk, **changes)
    assert list(refused.value.errors) == [field]
    assert not Paper.objects.exists()
    assert not SerialCounter.objects.filter(series__startswith="paper").exists()


def test_a_paper_without_a_file_is_not_registered(cast):
    with pytest.raises(Invalid) as refused:
        services.register_paper(actor=cast.clerk, facts=FACTS, uploads=[])
    assert list(refused.value.errors) == ["uploads"]


@pytest.mark.parametrize("name", ["intake", "clerk", "case_manager", "handler"])
def test_those_over_whose_desks_papers_pass_register(cast, name):
    assert register(getattr(cast, name)).pk


@pytest.mark.parametrize("name", ["head", "chief", "assistant", "auditor", "system_administrator"])
def test_nobody_else_registers_links_or_closes(cast, case, name):
    person = getattr(cast, name)
    with pytest.raises(NotPermitted):
        register(person)
    paper = register(cast.clerk, matter=case)
    with pytest.raises((NotPermitted, NotVisible)):
        services.close_paper(actor=person, paper=paper, reason="无关")
    loose = register(cast.clerk)
    with pytest.raises((NotPermitted, NotVisible)):
        services.link_paper(actor=person, paper=loose, matter=case)
    assert {paper.standing for paper in Paper.objects.all()} == {"linked", "waiting"}


# --- who sees --------------------------------------------------------------------------------------


def test_a_linked_paper_is_seen_by_whoever_sees_the_matter_in_the_office(cast, case):
    loose, linked = register(cast.intake), register(cast.clerk, matter=case)
    everybody = {
        "handler": [loose, linked],
        "clerk": [loose, linked],
        "case_manager": [loose, linked],
        "assistant": [linked],
        "head": [linked],
        "chief": [linked],
        "colleague": [loose],
        "intake": [loose],
        "stranger": [],
        "superior_handler": [],
        "auditor": [],
        "system_administrator": [],
        "security_administrator": [],
    }
    assert {name: seen_by(getattr(cast, name)) for name in everybody} == everybody


def test_the_recused_colleague_no_longer_sees_the_papers_of_the_case(cast, case):
    case.team.create(user=cast.recused, position="handler")
    paper = register(cast.clerk, matter=case)
    assert seen_by(cast.recused) == [paper]
    stand_aside(cast, case, cast.recused)
    assert seen_by(cast.recused) == []
    with pytest.raises(NotVisible):
        selectors.get_file(cast.recused, paper.pk, paper.files.get().pk)
    with pytest.raises(Invalid) as refused:
        services.link_paper(actor=cast.recused, paper=register(cast.clerk), matter=case)
    assert list(refused.value.errors) == ["matter"]


def test_a_paper_of_a_confidential_case_is_hidden_with_it(cast, case):
    case.confidential = True
    case.save(update_fields=["confidential"])
    paper = register(cast.clerk, matter=case)
    assert seen_by(cast.case_manager) == []
    assert seen_by(cast.handler) == [paper]


# --- linking and closing -----------------------------------------------------------------------------


def test_a_paper_is_linked_once(cast, case):
    paper = register(cast.intake)
    linked = services.link_paper(actor=cast.handler, paper=paper, matter=case)
    assert (linked.case, linked.lead) == (case, None)
    with pytest.raises(Conflict) as refused:
        services.link_paper(actor=cast.handler, paper=paper, matter=make_case(cast))
    assert refused.value.code == "linked_already"


def test_a_paper_of_a_lead_is_found_in_the_case_the_lead_became(cast, case):
    lead = make_lead(cast, received_on=date(2026, 1, 4))
    paper = register(cast.intake, matter=lead)
    case.lead = lead
    case.save(update_fields=["lead"])
    assert list(selectors.papers_of(cast.handler, case)) == [paper]
    assert selectors.current_matter(cast.handler, paper) == case
    assert selectors.current_matter(cast.intake, paper) == lead


def test_a_paper_belongs_to_no_matter_of_another_office(cast):
    matter = make_lead(cast)
    other = make_user(cast.other_office, Role.CLERK)
    with pytest.raises(Invalid) as refused:
        services.link_paper(actor=other, paper=register(other), matter=matter)
    assert list(refused.value.errors) == ["matter"]


def test_a_closed_paper_keeps_its_reason_and_nothing_more_is_done_with_it(cast, case):
    paper = register(cast.intake)
    closed = services.close_paper(actor=cast.clerk, paper=paper, reason=" 广告，与办案无关 ")
    assert (closed.closed_reason, closed.closed_by, closed.standing) == (
        "广告，与办案无关",
        cast.clerk,
        "closed",
    )
    with pytest.raises(Conflict):
        services.close_paper(actor=cast.clerk, paper=paper, reason="再次")
    with pytest.raises(Conflict) as refused:
        services.link_paper(actor=cast.handler, paper=paper, matter=case)
    assert "广告" in str(refused.value.message)


def test_a_paper_is_not_closed_without_a_reason(cast):
    paper = register(cast.intake)
    with pytest.raises(Invalid) as refused:
        services.close_paper(actor=cast.intake, paper=paper, reason="  ")
    assert list(refused.value.errors) == ["reason"]
    paper.refresh_from_db()
    assert paper.standing == "waiting"


def test_every_act_is_on_record_in_the_chain_of_its_matter(cast, case):
    paper = register(cast.intake)
    services.link_paper(actor=cast.handler, paper=paper, matter=case)
    services.close_paper(actor=cast.handler, paper=paper, reason="重复")
    rows = AuditEvent.objects.filter(object_type="paper", object_id=str(paper.pk)).order_by("id")
    assert [(row.action, row.actor_id, row.case_id) for row in rows] == [
        ("paper.registered", cast.intake.pk, None),
        ("paper.linked", cast.handler.pk, case.pk),
        ("paper.closed", cast.handler.pk, case.pk),
    ]


# --- the database ------------------------------------------------------------------------------------


def refusal_of(statement: str, *values) -> str:
    """Return the message with which the database refuses a statement, empty when it does it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError as error:
        cause = error.__cause__
        return cause.diag.constraint_name or cause.diag.message_primary
    return ""


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("subject = 'x'", "paper_stays_as_registered"),
        ("day = day - 1", "paper_stays_as_registered"),
        ("received_at = now()", "paper_stays_as_registered"),
        ("serial = 9", "paper_stays_as_registered"),
        ("office_id = office_id + 1", "paper_stays_as_registered"),
        ("case_id = NULL", "paper_is_linked_once"),
        ("case_id = NULL, lead_id = 1", "paper_is_linked_once"),
        ("closed_at = now(), closed_by_id = registered_by_id", "paper_closed_with_a_reason"),
        ("event_id = 0", "paper_becomes_one_event"),
    ],
)
def test_the_database_changes_nothing_of_what_was_registered(paper, change, rule):
    assert refusal_of(f"UPDATE exchange_paper SET {change}") == rule


def test_a_paper_becomes_an_event_of_its_own_matter_once_and_for_good(cast, case, paper):
    foreign = happen(make_case(cast), "direction_recorded", date(2026, 3, 9))
    first, second = (happen(case, "direction_recorded", date(2026, 3, 9)) for _ in range(2))
    to = "UPDATE exchange_paper SET event_id = %s"
    assert refusal_of(to, foreign.pk) == "paper_becomes_one_event"
    assert refusal_of(to, first.pk) == ""
    assert refusal_of(to, second.pk) == "paper_becomes_one_event"
    assert refusal_of(to, None) == "paper_becomes_one_event"


def test_the_database_opens_no_closed_paper(cast, paper):
    services.close_paper(actor=cast.clerk, paper=paper, reason="重复")
    opened = "closed_at = NULL, closed_by_id = NULL, closed_reason = ''"
    assert refusal_of(f"UPDATE exchange_paper SET {opened}") == "closed_paper_stays"
    assert refusal_of("UPDATE exchange_paper SET closed_reason = 'x'") == "closed_paper_stays"


INSERT = (
    "INSERT INTO exchange_paper (office_id, direction, year, serial, number, medium, correspondent,"
    " subject, their_number, day, received_at, registered_by_id, registered_at, closed_reason,"
    " initials)"
    " SELECT office_id, {direction}, year, {serial}, 'x', {medium}, correspondent, {subject}, '',"
    " {day}, {received_at}, registered_by_id, now(), '', '' FROM exchange_paper LIMIT 1"
)
RIGHT = {
    "direction": "direction",
    "serial": "2",
    "medium": "medium",
    "subject": "subject",
    "day": "day",
    "received_at": "received_at",
}


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({}, ""),
        ({"serial": "3"}, "paper_numbers_are_gapless"),
        ({"serial": "1"}, "paper_numbers_are_gapless"),
        ({"direction": "'on'", "serial": "1"}, "paper_goes_in_or_out"),
        ({"medium": "'pigeon'"}, "paper_by_a_medium"),
        ({"subject": "''"}, "paper_says_whose_and_what"),
        ({"received_at": "NULL"}, "paper_in_has_its_time"),
        ({"day": "day + 1"}, "paper_arrived_on_its_day"),
    ],
)
def test_the_database_takes_no_impossible_paper(paper, wrong, rule):
    assert refusal_of(INSERT.format(**RIGHT | wrong)) == rule
