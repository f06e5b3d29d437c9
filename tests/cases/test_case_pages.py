from __future__ import annotations

import pytest
from django.urls import reverse

from tests.deadlines.matters import make_case

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "zh-hans")


def login(client, person, language="en"):
    person.language = language
    person.save()
    client.force_login(person)
    return client


@pytest.fixture
def case(cast):
    return make_case(cast)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_team_reads_the_case_and_its_list(client, cast, case, language):
    login(client, cast.handler, language)
    assert case.title in client.get(reverse("case_list")).content.decode()
    answer = client.get(reverse("case_detail", args=[case.key]))
    assert answer.status_code == 200
    assert case.title in answer.content.decode()


def test_the_head_sets_the_team_and_needs_exactly_one_lead(client, cast, case):
    login(client, cast.head)
    address = reverse("case_team", args=[case.key])
    chosen = {f"person_{cast.handler.pk}": "lead", f"person_{cast.clerk.pk}": "clerk"}
    wrong = client.post(address, chosen | {f"person_{cast.handler.pk}": "", "reason": "组成"})
    assert wrong.status_code == 400
    assert "one lead" in wrong.content.decode()
    assert client.post(address, chosen | {"reason": "组成"}).status_code == 302
    assert case.team.filter(until=None).count() == 2


TABS = ("case_detail", "case_parties", "case_tasks", "case_people", "case_links", "case_record")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TABS)
def test_every_tab_opens_in_both_languages(client, cast, case, name, language):
    login(client, cast.handler, language)
    assert client.get(reverse(name, args=[case.key])).status_code == 200
