"""`python -m tests.benchmarks.filling COUNT LINES`: an office with so many cases, by the import itself.

Prints what a client needs as JSON: who reads, with which session and token, and which addresses to ask for.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procuracy.settings")
django.setup()

from django.conf import settings  # noqa: E402 - models need the settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.http import HttpRequest  # noqa: E402
from knox.models import AuthToken  # noqa: E402

from accounts.middleware import stamp_new_session  # noqa: E402
from accounts.models import Role, User  # noqa: E402
from audit import clock, keyset  # noqa: E402
from cases.models import Case, TeamMember  # noqa: E402
from cases.selectors.matters import cases_visible_to  # noqa: E402
from cases.selectors.words import case_says  # noqa: E402
from cases.states import CaseState  # noqa: E402
from evidence.facts import GROUPS  # noqa: E402
from evidence.models import FactLink  # noqa: E402
from reporting.blocks import BLOCKS  # noqa: E402
from tests.benchmarks import former_lines  # noqa: E402
from tests.support.people import Cast, make_user  # noqa: E402

HANDLERS = 50
REASON = "旧系统停用，历史案件迁入。"
# So many cases stand ready for a step, half of them for the application and half for the bare transaction.
READY = 1200
DEEP = 100_000
# Of so many leads and cases the record is compared with the events after the import.
VERIFIED = 200
WORD = "人脸"


def fill(count: int, file: Path) -> float:
    """Make the office and its people, write the lines and import them; return the seconds of the import."""
    cast = Cast()
    head = cast.head
    with clock.frozen(datetime(2021, 11, 1, 9)):
        former_lines.own_periods(head)
    handlers = [
        make_user(
            cast.office,
            Role.PROSECUTOR,
            name=f"承办{n}",
            username=f"bench{n}",
            department=cast.department,
        )
        for n in range(HANDLERS)
    ]
    User.objects.filter(pk=cast.chief.pk).update(username="bench_chief")
    with file.open("w", encoding="utf-8") as written:
        written.writelines(f"{line}\n" for line in former_lines.lines(count, handlers))
    begun = time.perf_counter()
    call_command(
        "import_cases", str(file), asked_by="bench0", agreed_by=head.username, reason=REASON
    )
    seconds = time.perf_counter() - begun
    call_command("verify_cases", every=max(count // VERIFIED, 1), stdout=sys.stderr)
    # As the database would have done by itself over the years in which so many cases come.
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return seconds


def told(count: int) -> dict[str, Any]:
    """Return who reads with what, and what is asked for."""
    chief = User.objects.get(username="bench_chief")
    keys = list(Case.objects.order_by("-id").values_list("key", flat=True)[: 4 * READY : 4])
    return {
        "session": _session(chief),
        "cookie": settings.SESSION_COOKIE_NAME,
        "token": _token(chief),
        "cases": keys,
        "after": {size: _after(min(DEEP, count // 2), size) for size in (20, 50)},
        "deep": min(DEEP, count // 2),
        "ready": _ready(),
        "word": WORD,
        "blocks": list(BLOCKS),
        "search": _seconds_of_search(chief),
    }


def _seconds_of_search(reader: User) -> float:
    """Return the median time in which the database finds the first twenty cases of a two-character word."""
    taken = []
    for _ in range(21):
        rows = cases_visible_to(reader).filter(case_says(WORD)).order_by("-id")[:20]
        begun = time.perf_counter()
        list(rows)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def _session(user: User) -> str:
    """Sign somebody in, as the login does."""
    engine = import_module(settings.SESSION_ENGINE)
    request = HttpRequest()
    request.session = engine.SessionStore()
    request.session[SESSION_KEY] = str(user.pk)
    request.session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    stamp_new_session(None, request)
    request.session.save()
    return str(request.session.session_key)


def _token(user: User) -> str:
    _row, text = AuthToken.objects.create(user=user, expiry=timedelta(days=1))
    return str(text)


def _after(rows: int, size: int) -> str:
    """Return the cursor of the page that begins after so many rows."""
    start = Case.objects.order_by("-id")[rows]
    found = keyset.page(Case.objects.filter(pk__lte=start.pk), order=["-id"], after=None, size=size)
    return found.next or ""


def _ready() -> list[dict[str, str]]:
    """State the seven groups of facts in cases under investigation; return each with its handler's token."""
    rows = TeamMember.objects.filter(
        case__state=CaseState.INVESTIGATING, position="lead", until__isnull=True
    )
    places = list(rows.select_related("case", "user").order_by("-case_id")[:READY])
    stated = set(FactLink.objects.values_list("case_id", flat=True))
    FactLink.objects.bulk_create(
        FactLink(case=place.case, group=group, text="已查明。", stated_by=place.user)
        for place in places
        if place.case_id not in stated
        for group in GROUPS
    )
    tokens = {user.pk: _token(user) for user in {place.user for place in places}}
    return [{"key": place.case.key, "token": tokens[place.user_id]} for place in places]


if __name__ == "__main__":
    number, lines = int(sys.argv[1]), Path(sys.argv[2])
    there = User.objects.filter(username="bench_chief").exists()
    seconds_of_import = 0.0 if there else fill(number, lines)
    sys.stdout.write(json.dumps(told(number) | {"import": seconds_of_import}))
