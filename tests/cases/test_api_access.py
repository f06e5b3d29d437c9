"""Every endpoint of the room, found in the router: who may not see a matter finds nothing at any of them."""

from __future__ import annotations

import re

import pytest
from django.urls import get_resolver
from rest_framework.test import APIClient

from audit.models import AuditEvent
from cases.models import Case, Event, Lead, Proposal
from tests.cases.world import make_world
from tests.support.api import program_of

pytestmark = pytest.mark.django_db


def _patterns(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern, route)
        else:
            yield route, pattern.callback


def endpoints_of(rooms: str) -> list[tuple[str, str]]:
    """Return (method, address with placeholders) of every endpoint the modules under `rooms` register."""
    found = []
    for route, callback in _patterns(get_resolver()):
        module = getattr(getattr(callback, "cls", None), "__module__", "")
        if module.startswith(rooms) and "format" not in route:
            address = re.sub(r"\(\?P<(\w+)>.*?\)(?=/|$)", r"{\1}", route)
            address = "/" + address.replace("^", "").replace("$", "").replace(r"\Z", "")
            found += [(method, address) for method in callback.actions]
    return sorted(set(found))


ALL = endpoints_of("cases.api")
OF_A_MATTER = [
    (method, address)
    for method, address in ALL
    if re.search(r"/(leads|cases|proposals)/\{", address)
]


@pytest.fixture
def world(cast):
    return make_world(cast)


def address_in(world, address: str) -> str:
    kind, _, rest = address.removeprefix("/api/v1/").partition("/")
    part = rest.split("/")[1] if "/" in rest else ""
    name = f"{kind}/{part}" if f"{kind}/{part}" in world.ids else kind
    key = world.case.key if kind == "cases" else world.lead.key
    number = str(world.ids.get(name, 1))
    return (
        address.replace("{key}", key)
        .replace("{id}", number)
        .replace("{pk}", number)
        .replace("{code}", "case_filed")
    )


def call(client, method: str, address: str):
    send = getattr(client, method)
    return send(address) if method == "get" else send(address, {}, format="json")


def test_the_router_was_read():
    assert ("post", "/api/v1/proposals/{pk}/decide/") in ALL
    assert ("post", "/api/v1/cases/{key}/events/{id}/annul/") in ALL
    assert ("get", "/api/v1/leads/{key}/") in ALL
    assert len(OF_A_MATTER) > 60


@pytest.mark.parametrize(("method", "address"), ALL)
def test_without_a_login_nothing_is_answered(method, address):
    reply = call(APIClient(), method, re.sub(r"\{(pk|id)\}", "1", address).replace(
        "{key}", "330106-2026-L00001" if "leads/" in address else "330106-2026-00001"
    ).replace("{code}", "case_filed"))  # fmt: skip
    assert reply.status_code == 401
    assert reply["content-type"].startswith("application/problem+json")


@pytest.mark.norm("C018")
@pytest.mark.norm("C131")
@pytest.mark.parametrize(
    "persona", ["stranger", "recused", "auditor", "system_administrator", "security_administrator"]
)
def test_who_may_not_see_a_matter_finds_nothing_at_any_endpoint(cast, world, persona):
    program = program_of(getattr(cast, persona))
    before = (Event.objects.count(), Proposal.objects.count())
    replies = {
        (method, address): call(program, method, address_in(world, address))
        for method, address in OF_A_MATTER
    }
    wrong = {
        place: reply.status_code for place, reply in replies.items() if reply.status_code != 404
    }
    assert wrong == {}
    assert all(r["content-type"].startswith("application/problem+json") for r in replies.values())
    assert (Event.objects.count(), Proposal.objects.count()) == before


def test_the_same_endpoints_answer_the_handler(cast, world):
    """So that the 404 of the others is not the 404 of a wrong address."""
    handler, head = program_of(cast.handler), program_of(cast.head)
    places = [place for place in OF_A_MATTER if place[0] == "get" and "content" not in place[1]]
    wrong = {
        address: reply.status_code
        for method, address in places
        # Who could handle a matter is for those who assign it.
        for program in [head if address.endswith("/handlers/") else handler]
        if (reply := call(program, method, address_in(world, address))).status_code != 200
    }
    assert wrong == {}


@pytest.mark.parametrize("persona", ["stranger", "recused", "auditor"])
def test_lists_leave_out_what_is_not_visible(cast, world, persona):
    program = program_of(getattr(cast, persona))
    for name in ("leads", "cases", "proposals"):
        keys = [row.get("key", row.get("matter")) for row in program.ask(f"{name}/")["results"]]
        assert not {world.lead.key, world.case.key} & set(keys)
    assert world.lead.key not in str(program.ask("inbox/"))


@pytest.mark.norm("C131")
def test_every_look_at_a_matter_leaves_a_trace(cast, world):
    program = program_of(cast.handler)
    for path in (f"cases/{world.case.key}/", f"cases/{world.case.key}/parties/"):
        before = AuditEvent.objects.filter(action="case.viewed").count()
        program.ask(path)
        assert AuditEvent.objects.filter(action="case.viewed").count() == before + 1


def test_notes_of_the_team_do_not_exist_for_others_who_see_the_case(cast, world):
    program = program_of(cast.head)
    assert program.ask(f"cases/{world.case.key}/comments/")["results"]
    assert program.get(f"/api/v1/cases/{world.case.key}/notes/").status_code == 404


def test_a_link_shows_no_case_the_reader_does_not_see(cast, world):
    other = Case.objects.exclude(pk=world.case.pk).get()
    other.team.update(user=cast.colleague)
    address = f"cases/{world.case.key}/links/"
    assert program_of(cast.head).ask(address)["results"]
    assert program_of(cast.assistant).ask(address)["results"] == []


def test_who_reported_a_lead_is_in_no_answer(cast, world):
    Lead.objects.filter(pk=world.lead.pk).update(
        reporter_name="赵六", reporter_contact="13800000000"
    )
    answer = program_of(cast.handler).get(f"/api/v1/leads/{world.lead.key}/").content.decode()
    assert "赵六" not in answer
    assert "13800000000" not in answer


def test_a_foreign_saved_filter_cannot_be_deleted(cast, world):
    address = f"saved-filters/{world.ids['saved-filters']}/"
    assert program_of(cast.colleague).send(address, method="delete").status_code == 404
    assert program_of(cast.handler).send(address, method="delete").status_code == 204
