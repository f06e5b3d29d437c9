"""A refusal that no view has caught becomes a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _

from accounts.models import User
from audit import services as audit
from audit.errors import Conflict, NotVisible, Refusal, TooLarge
from procuracy import problems, views

Next = Callable[[HttpRequest], HttpResponse]


class RefusedActsMiddleware:
    """Put every act and every look that was refused on the audit record (GB/T 22239 8.1.4.3 b).

    What a person may not see or not do answers 403, 404 or 409; a wrong entry in a form (400) is no
    refusal. An address that does not exist at all names nothing and is left out.
    """

    REFUSED = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code in self.REFUSED and match and request.user.is_authenticated:
            self._record(request, match, response.status_code)
        return response

    @staticmethod
    def _record(request: HttpRequest, match: ResolverMatch, status: int) -> None:
        named = ":".join(str(value) for value in match.kwargs.values())
        with transaction.atomic():
            audit.record(
                actor=cast(User, request.user),
                action="request.refused",
                object_type=match.url_name or "page",
                object_id=named or "page",
                outcome="refused",
                details={"method": request.method or "", "status": status},
            )


class RefusalMiddleware:
    """Answer a refusal no view has caught with a page that says why and what to do."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _is_fragment(request) and _leads_to_login(response):
            # The whole page is loaded anew, and so asks for the login and comes back to itself.
            return HttpResponse(headers={"HX-Refresh": "true"})
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer(request, error) if isinstance(error, Refusal) else None


class DeclaredLengthMiddleware:
    """Refuse what announces itself as too long before a byte of it is read.

    It stands before everything that reads a form; the first to do so is the check of the token. What a
    sender does not announce is counted while it arrives (`documents.receiving`).
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        most = _most_bytes(request)
        return (
            answer(request, _too_large(most))
            if _declared(request) > most
            else self.get_response(request)
        )


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return a refusal as whoever asked reads it: problem, page or part of a page."""
    if problems.is_api(request):
        return problems.refusal_response(refusal)
    if isinstance(refusal, NotVisible):
        return views.page_not_found(request, refusal)
    return _fragment(request, refusal) if _is_fragment(request) else _page(request, refusal)


def _declared(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0  # Django reads nothing of it either


def _most_bytes(request: HttpRequest) -> int:
    """Return how long a request may be: with files, one of the largest beside the fields of its form."""
    fields: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    with_files = request.content_type == "multipart/form-data"
    return fields + settings.EVIDENCE_MAX_BYTES if with_files else fields


def _too_large(most: int) -> TooLarge:
    sentence = _(
        "This is too much for one request: at most %(most)s are accepted, all files together. Nothing of "
        "it was read. Send less text or fewer files at once."
    )
    return TooLarge(sentence % {"most": filesizeformat(most)})


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _leads_to_login(response: HttpResponse) -> bool:
    address = response.headers.get("Location", "")
    return response.status_code == HTTPStatus.FOUND and address.startswith(reverse("account_login"))


def _page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    context: dict[str, Any] = {"refusal": refusal, "back": views.way_back(request)}
    name = "errors/refusal.html"
    # Of the other conflicts nothing typed here was overtaken: there are no two values to compare.
    if isinstance(refusal, Conflict) and refusal.code == "lost_update":
        name, context["rows"] = "errors/conflict.html", _differences(refusal)
    return render(request, name, context, status=refusal.status)


def _differences(conflict: Conflict) -> list[dict[str, Any]]:
    """Return the rows of the comparison: what `details` maps to both values."""
    return [
        {"name": name, "yours": both["yours"], "now": both["now"]}
        for name, both in conflict.details.items()
        if isinstance(both, Mapping) and both.keys() >= {"yours", "now"}
    ]


def _fragment(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Put the refusal above the page instead of into the place the answer was meant for."""
    response = render(
        request, "components/refusal.html", {"refusal": refusal}, status=refusal.status
    )
    response["HX-Retarget"] = "#messages"
    response["HX-Reswap"] = "innerHTML show:top"
    return response
