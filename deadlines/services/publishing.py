"""Publishing the official notice of a year: what it moves is shown first and moved as one act (design 4)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from audit import services as audit
from audit.canonical import Json, encode
from audit.errors import Conflict, Invalid, NotPermitted
from cases.models import Case, Lead
from deadlines import notice_file
from deadlines.models import CalendarNotice, Deadline
from deadlines.selectors import RUNNING
from deadlines.services.recomputing import recompute
from deadlines.yearbook import Row, known_notices

if TYPE_CHECKING:
    Matter = Lead | Case

FIRST_YEAR, LAST_YEAR = 2004, 2099
# More are told by their number; every one has its own derivation all the same.
MOST_TOLD = 1000
_ONE_AT_A_TIME = 7_210_405


@dataclass(frozen=True)
class NoticeEntry:
    """What somebody wants to publish.

    Attributes:
        text: the file's content (`deadlines.notice_file`).
    """

    year: int
    source: str
    source_en: str
    text: str


@dataclass(frozen=True)
class Moved:
    """A running deadline whose last day becomes another."""

    deadline: Deadline
    before: date
    after: date


@dataclass(frozen=True)
class Outcome:
    """What publishing a notice does.

    Attributes:
        digest: of the days and of what they move; publishing asks for the one that was shown.
    """

    rows: Sequence[Row]
    moved: Sequence[Moved]
    digest: str


class _Shown(Exception):
    """Carries the outcome out of the transaction that is undone."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def may_publish(actor: User) -> bool:
    """Say whether `actor` keeps the calendar of the house: system administrators do."""
    return accounts.has_role(actor, Role.SYSTEM_ADMINISTRATOR)


def preview(*, actor: User, entry: NoticeEntry) -> Outcome:
    """Return what publishing would do; everything tried is undone.

    Raises:
        NotPermitted: the actor is no system administrator.
        Invalid: the notice cannot be used.
    """
    try:
        with transaction.atomic():
            raise _Shown(_carried_out(actor, entry)[1])
    except _Shown as shown:
        return shown.outcome


@transaction.atomic
def publish(*, actor: User, entry: NoticeEntry, digest: str) -> CalendarNotice:
    """Publish a notice and move what it moves, as one act on the audit record.

    Args:
        digest: of the outcome that was shown.

    Raises:
        NotPermitted: the actor is no system administrator.
        Invalid: the notice cannot be used.
        Conflict: it would do something else now than what was shown.
    """
    notice, outcome = _carried_out(actor, entry)
    if outcome.digest != digest:
        raise Conflict(
            _("The notice would move other deadlines now than were shown. Look at the list again."),
            code="moves_differ",
        )
    audit.record(
        actor=actor,
        action="calendar.published",
        object_type="calendar",
        object_id=notice.year,
        details={
            "edition": notice.edition,
            "sha256": notice.sha256,
            "moved": len(outcome.moved),
            "deadlines": _told(outcome.moved[:MOST_TOLD]),
        },
    )
    return notice


def _carried_out(actor: User, entry: NoticeEntry) -> tuple[CalendarNotice, Outcome]:
    if not may_publish(actor):
        raise NotPermitted(
            _("Only a system administrator publishes the notice of a year."), code="wrong_role"
        )
    _one_at_a_time()
    _require_entry(entry)
    rows = notice_file.rows_of(entry.text, entry.year, known_notices())
    notice = _kept(actor, entry, rows)
    moved = _moved(entry.year)
    return notice, Outcome(rows, moved, _digest([notice.sha256, notice.edition, _told(moved)]))


def _told(moved: Sequence[Moved]) -> list[Json]:
    """Return each deadline with its last day before and after."""
    return [[row.deadline.pk, row.before.isoformat(), row.after.isoformat()] for row in moved]


def _one_at_a_time() -> None:
    """Let a second publication wait until the first one's transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])


def _require_entry(entry: NoticeEntry) -> None:
    errors: dict[str, list[str]] = {}
    if not FIRST_YEAR <= entry.year <= LAST_YEAR:
        errors["year"] = [_("The year lies outside the calendar.")]
    for name in ("source", "source_en"):
        if not getattr(entry, name).strip():
            errors[name] = [_("Name the official notice.")]
    if errors:
        raise Invalid(_("The notice cannot be published like this."), errors=errors)


def _kept(actor: User, entry: NoticeEntry, rows: Sequence[Row]) -> CalendarNotice:
    days: list[Json] = [[day.isoformat(), kind, name, name_en] for day, kind, name, name_en in rows]
    return CalendarNotice.objects.create(
        year=entry.year,
        edition=CalendarNotice.objects.filter(year=entry.year).count() + 1,
        source=entry.source.strip(),
        source_en=entry.source_en.strip(),
        days=days,
        sha256=_digest([entry.year, entry.source.strip(), days]),
        published_by=actor,
    )


def _digest(value: Json) -> str:
    return hashlib.sha256(encode(value)).hexdigest()


def _moved(year: int) -> list[Moved]:
    """Recompute what the notice of `year` can touch; return the running deadlines it moved."""
    touched = _touched(year)
    before = dict(touched.values_list("pk", "effective_day"))
    for matter in _matters(touched):
        recompute(matter=matter)
    rows = Deadline.objects.filter(pk__in=before).select_related("lead", "case").order_by("pk")
    return [
        Moved(row, before[row.pk], row.effective_day)
        for row in rows
        if before[row.pk] != row.effective_day
    ]


def _touched(year: int) -> QuerySet[Deadline]:
    """Return the running statutory deadlines between whose ends lies a day the notice can name."""
    first, last = date(year - 1, 12, 1), date(year, 12, 31)
    return Deadline.objects.filter(
        Q(start_day__lte=last) | Q(effective_day__lte=last),
        Q(start_day__gte=first) | Q(effective_day__gte=first),
        manual=False,
        state__in=RUNNING,
    )


def _matters(touched: QuerySet[Deadline]) -> list[Matter]:
    """Return the matters of `touched` in the order of their ids, as for every row lock."""
    leads = Lead.objects.filter(pk__in=touched.values("lead")).order_by("pk")
    cases = Case.objects.filter(pk__in=touched.values("case")).order_by("pk")
    return [*leads, *cases]
