"""Publishing the official notice of a year: what it moves is shown first and moved as one act (design 4)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from audit import services as audit
from audit.canonical import Json, encode
from audit.errors import Conflict, Invalid, NotPermitted
from deadlines import notice_file
from deadlines.models import CalendarNotice, Deadline
from deadlines.services.calendar_lock import replace_calendar
from deadlines.services.moving import Change, carried_out, changes
from deadlines.yearbook import Row, known_notices, known_with, notice_from

# The years whose official notice can be published.
FIRST_NOTICE, LAST_NOTICE = 2004, 2099
# More are told by their number; every one has its own derivation all the same.
MOST_TOLD = 1000
# An entry of the audit record names as many as it has room for; its digest binds all of them.
MOST_RECORDED = 100


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
        moved: the first `MOST_TOLD`, in the order of their ids.
        number: how many there are in all.
        digest: of the days and of all they move; publishing asks for the one that was shown.
    """

    rows: Sequence[Row]
    moved: Sequence[Moved]
    number: int
    digest: str


class _Tally:
    """Counts what moves, keeps the first of it and digests all of it, in the order it comes."""

    def __init__(self, notice: CalendarNotice) -> None:
        self.number = 0
        self._first: list[Change] = []
        self._digest = hashlib.sha256(encode([notice.sha256, notice.edition]))

    def add(self, chunk: Iterable[Change]) -> None:
        for change in chunk:
            if change.moves:
                self.number += 1
                self._digest.update(encode(_told(change)))
                if self.number <= MOST_TOLD:
                    self._first.append(change)

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()

    def recorded(self) -> list[Json]:
        return [_told(change) for change in self._first[:MOST_RECORDED]]

    def moved(self) -> list[Moved]:
        deadlines = Deadline.objects.select_related("lead", "case").in_bulk(
            [change.pk for change in self._first]
        )
        return [
            Moved(deadlines[change.pk], change.before.effective_day, change.after.effective_day)
            for change in self._first
        ]


def _told(change: Change) -> Json:
    """Return a deadline with its last day before and after."""
    before, after = change.before.effective_day, change.after.effective_day
    return [change.pk, before.isoformat(), after.isoformat()]


def may_publish(actor: User) -> bool:
    """Say whether `actor` keeps the calendar of the house: system administrators do."""
    return accounts.has_role(actor, Role.SYSTEM_ADMINISTRATOR)


def preview(*, actor: User, entry: NoticeEntry) -> Outcome:
    """Return what publishing would do; nothing is written.

    Raises:
        NotPermitted: the actor is no system administrator.
        Invalid: the notice cannot be used.
    """
    rows, notice = _drafted(actor, entry)
    tally = _Tally(notice)
    for chunk in changes(known_with(notice_from(notice)), notice.year):
        tally.add(chunk)
    return Outcome(rows, tally.moved(), tally.number, tally.digest)


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
    replace_calendar()
    _rows, notice = _drafted(actor, entry)
    notice.save(force_insert=True)
    tally = _Tally(notice)
    for chunk in carried_out(known_notices(), notice.year):
        tally.add(chunk)
    if tally.digest != digest:
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
            "moved": tally.number,
            "deadlines": tally.recorded(),
            "digest": tally.digest,
        },
    )
    return notice


def _drafted(actor: User, entry: NoticeEntry) -> tuple[list[Row], CalendarNotice]:
    """Check what somebody wants to publish; return its days and the notice, not saved yet."""
    if not may_publish(actor):
        raise NotPermitted(
            _("Only a system administrator publishes the notice of a year."), code="wrong_role"
        )
    _require_entry(entry)
    rows = notice_file.rows_of(entry.text, entry.year, known_notices())
    return rows, _notice(actor, entry, rows)


def _require_entry(entry: NoticeEntry) -> None:
    errors: dict[str, list[str]] = {}
    if not FIRST_NOTICE <= entry.year <= LAST_NOTICE:
        errors["year"] = [_("The year lies outside the calendar.")]
    for name in ("source", "source_en"):
        if not getattr(entry, name).strip():
            errors[name] = [_("Name the official notice.")]
    if errors:
        raise Invalid(_("The notice cannot be published like this."), errors=errors)


def _notice(actor: User, entry: NoticeEntry, rows: Sequence[Row]) -> CalendarNotice:
    days: list[Json] = [[day.isoformat(), kind, name, name_en] for day, kind, name, name_en in rows]
    return CalendarNotice(
        year=entry.year,
        edition=CalendarNotice.objects.filter(year=entry.year).count() + 1,
        source=entry.source.strip(),
        source_en=entry.source_en.strip(),
        days=days,
        sha256=hashlib.sha256(encode([entry.year, entry.source.strip(), days])).hexdigest(),
        published_by=actor,
    )
