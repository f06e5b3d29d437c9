"""Back-entry of a case that ran before it was kept here: asked for, agreed, ended (design 3).

The mode changes nothing in law. It lets approvals be taken as facts with their paper
(`cases.services.on_paper`), and it keeps everything still that would fire by itself.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Role, User
from audit import clock
from audit.errors import Conflict, NotPermitted, stated_reason
from audit.prepared import prepared
from cases.machine import Act
from cases.models import BackEntry, BackEntryStatus, Case, Event, Lead
from cases.registries import EffectLine, event_kinds
from cases.selectors import back_entry as selectors
from cases.selectors import people
from cases.selectors.keys import keys_of
from cases.services import acts
from cases.services.routes import Standing, standing_of
from cases.signals import Held

if TYPE_CHECKING:
    Matter = Lead | Case


@transaction.atomic
def ask_for_back_entry(*, actor: User, matter: Matter, reason: str) -> BackEntry:
    """Ask that a matter be brought up to date from its paper file; the department head decides.

    Raises:
        NotPermitted: the actor is not the lead handler.
        Invalid: the reason is missing.
        Conflict: the case is in back-entry, or it is asked for already.
    """
    locked = acts.lock(matter)
    _require_lead_handler(actor, matter)
    why = stated_reason(reason, _("Say why the matter is entered only now."))
    _require_none_open(matter)
    row = BackEntry.objects.create(reason=why[:1000], asked_by=actor, **_owner(matter))
    _note(locked, "back_entry_asked", actor, reason=why)
    return row


def begin_back_entry(
    *,
    lead: Lead,
    reason: str,
    asked_by: User,
    asked_at: datetime,
    agreed_by: User,
    standing: Standing,
) -> BackEntry:
    """Begin the mode with a lead, for what was asked before there was one; in the caller's transaction."""
    row = BackEntry.objects.create(
        lead=lead,
        reason=reason,
        asked_by=asked_by,
        asked_at=asked_at,
        agreed_by=agreed_by,
        on_behalf_of=standing.on_behalf_of,
        agreed_at=clock.now(),
    )
    facts = {"asked_at": asked_at.isoformat()}
    _note(lead, "back_entry_asked", asked_by, reason=reason, facts=facts)
    _note(lead, "back_entry_agreed", agreed_by, on_behalf_of=standing.on_behalf_of)
    return row


def go_on_in_case(act: Act, preview: bool) -> list[EffectLine]:
    """Let the back-entry of a lead go on in the case that was filed from it (T06)."""
    if not preview:
        rows = BackEntry.objects.filter(selectors.OPEN, lead=act.matter)
        rows.update(case=act.extra["case"])
    return []


@transaction.atomic
def agree_to_back_entry(*, actor: User, matter: Matter) -> BackEntry:
    """Agree that the matter is in back-entry from now on; the department head does.

    Raises:
        NotPermitted: the actor is not the head of the department, or asked himself.
        Conflict: nothing is asked for.
    """
    locked = acts.lock(matter)
    row = _asked(matter)
    standing = require_decider(actor, matter, row.asked_by)
    row.agreed_by, row.on_behalf_of = actor, standing.on_behalf_of
    row.agreed_at = clock.now()
    row.save(update_fields=["agreed_by", "on_behalf_of", "agreed_at"])
    _note(locked, "back_entry_agreed", actor, on_behalf_of=standing.on_behalf_of)
    return row


@transaction.atomic
def refuse_back_entry(*, actor: User, matter: Matter, reason: str) -> BackEntry:
    """Refuse the back-entry that is asked for; the matter goes on as it is.

    Raises:
        NotPermitted, Conflict: as `agree_to_back_entry`.
        Invalid: the reason is missing.
    """
    locked = acts.lock(matter)
    row = _asked(matter)
    standing = require_decider(actor, matter, row.asked_by)
    why = stated_reason(reason, _("Say why nothing is to be entered from paper."))
    row.ended_by, row.ended_at, row.ending_reason = actor, clock.now(), why[:1000]
    row.save(update_fields=["ended_by", "ended_at", "ending_reason"])
    _note(locked, "back_entry_refused", actor, reason=why, on_behalf_of=standing.on_behalf_of)
    return row


@transaction.atomic
def end_back_entry(*, actor: User, matter: Matter, reason: str = "") -> BackEntry:
    """End the mode by hand: the matter is up to date. The lead handler or the department head does.

    Raises:
        NotPermitted: the actor is neither.
        Conflict: the matter is not in back-entry.
    """
    locked = acts.lock(matter)
    if not may_decide(actor, matter):
        _require_lead_handler(actor, matter)
    row = _running(matter)
    row.ended_by, row.ended_at, row.ending_reason = actor, clock.now(), reason.strip()[:1000]
    row.save(update_fields=["ended_by", "ended_at", "ending_reason"])
    _note(locked, "back_entry_ended", actor, reason=reason.strip())
    return row


def on_event_recorded(
    sender: type[Event], event: Event, held: Held | None = None, **kwargs: Any
) -> None:
    """End the mode at the first event of today, in the event's transaction (design 3)."""
    if event.legal_day < clock.today() or event_kinds[event.kind].of_entry:
        return
    if held and not held.back_entered:
        return
    row = _running_locked.one(*keys_of(event.matter))
    if row is None:
        return
    row.ended_event, row.ended_at = event, clock.now()
    row.save(update_fields=["ended_event", "ended_at"])
    _note(row.matter, "back_entry_ended", None, facts={"event": event.pk})


def may_decide(actor: User, matter: Matter) -> bool:
    """Say whether `actor` decides on the back-entry of a matter: the head of its department."""
    standing = standing_of(actor, matter, Role.DEPARTMENT_HEAD)
    return standing is not None and not people.is_recused(matter, actor.pk)


def require_decider(actor: User, matter: Matter, asked_by: User) -> Standing:
    """Return in whose right `actor` decides on what `asked_by` asked.

    Raises:
        NotPermitted: he is not the head, must stand aside, or asked himself.
    """
    standing = standing_of(actor, matter, Role.DEPARTMENT_HEAD)
    if standing is None or people.is_recused(matter, actor.pk):
        raise NotPermitted(
            _("The head of the department decides on back-entry. Ask him."), code="wrong_role"
        )
    if asked_by.pk in (actor.pk, getattr(standing.on_behalf_of, "pk", None)):
        raise NotPermitted(
            _("Nobody agrees to what he asked for himself. Another head or a delegate does."),
            code="own_request",
        )
    return standing


def require_running(matter: Matter) -> None:
    """Refuse what is possible only in back-entry.

    Raises:
        Conflict: the matter is not in it.
    """
    if not selectors.is_running(matter):
        raise Conflict(
            _(
                "Only in back-entry are approvals taken as facts. Propose the step, or ask for "
                "back-entry of the matter."
            ),
            code="not_in_back_entry",
        )


def _owner(matter: Matter) -> dict[str, Any]:
    return {"lead": matter} if isinstance(matter, Lead) else {"case": matter}


def _require_lead_handler(actor: User, matter: Matter) -> None:
    if not selectors.is_lead_handler(matter, actor):
        raise NotPermitted(
            _("Only who answers for the matter asks for back-entry or ends it: the lead handler."),
            code="wrong_role",
        )


def _require_none_open(matter: Matter) -> None:
    row = selectors.open_back_entry(matter)
    if row is not None:
        raise Conflict(
            _("Back-entry of this matter is open already: %(status)s.")
            % {"status": row.status_title},
            code="back_entry_open",
        )


@prepared(int, int)
def _running_locked(case: int, lead: int) -> QuerySet[BackEntry]:
    rows = selectors.back_entries_of_keys(case, lead).filter(selectors.RUNNING)
    return rows.select_related("lead", "case").select_for_update(of=("self",)).order_by("id")


def _asked(matter: Matter) -> BackEntry:
    rows = selectors.back_entries_of(matter).select_for_update(of=("self",))
    row = rows.filter(selectors.OPEN).first()
    if row is None or row.status != BackEntryStatus.ASKED:
        raise Conflict(_("No back-entry is asked for. Load the page again."), code="nothing_asked")
    return row


def _running(matter: Matter) -> BackEntry:
    row = _running_locked.one(*keys_of(matter))
    if row is None:
        raise Conflict(
            _("The matter is not in back-entry. Load the page again."), code="not_running"
        )
    return row


def _note(
    matter: Matter,
    kind: str,
    actor: User | None,
    *,
    reason: str = "",
    facts: dict[str, Any] | None = None,
    on_behalf_of: User | None = None,
) -> None:
    event = acts.record_event(
        actor=actor,
        matter=matter,
        kind=kind,
        legal_day=clock.today(),
        facts=facts,
        reason=reason,
        on_behalf_of=on_behalf_of,
    )
    acts.announce_event(event, actor=actor, matter=matter)
