"""Under which rulebook a case is kept: a logged decision, never a silent one (design 3, 4; norm C143).

What the decision moves is shown first, and the decision is bound to what was shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Role, User
from audit import clock
from audit.canonical import Json, encode
from audit.errors import Conflict, NotPermitted, invalid_field, stated_reason
from cases.models import BackEntry, Case, Event
from cases.selectors import people
from cases.selectors.back_entry import RUNNING as RUNNING_ENTRY
from cases.selectors.back_entry import back_entries_of
from cases.services import acts
from cases.services.routes import standing_of
from deadlines.models import RUNNING, Deadline
from deadlines.rulebook import Rulebook, rulebooks
from deadlines.services.recomputing import recompute

KIND = "rulebook_kept"
DECIDERS = (Role.DEPARTMENT_HEAD, Role.CHIEF)


@dataclass(frozen=True)
class Standing:
    """How a running deadline stands under one rulebook."""

    last_day: date
    article: str


@dataclass(frozen=True)
class Change:
    """A deadline before and after the decision; None where it does not run.

    Attributes:
        deadline: the row, with its title in both languages and whose clock it is.
    """

    deadline: Deadline
    before: Standing | None
    after: Standing | None

    @property
    def sides(self) -> tuple[Standing | None, Standing | None]:
        """How it stands until now and from now on."""
        return self.before, self.after

    @property
    def moves(self) -> bool:
        """Whether the decision changes anything about it."""
        return self.before != self.after


@dataclass(frozen=True)
class Outcome:
    """What keeping a case under `version` does to its running deadlines.

    Attributes:
        digest: of the versions and of every deadline; the decision asks for the one that was shown.
    """

    version: str
    changes: Sequence[Change] = field(default_factory=list)
    digest: str = ""


class _Shown(Exception):
    """Carries the outcome out of the transaction that is undone."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def may_keep(actor: User, case: Case) -> bool:
    """Say whether `actor` decides on the rulebook of a case: the head of its department, or the chief."""
    if people.is_recused(case, actor.pk):
        return False
    return any(standing_of(actor, case, role) is not None for role in DECIDERS)


def predates_rulebooks(case: Case) -> bool:
    """Say whether the case was filed before any rulebook was in force."""
    return case.filed_on < first_rulebook().valid_from


def first_rulebook() -> Rulebook:
    """Return the version that came into force first."""
    return next(iter(rulebooks().values()))


def preview_keeping(*, actor: User, case: Case, version: str) -> Outcome:
    """Return what the decision would move; everything tried is undone.

    Raises:
        NotPermitted: the actor is neither the head of the department nor the chief.
        Invalid: there is no such version.
        Conflict: the case is kept under it by decision already.
    """
    try:
        with transaction.atomic():
            locked = _decidable(actor, case, version)
            present, before = locked.rulebook, _running_rows(locked)
            locked.rulebook = version
            locked.save(update_fields=["rulebook"])
            recompute(matter=locked)
            raise _Shown(_outcome(present, version, before, _running_rows(locked)))
    except _Shown as shown:
        return shown.outcome


@transaction.atomic
def keep_under(*, actor: User, case: Case, version: str, reason: str, digest: str) -> Event:
    """Decide under which rulebook a case is kept; its deadlines follow.

    Args:
        digest: of the outcome that was shown (`preview_keeping`).

    Raises:
        NotPermitted: the actor is neither the head of the department nor the chief.
        Invalid: there is no such version, or the reason is missing.
        Conflict: the case is kept under it by decision already, or the decision would move something
            else now than what was shown.
    """
    locked = _decidable(actor, case, version)
    why = stated_reason(reason, _("Say why the case is kept under this rulebook."))
    present, before = locked.rulebook, _running_rows(locked)
    event = _keep(locked, version, actor, why)
    if _outcome(present, version, before, _running_rows(locked)).digest != digest:
        raise Conflict(
            _(
                "The decision would move other deadlines now than were shown. Look at the list again."
            ),
            code="moves_differ",
        )
    case.refresh_from_db()
    return event


def _decidable(actor: User, case: Case, version: str) -> Case:
    """Return the locked case when `actor` may decide that it is kept under `version`."""
    if not may_keep(actor, case):
        raise NotPermitted(
            _("The head of the department or the chief procurator decides on the rulebook."),
            code="wrong_role",
        )
    if version not in rulebooks():
        raise invalid_field("version", _("There is no rulebook of this name."))
    locked = acts.lock(case)
    assert isinstance(locked, Case)
    if locked.rulebook == version:
        raise Conflict(
            _("The case is kept under %(version)s already.") % {"version": version},
            code="rulebook_kept",
        )
    return locked


def _running_rows(case: Case) -> dict[tuple[str, int | None], Deadline]:
    """Return the running statutory deadlines by period and start, which no recomputation changes."""
    rows: QuerySet[Deadline] = Deadline.objects.filter(case=case, manual=False, state__in=RUNNING)
    return {(row.rule, row.start_event_id): row for row in rows.order_by("effective_day", "id")}


def _standing(row: Deadline | None) -> Standing | None:
    return Standing(row.effective_day, row.article) if row else None


def _outcome(
    present: str,
    version: str,
    before: dict[tuple[str, int | None], Deadline],
    after: dict[tuple[str, int | None], Deadline],
) -> Outcome:
    """Compare the running deadlines of a case before and after the decision."""
    changes = [
        Change(row, _standing(before.get(key)), _standing(after.get(key)))
        for key, row in (before | after).items()
    ]
    told: list[Json] = [
        [rule, start, _told(before.get((rule, start))), _told(after.get((rule, start)))]
        for rule, start in sorted(before | after, key=str)
    ]
    digest = hashlib.sha256(encode([present, version, told])).hexdigest()
    return Outcome(version, changes, digest)


def _told(row: Deadline | None) -> Json:
    return [row.effective_day.isoformat(), row.article] if row else []


def _keep(case: Case, version: str, actor: User | None, reason: str) -> Event:
    before = case.rulebook
    case.rulebook = version
    case.version += 1
    case.save(update_fields=["rulebook", "version"])
    event = acts.record_event(
        actor=actor,
        matter=case,
        kind=KIND,
        legal_day=clock.today(),
        facts={"from": before, "to": version},
        reason=reason,
    )
    acts.announce_event(event, actor=actor, matter=case)
    return event


def on_event_recorded(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """With its back-entry the head decides that a case from before the first rulebook is kept under it."""
    case = event.case
    if event.kind not in ("back_entry_agreed", "case_opened") or case is None:
        return
    running = _running(case)
    if running is None or case.rulebook or not predates_rulebooks(case):
        return
    book = first_rulebook()
    values = {"filed": case.filed_on, "version": book.version}
    sentence = _(
        "The case was filed on %(filed)s, before the rulebook of %(version)s came into force; "
        "it is kept under that rulebook."
    )
    _keep(case, book.version, running.agreed_by, sentence % values)


def _running(case: Case) -> BackEntry | None:
    return back_entries_of(case).filter(RUNNING_ENTRY).first()
