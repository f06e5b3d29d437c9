"""Every refusal leaves its row in the audit record (safety C17)."""

from __future__ import annotations

import re

import pytest
from django.urls import URLResolver, get_resolver, reverse
from django.utils.translation import override
from rest_framework.test import APIClient

from audit.models import AuditEvent
from audit.vocabulary import page_called
from procuracy.pages import TITLES
from tests.support.days import on
from tests.support.matters import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    with on(2026, 6, 24):
        return make_case(cast)


def refused():
    rows = AuditEvent.objects.filter(action="request.refused").order_by("-id")
    return [(row.actor_id, row.object_type, row.object_id, row.outcome) for row in rows]


def test_a_look_at_what_one_may_not_see_is_recorded(client, cast, case):
    client.force_login(cast.stranger)
    assert client.get(case.get_absolute_url()).status_code == 404
    assert refused() == [(cast.stranger.pk, "case_detail", case.key, "refused")]


def test_an_act_of_the_wrong_person_is_recorded_by_page_and_by_api(client, cast, case):
    client.force_login(cast.stranger)
    client.post(reverse("case_edit", args=[case.key]), {"title": "x"})
    program = APIClient()
    program.force_authenticate(cast.stranger)
    program.post(f"/api/v1/cases/{case.key}/transitions/", {"transition": "T08"}, format="json")
    assert [row[0] for row in refused()] == [cast.stranger.pk] * 2
    assert all(row[2] == case.key for row in refused())


def test_a_refused_step_is_recorded_for_the_handler_too(cast, case):
    program = APIClient()
    program.force_authenticate(cast.handler)
    answer = program.post(
        f"/api/v1/cases/{case.key}/transitions/",
        {"transition": "T08", "facts": {"legal_day": "2026-01-05"}},
        format="json",
    )
    assert answer.status_code == 409
    assert refused()[0][0] == cast.handler.pk


def test_what_succeeds_and_what_is_only_mistyped_is_no_refusal(client, cast, case):
    client.force_login(cast.handler)
    assert client.get(case.get_absolute_url()).status_code == 200
    assert client.post(reverse("party_create", args=[case.key]), {}).status_code == 400
    assert client.get("/no-such-page/").status_code == 404
    assert refused() == []


def test_somebody_who_is_not_logged_in_is_sent_to_the_login(client, case):
    assert client.get(case.get_absolute_url()).status_code == 302
    assert refused() == []


def names(resolver=None):
    """Every name of a page or an address of the API."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern)
        else:
            yield pattern.name


def test_every_page_and_address_has_a_title_a_person_can_read():
    found = set(names())
    assert {"case_detail", "lead-events-annul", "account_login", "api-root"} <= found
    with override("en"):
        titles = {name: page_called(name) for name in found}
    assert [name for name, title in titles.items() if re.search(r"[_:]|\w-\w", title)] == []
    assert [name for name, title in titles.items() if not title[:1].isupper()] == []


def test_every_page_and_address_has_a_chinese_title():
    with override("zh-hans"):
        titles = {name: page_called(name) for name in set(names())}
    without = {title for title in titles.values() if not re.search(r"[\u4e00-\u9fff]", title)}
    assert without == set()


def test_every_title_belongs_to_a_page_or_an_address():
    assert set(TITLES) - {name.replace("-", "_") for name in names()} == {
        # A lead has no parties, no team and no links.
        *("lead_parties_list", "lead_parties_detail"),
        *("lead_parties_contact", "lead_parties_remove"),
        *("lead_team_list", "lead_links_list", "lead_links_detail"),
    }


@pytest.mark.parametrize(
    ("language", "page", "address"),
    [("en", "Case", "Case (API)"), ("zh-hans", "案件", "案件（API）")],
)
def test_the_viewer_calls_the_refused_page_by_its_title(
    client, cast, case, settings, language, page, address
):
    client.force_login(cast.system_administrator)
    client.get(case.get_absolute_url())
    client.get(f"/api/v1/cases/{case.key}/")
    client.get("/audit/")
    client.force_login(cast.auditor)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    shown = rows_of(client, cast.system_administrator)
    assert [(row["kind"], row["object"]) for row in shown[1:]] == [
        (address, case.key),
        (page, case.key),
    ]
    assert shown[0]["object"] == ""


def rows_of(client, person):
    query = {"action": "request.refused", "who": person.username}
    return client.get("/audit/", query).context["rows"]
