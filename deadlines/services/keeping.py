"""Under which rulebook a case is kept: a logged decision, never a silent one (design 3, 4; norm C143)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Role, User
from audit import clock
from audit.errors import Conflict, NotPermitted, invalid_field, stated_reason
from cases.models import BackEntry, Case, Event
from cases.selectors import people
from cases.selectors.back_entry import RUNNING, back_entries_of
from cases.services import acts
from cases.services.routes import standing_of
from deadlines.rulebook import Rulebook, rulebooks

KIND = "rulebook_kept"
DECIDERS = (Role.DEPARTMENT_HEAD, Role.CHIEF)


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


@transaction.atomic
def keep_under(*, actor: User, case: Case, version: str, reason: str) -> Event:
    """Decide under which rulebook a case is kept; its deadlines follow.

    Raises:
        NotPermitted: the actor is neither the head of the department nor the chief.
        Invalid: there is no such version, or the reason is missing.
        Conflict: the case is kept under it by decision already.
    """
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
    why = stated_reason(reason, _("Say why the case is kept under this rulebook."))
    event = _keep(locked, version, actor, why)
    case.refresh_from_db()
    return event


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
    return back_entries_of(case).filter(RUNNING).first()
