"""The assignment page and handing over."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.models import Event
from tests.support import matters

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_head_sees_unassigned_leads_beside_the_load_of_each(cast, as_user, language):
    cast.head.language = language
    cast.head.save()
    assigned = matters.assign(cast, matters.make_lead(cast))
    waiting = matters.make_lead(cast)
    page = as_user(cast.head).get(reverse("assignment")).content.decode()
    assert waiting.key in page
    assert assigned.key not in page
    assert f"{cast.handler.name}（1 / 0）" in page


def test_a_prosecutor_finds_no_assignment_page(cast, as_user):
    client = as_user(cast.handler)
    assert client.get(reverse("assignment")).status_code == 404
    assert client.post(reverse("hand_over_all"), {}).status_code == 404


def test_the_choice_of_the_page_is_kept_on_the_form_of_assigning(cast, as_user):
    lead = matters.make_lead(cast)
    address = reverse("lead_assign", args=[lead.key])
    page = as_user(cast.head).get(address, {"handler": cast.colleague.pk}).content.decode()
    assert f'value="{cast.colleague.pk}" selected' in page


def test_one_lead_is_handed_over_with_a_reason(cast, as_user):
    lead, client = matters.assign(cast, matters.make_lead(cast)), as_user(cast.head)
    address = reverse("hand_over", args=[lead.key])
    data = {"successor": cast.colleague.pk, "reason": "工作调整"}
    assert client.post(address, data | {"reason": ""}).status_code == 400
    client.post(address, data)
    lead.refresh_from_db()
    assert lead.handler == cast.colleague


def test_the_handler_hands_nothing_over(cast, as_user):
    lead = matters.assign(cast, matters.make_lead(cast))
    answer = as_user(cast.handler).get(reverse("hand_over", args=[lead.key]))
    assert answer.status_code == 404


def test_all_matters_of_a_person_are_handed_over_at_once(cast, as_user):
    leads = [matters.assign(cast, matters.make_lead(cast)) for _ in range(3)]
    client = as_user(cast.head)
    assert client.get(reverse("hand_over_all"), {"person": cast.handler.pk}).status_code == 200
    client.post(
        reverse("hand_over_all"),
        {"person": cast.handler.pk, "successor": cast.colleague.pk, "reason": "调离"},
    )
    for lead in leads:
        lead.refresh_from_db()
    assert {lead.handler for lead in leads} == {cast.colleague}
    assert Event.objects.filter(kind="case_handed_over").count() == 3


def test_nobody_hands_over_to_the_same_person(cast, as_user):
    matters.assign(cast, matters.make_lead(cast))
    answer = as_user(cast.head).post(
        reverse("hand_over_all"),
        {"person": cast.handler.pk, "successor": cast.handler.pk, "reason": "调离"},
    )
    assert answer.status_code == 400
