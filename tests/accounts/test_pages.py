"""The pages: who sees them, that both languages render, that nothing typed becomes markup."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from accounts import services
from accounts.models import (
    ENDS_TOO_EARLY,
    Delegation,
    Office,
    Role,
    SigningAuthorisation,
    User,
)
from audit import clock
from tests.accounts.conftest import PASSWORD, give_password
from tests.support.people import make_department, make_office, make_user

MARKUP = "<script>alert(1)</script>"


def of(person):
    client = Client()
    client.force_login(person)
    return client


def pages_of_an_office(office, department):
    """Pages about one office, and who of it may open them."""
    administrator = {"system_administrator"}
    return [
        (reverse("office_detail", args=[office.pk]), {"handler", *administrator}),
        (reverse("office_edit", args=[office.pk]), administrator),
        (reverse("office_close", args=[office.pk]), administrator),
        (reverse("department_create", args=[office.pk]), administrator),
        (reverse("department_edit", args=[office.pk, department.pk]), administrator),
    ]


def pages_of_a_person(person):
    """Pages about one person, and who of the office may open them."""
    system, security = {"system_administrator"}, {"security_administrator"}
    grant = person.role_grants.get()
    names = {
        "user_detail": {"handler", *system, *security},
        "user_edit": system,
        "user_deactivate": system,
        "user_activate": system,
        "user_password_reset": system,
        "user_unlock": system,
        "user_sessions_end": system | security,
        "role_grant_create": security,
        "delegation_create": system,
    }
    pages = [(reverse(name, args=[person.pk]), allowed) for name, allowed in names.items()]
    return [*pages, (reverse("role_grant_revoke", args=[person.pk, grant.pk]), security)]


def all_pages(cast):
    person = cast.colleague
    return pages_of_an_office(cast.office, cast.department) + pages_of_a_person(person)


@pytest.mark.parametrize(
    "visitor", ["handler", "system_administrator", "security_administrator", "auditor"]
)
def test_every_page_opens_for_whom_it_is_meant_and_is_not_found_for_others(cast, visitor):
    client = of(getattr(cast, visitor))
    for address, allowed in all_pages(cast):
        everybody = address in {
            reverse("office_detail", args=[cast.office.pk]),
            reverse("user_detail", args=[cast.colleague.pk]),
        }
        expected = 200 if everybody or visitor in allowed else 404
        assert (address, client.get(address).status_code) == (address, expected)


def test_the_stranger_finds_none_of_the_pages(cast):
    client = of(cast.stranger)
    for address, _allowed in all_pages(cast):
        assert (address, client.get(address).status_code) == (address, 404)
        assert (address, client.post(address, {"reason": "x"}).status_code) in {
            (address, 404),
            (address, 405),
        }
    assert User.objects.get(pk=cast.colleague.pk).is_active


def test_the_stranger_is_told_the_same_as_of_what_does_not_exist(cast):
    client = of(cast.stranger)
    foreign = client.get(reverse("user_detail", args=[cast.handler.pk])).content
    missing = client.get(reverse("user_detail", args=[999999])).content
    token = re.compile(rb'(csrfmiddlewaretoken" value="|X-CSRFToken": "|name="next" value=")[^"]*')
    request_id = re.compile(rb"[0-9a-f]{32}")
    foreign, missing = (request_id.sub(b"", token.sub(b"", page)) for page in (foreign, missing))
    assert foreign == missing


def test_whoever_is_not_logged_in_is_led_to_the_login(cast):
    for address, _allowed in all_pages(cast):
        response = Client().get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/login/?next=")


def test_the_administrator_of_a_superior_office_administers_those_below_and_not_the_reverse(cast):
    superior = of(cast.superior_system_administrator)
    assert superior.get(reverse("user_edit", args=[cast.handler.pk])).status_code == 200
    assert superior.get(reverse("office_edit", args=[cast.office.pk])).status_code == 200
    below = of(cast.system_administrator)
    assert below.get(reverse("office_detail", args=[cast.city_office.pk])).status_code == 200
    assert below.get(reverse("office_edit", args=[cast.city_office.pk])).status_code == 404
    assert below.get(reverse("user_detail", args=[cast.superior_handler.pk])).status_code == 404


def test_a_superior_office_lists_the_people_below_only_for_its_administrators(cast):
    assert cast.handler
    assert "陈一鸣" in of(cast.superior_system_administrator).get("/people/").content.decode()
    assert "陈一鸣" not in of(cast.superior_handler).get("/people/").content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "visitor", ["handler", "system_administrator", "security_administrator", "chief"]
)
def test_every_page_renders_in_both_languages(cast, language, visitor):
    person = getattr(cast, visitor)
    person.language = language
    client = of(give_password(person))
    lists = [
        "office_list",
        "user_list",
        "preferences",
        "usersessions_list",
        "account_change_password",
        "own_sessions_end",
        "office_create",
        "user_create",
        "signing_list",
        "signing_create",
        "own_delegation_create",
        "account_logout",
        "account_reauthenticate",
    ]
    addresses = [reverse(name) for name in lists] + [a for a, _ in all_pages(cast)]
    opened = 0
    for address in addresses:
        response = client.get(address)
        assert response.status_code in {200, 404}, address
        if response.status_code == 200:
            opened += 1
            assert (
                f'<html lang="{"en" if language == "en" else "zh-Hans"}"'
                in response.content.decode()
            )
    assert opened >= 9


def test_the_login_page_speaks_the_language_of_the_browser_or_of_its_cookie():
    plain = Client().get("/login/", headers={"Accept-Language": "en"})
    assert '<html lang="en"' in plain.content.decode()
    client = Client(headers={"Accept-Language": "en"})
    client.post("/language/", {"language": "zh-hans", "next": "/login/"})
    assert '<html lang="zh-Hans"' in client.get("/login/").content.decode()


def test_a_switch_of_language_stays_with_the_person(cast):
    client = of(cast.handler)
    assert '<html lang="zh-Hans"' in client.get("/offices/").content.decode()
    client.post("/language/", {"language": "en", "next": "/offices/"})
    assert '<html lang="en"' in client.get("/offices/").content.decode()
    assert (
        '<html lang="en"'
        in of(User.objects.get(pk=cast.handler.pk)).get("/offices/").content.decode()
    )
    client.post("/me/", {"language": "zh-hans", "density": "comfortable"})
    page = client.get("/offices/").content.decode()
    assert '<html lang="zh-Hans"' in page
    assert 'data-density="comfortable"' in page


def test_a_switch_to_an_unknown_language_or_another_house_is_ignored(cast):
    client = of(cast.handler)
    response = client.post("/language/", {"language": "xx", "next": "https://evil.example/"})
    assert response["Location"] == "/"
    assert User.objects.get(pk=cast.handler.pk).language == "zh-hans"
    assert client.get("/language/").status_code == 405


def test_markup_in_names_is_shown_as_text_everywhere(cast):
    office = make_office(parent=cast.city_office, name=MARKUP)
    department = make_department(office, MARKUP)
    person = make_user(office, Role.CHIEF, name=MARKUP, department=department)
    deputy = make_user(office, Role.DEPUTY_CHIEF, Role.PROSECUTOR, name=MARKUP)
    today = clock.today()
    services.delegate(
        actor=person,
        delegator=person,
        to=deputy,
        role=Role.CHIEF,
        valid_from=today,
        valid_to=today,
        reason=MARKUP,
    )
    services.authorise_signing(
        actor=person,
        user=deputy,
        document_codes=["D-20"],
        scope=MARKUP,
        valid_from=today,
        valid_to=today,
    )
    client = of(person)
    for address in (
        "/offices/",
        "/people/",
        "/me/",
        "/signing/",
        reverse("office_detail", args=[office.pk]),
        reverse("user_detail", args=[deputy.pk]),
        f"/people/?q={MARKUP}",
    ):
        page = client.get(address).content.decode()
        assert MARKUP not in page
        assert "&lt;script&gt;" in page


def _queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", ["/people/", "/offices/"])
def test_lists_cost_the_same_number_of_queries_however_long(cast, address):
    client = of(cast.superior_system_administrator)
    few = _queries(client, address)
    for _ in range(12):
        office = make_office(parent=cast.city_office)
        make_user(office, Role.PROSECUTOR, Role.CLERK, department=make_department(office))
    assert _queries(client, address) == few
    assert few <= 15


def test_the_list_of_people_is_filtered_and_paged(cast):
    client = of(cast.system_administrator)
    for number in range(55):
        make_user(cast.office, name=f"名册{number:02}")
    assert cast.clerk
    first = client.get("/people/?q=名册")
    assert first.content.decode().count("名册") == 50 + 1
    following = client.get("/people/", {"q": "名册", "after": first.context["people"].next})
    assert following.content.decode().count("名册") == 5 + 1
    clerks = client.get("/people/?role=clerk").context["people"].items
    assert clerks == [cast.clerk]
    assert client.get("/people/?after=forged").status_code == 400
    assert client.get("/people/?role=king").status_code == 200


def test_an_office_is_created_changed_and_closed_on_its_pages(cast):
    client = of(cast.superior_system_administrator)
    facts = {
        "code": "330199",
        "name": "江州市新区人民检察院",
        "short_name": "江新",
        "level": "grassroots",
        "parent": cast.city_office.pk,
        "valid_from": "2024-01-01",
    }
    assert client.post("/offices/new/", facts).status_code == 302
    office = Office.objects.get(code="330199")
    assert client.post("/offices/new/", facts).status_code == 400
    change = {"name": "江州市新城区人民检察院", "short_name": "江新", "parent": cast.city_office.pk}
    assert client.post(f"/offices/{office.pk}/change/", change).status_code == 302
    assert (
        client.post(
            f"/offices/{office.pk}/departments/new/", {"name": "第一部", "kind": "public_interest"}
        ).status_code
        == 302
    )
    backwards = client.post(f"/offices/{office.pk}/close/", {"last_day": "2023-12-31"})
    assert backwards.status_code == 400
    assert backwards.context["form"].errors == {"last_day": [str(ENDS_TOO_EARLY)]}
    assert (
        client.post(f"/offices/{office.pk}/close/", {"last_day": "2024-12-31"}).status_code == 302
    )
    office.refresh_from_db()
    assert (office.name, str(office.valid_to)) == ("江州市新城区人民检察院", "2024-12-31")


def test_a_second_department_of_the_same_name_is_refused_in_words(cast):
    client = of(cast.system_administrator)
    facts = {"name": cast.department.name, "kind": "other"}
    response = client.post(f"/offices/{cast.office.pk}/departments/new/", facts)
    with translation.override("zh-hans"):
        sentence = gettext("The office has a department of this name already.")
    assert response.status_code == 400
    assert response.context["form"].non_field_errors() == [sentence]


def test_the_next_higher_office_stays_a_choice_however_many_are_below_it(cast):
    """Each office once, in the form of an office whose superior has several below it."""
    client = of(cast.superior_system_administrator)
    for _ in range(3):
        make_office(parent=cast.city_office)
    form = client.get(f"/offices/{cast.office.pk}/change/").context["form"]
    offered = list(form.fields["parent"].queryset)
    assert offered.count(cast.city_office) == 1
    assert len(offered) == len(set(offered))


def test_an_account_is_opened_with_a_password_shown_once_and_kept_out_of_caches(cast):
    client = of(cast.system_administrator)
    facts = {
        "office": cast.office.pk,
        "username": "new.person",
        "name": "新人",
        "language": "zh-hans",
    }
    response = client.post("/people/new/", facts)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    password = re.search(r"<code[^>]*>([^<]+)</code>", response.content.decode())[1]
    assert (
        Client().post("/login/", {"login": "new.person", "password": password}).status_code == 302
    )
    person = User.objects.get(username="new.person")
    assert person.must_change_password
    assert password not in client.get(f"/people/{person.pk}/").content.decode()
    assert client.post("/people/new/", facts).status_code == 400


def test_wrong_entries_are_explained_at_their_fields_and_nothing_is_lost(cast):
    client = of(cast.security_administrator)
    address = reverse("role_grant_create", args=[cast.clerk.pk])
    response = client.post(address, {"role": "intake", "valid_from": "2024-02-30"})
    assert response.status_code == 400
    assert response.context["form"].errors.keys() == {"valid_from"}
    backwards = {"role": "intake", "valid_from": "2999-06-26", "valid_to": "2999-06-25"}
    response = client.post(address, backwards)
    assert response.status_code == 400
    assert response.context["form"].errors == {"valid_to": [str(ENDS_TOO_EARLY)]}
    response = client.post(address, {"role": "clerk", "valid_from": clock.today().isoformat()})
    assert response.status_code == 409
    assert response.context["form"].non_field_errors()
    assert response.context["form"]["role"].value() == "clerk"


def test_a_decider_delegates_himself_and_revokes_it_on_his_page(cast):
    today = clock.today()
    facts = {
        "to": cast.deputy.pk,
        "role": "chief",
        "valid_from": today,
        "valid_to": today + timedelta(days=3),
        "reason": "Leave",
    }
    assert of(cast.handler).get("/me/delegations/new/").status_code == 404
    client = of(cast.chief)
    assert client.post("/me/delegations/new/", facts).status_code == 302
    delegation = Delegation.objects.get()
    assert of(cast.handler).post(f"/delegations/{delegation.pk}/revoke/").status_code == 404
    assert of(cast.stranger).post(f"/delegations/{delegation.pk}/revoke/").status_code == 404
    assert client.post(f"/delegations/{delegation.pk}/revoke/").status_code == 302
    delegation.refresh_from_db()
    assert delegation.revoked_at


@pytest.mark.norm("C119")
def test_the_page_offers_no_clerk_as_delegate_and_refuses_one_who_is_sent(cast):
    today = clock.today()
    client = of(cast.chief)
    offered = client.get("/me/delegations/new/").context["form"].fields["to"].queryset
    assert cast.deputy in offered
    assert cast.clerk not in offered
    facts = {
        "to": cast.clerk.pk,
        "role": "chief",
        "valid_from": today,
        "valid_to": today,
        "reason": "Leave",
    }
    response = client.post("/me/delegations/new/", facts)
    assert response.status_code == 400
    assert response.context["form"].errors.keys() == {"to"}
    assert not Delegation.objects.exists()


@pytest.mark.norm("C119")
def test_the_chief_authorises_and_withdraws_on_his_page_and_nobody_else_finds_it(cast):
    today = clock.today()
    facts = {
        "user": cast.handler.pk,
        "document_codes": "D-20，D-28",
        "scope": "自办案件",
        "valid_from": today,
        "valid_to": today + timedelta(days=30),
    }
    client = of(cast.chief)
    assert client.post("/signing/new/", facts).status_code == 302
    authorisation = SigningAuthorisation.objects.get()
    assert authorisation.document_codes == ["D-20", "D-28"]
    for person in (cast.handler, cast.deputy, cast.system_administrator, cast.stranger):
        for address in ("/signing/", "/signing/new/", f"/signing/{authorisation.pk}/revoke/"):
            assert of(person).get(address).status_code == 404
    foreign_chief = make_user(cast.other_office, Role.CHIEF)
    assert of(foreign_chief).post(f"/signing/{authorisation.pk}/revoke/").status_code == 404
    assert client.post(f"/signing/{authorisation.pk}/revoke/").status_code == 302


def test_no_page_holds_anything_inline(cast):
    client = of(cast.system_administrator)
    for address in ("/offices/", "/people/", "/me/", "/me/sessions/", "/people/new/"):
        page = client.get(address).content.decode()
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)


def test_confirming_that_it_is_oneself_needs_the_password(cast):
    client = of(give_password(cast.handler))
    assert client.post("/reauthenticate/", {"password": "wrong wrong wrong"}).status_code == 200
    assert client.post("/reauthenticate/", {"password": PASSWORD}).status_code == 302
