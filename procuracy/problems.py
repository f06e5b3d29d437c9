"""Every refusal of the API as problem details (RFC 9457), in one shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from audit.errors import NotVisible, Refusal
from audit.problems import Problem, of_not_visible, of_refusal, problem

CONTENT_TYPE = "application/problem+json"


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer `error` as a problem, or return None for what nobody foresaw (then it is a 500)."""
    found = _problem_of(error)
    if found is None:
        return None
    set_rollback()
    response = Response(found, status=found["status"], headers=_headers(error))
    response.content_type = CONTENT_TYPE
    return response


def plain_response(status: int, code: str, title: object) -> JsonResponse:
    """Return a problem where no view of the API was reached."""
    return JsonResponse(problem(status, code, title), status=status, content_type=CONTENT_TYPE)


def refusal_response(refusal: Refusal) -> JsonResponse:
    """Return `refusal` as a problem where it was raised outside a view of the API."""
    found = _problem_of(refusal) or {}
    return JsonResponse(found, status=refusal.status, content_type=CONTENT_TYPE)


def is_api(request: HttpRequest) -> bool:
    """Tell whether a program asks, and wants a problem instead of a page."""
    return request.path.startswith("/api/")


def _problem_of(error: Exception) -> Problem | None:
    if isinstance(error, NotVisible | Http404):
        return of_not_visible()
    if isinstance(error, Refusal):
        return of_refusal(error)
    if isinstance(error, PermissionDenied):
        return problem(403, "permission_denied", _("You are not permitted to do this."))
    if isinstance(error, DjangoValidationError):
        return _invalid(dict(_fields_of_django(error)))
    if isinstance(error, exceptions.ValidationError):
        return _invalid(dict(flat_errors(error.detail)))
    if isinstance(error, exceptions.APIException):
        return _of_api_exception(error)
    if isinstance(error, TransitionNotAllowed):
        sentence = _("This step is not possible in the present state.")
        return problem(409, "transition_not_allowed", sentence)
    if isinstance(error, IntegrityError):
        return _of_integrity_error(error)
    return None


def _invalid(errors: Mapping[str, list[str]]) -> Problem:
    return problem(400, "invalid", _("Some entries cannot be accepted."), errors=errors)


def _fields_of_django(error: DjangoValidationError) -> Iterator[tuple[str, list[str]]]:
    if hasattr(error, "error_dict"):
        yield from error.message_dict.items()
    else:
        yield "non_field_errors", error.messages


def flat_errors(detail: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield the messages of a nested error with the dotted path of their field."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from flat_errors(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(detail, list) and all(isinstance(item, str) for item in detail):
        yield path or "non_field_errors", [str(item) for item in detail]
    elif isinstance(detail, Iterable) and not isinstance(detail, str):
        for number, inner in enumerate(detail):
            yield from flat_errors(inner, f"{path}.{number}" if path else str(number))
    else:
        yield path or "non_field_errors", [str(detail)]


def _of_api_exception(error: exceptions.APIException) -> Problem:
    codes = error.get_codes()
    code = codes if isinstance(codes, str) else error.default_code
    return problem(error.status_code, code, error.detail)


def _of_integrity_error(error: IntegrityError) -> Problem | None:
    """Say which rule of the database refused; an error without a name is a fault of ours.

    The name of the rule is the code, for programs; people read its sentence.
    """
    diagnosis = getattr(error.__cause__, "diag", None)
    rule = getattr(diagnosis, "constraint_name", None)
    if not rule:
        return None
    return problem(409, rule, _sentence_of(rule))


def _sentence_of(rule: str) -> str:
    """Return what the declaration of the rule says to people, or what holds for every rule."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            says = constraint.violation_error_message
            if constraint.name == rule and says != constraint.default_violation_error_message:
                return str(constraint.get_violation_error_message())
    return _(
        "The database refuses this: one of its rules would be broken. Somebody may have changed the "
        "same thing at the same moment; load it again and compare."
    )


def _headers(error: Exception) -> dict[str, str]:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return headers
