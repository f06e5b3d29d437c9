"""Writing tasks: every open thing has one owner, one date and one next step (design 1, idea 4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, NotPermitted, invalid_field
from audit.prepared import prepared
from cases.models import Case, Event, Lead, Task
from cases.models.work import FILE_DOCUMENT, TaskState
from cases.selectors import people
from cases.selectors.matters import is_visible
from cases.services.acts import audit_scope

if TYPE_CHECKING:
    Matter = Lead | Case


# The head decides what follows when a correction leaves guards unmet; until then the case is flagged.
DOUBT = "guard_in_doubt"
# Ends only with the receipt of the next-higher office (Rules 25; norm C003).
MAJOR_LEAD = "record_major_lead"


def open_task(
    *,
    matter: Matter,
    title: str,
    owner: User,
    created_by: User | None,
    kind: str = "manual",
    article: str = "",
    due_on: date | None = None,
    event: Event | None = None,
    values: Mapping[str, str | Mapping[str, str]] | None = None,
) -> Task:
    """Open a task inside the caller's transaction; one open task of a system kind and owner is enough.

    Args:
        title: as typed, or for a system kind the sentence before its translation.
        values: what the sentence names, by placeholder; a term of law as `{"zh": …, "en": …}`.
    """
    if kind != "manual":
        ask = _open_of_lead if isinstance(matter, Lead) else _open_of_case
        if present := ask.one(matter.pk, kind, owner.pk):
            return present
    return Task.objects.create(
        lead=matter if isinstance(matter, Lead) else None,
        case=matter if isinstance(matter, Case) else None,
        kind=kind,
        title=title,
        title_values=dict(values or {}),
        article=article,
        owner=owner,
        due_on=due_on,
        event=event,
        created_by=created_by,
    )


@prepared(int, str, int)
def _open_of_case(case: int, kind: str, owner: int) -> QuerySet[Task]:
    return _open(Task.objects.filter(case=case), kind, owner)


@prepared(int, str, int)
def _open_of_lead(lead: int, kind: str, owner: int) -> QuerySet[Task]:
    return _open(Task.objects.filter(lead=lead), kind, owner)


def _open(rows: QuerySet[Task], kind: str, owner: int) -> QuerySet[Task]:
    return rows.filter(kind=kind, owner=owner, state=TaskState.OPEN).order_by("pk")[:1]


def _of(matter: Matter) -> QuerySet[Task]:
    return Task.objects.filter(**{matter.relation: matter})


@transaction.atomic
def add_task(*, actor: User, matter: Matter, title: str, owner: User, due_on: date | None) -> Task:
    """Give somebody who sees the matter a task.

    Raises:
        NotPermitted: the owner does not see the matter.
    """
    if not is_visible(owner, matter):
        raise NotPermitted(
            _("%(name)s does not see this matter. Add them to the team first.")
            % {"name": owner.name},
            code="owner_does_not_see",
        )
    task = open_task(matter=matter, title=title, owner=owner, created_by=actor, due_on=due_on)
    audit.record(
        actor=actor,
        action="task.opened",
        object_type="task",
        object_id=task.pk,
        **audit_scope(matter),
    )
    return task


@transaction.atomic
def close_task(*, actor: User, task: Task, note: str = "", cancelled: bool = False) -> Task:
    """Close a task; its owner, its author or a handler of the matter may.

    That guards are in doubt only its owner closes: whoever decides what follows. The flag goes with it.
    That a major lead is to be recorded nobody closes: the receipt of the next-higher office does. That a
    document is to be filed ends when it is filed; if it is not needed, the task is cancelled with a reason.

    Raises:
        NotPermitted: the actor is none of them, or only a receipt or a document ends the task.
        Invalid: the document is said not to be needed without a reason.
        Conflict: the task is closed already.
    """
    locked = Task.objects.select_for_update().get(pk=task.pk)
    concerned = actor.pk in (locked.owner_id, locked.created_by_id)
    if not concerned and not people.is_handler(locked.matter, actor):
        raise NotPermitted(_("Only the owner or the handler closes this task."), code="wrong_role")
    if locked.kind == MAJOR_LEAD:
        raise NotPermitted(
            _("Only the receipt of the next-higher office ends this task. Log it on the lead."),
            code="needs_receipt",
            law="Rules 25",
        )
    if locked.kind.startswith(FILE_DOCUMENT):
        _require_not_needed(note, cancelled=cancelled)
    if locked.kind == DOUBT and actor.pk != locked.owner_id:
        raise NotPermitted(
            _("%(name)s decides what follows and closes this task.") % {"name": locked.owner.name},
            code="wrong_role",
        )
    if locked.state != TaskState.OPEN:
        raise Conflict(_("This task is closed already."), code="task_closed")
    _close(locked, actor, note, TaskState.CANCELLED if cancelled else TaskState.DONE)
    if locked.kind == DOUBT and locked.case is not None:
        end_doubt(locked.case)
    audit.record(
        actor=actor,
        action="task.closed",
        object_type="task",
        object_id=locked.pk,
        **audit_scope(locked.matter),
    )
    return locked


def _require_not_needed(note: str, *, cancelled: bool) -> None:
    if not cancelled:
        raise NotPermitted(
            _(
                "This task ends when the document is filed. Where it is not needed, cancel the task with "
                "the reason."
            ),
            code="needs_document",
            law="Rules 106",
        )
    if not note.strip():
        raise invalid_field("note", _("Say why the document is not needed."))


def close_kind(*, matter: Matter, kind: str, closed_by: User | None, note: str = "") -> None:
    """Close the open tasks of a system kind, inside the caller's transaction."""
    for task in _of(matter).select_for_update().filter(kind=kind, state=TaskState.OPEN):
        _close(task, closed_by, note, TaskState.DONE)


def end_doubt(case: Case) -> None:
    """Take the flag of doubtful guards off a case, inside the caller's transaction."""
    case.guard_in_doubt = ""
    case.save(update_fields=["guard_in_doubt"])


def _close(task: Task, actor: User | None, note: str, state: TaskState) -> None:
    task.state = state
    task.closed_by = actor
    task.closed_at = clock.now()
    task.closing_note = note[:300]
    task.save(update_fields=["state", "closed_by", "closed_at", "closing_note"])
