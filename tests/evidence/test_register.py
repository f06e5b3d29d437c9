"""The register of exhibits across cases: what it shows, finds and hides, for people and programs."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from cases.models import Recusal
from evidence import services
from tests.evidence.conftest import FACTS, add, planned_case, start_investigation, upload
from tests.support.people import make_user

pytestmark = pytest.mark.django_db
PAGE = "/exhibits/"
API = "/api/v1/exhibits/"


@pytest.fixture
def other(cast):
    return start_investigation(planned_case(cast), cast)


@pytest.fixture
def exhibits(cast, case, other):
    """Two exhibits of one case, one of another: data, a paper that is withdrawn, a statement."""
    data = add(cast, case, b"a", "甲.txt")
    paper = add(
        cast, case, b"b", "乙.txt", name="合同", kind="document", obtained_on=date(2026, 2, 1)
    )
    said = add(cast, other, b"c", "丙.txt", name="笔录", kind="statement", source="李四")
    services.state_fact(actor=cast.handler, case=case, group="act", text="公开", exhibits=[data])
    services.state_fact(
        actor=cast.handler, case=case, group="harm", text="损害", exhibits=[data, paper]
    )
    services.withdraw_exhibit(actor=cast.handler, exhibit=paper, reason="与案件无关")
    return data, paper, said


def found(client, **query):
    answer = client.get(API, query)
    assert answer.status_code == 200, answer.content
    page = client.get(PAGE, query)
    by_program = [(row["case"], row["number"]) for row in answer.json()["results"]]
    assert by_program == [(row.case.key, row.number) for row in page.context["page"].items]
    return by_program


def named(*rows):
    return [(row.case.key, row.number) for row in rows]


def test_the_register_shows_the_exhibits_of_all_cases_the_newest_first(client, cast, exhibits):
    data, paper, said = exhibits
    client.force_login(cast.handler)
    assert found(client) == named(said, paper, data)
    row = client.get(API).json()["results"][-1]
    assert (row["proves"], row["withdrawn"]) == (["act", "harm"], False)


def test_the_register_is_narrowed_by_case_kind_group_day_state_and_words(client, cast, exhibits):
    data, paper, said = exhibits
    client.force_login(cast.handler)
    assert found(client, case=said.case.key.lower()) == named(said)
    assert found(client, kind="document") == named(paper)
    assert found(client, group="act") == named(data)
    # What a withdrawn exhibit was to prove no longer stands.
    assert found(client, group="harm") == named(data)
    assert found(client, obtained_until="2026-02-28") == named(paper)
    assert found(client, obtained_from="2026-03-05") == named(said, data)
    assert found(client, state="withdrawn") == named(paper)
    assert found(client, state="in_use", q="李四") == named(said)
    assert found(client, q=data.sha256.upper()) == named(data)
    assert found(client, case="330106-2026-99999") == []


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "gossip"},
        {"group": "nothing"},
        {"obtained_from": "2026-02-30"},
        {"obtained_from": "2026-03-02", "obtained_until": "2026-03-01"},
    ],
)
def test_a_filter_that_makes_no_sense_is_refused_with_a_sentence(client, cast, query):
    client.force_login(cast.handler)
    page = client.get(PAGE, query)
    assert (page.status_code, 'role="alert"' in page.content.decode()) == (400, True)
    assert client.get(API, query).json()["errors"].keys() == {list(query)[-1]}


@pytest.mark.parametrize("person", ["stranger", "intake", "auditor", "system_administrator"])
def test_who_sees_no_case_finds_nothing_in_the_register(client, cast, exhibits, person):
    client.force_login(getattr(cast, person))
    assert found(client) == found(client, case=exhibits[0].case.key) == []
    assert exhibits[0].name not in client.get(PAGE).content.decode()


def test_who_stands_aside_from_one_case_sees_the_other_alone(client, cast, exhibits):
    data, _paper, said = exhibits
    client.force_login(cast.assistant)
    assert len(found(client)) == 3
    Recusal.objects.create(
        case=data.case, person=cast.assistant, applicant="当事人", grounds="利害关系",
        received_on=date(2026, 3, 1), decision="granted", decided_on=date(2026, 3, 2),
        decided_by=cast.chief, created_by=cast.handler,
    )  # fmt: skip
    assert found(client) == named(said)


def test_confidential_exhibits_are_shown_to_team_and_deciders_alone(client, cast, case):
    secret = add(cast, case, b"s", "密.txt", confidential=True)
    manager = make_user(cast.office, Role.CASE_MANAGEMENT)
    seen = {}
    for person in (cast.assistant, cast.chief, manager):
        client.force_login(person)
        seen[person.pk] = found(client)
    assert seen == {
        cast.assistant.pk: named(secret),
        cast.chief.pk: named(secret),
        manager.pk: [],
    }


def test_the_register_goes_on_page_by_page(client, cast, exhibits, monkeypatch):
    monkeypatch.setattr("evidence.views.SIZE", 2)
    data, paper, said = exhibits
    client.force_login(cast.handler)
    first = client.get(PAGE).context["page"]
    second = client.get(PAGE, {"after": first.next}).context["page"]
    assert (first.items, second.items) == ([said, paper], [data])
    assert client.get(PAGE, {"after": "spoilt"}).status_code == 404


@pytest.mark.parametrize("path", [PAGE, API])
def test_a_page_of_many_costs_no_more_queries_than_one_of_few(client, cast, case, other, path):
    add(cast, case)
    client.force_login(cast.handler)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for place in (case, other):
        uploads = [upload(b"x", f"{number}.txt") for number in range(12)]
        added = services.add_exhibits(actor=cast.handler, case=place, uploads=uploads, facts=FACTS)
        services.state_fact(
            actor=cast.handler, case=place, group="harm", text="损害", exhibits=added
        )
    with CaptureQueriesContext(connection) as many:
        assert client.get(path).status_code == 200
    assert len(many) == len(few)


def test_the_navigation_and_the_search_lead_to_the_register(client, cast, exhibits):
    client.force_login(cast.handler)
    assert f'href="{reverse("exhibit_register")}"' in client.get("/").content.decode()
    groups = client.get("/api/v1/search/", {"q": "合同"}).json()
    lists = {group["code"]: group["list"] for group in groups}
    assert lists["exhibits"].endswith(f"{API}?q=%E5%90%88%E5%90%8C")
