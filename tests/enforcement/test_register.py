"""What is owed in all cases on one page: to whom, narrowed by what, at what cost."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import Role
from enforcement import views
from tests.enforcement import scenes
from tests.enforcement.scenes import owed
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import stand_aside
from tests.support.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with on(2026, 8, 3):
        yield


def register(client, person, **chosen) -> str:
    client.force_login(person)
    return client.get(reverse("obligation_register"), chosen).content.decode()


def listed(client, person, case, **chosen) -> list[str]:
    """Return the types of the case's obligations the page shows, in its order."""
    page = register(client, person, **chosen)
    found = {
        page.find(f'href="{row.get_absolute_url()}"'): row.type for row in case.obligations.all()
    }
    return [found[place] for place in sorted(found) if place >= 0]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_shows_what_all_cases_owe_the_earliest_due_first(client, cast, case, language):
    cast.handler.language = language
    cast.handler.save(update_fields=["language"])
    scenes.confirm(
        cast.assistant, case, scenes.pay(cast.handler, case, owed(case, "EI-4"), "40000")
    )
    assert listed(client, cast.handler, case) == ["EI-2", "EI-1", "EI-3", "EI-4"]
    page = register(client, cast.handler)
    with translation.override(language):
        assert str(owed(case, "EI-4").get_kind_display()) in page
    assert case.key in page
    paid = "40,000.00 / 100,000.00"
    assert paid in page
    assert f'href="{reverse("obligation_register")}"' in client.get("/").content.decode()


def test_the_list_is_narrowed_by_state_kind_day_and_what_is_overdue(client, cast, case):
    scenes.log(cast.handler, case, owed(case, "EI-1"))
    scenes.verify(cast.assistant, case, owed(case, "EI-1"))
    person = cast.handler
    assert listed(client, person, case, state="verified") == ["EI-1"]
    assert listed(client, person, case, state="owed") == ["EI-2", "EI-3", "EI-4"]
    assert listed(client, person, case, kind="K8") == ["EI-4"]
    assert listed(client, person, case, until="2026-07-31") == ["EI-2", "EI-1", "EI-3"]
    assert listed(client, person, case, overdue="on") == ["EI-2", "EI-3"]
    assert listed(client, person, case, state="ended") == []


@pytest.mark.parametrize("chosen", [{"state": "done"}, {"kind": "K99"}, {"until": "soon"}])
def test_a_choice_that_is_none_is_refused_by_page_and_program(client, cast, case, chosen):
    client.force_login(cast.handler)
    assert client.get(reverse("obligation_register"), chosen).status_code == 400
    answer = program_of(cast.handler).get("/api/v1/obligations/", chosen)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == list(chosen)


@pytest.mark.parametrize("who", ["stranger", "colleague", "intake"])
def test_who_does_not_see_the_case_finds_none_of_its_obligations(client, cast, case, who):
    page = register(client, getattr(cast, who))
    assert case.key not in page
    assert case.title not in page


def test_who_stands_aside_and_another_office_find_nothing_but_their_own(client, cast, case):
    stand_aside(cast, case, cast.assistant)
    assert case.key not in register(client, cast.assistant)
    elsewhere = make_user(cast.stranger.office, Role.CHIEF, name="外院检察长")
    assert case.key not in register(client, elsewhere)
    assert case.key in register(client, cast.head)


def test_nobody_logged_in_is_sent_to_the_login(client, case):
    assert client.get(reverse("obligation_register")).status_code == 302


def test_the_pages_of_the_list_follow_one_another(client, cast, case, monkeypatch):
    monkeypatch.setattr(views, "PAGE_SIZE", 3)
    client.force_login(cast.handler)
    first = client.get(reverse("obligation_register"))
    assert [row.type for row in first.context["page"].items] == ["EI-2", "EI-1", "EI-3"]
    second = client.get(reverse("obligation_register"), {"after": first.context["page"].next})
    assert [row.type for row in second.context["page"].items] == ["EI-4"]
    assert client.get(reverse("obligation_register"), {"after": "x"}).status_code == 404


def test_the_list_costs_the_same_for_one_case_and_for_many(client, cast, case):
    client.force_login(cast.handler)
    counts = []
    for more in (0, 2):
        for _ in range(more):
            other = scenes.begun(cast, *scenes.ALL)
            scenes.confirm(
                cast.assistant, other, scenes.pay(cast.handler, other, owed(other, "EI-4"), "10")
            )
        client.get(reverse("obligation_register"))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("obligation_register"))
        counts.append(len(queries))
    assert len(page.context["rows"]) == 12
    assert counts[0] == counts[1]


def test_programs_narrow_by_kind_day_and_what_is_still_owed(cast, case):
    scenes.log(cast.handler, case, owed(case, "EI-1"))
    program = program_of(cast.handler)

    def types(**chosen: str) -> list[str]:
        return [row["type"] for row in program.ask("obligations/", **chosen)["results"]]

    assert types(kind="K8") == ["EI-4"]
    assert types(until=date(2026, 7, 20).isoformat()) == ["EI-2", "EI-1"]
    assert types(state="owed") == ["EI-2", "EI-3", "EI-4"]
