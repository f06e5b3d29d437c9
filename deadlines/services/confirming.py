"""A second person confirms that a duty of the office was done; nobody confirms what he did himself."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts import selectors as accounts
from accounts.models import Role, User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, NotPermitted, NotVisible, stated_reason
from cases.models import Task
from cases.selectors.events import reference_of
from cases.services import acts
from cases.services.acts import audit_scope, lock
from cases.services.tasks import close_kind, open_task
from deadlines import by_hand
from deadlines.confirmation import may_confirm
from deadlines.duty import heads_of
from deadlines.models import CompletionCheck, Confirmation, Deadline
from deadlines.rulebook import in_force
from deadlines.services.calendar_lock import keep_calendar
from deadlines.yearbook import calendar_under

logger = logging.getLogger(__name__)
TASK_KIND = "completion_unconfirmed"
CORRECT_KIND = "completion_refused"
# A completion that stays unconfirmed for longer is the head's task.
WORKING_DAYS = 2


@transaction.atomic
def confirm(*, actor: User, deadline: Deadline, note: str = "") -> CompletionCheck:
    """Confirm that the duty was done as recorded.

    Raises:
        NotVisible: there is no such deadline for the actor.
        NotPermitted: the actor is neither head nor case management, or completed it himself.
        Conflict: nothing waits for a confirmation.
    """
    row = _required(actor, deadline)
    return _say(actor, row, Confirmation.CONFIRMED, note.strip())


@transaction.atomic
def refuse(*, actor: User, deadline: Deadline, note: str) -> CompletionCheck:
    """Say that the completion is not proven: one recorded by hand falls, another is to be corrected.

    Raises:
        NotVisible, NotPermitted, Conflict: as `confirm`.
        Invalid: no reason.
    """
    sentence = _("Say what is not right, so that it can be put right.")
    why = stated_reason(note, sentence, field="note")
    row = _required(actor, deadline)
    check = _say(actor, row, Confirmation.REFUSED, why)
    event = row.ended_by
    assert event is not None  # a deadline that awaits confirmation was ended by an event
    if event.kind == by_hand.COMPLETED:
        _let_it_fall(actor, row, why)
    if event.recorded_by is not None:
        _ask_to_correct(actor, row, event.recorded_by)
    return check


def confirm_all(*, actor: User, deadlines: Sequence[Deadline]) -> int:
    """Confirm several, all or none; returns how many.

    Raises:
        NotVisible, NotPermitted, Conflict: as `confirm`, of the first that cannot be confirmed.
    """
    with transaction.atomic():
        for deadline in deadlines:
            confirm(actor=actor, deadline=deadline)
    return len(deadlines)


def _required(actor: User, deadline: Deadline) -> Deadline:
    lock(deadline.matter)
    keep_calendar()
    row = (
        Deadline.objects.select_for_update(of=("self",))
        .select_related("lead", "case", "ended_by__recorded_by", "start_event")
        .filter(pk=deadline.pk)
        .first()
    )
    if row is None:
        raise NotVisible(_("There is no such deadline."))
    if not may_confirm(actor, row):
        raise NotPermitted(
            _(
                "The head of the department or case management confirms, and nobody what he completed "
                "himself."
            ),
            code="second_person",
        )
    if row.confirmation != Confirmation.AWAITING:
        raise Conflict(
            _("Nothing waits for a confirmation here: %(state)s.")
            % {"state": row.get_confirmation_display()},
            code="nothing_to_confirm",
        )
    return row


def _say(actor: User, row: Deadline, verdict: Confirmation, note: str) -> CompletionCheck:
    event = row.ended_by
    assert event is not None
    check = CompletionCheck.objects.create(
        deadline=row,
        ended_by=event,
        completed_by=event.recorded_by,
        verdict=verdict,
        note=note,
        checked_by=actor,
    )
    row.confirmation = verdict
    row.save(update_fields=["confirmation"])
    close_kind(matter=row.matter, kind=f"{TASK_KIND}:{row.pk}", closed_by=actor)
    audit.record(
        actor=actor,
        action=f"deadline.completion_{verdict.value}",
        object_type="deadline",
        object_id=row.pk,
        details={"event": event.pk, "rule": row.rule},
        **audit_scope(row.matter),
    )
    return check


def _let_it_fall(actor: User, row: Deadline, why: str) -> None:
    """Record that the completion does not count: the clock runs again."""
    assert row.ended_by is not None
    event = acts.record_event(
        actor=actor,
        matter=row.matter,
        kind=by_hand.REFUSED,
        legal_day=clock.today(),
        facts={"completion": reference_of(row.ended_by)},
        reason=why,
    )
    acts.announce_event(event, actor=actor, matter=row.matter)


def _ask_to_correct(actor: User, row: Deadline, completer: User) -> None:
    with translation.override(completer.language):
        title = str(row.title)
    open_task(
        matter=row.matter,
        kind=f"{CORRECT_KIND}:{row.pk}",
        title=gettext_noop("The completion of %(title)s is not confirmed: put it right"),
        values={"title": title},
        article=row.article[:60],
        owner=completer,
        due_on=clock.today(),
        event=row.ended_by,
        created_by=actor,
    )


def _unconfirmed(today: date) -> QuerySet[Deadline]:
    """Return what waits for longer than it may, and whose present completion was nobody's task yet."""
    latest = calendar_under(in_force(today)).subtract_working_days(today, WORKING_DAYS)
    kind = Concat(Value(f"{TASK_KIND}:"), Cast(OuterRef("pk"), CharField()))
    given = Task.objects.filter(kind=kind, event=OuterRef("ended_by"))
    rows = Deadline.objects.filter(
        confirmation=Confirmation.AWAITING, ended_by__recorded_at__date__lt=latest
    )
    return rows.exclude(Exists(given))


def give_unconfirmed_to_heads(*, limit: int = 500) -> int:
    """Make what nobody confirmed within two working days the head's task; returns how many are new.

    Several sweepers share the work: a row another one holds is left to it.
    """
    done = 0
    rows = _unconfirmed(clock.of_database().date()).order_by("id")
    for pk in list(rows.values_list("pk", flat=True)[:limit]):
        try:
            done += _give(pk)
        except Exception:  # one faulty deadline must not keep the others waiting
            logger.exception("The completion of deadline %s could not be given to a head.", pk)
    return done


@transaction.atomic
def _give(pk: int) -> bool:
    today = clock.of_database().date()
    rows = _unconfirmed(today).select_for_update(skip_locked=True, of=("self",))
    row = rows.filter(pk=pk).first()
    if row is None:
        return False
    owner = _who_confirms(row)
    if owner is None:
        return False
    with translation.override(owner.language):
        title = str(row.title)
    open_task(
        matter=row.matter,
        kind=f"{TASK_KIND}:{row.pk}",
        title=gettext_noop("Confirm a completed duty: %(title)s"),
        values={"title": title},
        article=row.article[:60],
        owner=owner,
        due_on=today,
        event=row.ended_by,
        created_by=None,
    )
    return True


def _who_confirms(row: Deadline) -> User | None:
    managers = accounts.holders(row.matter.office, Role.CASE_MANAGEMENT)
    for person in (*heads_of(row.matter), *managers):
        if may_confirm(person, row):
            return person
    return None
