"""Every refusal of the API is a problem of RFC 9457 that a program can act on."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError, connection
from django.http import Http404
from django.utils import translation
from django_fsm import TransitionNotAllowed
from rest_framework import exceptions

from accounts.models import Office
from audit.errors import Conflict, Invalid, NotPermitted, NotVisible, Refusal, UnmetRequirement
from cases.models import SavedFilter
from procuracy.problems import exception_handler


def answer(error: Exception):
    with translation.override("en"):
        return exception_handler(error, {})


def test_a_refused_act_names_every_unmet_requirement_with_its_article():
    unmet = [
        UnmetRequirement(
            "seven_fact_groups",
            "Facts are missing.",
            "Rules 86",
            "The handler adds them.",
            "/cases/1/",
        ),
        UnmetRequirement("announced", "Not announced."),
    ]
    response = answer(Refusal("The case cannot be filed.", law="Rules 85", unmet=unmet))
    assert response.status_code == 409
    assert response.content_type == "application/problem+json"
    assert response.data["law"] == "Rules 85"
    assert response.data["unmet"] == [
        {
            "code": "seven_fact_groups",
            "message": "Facts are missing.",
            "law": "Rules 86",
            "cure": "The handler adds them.",
            "link": "/cases/1/",
        },
        {"code": "announced", "message": "Not announced.", "law": "", "cure": "", "link": ""},
    ]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Invalid("No.", errors={"day": ["Wrong."]}), 400, "invalid"),
        (NotPermitted("Not yours."), 409, "not_permitted"),
        (Conflict("Moved.", code="lost_update"), 409, "lost_update"),
        (NotVisible("Secret case of Wang"), 404, "not_found"),
        (Http404("Secret case of Wang"), 404, "not_found"),
        (PermissionDenied(), 403, "permission_denied"),
        (DjangoValidationError({"day": ["Wrong."]}), 400, "invalid"),
        (exceptions.ParseError(), 400, "parse_error"),
        (exceptions.NotAuthenticated(), 401, "not_authenticated"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (exceptions.Throttled(wait=7), 429, "throttled"),
        (TransitionNotAllowed(), 409, "transition_not_allowed"),
    ],
)
def test_each_error_has_its_status_and_a_stable_code(error, status, code):
    response = answer(error)
    assert (response.status_code, response.data["status"]) == (status, status)
    assert response.data["code"] == code
    assert response.data["type"] == f"urn:procuracy:problem:{code}"
    json.dumps(response.data, default=str)


def test_what_may_not_be_seen_and_what_does_not_exist_answer_alike():
    assert answer(NotVisible("Secret")).data == answer(Http404("Missing")).data


def test_nested_errors_name_the_path_of_the_field():
    error = exceptions.ValidationError(
        {"facts": {"amount": ["Too much."]}, "lines": [{}, {"name": ["Missing."]}]}
    )
    assert answer(error).data["errors"] == {
        "facts.amount": ["Too much."],
        "lines.1.name": ["Missing."],
    }


def test_waiting_and_login_are_told_in_headers():
    assert answer(exceptions.Throttled(wait=7))["Retry-After"] == "7"
    error = exceptions.NotAuthenticated()
    error.auth_header = "Token"
    assert answer(error)["WWW-Authenticate"] == "Token"


def test_a_rule_of_the_database_is_named_to_programs_and_said_to_people(db):
    with pytest.raises(IntegrityError) as caught:
        Office.objects.create(
            code="990001",
            name="x",
            short_name="x",
            level="city",
            valid_from="2026-02-01",
            valid_to="2026-01-01",
        )
    response = answer(caught.value)
    assert (response.status_code, response.data["code"]) == (
        409,
        "office_valid_to_not_before_valid_from",
    )
    assert response.data["title"] == "The last day lies before the first day."
    connection.set_rollback(True)


def test_a_rule_without_a_sentence_of_its_own_is_not_shown_by_its_name(cast):
    with pytest.raises(IntegrityError) as caught:
        SavedFilter.objects.bulk_create(
            SavedFilter(user=cast.handler, list_name="cases", name="x") for _ in range(2)
        )
    response = answer(caught.value)
    assert response.data["code"] == "saved_filter_name_once"
    assert "saved_filter" not in response.data["title"]
    connection.set_rollback(True)


def test_what_nobody_foresaw_stays_a_fault():
    assert answer(ValueError("bug")) is None
    assert answer(IntegrityError("without a name")) is None


def test_an_unknown_address_of_the_api_answers_a_problem(client, db):
    response = client.get("/api/v1/nothing/", HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "not_found"


def test_the_api_asks_for_a_login(client, db):
    response = client.get("/api/v1/")
    assert response.status_code == 401
    assert response.json()["unmet"] == []
