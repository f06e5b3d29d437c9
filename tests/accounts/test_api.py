"""The part of the API about offices, people, rights and tokens."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import translation
from knox.models import AuthToken
from rest_framework.test import APIClient

from accounts import selectors, services
from accounts.models import (
    ENDS_TOO_EARLY,
    Delegation,
    Department,
    Office,
    Role,
    RoleGrant,
    User,
)
from audit import clock
from audit.models import AuditEvent
from tests.accounts.conftest import PASSWORD, give_password
from tests.support.people import make_office, make_user

API = "/api/v1"


def of(person):
    client = APIClient()
    client.force_authenticate(person)
    return client


def token_for(person, **extra):
    body = {"username": person.username, "password": PASSWORD} | extra
    return APIClient().post(f"{API}/tokens/", body, format="json")


def bearer(response):
    return APIClient(HTTP_AUTHORIZATION=f"Token {response.json()['token']}")


def test_a_token_is_made_with_the_password_shown_once_and_works(cast):
    person = give_password(cast.handler)
    response = token_for(person, days=30)
    assert response.status_code == 201
    assert response["Cache-Control"] == "no-store"
    client = bearer(response)
    assert client.get(f"{API}/offices/").status_code == 200
    listed = client.get(f"{API}/tokens/").json()["results"]
    assert [set(row) for row in listed] == [{"token_key", "created", "expiry"}]
    stored = AuthToken.objects.get()
    assert response.json()["token"] not in str(stored.__dict__)
    assert stored.expiry - stored.created < timedelta(days=31)
    assert AuditEvent.objects.filter(action="token.created", actor_id=person.pk).count() == 1


def test_a_token_is_revoked_by_its_owner_alone_and_at_once(cast):
    first, second = (give_password(person) for person in (cast.handler, cast.colleague))
    response = token_for(first)
    client, other = bearer(response), bearer(token_for(second))
    address = f"{API}/tokens/{response.json()['token_key']}/"
    assert other.delete(address).status_code == 404
    assert client.delete(address).status_code == 204
    assert client.get(f"{API}/offices/").status_code == 401


def test_logging_out_of_the_api_revokes_the_token_of_the_request(cast):
    client = bearer(token_for(give_password(cast.handler)))
    assert client.delete(f"{API}/tokens/current/").status_code == 204
    assert client.get(f"{API}/offices/").status_code == 401


@pytest.mark.parametrize("change", ["deactivate", "reset", "end"])
def test_tokens_end_with_the_account_its_password_and_its_sessions(cast, change):
    person = give_password(cast.handler)
    client = bearer(token_for(person))
    administrator = cast.system_administrator
    if change == "deactivate":
        services.deactivate_user(actor=administrator, user=person, reason="Left")
    elif change == "reset":
        services.reset_password(actor=administrator, user=person)
    else:
        services.end_sessions(actor=administrator, user=person)
    assert client.get(f"{API}/offices/").status_code == 401


def test_the_limit_of_attempts_holds_for_tokens_and_names_are_not_told_apart(cast, counted_checks):
    person = give_password(cast.handler)
    answers = [token_for(person, password="wrong wrong wrong") for _ in range(5)]
    answers.append(token_for(person))
    answers.append(
        APIClient().post(f"{API}/tokens/", {"username": "nobody", "password": "x"}, format="json")
    )
    assert {(a.status_code, a.content) for a in answers} == {(400, answers[0].content)}
    assert len(counted_checks) == 5
    assert not AuthToken.objects.exists()


def test_no_token_for_a_one_time_password_nor_for_ever(cast):
    person = give_password(cast.handler, must_change=True)
    response = token_for(person)
    assert (response.status_code, response.json()["code"]) == (409, "must_change_password")
    assert token_for(give_password(person), days=366).status_code == 400


def test_a_token_carries_no_more_rights_than_asked_for_by_its_person(cast):
    response = token_for(
        give_password(cast.handler), scope="admin", user=cast.chief.pk, roles=["chief"]
    )
    assert AuthToken.objects.get().user == cast.handler
    body = {
        "code": "330199",
        "name": "新",
        "short_name": "新",
        "level": "grassroots",
        "parent": cast.office.pk,
    }
    assert bearer(response).post(f"{API}/offices/", body, format="json").status_code == 409


def collections(cast):
    services.authorise_signing(
        actor=cast.chief,
        user=cast.handler,
        document_codes=["D-20"],
        scope="x",
        valid_from=clock.today(),
        valid_to=clock.today(),
    )
    delegation = services.delegate(
        actor=cast.chief,
        delegator=cast.chief,
        to=cast.deputy,
        role=Role.CHIEF,
        valid_from=clock.today(),
        valid_to=clock.today(),
        reason="x",
    )
    return {
        "offices": cast.office.pk,
        "departments": cast.department.pk,
        "users": cast.handler.pk,
        "role-grants": cast.handler.role_grants.get().pk,
        "delegations": delegation.pk,
        "signing-authorisations": cast.handler.signing_authorisations.get().pk,
    }


def test_the_stranger_finds_nothing_of_another_office(cast):
    client = of(cast.stranger)
    for name, key in collections(cast).items():
        assert (name, client.get(f"{API}/{name}/{key}/").status_code) == (name, 404)
        assert key not in [row["id"] for row in client.get(f"{API}/{name}/").json()["results"]]
        for method in (client.patch, client.put, client.delete):
            assert method(f"{API}/{name}/{key}/", {"name": "x"}, format="json").status_code in {
                404,
                405,
            }
    for verb in ("deactivate", "activate", "end-sessions", "unlock", "reset-password"):
        address = f"{API}/users/{cast.handler.pk}/{verb}/"
        assert client.post(address, {"reason": "x"}, format="json").status_code == 404
    closing = client.post(
        f"{API}/offices/{cast.office.pk}/close/", {"last_day": "2999-12-31"}, format="json"
    )
    assert closing.status_code == 404
    cast.office.refresh_from_db()
    assert cast.office.valid_to is None


def test_whoever_is_not_logged_in_gets_nothing(cast):
    for name, key in collections(cast).items():
        assert APIClient().get(f"{API}/{name}/").status_code == 401
        assert APIClient().get(f"{API}/{name}/{key}/").status_code == 401
    assert APIClient().get(f"{API}/tokens/").status_code == 401


def test_members_read_their_office(cast):
    keys = collections(cast)
    for name, key in keys.items():
        assert of(cast.handler).get(f"{API}/{name}/{key}/").status_code == 200


def test_nobody_raises_himself_by_writing_other_fields(cast):
    person = cast.system_administrator
    wished = {
        "name": "韩系统",
        "office": cast.city_office.pk,
        "is_active": False,
        "roles": ["chief"],
        "is_staff": True,
        "is_superuser": True,
        "groups": [1],
        "password": "x",
        "username": "root",
        "must_change_password": False,
        "session_generation": 99,
    }
    response = of(person).patch(f"{API}/users/{person.pk}/", wished, format="json")
    assert response.status_code == 200
    stored = User.objects.get(pk=person.pk)
    assert (stored.office, stored.is_active, stored.username) == (
        cast.office,
        True,
        person.username,
    )
    assert stored.session_generation == 0
    assert selectors.roles_of(stored) == {Role.SYSTEM_ADMINISTRATOR}
    assert not {"password", "session_generation"} & set(response.json())
    assert (
        of(cast.handler).patch(f"{API}/users/{cast.handler.pk}/", wished, format="json").status_code
        == 409
    )


def test_a_new_account_has_no_password_and_no_role_until_given(cast):
    body = {
        "office": cast.office.pk,
        "username": "new.person",
        "name": "新人",
        "password": "chosen by me myself",
        "roles": ["chief"],
        "is_active": False,
    }
    response = of(cast.system_administrator).post(f"{API}/users/", body, format="json")
    assert response.status_code == 201
    person = User.objects.get(username="new.person")
    assert not person.has_usable_password()
    assert person.is_active
    assert selectors.roles_of(person) == set()
    assert "password" not in str(response.json())
    assert (
        of(cast.handler)
        .post(f"{API}/users/", body | {"username": "other"}, format="json")
        .status_code
        == 409
    )


@pytest.mark.norm("C119")
def test_a_clerk_cannot_be_made_delegate_of_the_chief(cast):
    today = clock.today().isoformat()
    body = {
        "delegator": cast.chief.pk,
        "delegate": cast.clerk.pk,
        "role": "chief",
        "valid_from": today,
        "valid_to": today,
        "reason": "x",
    }
    response = of(cast.chief).post(f"{API}/delegations/", body, format="json")
    assert (response.status_code, response.json()["code"]) == (409, "not_procurator")
    assert response.json()["law"] == "Rules 5"
    assert not Delegation.objects.exists()
    own = of(cast.chief).post(
        f"{API}/delegations/", body | {"delegate": cast.chief.pk}, format="json"
    )
    assert (own.status_code, own.json()["errors"].keys()) == (400, {"delegate"})


DAYS_IN_WRONG_ORDER = {"valid_from": "2026-06-26", "valid_to": "2026-06-25"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_days_in_the_wrong_order_are_refused_at_the_last_day_in_words(cast, language):
    on_days = DAYS_IN_WRONG_ORDER
    delegation = {
        "delegator": cast.chief.pk,
        "delegate": cast.deputy.pk,
        "role": "chief",
        "reason": "x",
    }
    signing = {"user": cast.handler.pk, "document_codes": ["D-20"], "scope": "x"}
    role = {"user": cast.clerk.pk, "role": "intake"}
    with clock.frozen(datetime(2026, 6, 24, 9, 0)):
        answers = [
            of(person).post(
                f"{API}/{name}/",
                body | on_days,
                format="json",
                headers={"Accept-Language": language},
            )
            for person, name, body in (
                (cast.chief, "delegations", delegation),
                (cast.chief, "signing-authorisations", signing),
                (cast.security_administrator, "role-grants", role),
            )
        ]
    with translation.override(language):
        sentence = str(ENDS_TOO_EARLY)
    for response in answers:
        assert (response.status_code, response.json()["errors"]) == (400, {"valid_to": [sentence]})


def test_foreign_ids_in_a_body_do_not_exist(cast):
    foreign = make_office(parent=cast.city_office)
    department = Department.objects.create(office=foreign, name="x", kind="other")
    person = make_user(foreign, Role.CHIEF)
    administrator, security = of(cast.system_administrator), of(cast.security_administrator)
    body = {"office": cast.office.pk, "username": "abc", "name": "新", "department": department.pk}
    today = clock.today().isoformat()
    delegation = {
        "delegator": person.pk,
        "delegate": cast.deputy.pk,
        "role": "chief",
        "valid_from": today,
        "valid_to": today,
        "reason": "x",
    }
    answers = [
        administrator.post(f"{API}/users/", body, format="json"),
        administrator.post(f"{API}/users/", body | {"office": foreign.pk}, format="json"),
        administrator.post(f"{API}/delegations/", delegation, format="json"),
        security.post(f"{API}/role-grants/", {"user": person.pk, "role": "clerk"}, format="json"),
        of(cast.handler).get(f"{API}/users/?office={foreign.pk}"),
    ]
    assert [a.status_code for a in answers] == [400] * 5


def test_roles_are_granted_and_revoked_by_the_security_administrator_alone(cast):
    body = {
        "user": cast.clerk.pk,
        "role": "intake",
        "granted_by": cast.chief.pk,
        "revoked_at": None,
    }
    for person in (cast.system_administrator, cast.auditor, cast.chief, cast.clerk):
        assert of(person).post(f"{API}/role-grants/", body, format="json").status_code == 409
    client = of(cast.security_administrator)
    response = client.post(f"{API}/role-grants/", body, format="json")
    assert response.status_code == 201
    grant = RoleGrant.objects.get(pk=response.json()["id"])
    assert grant.granted_by == cast.security_administrator
    own = body | {"user": cast.security_administrator.pk}
    assert client.post(f"{API}/role-grants/", own, format="json").json()["code"] == "own_role"
    separated = {"user": cast.auditor.pk, "role": "system_administrator"}
    answer = client.post(f"{API}/role-grants/", separated, format="json").json()
    assert answer["code"] == "separated_administrators"
    address = f"{API}/role-grants/{grant.pk}/revoke/"
    assert client.post(address, {"reason": "Mistake"}, format="json").status_code == 200
    assert client.post(address, {"reason": "Mistake"}, format="json").status_code == 409


def test_offices_and_departments_are_written_through_the_services(cast):
    client = of(cast.superior_system_administrator)
    body = {
        "code": "330199",
        "name": "新区院",
        "short_name": "江新",
        "level": "grassroots",
        "parent": cast.city_office.pk,
    }
    office = client.post(f"{API}/offices/", body, format="json").json()
    assert client.post(f"{API}/offices/", body, format="json").json()["errors"].keys() == {"code"}
    change = {"telephone": "0571-1", "code": "999", "level": "supreme", "valid_to": "2020-01-01"}
    client.patch(f"{API}/offices/{office['id']}/", change, format="json")
    stored = Office.objects.get(pk=office["id"])
    assert (stored.telephone, stored.code, stored.level, stored.valid_to) == (
        "0571-1",
        "330199",
        "grassroots",
        None,
    )
    department = {"office": office["id"], "name": "第一部", "kind": "public_interest"}
    made = client.post(f"{API}/departments/", department, format="json")
    assert made.status_code == 201
    moved = {"name": "第二部", "office": cast.office.pk}
    client.patch(f"{API}/departments/{made.json()['id']}/", moved, format="json")
    assert Department.objects.get(pk=made.json()["id"]).office == stored


def test_an_office_is_closed_by_its_system_administrator_when_it_is_empty(cast):
    office = make_office(parent=cast.city_office)
    address = f"{API}/offices/{office.pk}/close/"
    client = of(cast.superior_system_administrator)
    for body in ({}, {"last_day": "tomorrow"}, {"last_day": "1999-12-31"}):
        refused = client.post(address, body, format="json")
        assert (refused.status_code, refused.json()["errors"].keys()) == (400, {"last_day"})
        assert refused["Content-Type"] == "application/problem+json"
    person = make_user(office)
    refused = client.post(address, {"last_day": "2026-12-31"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "office_has_active_users")
    services.deactivate_user(actor=None, user=person, reason="Closed")
    refused = of(cast.superior_handler).post(address, {"last_day": "2026-12-31"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "role_required")
    closed = client.post(address, {"last_day": "2026-12-31"}, format="json")
    assert (closed.status_code, closed.json()["valid_to"]) == (200, "2026-12-31")
    event = AuditEvent.objects.get(action="office.closed")
    assert (event.actor_id, event.object_id) == (
        cast.superior_system_administrator.pk,
        str(office.pk),
    )


def test_the_system_administrator_resets_a_password_and_is_told_it_once(cast):
    person = give_password(cast.handler)
    own = bearer(token_for(person))
    address = f"{API}/users/{person.pk}/reset-password/"
    response = of(cast.system_administrator).post(address)
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert response.json().keys() == {"password"}
    person.refresh_from_db()
    assert person.check_password(response.json()["password"])
    assert person.must_change_password
    assert own.get(f"{API}/offices/").status_code == 401
    event = AuditEvent.objects.get(action="user.password_reset")
    assert (event.actor_id, event.object_id) == (cast.system_administrator.pk, str(person.pk))
    assert response.json()["password"] not in str(event.__dict__)


@pytest.mark.parametrize(
    ("actor", "person", "code"),
    [
        ("chief", "handler", "role_required"),
        ("security_administrator", "handler", "role_required"),
        ("handler", "handler", "role_required"),
        ("system_administrator", "auditor", "separated_administrators"),
        ("system_administrator", "security_administrator", "separated_administrators"),
        ("system_administrator", "system_administrator", "own_account"),
    ],
)
def test_who_may_not_reset_a_password_changes_nothing(cast, actor, person, code):
    person = give_password(getattr(cast, person))
    response = of(getattr(cast, actor)).post(f"{API}/users/{person.pk}/reset-password/")
    assert (response.status_code, response.json()["code"]) == (409, code)
    assert response["Content-Type"] == "application/problem+json"
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_people_are_filtered_and_cost_the_same_queries_however_many(
    cast, django_assert_max_num_queries
):
    client = of(cast.system_administrator)
    for _ in range(19):
        make_user(cast.office, Role.CLERK)
    with django_assert_max_num_queries(8):
        rows = client.get(f"{API}/users/?role=clerk&size=100").json()["results"]
    assert len(rows) == 20  # with the clerk of the cast
    assert rows[0]["roles"] == ["clerk"]
    assert client.get(f"{API}/users/?role=king").status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        r'{"username": "a\u0000b", "password": "x"}',
        r'{"username": "a", "password": "\ud800"}',
        r'{"username": "\ud800", "password": "x"}',
        '{"username": {"a": 1}, "password": ["x"]}',
        "{}",
        "[]",
        '"x"',
        "{",
    ],
)
def test_hostile_login_bodies_are_refused_without_a_fault(db, body):
    response = APIClient().post(f"{API}/tokens/", body, content_type="application/json")
    assert response.status_code == 400
