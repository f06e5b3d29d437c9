"""Every endpoint of the room, found in the router: who may not see a matter finds nothing at any of them."""

from __future__ import annotations

import re

import pytest
from rest_framework.test import APIClient

from cases.models import TeamMember
from notices.batch.services import sweep
from notices.models import AddressConfirmation, Document, DocumentBatch, Service
from tests.cases.test_api_access import call, endpoints_of
from tests.notices.batches import plans_for, start
from tests.notices.matters import issue, upload
from tests.notices.serving import confirm, party_of, send
from tests.support.api import program_of
from tests.support.matters import stand_aside

pytestmark = pytest.mark.django_db

ALL = endpoints_of("notices.")
ROWS = {
    "documents": Document,
    "services": Service,
    "address-confirmations": AddressConfirmation,
    "document-batches": DocumentBatch,
}
OF_A_ROW = [
    (method, address) for method, address in ALL if re.search(rf"/({'|'.join(ROWS)})/\{{", address)
]
# What reads or writes no row of a matter: the types of the law, and the numbers, whose keepers have tests.
OF_NO_MATTER = re.compile(r"/(document-types|document-numbers|number-patterns|number-series)/")
BATCHES = "/api/v1/document-batches/"
PERSONS = ("stranger", "recused", "auditor", "system_administrator", "security_administrator")


@pytest.fixture
def world(cast, case, decision):
    """One of each: an issued document and a draft, a service, an address form, a batch that is done."""
    issued = issue(cast, decision)
    party = party_of(cast, case)
    confirm(cast, party)
    send(cast, issued, method="postal", party=party)
    start(cast.handler, plans_for([case]))
    sweep()
    TeamMember.objects.create(case=case, user=cast.recused, position="handler")
    stand_aside(cast, case, cast.recused)
    return case


def address_in(address: str) -> str:
    name = address.removeprefix("/api/v1/").partition("/")[0]
    return address.replace("{pk}", str(ROWS[name].objects.latest("pk").pk))


def sent(world) -> dict[str, dict]:
    """Return what the handler could send to the endpoints that name a matter in what is sent."""
    document, party = Document.objects.get(code="D-06").pk, world.parties.latest("pk").pk
    body = {
        "method": "direct",
        "addressee": "body",
        "name": "某区网信办",
        "started_on": "2026-06-24",
    }
    form = {"case": world.key, "party": party, "confirmed_on": "2026-06-24", "address": "某路1号"}
    filing = {"matter": world.key, "code": "D-22", "signed_day": "2026-06-24"}
    return {
        "documents/": {"matter": world.key, "code": "D-40"},
        "documents/register/": filing | {"file": upload()},
        "services/": body | {"document": document},
        "services/channels/": {"document": document, "addressees": [{"name": "某区网信办"}]},
        "services/several/": {"document": document, "sendings": [body]},
        "address-confirmations/": form | {"file": upload()},
    }


def asked(world) -> list[str]:
    """Return what answers with papers of a matter that is named in the address."""
    return [f"services/certificate/?matter={world.key}"]


def batch_of(*keys: str) -> dict:
    return {"code": "D-20", "cases": list(keys), "dry_run": True}


def post(program, path, body):
    return program.send(path, body, format="multipart" if "file" in body else "json")


def test_every_endpoint_of_the_room_is_tried_here(world):
    listed = {(method, f"/api/v1/{path}") for path in sent(world) for method in ("get", "post")}
    listed |= {("get", BATCHES), ("post", BATCHES)}
    listed |= {("get", f"/api/v1/{path.partition('?')[0]}") for path in asked(world)}
    tried = {*OF_A_ROW, *listed}
    left = {place for place in ALL if not OF_NO_MATTER.search(place[1])} - tried
    assert left == set()


@pytest.mark.parametrize(("method", "address"), ALL)
def test_without_a_login_nothing_is_answered(method, address):
    place = address.replace("{pk}", "1").replace("{code}", "D-06")
    assert call(APIClient(), method, place).status_code == 401


@pytest.mark.norm("C131")
@pytest.mark.parametrize("persona", PERSONS)
def test_who_may_not_see_a_matter_finds_no_row_of_it_at_any_endpoint(cast, world, persona):
    program = program_of(getattr(cast, persona))
    before = list(Document.objects.order_by("pk").values_list("pk", "status", "version"))
    found = {
        (method, address): call(program, method, address_in(address)).status_code
        for method, address in OF_A_ROW
    }
    assert {place: status for place, status in found.items() if status != 404} == {}
    assert list(Document.objects.order_by("pk").values_list("pk", "status", "version")) == before


@pytest.mark.norm("C131")
@pytest.mark.parametrize("persona", PERSONS)
def test_who_may_not_see_a_matter_sends_nothing_that_names_it(cast, world, persona):
    program = program_of(getattr(cast, persona))
    found = {path: post(program, path, body).status_code for path, body in sent(world).items()}
    found |= {path: program.get(f"/api/v1/{path}").status_code for path in asked(world)}
    assert {path: status for path, status in found.items() if status != 404} == {}
    for path in ("documents/", "services/", "address-confirmations/", "document-batches/"):
        assert program.ask(path)["results"] == []


@pytest.mark.norm("C131")
@pytest.mark.parametrize("persona", PERSONS)
def test_a_batch_tells_a_case_one_may_not_see_from_none_at_all_by_nothing(cast, world, persona):
    program = program_of(getattr(cast, persona))
    replies = [program.send("document-batches/", batch_of(key)) for key in (world.key, "000000-1")]
    hidden, absent = ((reply.status_code, reply.json()["errors"]) for reply in replies)
    assert hidden[0] == absent[0] == 400
    assert str(hidden[1]).replace(world.key, "000000-1") == str(absent[1])


def test_the_same_endpoints_know_the_handler(cast, world):
    """So that the 404 of the others is not the 404 of a wrong address."""
    program = program_of(cast.handler)
    found = {
        (method, address): call(program, method, address_in(address)).status_code
        for method, address in OF_A_ROW
        if not address.endswith("/file/") and not address.endswith("/masking/")
    }
    assert {place: status for place, status in found.items() if status in (401, 404)} == {}
    for path, body in sent(world).items():
        assert post(program, path, body).status_code in (200, 201, 409), path
    for path in asked(world):
        assert program.get(f"/api/v1/{path}").status_code == 409, path
    assert program.send("document-batches/", batch_of(world.key)).status_code == 200
