"""Every request leaves a line in the log and its share in the metrics, by the name of its route.

Its address is written nowhere: it may bear the key of a case, a word searched for or a secret.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from procuracy.metrics import requests

logger = logging.getLogger("procuracy.requests")
UNMATCHED, STATIC = "unmatched", "static"
# Asked by machines every few seconds: only of interest when somebody looks for it.
QUIET = ("healthz", "readyz", "metrics", STATIC)


class ObservingMiddleware:
    """Measure a request, with everything below that answers it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun, asked = time.perf_counter(), requests.DatabaseTime()
        with requests.IN_PROGRESS.track_inprogress(), connection.execute_wrapper(asked):
            response = self.get_response(request)
        seconds, route = time.perf_counter() - begun, route_of(request)
        requests.count(route, request.method, response.status_code, seconds, asked)
        _write(request, route, response.status_code, seconds)
        return response


def route_of(request: HttpRequest) -> str:
    """Return the name of the address of `request` in the URL conf, one of a bounded number."""
    if match := request.resolver_match:
        return match.view_name or UNMATCHED
    return STATIC if request.path.startswith(settings.STATIC_URL) else UNMATCHED


def _write(request: HttpRequest, route: str, status: int, seconds: float) -> None:
    failed = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    level = logging.ERROR if failed else logging.DEBUG if route in QUIET else logging.INFO
    if not logger.isEnabledFor(level):
        return
    facts = {
        "route": route,
        "method": request.method,
        "status": status,
        "duration_ms": round(seconds * 1000),
    }
    logger.log(level, "request", extra=facts | _who(request))


def _who(request: HttpRequest) -> dict[str, Any]:
    """Return number and office of who asked, as far as the request found that out."""
    try:
        user = getattr(request, "user", None)
        if isinstance(user, User):
            return {"user": user.pk, "office": user.office.code}
    except DatabaseError:
        pass  # the answer has said that the database is gone
    return {}
