"""The password check and its limit of attempts (safety 0.8).

Every check of a password in the application goes through `authenticate`. An advisory lock per login
name makes the attempts on one name wait for each other, so that a hundred parallel guesses get as
many checks as a hundred guesses in a row: `LOGIN_ATTEMPT_LIMIT`. Unknown names are counted, locked
and timed exactly like known ones.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import Q

from accounts.models import LoginCounter, User
from audit import clock
from audit import services as audit
from audit.models import ActorKind

STALE_AT_ONCE = 100


def normalised(username: str) -> str:
    """Return the login name as it is stored: without surrounding space, in lower case."""
    return username.strip().lower()


def name_digest(username: str) -> str:
    """Return the key under which attempts on `username` are counted."""
    return hashlib.sha256(normalised(username).encode("utf-8", "replace")).hexdigest()


def authenticate(username: str, password: str) -> User | None:
    """Check `password` unless the name is locked; count and audit a failure.

    Returns:
        The active user the name and the password belong to; None for a wrong password, an unknown
        name, a deactivated account and a locked name alike.
    """
    with transaction.atomic():
        counter = _counter_under_lock(name_digest(username))
        user = _known(username)
        if _is_locked(counter):
            _record_failure("user.login_refused", user, "locked")
            return None
        if _matches(user, password):
            _forget(counter)
            return user
        _count(counter, user)
        return None


def unlock(username: str) -> bool:
    """Forget the failures of `username`; tell whether there were any."""
    return bool(LoginCounter.objects.filter(pk=name_digest(username)).delete()[0])


def is_locked(username: str) -> bool:
    """Tell whether logins of `username` are refused at present."""
    counter = LoginCounter.objects.filter(pk=name_digest(username)).first()
    return counter is not None and _is_locked(counter)


def _counter_under_lock(digest: str) -> LoginCounter:
    """Return the counter of this name, an expired one at zero, held until the transaction ends."""
    key = int.from_bytes(bytes.fromhex(digest[:16]), signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
    counter = LoginCounter.objects.filter(pk=digest).first()
    if counter is None or _is_stale(counter):
        return LoginCounter(name_digest=digest)
    return counter


def _window() -> timedelta:
    return timedelta(seconds=settings.LOGIN_LOCKOUT_SECONDS)


def _is_locked(counter: LoginCounter) -> bool:
    return counter.locked_until is not None and clock.now() < counter.locked_until


def _is_stale(counter: LoginCounter) -> bool:
    if counter.locked_until is not None:
        return not _is_locked(counter)
    return clock.now() >= counter.first_failure_at + _window()


def _known(username: str) -> User | None:
    name = normalised(username)
    # Database text cannot hold everything a client may send; what is no login name is unknown.
    if not name.isascii() or not name.isprintable():
        return None
    return User.objects.select_related("office").filter(username=name).first()


def _matches(user: User | None, password: str) -> bool:
    """Check the password, with the same work for a name that does not exist."""
    if user is None:
        make_password(password)
        return False
    return user.check_password(password) and user.is_active


def _forget(counter: LoginCounter) -> None:
    LoginCounter.objects.filter(pk=counter.pk).delete()


def _count(counter: LoginCounter, user: User | None) -> None:
    counter.failures += 1
    locks = counter.failures >= settings.LOGIN_ATTEMPT_LIMIT
    if locks:
        counter.locked_until = clock.now() + _window()
    LoginCounter.objects.update_or_create(
        pk=counter.pk,
        defaults={
            "failures": counter.failures,
            "first_failure_at": counter.first_failure_at,
            "locked_until": counter.locked_until,
        },
    )
    _delete_stale()
    _record_failure("user.login_failed", user, "wrong_password" if user else "unknown_name")
    if locks:
        _record_failure("user.locked", user, "too_many_failures")


def _delete_stale() -> None:
    """Delete some expired counters, so that guessed names do not pile up."""
    now = clock.now()
    expired = Q(locked_until__lte=now) | Q(
        locked_until__isnull=True, first_failure_at__lte=now - _window()
    )
    stale = LoginCounter.objects.select_for_update(skip_locked=True).filter(expired)
    keys = list(stale.values_list("pk", flat=True)[:STALE_AT_ONCE])
    if keys:
        LoginCounter.objects.filter(pk__in=keys).delete()


def _record_failure(action: str, user: User | None, reason: str) -> None:
    audit.record(
        actor=None,
        action=action,
        object_type="user",
        object_id=user.pk if user else "unknown",
        office_id=user.office_id if user else None,
        outcome="refused",
        reason=reason,
        actor_kind=ActorKind.ANONYMOUS,
    )
