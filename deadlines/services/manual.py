"""Deadlines a person sets beside the statutory ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, Invalid, NotPermitted, NotVisible, stated_reason
from cases.models import Case, Event, Lead
from cases.selectors import people
from cases.selectors.events import events_of
from cases.services.acts import audit_scope, lock
from cases.services.attachments import store_all
from deadlines.models import RUNNING, Deadline, DeadlineKind, DeadlineState
from deadlines.services.reminding import synchronise

if TYPE_CHECKING:
    Matter = Lead | Case


def may_set(actor: User, matter: Matter) -> bool:
    """Say whether `actor` may set deadlines by hand: the handling team, unless he stands aside."""
    return people.is_member(matter, actor) and not people.is_recused(matter, actor.pk)


def _require_member(actor: User, matter: Matter) -> None:
    if not may_set(actor, matter):
        raise NotPermitted(
            _("Only the handling team sets deadlines of this matter. Ask the lead handler."),
            code="not_in_the_team",
        )


@transaction.atomic
def set_manual(
    *,
    actor: User,
    matter: Matter,
    title: str,
    day: date,
    article: str = "",
    note: str = "",
    holder: User | None = None,
) -> Deadline:
    """Set a deadline by hand; `holder` (default: the actor) must belong to the handling team.

    Raises:
        NotPermitted: the actor is not in the team.
        Invalid: no title, a day past, or a holder outside the team.
    """
    matter = lock(matter)
    _require_member(actor, matter)
    holder = holder or actor
    errors: dict[str, list[str]] = {}
    if not title.strip():
        errors["title"] = [_("Say what is to be done.")]
    if day < clock.today():
        errors["day"] = [_("This day has passed. Choose today or a later day.")]
    if not people.is_member(matter, holder):
        errors["holder"] = [_("This person does not belong to the handling team.")]
    if errors:
        raise Invalid(_("The deadline cannot be set like this."), errors=errors)
    deadline = Deadline.objects.create(
        manual=True,
        kind=DeadlineKind.MANUAL,
        title_zh=title.strip(),
        article=article.strip(),
        note=note.strip(),
        nominal_day=day,
        effective_day=day,
        duty_holder=holder,
        created_by=actor,
        **({"lead": matter} if isinstance(matter, Lead) else {"case": matter}),
    )
    synchronise(deadline, recipients=[holder])
    _record(actor, deadline, "deadline.set", {"day": day.isoformat()})
    return deadline


@transaction.atomic
def complete_manual(
    *,
    actor: User,
    deadline: Deadline,
    note: str,
    files: Iterable[UploadedFile[Any]] = (),
    proof: Event | None = None,
) -> Deadline:
    """Close a deadline set by hand as met: with its outcome, and with a file or an event that proves it.

    Raises:
        NotPermitted, Conflict: as `cancel_manual`.
        Invalid: no outcome, no proof, or an event of another matter.
    """
    matter, row = _running(actor, deadline)
    kept = store_all(files, actor=actor, matter=matter, purpose="deadline")
    errors: dict[str, list[str]] = {}
    if not note.strip():
        errors["note"] = [_("Say what the outcome is.")]
    if not kept and proof is None:
        errors["paper"] = [_("Add the paper that proves it, or name the entry of the record.")]
    if proof is not None and not events_of(matter).filter(pk=proof.pk).exists():
        errors["proof"] = [_("This entry does not belong to the matter.")]
    if errors:
        raise Invalid(_("The deadline cannot be closed like this."), errors=errors)
    row.closing_event = proof
    _close(actor, row, DeadlineState.MET, note)
    row.closing_files.add(*kept)
    return row


@transaction.atomic
def cancel_manual(*, actor: User, deadline: Deadline, note: str) -> Deadline:
    """Close a deadline set by hand because it is no longer needed, with the reason.

    Raises:
        NotPermitted: a statutory deadline, or an actor outside the team.
        Conflict: it is closed already.
        Invalid: no reason.
    """
    why = stated_reason(note, _("Say why the deadline is no longer needed."), field="note")
    _matter, row = _running(actor, deadline)
    return _close(actor, row, DeadlineState.CANCELLED, why)


def _running(actor: User, deadline: Deadline) -> tuple[Matter, Deadline]:
    """Lock matter and deadline, and refuse what cannot be closed by hand."""
    matter = lock(deadline.matter)
    row = Deadline.objects.select_for_update().filter(pk=deadline.pk).first()
    if row is None:
        raise NotVisible(_("There is no such deadline."))
    if not row.manual:
        raise NotPermitted(
            _("A statutory deadline ends by the event the law names. Record the event instead."),
            code="statutory_deadline",
            law=row.article,
        )
    _require_member(actor, matter)
    if row.state not in RUNNING:
        raise Conflict(
            _("This deadline is closed already: %(state)s.") % {"state": row.get_state_display()},
            code="already_closed",
            details={"state": row.state},
        )
    return matter, row


def _close(actor: User, row: Deadline, state: DeadlineState, note: str) -> Deadline:
    row.state, row.closing_note = state, note.strip()
    row.closed_by, row.closed_at = actor, clock.now()
    row.save(update_fields=["state", "closing_note", "closed_by", "closed_at", "closing_event"])
    synchronise(row, recipients=())
    _record(actor, row, f"deadline.{state.value}", {})
    return row


def _record(actor: User, deadline: Deadline, action: str, details: dict[str, Any]) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_type="deadline",
        object_id=deadline.pk,
        details=details,
        **audit_scope(deadline.matter),
    )
