"""Every refusal leaves its row in the audit record (safety C17)."""

from __future__ import annotations

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from audit.models import AuditEvent
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
