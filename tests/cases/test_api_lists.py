"""Lists, catalogues and tokens: pages without gap or twin, filters, a price that does not grow with the rows."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from knox.models import AuthToken
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import ModelSerializer
from rest_framework.test import APIClient, APIRequestFactory

from cases.api.serializers.matters import CaseSerializer
from cases.models import Event
from cases.registries import event_kinds, machines, requirements
from cases.selectors.case_list import shown_cases
from cases.services import lists, work
from cases.services.parties import add_party
from tests.cases.world import make_world
from tests.support import matters
from tests.support.api import program_of
from tests.support.database import ROOT
from tests.support.matters import make_case

pytestmark = pytest.mark.django_db


def keys(answer) -> list[str]:
    return [row["key"] for row in answer["results"]]


def test_pages_follow_one_another_without_gap_or_twin_while_rows_are_added(cast):
    leads = [matters.make_lead(cast).key for _ in range(5)]
    program = program_of(cast.intake)
    first = program.ask("leads/", size=2)
    matters.make_lead(cast)
    second = program.get(first["next"]).json()
    third = program.get(second["next"]).json()
    assert keys(first) + keys(second) + keys(third) == leads[::-1]
    assert third["next"] is None
    assert keys(program.get(second["previous"]).json()) == keys(first)


def test_a_cursor_of_another_list_is_refused(cast):
    for _ in range(2):
        make_case(cast)
    cases = program_of(cast.handler).ask("cases/", size=1)["next"]
    reply = program_of(cast.handler).get(cases.replace("/cases/", "/leads/") + "x")
    assert reply.status_code == 400
    assert reply["content-type"].startswith("application/problem+json")


@pytest.mark.parametrize("size", ["0", "101", "x", "-1"])
def test_a_wrong_size_of_page_is_refused(cast, size):
    reply = program_of(cast.handler).get("/api/v1/leads/", {"size": size})
    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_size")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, [1, 0]),
        ({"q": "群"}, [1, 0]),
        ({"q": "别的"}, []),
        ({"year": "2020"}, []),
        ({"state": "lead_assessing"}, [0]),
        ({"state": ["lead_assessing", "lead_registered"]}, [1, 0]),
        ({"source": "complaint"}, []),
        ({"major": "true"}, [1]),
        ({"mine": "true"}, []),
        ({"received_from": "2026-01-06"}, []),
        ({"received_until": "2026-01-05"}, [1, 0]),
    ],
)
def test_leads_are_narrowed(cast, filters, found):
    leads = [matters.assign(cast, matters.make_lead(cast)), matters.make_lead(cast, major=True)]
    assert keys(program_of(cast.head).ask("leads/", **filters)) == [leads[n].key for n in found]


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ({"stage": "pre_litigation"}, 1),
        ({"stage": "litigation"}, 0),
        ({"stage": ["litigation", "pre_litigation"]}, 1),
        ({"stage": ["litigation", "post_litigation"]}, 0),
        ({"stage": ""}, 1),
        ({"region": "33"}, 0),
        ({"basis": "PIPL 70"}, 1),
        ({"basis": "CPL 58"}, 0),
        ({"mine": "true"}, 1),
        ({"filed_from": "2026-01-06"}, 0),
        ({"state": "filed"}, 1),
        ({"q": "张三"}, 1),
        ({"q": "李四"}, 0),
    ],
)
def test_cases_are_narrowed(cast, filters, number):
    case = make_case(cast)
    party = {"role": "violator", "kind": "person", "name": "某张三"}
    add_party(actor=cast.handler, case=case, facts=party)
    assert len(keys(program_of(cast.handler).ask("cases/", **filters))) == number


@pytest.mark.parametrize(
    "filters", [{"state": "archived?"}, {"received_from": "2026-02-30"}, {"handler": "x"}]
)
def test_a_wrong_filter_is_a_problem_and_shows_nothing(cast, filters):
    reply = program_of(cast.head).get("/api/v1/leads/", filters)
    assert reply.status_code == 400
    assert set(reply.json()["errors"]) == set(filters)


def queries_of(program, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        program.ask(path)
    return len(queries)


LISTS = ("leads/", "cases/", "proposals/", "saved-filters/")
PARTS = ("events/", "tasks/", "comments/", "contacts/", "recusals/", "parties/", "team/", "links/")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("value", ["2026-02-30", "06/24/2024", "yesterday"])
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("leads", "received_from"),
        ("leads", "received_until"),
        ("cases", "filed_from"),
        ("cases", "filed_to"),
    ],
)
def test_a_day_that_is_none_is_refused_with_its_parameter_and_the_form_of_a_day(
    cast, path, name, value, language
):
    program = program_of(cast.chief)
    answer = program.get(f"/api/v1/{path}/", {name: value}, HTTP_ACCEPT_LANGUAGE=language)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert list(answer.json()["errors"]) == [name]
    (sentence,) = answer.json()["errors"][name]
    assert all(part in sentence for part in (name, value, "2024-06-24"))
    if language == "en":
        assert sentence == (
            f"“{value}” is no day for {name}. Write year, month and day of the calendar as 2024-06-24."
        )


def test_a_list_costs_the_same_however_many_rows(cast):
    world = make_world(cast)
    program = program_of(cast.handler)
    addresses = [*LISTS, *(f"cases/{world.case.key}/{part}" for part in PARTS)]
    for address in addresses:
        program.ask(address)
    before = {address: queries_of(program, address) for address in addresses}
    _grow(cast, world)
    after = {address: queries_of(program, address) for address in addresses}
    assert after == before
    assert max(after.values()) < 30


def _grow(cast, world) -> None:
    """Add three more of everything that is listed."""
    for number in range(3):
        lead, other = (matters.assign(cast, matters.make_lead(cast)) for _ in range(2))
        matters.propose(lead, "M01", {"into": other.pk, "reason": "同"}, cast.handler)
        case = make_case(cast)
        work.link_cases(actor=cast.handler, source=world.case, target=case, kind="related")
        work.add_comment(actor=cast.handler, matter=world.case, text=str(number))
        lists.save_filter(actor=cast.handler, list_name="cases", name=str(number), query="")
        body = {"kind": "direction_recorded"}
        body["facts"] = {"direction": str(number), "legal_day": "2026-01-06"}
        address = f"cases/{world.case.key}/events/"
        assert program_of(cast.handler).send(address, body).status_code == 201
    fix = {"facts": {"direction": "更正", "legal_day": "2026-01-06"}, "reason": "误录"}
    event = Event.objects.filter(case=world.case, kind="direction_recorded").first()
    assert program_of(cast.handler).send(f"{address}{event.pk}/correct/", fix).status_code == 201


# --- catalogues ----------------------------------------------------------------------------------


def test_the_catalogues_list_every_declaration_with_its_article(cast):
    program = program_of(cast.auditor)
    rows = program.ask("transitions/")
    declared = {(m.code, code) for m in machines.values() for code in m.declarations}
    assert {(row["machine"], row["code"]) for row in rows} == declared
    announcement = next(row for row in rows if row["code"] == "T12")
    assert announcement["article"] == "Rules 91; JI 13"
    assert announcement["act_requirements"] == [
        "announcement_issued",
        "medium_of_national_influence",
        "publication_proven",
    ]
    assert {row["code"] for row in program.ask("event-kinds/")} == set(event_kinds)
    assert {row["code"] for row in program.ask("requirements/")} == set(requirements)
    assert {row["machine"] for row in program.ask("transitions/", machine="lead")} == {"lead"}


def test_a_kind_of_event_says_which_facts_it_asks_for(cast):
    kind = program_of(cast.handler).ask("event-kinds/investigative_act/")
    fields = {field["name"]: field for field in kind["facts"]}
    assert (fields["staff"]["type"], fields["staff"]["several"]) == ("reference", True)
    assert "inspect" in fields["method"]["choices"]
    assert program_of(cast.handler).get("/api/v1/event-kinds/nothing/").status_code == 404


# --- the desk ------------------------------------------------------------------------------------


def test_what_waits_for_a_person_is_told_to_his_program_alone(cast):
    lead = matters.make_lead(cast)
    rows = program_of(cast.head).ask("inbox/", group="todo")
    assert [row["matter_key"] for row in rows] == [lead.key]
    assert program_of(cast.head).ask("inbox/", group="approval") == []
    assert program_of(cast.handler).ask("inbox/") == []


def test_a_filter_is_kept_and_shared_with_the_office_only(cast):
    body = {"list_name": "cases", "name": "逾期", "query": "stage=pre_litigation", "shared": True}
    assert program_of(cast.handler).send("saved-filters/", body).status_code == 201
    assert [r["name"] for r in program_of(cast.colleague).ask("saved-filters/")["results"]] == [
        "逾期"
    ]
    assert program_of(cast.stranger).ask("saved-filters/")["results"] == []


def test_the_load_of_each_prosecutor_is_for_those_who_assign(cast):
    matters.assign(cast, matters.make_lead(cast))
    rows = program_of(cast.head).ask("workload/")
    assert {row["id"]: row["open_leads"] for row in rows}[cast.handler.pk] == 1
    assert program_of(cast.handler).get("/api/v1/workload/").status_code == 404


# --- login and schema ----------------------------------------------------------------------------


def test_a_token_speaks_for_its_person_and_ends_when_revoked(cast):
    lead = matters.assign(cast, matters.make_lead(cast))
    token, text = AuthToken.objects.create(user=cast.handler)
    client = APIClient(headers={"Authorization": f"Token {text}"})
    assert client.get(f"/api/v1/leads/{lead.key}/").status_code == 200
    token.delete()
    reply = client.get(f"/api/v1/leads/{lead.key}/")
    assert reply.status_code == 401
    assert reply["content-type"].startswith("application/problem+json")


def test_a_session_needs_its_csrf_token_to_write(cast):
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(cast.intake)
    assert client.get("/api/v1/leads/").status_code == 200
    assert client.post("/api/v1/leads/", {}, format="json").status_code == 403


@pytest.mark.slow
def test_the_description_of_the_api_has_no_warning(tmp_path):
    command = [sys.executable, "manage.py", "spectacular", "--validate", "--fail-on-warn"]
    run = subprocess.run(
        [*command, "--file", str(tmp_path / "schema.yaml")],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr


def test_a_case_is_written_as_its_declared_fields_would_write_it(cast):
    case = make_case(cast)
    case.parties.create(role="violator", kind="person", name="甲", created_by=cast.handler)
    [shown] = shown_cases([case.pk])
    request = APIRequestFactory().get("/api/v1/cases/")
    serializer = CaseSerializer(shown, context={"request": request})
    declared = ModelSerializer.to_representation(serializer, shown)
    assert JSONRenderer().render(serializer.data) == JSONRenderer().render(declared)
    some = CaseSerializer(shown, members=["key", "stage"], context={"request": request})
    assert dict(some.data) == {"key": case.key, "stage": declared["stage"]}
