"""Absences: who enters them, who stands in, and that they give no right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import absences, services
from accounts.models import Absence, Role
from audit import clock
from audit.errors import Conflict, Invalid, NotPermitted, NotVisible
from audit.models import AuditEvent
from tests.support.api import program_of
from tests.support.days import on
from tests.support.people import delegate_today, make_department, make_user

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 4, 7), date(2026, 4, 9)


@pytest.fixture(autouse=True)
def on_the_day():
    with on(2026, 4, 1):
        yield


def enter(cast, **changes):
    facts = {
        "actor": cast.handler,
        "person": cast.handler,
        "deputy": cast.colleague,
        "first_day": FIRST,
        "last_day": LAST,
    }
    return services.enter_absence(**(facts | changes))


def test_the_deputy_stands_in_on_both_days_and_those_between_and_on_no_other(cast):
    enter(cast)
    days = [FIRST + timedelta(days=n) for n in range(-1, 4)]
    found = [absences.deputies_of([cast.handler.pk], day) for day in days]
    assert [bool(deputies) for deputies in found] == [False, True, True, True, False]
    assert found[1][cast.handler.pk] == cast.colleague


def test_the_head_of_the_department_and_who_acts_for_him_enter_it_too(cast):
    enter(cast, actor=cast.head)
    delegate_today(cast.head, cast.colleague, Role.DEPARTMENT_HEAD)
    enter(
        cast,
        actor=cast.colleague,
        person=cast.clerk,
        deputy=cast.assistant,
        first_day=FIRST,
        last_day=FIRST,
    )
    assert Absence.objects.count() == 2
    assert AuditEvent.objects.filter(action="absence.entered").count() == 2


def test_nobody_else_enters_it(cast):
    other_head = make_user(
        cast.office, Role.DEPARTMENT_HEAD, department=make_department(cast.office)
    )
    for actor in (cast.colleague, cast.chief, other_head):
        with pytest.raises(NotPermitted):
            enter(cast, actor=actor)
    with pytest.raises(NotVisible):
        enter(cast, actor=cast.stranger)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"first_day": date(2026, 3, 31)}, "first_day"),
        ({"last_day": date(2026, 4, 6)}, "last_day"),
        ({"deputy": "handler"}, "deputy"),
        ({"deputy": "auditor"}, "deputy"),
    ],
)
def test_wrong_days_and_deputies_are_said_at_their_field(cast, change, field):
    if "deputy" in change:
        change = {"deputy": getattr(cast, change["deputy"])}
    with pytest.raises(Invalid) as refusal:
        enter(cast, **change)
    assert field in refusal.value.errors
    assert not Absence.objects.exists()


def test_the_deputy_belongs_to_the_office(cast):
    with pytest.raises(NotVisible):
        enter(cast, deputy=cast.stranger)


def test_nobody_is_away_twice_on_one_day(cast):
    enter(cast)
    with pytest.raises(Conflict):
        enter(cast, first_day=LAST, last_day=LAST + timedelta(days=2))
    enter(cast, first_day=LAST + timedelta(days=1), last_day=LAST + timedelta(days=2))


def test_who_is_back_has_no_deputy_any_more_and_is_not_back_twice(cast):
    row = enter(cast)
    services.end_absence(actor=cast.handler, absence=row)
    assert absences.deputies_of([cast.handler.pk], FIRST) == {}
    with pytest.raises(Conflict):
        services.end_absence(actor=cast.handler, absence=row)
    enter(cast)


def test_the_deputy_does_not_end_it(cast):
    with pytest.raises(NotPermitted):
        services.end_absence(actor=cast.colleague, absence=enter(cast))


def test_a_delegate_counts_only_as_long_as_he_may_act(cast):
    delegate_today(cast.chief, cast.deputy, Role.CHIEF)
    today = clock.today()
    assert absences.delegates_of([cast.chief.pk], today) == {cast.chief.pk: [cast.deputy]}
    cast.deputy.role_grants.update(revoked_at=clock.now() - timedelta(days=1))
    assert not absences.delegates_of([cast.chief.pk], today)[cast.chief.pk]


def test_the_database_refuses_a_person_as_his_own_deputy(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(
            person=cast.head,
            deputy=cast.head,
            first_day=FIRST,
            last_day=LAST,
            created_by=cast.head,
        )


# --- pages and API ----------------------------------------------------------------------------


ENTERED = {"first_day": "2026-04-07", "last_day": "2026-04-09"}


def test_the_own_page_enters_shows_and_ends_an_absence(client, cast):
    client.force_login(cast.handler)
    body = ENTERED | {"deputy": cast.colleague.pk}
    assert client.post(reverse("own_absence_create"), body).status_code == 302
    page = client.get(reverse("preferences")).content.decode()
    row = Absence.objects.get()
    assert cast.colleague.name in page
    assert reverse("absence_end", args=[row.pk]) in page
    assert client.post(reverse("absence_end", args=[row.pk])).status_code == 302
    row.refresh_from_db()
    assert row.is_over


def test_the_head_enters_it_on_the_page_of_the_person(client, cast):
    client.force_login(cast.head)
    address = reverse("absence_create", args=[cast.handler.pk])
    assert address in client.get(reverse("user_detail", args=[cast.handler.pk])).content.decode()
    body = ENTERED | {"deputy": cast.colleague.pk}
    assert client.post(address, body).status_code == 302
    assert Absence.objects.get().created_by == cast.head


def test_for_others_these_pages_do_not_exist(client, cast):
    row = enter(cast)
    for person in (cast.clerk, cast.stranger, cast.auditor):
        client.force_login(person)
        for address in (
            reverse("absence_create", args=[cast.handler.pk]),
            reverse("absence_end", args=[row.pk]),
        ):
            assert client.get(address).status_code == 404


def test_a_program_enters_reads_and_ends_absences(cast):
    program = program_of(cast.handler)
    response = program.send("absences/", ENTERED | {"deputy": cast.colleague.pk})
    assert response.status_code == 201, response.content
    number = response.json()["id"]
    assert response.json()["person"] == cast.handler.pk
    for reader in (cast.handler, cast.colleague, cast.head):
        assert [row["id"] for row in program_of(reader).ask("absences/")["results"]] == [number]
    for other in (cast.clerk, cast.stranger):
        assert program_of(other).ask("absences/")["results"] == []
        assert program_of(other).send(f"absences/{number}/end/").status_code == 404
    assert program_of(cast.colleague).send(f"absences/{number}/end/").status_code == 409
    assert program.send(f"absences/{number}/end/").json()["ended_at"] is not None
