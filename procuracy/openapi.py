"""The description of the API: every operation with the problems it may answer (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from procuracy.problems import CONTENT_TYPE

READING = ("get", "head")
JSON, FORM = "application/json", "multipart/form-data"
# What a file of the store is sent as.
STORED = ("application/octet-stream", "application/pdf")
# Not there for everybody, or the request itself names a matter that may be hidden.
MAY_BE_HIDDEN = {
    f"/api/v1/{path}/"
    for path in (
        *("approval-routes", "audit-events", "document-numbers", "workload", "tokens/current"),
        *("calendar/preview", "calendar/publish", "calendar-feeds"),
        *("number-patterns", "number-series", "document-numbers/void"),
        *("deadlines", "documents", "documents/register", "periods"),
        *("services", "services/channels", "services/several", "address-confirmations", "absences"),
        "running-cases/template",
        *("tags", "leads/assign", "leads/label", "cases/assign", "cases/label"),
        "load-weights/office",
        *("bodies", "bodies/import", "bodies/template"),
    )
}
PROBLEM = "#/components/schemas/Problem"
Described = dict[str, Any]


def add_problems(result: Described, **context: Any) -> Described:
    """Add to each operation how it may be refused; what its view says of a status itself stays.

    Called by drf-spectacular when the description is made.
    """
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            responses = operation["responses"]
            for status in _problems(path, method, operation, result):
                responses.setdefault(str(status.value), _problem(status))
            operation["responses"] = dict(sorted(responses.items()))
    return result


def _problem(status: HTTPStatus) -> Described:
    return {"description": status.phrase, "content": {CONTENT_TYPE: {"schema": {"$ref": PROBLEM}}}}


def _problems(
    path: str, method: str, operation: Described, result: Described
) -> Iterator[HTTPStatus]:
    yield HTTPStatus.UNAUTHORIZED
    yield HTTPStatus.NOT_ACCEPTABLE
    if any(parameter["in"] == "query" for parameter in operation.get("parameters", ())):
        yield HTTPStatus.BAD_REQUEST
    if "{" in path or path in MAY_BE_HIDDEN:
        yield HTTPStatus.NOT_FOUND
    if method not in READING:
        yield from _of_writing(operation, result)
    elif set(STORED) & set(operation["responses"]["200"].get("content", {})):
        yield HTTPStatus.INTERNAL_SERVER_ERROR  # the file is not in the store


def _of_writing(operation: Described, result: Described) -> Iterator[HTTPStatus]:
    yield HTTPStatus.BAD_REQUEST
    yield HTTPStatus.FORBIDDEN  # a session of the browser without its token
    yield HTTPStatus.CONFLICT
    yield HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    body = operation.get("requestBody", {}).get("content", {})
    if body:
        yield HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    if _takes_files(body, result):
        yield HTTPStatus.INSUFFICIENT_STORAGE


def _takes_files(body: Described, result: Described) -> bool:
    """Say whether a request carries files; a form of its own beside JSON is there for them."""
    if FORM in body and body[FORM] != body.get(JSON):
        return True
    return any(_takes_file(accepted["schema"], result) for accepted in body.values())


def _takes_file(schema: Described, result: Described) -> bool:
    """Say whether a request carries a file, itself or in what it is made of."""
    if "$ref" in schema:
        schema = result["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if schema.get("format") == "binary":
        return True
    parts = [*schema.get("properties", {}).values(), schema.get("items", {})]
    return any(_takes_file(part, result) for part in parts if part)
