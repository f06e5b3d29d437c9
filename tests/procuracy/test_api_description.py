"""The description of the API says of every operation how it may be refused, and that is how it is."""

from __future__ import annotations

import re

import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from procuracy.problems import CONTENT_TYPE
from tests.support.api import program_of

pytestmark = pytest.mark.django_db
LOGIN = ("post", "/api/v1/tokens/")
KEYS = {"leads": "330106-2026-L99999", "cases": "330106-2026-99999"}
NAMES_A_MATTER = {"matter": KEYS["cases"], "code": "D-09", "title": "x", "day": "2026-06-24"}
CODES = {"periods": "P-99", "approval-routes": "T99"}
CODES |= {"document-types": "D-99", "number-patterns": "D-99"}


@pytest.fixture(scope="module")
def operations():
    """Every operation by method and path."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return {(method, path): said for path, both in paths.items() for method, said in both.items()}


def problems(operation):
    """The statuses declared as problems."""
    return {
        int(status)
        for status, answer in operation["responses"].items()
        if CONTENT_TYPE in answer.get("content", {})
    }


def demanded(method, path, operation):
    """What an operation may always be refused with: no login, no page, nothing there, a wrong entry, a rule."""
    found = {401, 406}
    if "{" in path:
        found.add(404)
    if any(parameter["in"] == "query" for parameter in operation.get("parameters", ())):
        found.add(400)
    if method != "get":
        found |= {400, 403, 409, 413}
    if "requestBody" in operation:
        found.add(415)
    return found


def test_every_operation_declares_the_problems_it_may_answer(operations):
    assert len(operations) > 150
    missing = {
        name: lacking
        for name, operation in operations.items()
        if (lacking := demanded(*name, operation) - problems(operation))
    }
    assert missing == {}


def test_a_refusal_is_declared_in_no_other_form(operations):
    wrong = {
        (name, status)
        for name, operation in operations.items()
        for status, answer in operation["responses"].items()
        if int(status) >= 400 and list(answer.get("content", {})) != [CONTENT_TYPE]
    }
    assert wrong == set()


def test_who_sends_a_file_may_hear_that_the_disk_is_full_and_nobody_else(operations):
    told = {path for (_method, path), operation in operations.items() if 507 in problems(operation)}
    below = {
        "events/",
        "events/{id}/correct/",
        "recusals/{id}/decide/",
        "transitions/",
        "on-paper/",
    }
    of_matters = {f"{kind}/{{key}}/{path}" for kind in KEYS for path in below}
    others = {"cases/{key}/exhibits/", "documents/register/", "papers/", "bodies/import/"}
    others |= {"calendar/preview/", "calendar/publish/"}
    others |= {"services/", "services/{id}/outcome/", "address-confirmations/"}
    others.add("transfers/{id}/acknowledge/")
    others |= {"running-cases/", "deadlines/{id}/complete/"}
    others |= {"proposals/{id}/carry-out/", "proposals/{id}/paper/", "documents/{id}/read-copy/"}
    assert told == {f"/api/v1/{path}" for path in of_matters | others}


def address(path):
    """An address of this path that names nothing."""
    kind = path.split("/")[3]
    path = path.replace("{key}", KEYS.get(kind, "")).replace("{code}", CODES.get(kind, "nothing"))
    return re.sub(r"\{\w+\}", CODES.get(kind, "999999"), path)


def tries(method, path, *, spoilt):
    """Requests that ought to be refused, each as the keyword arguments of a client.

    What is no request at all (`spoilt`) is refused before anybody asks who sends it.
    """
    yield {"data": {}, "format": "json"} if method != "get" else {}
    if method == "get":
        yield {"data": {"after": "spoilt", "size": "x", "month": "x", "state": "x", "q": "\0"}}
        yield {"data": {"matter": KEYS["cases"], "case": KEYS["cases"]}}
        if spoilt:
            yield {"HTTP_ACCEPT": "application/xml"}
        return
    yield {"data": NAMES_A_MATTER, "format": "json"}
    if spoilt:
        yield {"data": "<x/>", "content_type": "application/xml"}
        yield {"data": "{", "content_type": "application/json"}


@pytest.mark.parametrize("person", ["nobody", "handler", "chief", "auditor", "stranger"])
def test_what_is_answered_is_declared(cast, operations, person):
    program = APIClient() if person == "nobody" else program_of(getattr(cast, person))
    undeclared = {}
    for (method, path), operation in operations.items():
        for asked in tries(method, path, spoilt=person == "handler"):
            answer = getattr(program, method)(address(path), **asked)
            if answer.status_code >= 400 and answer.status_code not in problems(operation):
                undeclared[method, path] = (answer.status_code, answer.content.decode()[:200])
            elif answer.status_code >= 400:
                assert answer["Content-Type"] == CONTENT_TYPE, (method, path)
    assert not undeclared, "\n".join(map(str, undeclared.items()))


def test_a_session_without_its_token_is_refused_as_declared(cast, operations):
    program = APIClient(enforce_csrf_checks=True)
    program.force_login(cast.chief)
    for (method, path), operation in operations.items():
        if method != "get" and (method, path) != LOGIN:
            status = getattr(program, method)(address(path), {}, format="json").status_code
            assert status == 403, (method, path)
            assert status in problems(operation)
