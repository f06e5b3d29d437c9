"""What every request is asked before its view: age of the session, language, own password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.reading import reading

GetResponse = Callable[[HttpRequest], HttpResponse]
API_PREFIX = "/api/"


STARTED = "accounts_started"
SEEN = "accounts_seen"
RESTAMP_SECONDS = 60


class SessionLimitsMiddleware:
    """End a session that was idle too long or is too old.

    The stamps are made and read by Django's signer, like Django's own session expiry, on the time
    of the machine: a session is a thing of the machine, not of the procedure.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            session = request.session
            if _is_over(session):
                logout(request)
            elif _is_older(session, SEEN, RESTAMP_SECONDS):
                session[SEEN] = _stamp()
        return self.get_response(request)


def stamp_new_session(sender: object, request: HttpRequest, **kwargs: Any) -> None:
    """Note in a session when it began; called at every login."""
    request.session[STARTED] = request.session[SEEN] = _stamp()


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="accounts.session")


def _stamp() -> str:
    return _signer().sign("at")


def _is_over(session: SessionBase) -> bool:
    return _is_older(session, STARTED, settings.SESSION_MAXIMUM_SECONDS) or _is_older(
        session, SEEN, settings.SESSION_IDLE_SECONDS
    )


def _is_older(session: SessionBase, key: str, seconds: int) -> bool:
    """Tell whether the stamp is older than `seconds`; a session without stamps is over."""
    try:
        _signer().unsign(session.get(key, ""), max_age=seconds)
    except BadSignature:
        return True
    return False


class ReadingMiddleware:
    """Let a request that only reads ask once what its reader may do (`accounts.reading`)."""

    METHODS = ("GET", "HEAD")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in self.METHODS:
            return self.get_response(request)
        with reading():
            return self.get_response(request)


class UserLanguageMiddleware:
    """Speak the language the person chose, unless this browser was switched to another one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class PasswordChangeRequiredMiddleware:
    """Let who got a one-time password do nothing but choose an own one."""

    ALLOWED_NAMES = ("account_change_password", "account_logout", "set_language")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and user.must_change_password and not self._is_allowed(request):
            return self._refusal(request)
        return self.get_response(request)

    def _is_allowed(self, request: HttpRequest) -> bool:
        static = settings.STATIC_URL
        return request.path.startswith(static) or request.path in {
            reverse(name) for name in self.ALLOWED_NAMES
        }

    def _refusal(self, request: HttpRequest) -> HttpResponse:
        page = reverse("account_change_password")
        if request.path.startswith(API_PREFIX):
            problem = {
                "type": "urn:procuracy:problem:must_change_password",
                "title": _("Choose a password of your own first."),
                "status": 403,
                "code": "must_change_password",
                "unmet": [],
            }
            return JsonResponse(problem, status=403, content_type="application/problem+json")
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": page})
        return HttpResponseRedirect(page)
