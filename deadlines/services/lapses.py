"""What happens when a last day has passed: people are told, nothing is blocked (law 14.2)."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext_noop

from accounts.models import User
from audit import clock
from audit import services as audit
from cases.models import Case, Event, Lead
from cases.selectors.back_entry import cases_in_back_entry, leads_in_back_entry
from cases.selectors.matters import is_visible
from cases.services.acts import audit_scope
from cases.services.tasks import open_task
from deadlines.duty import heads_of
from deadlines.models import Deadline, DeadlineState, Notification, NotificationKind
from deadlines.services.calendar_lock import keep_calendar
from deadlines.services.fitness import is_closed
from deadlines.services.standing_in import knower, stand_ins, with_stand_ins

if TYPE_CHECKING:
    Matter = Lead | Case

logger = logging.getLogger(__name__)
TASK_KIND = "deadline_lapsed"
# Whoever is recommended something has to answer in writing; a missing answer is asked after (POL 21; PRR 19).
REPLY_MISSING = "reply_missing"
ANSWERS_ASKED_AFTER = ("P-57",)


def _passed() -> QuerySet[Deadline]:
    """Return the running deadlines whose last day or hour has passed (CC 203: at its end).

    While an excluded interval is open the end is not known, so nothing has passed. For a case in back-entry
    nothing fires by itself (design 3).
    """
    now = clock.of_database()
    ended = Q(effective_instant__isnull=True, effective_day__lt=now.date()) | Q(
        effective_instant__lt=now
    )
    rows = Deadline.objects.filter(ended, state=DeadlineState.OPEN, at_least=False)
    return rows.exclude(case__in=cases_in_back_entry()).exclude(lead__in=leads_in_back_entry())


@transaction.atomic
def settle_past(matter: Matter) -> int:
    """Let what passed during back-entry lapse without a word to anybody; returns how many.

    Nobody is told today of a day that passed before the case was kept here.
    """
    owners = Q(lead=matter) if isinstance(matter, Lead) else Q(case=matter) | Q(lead=matter.lead_id)
    keep_calendar()
    rows = list(_passed().filter(owners).select_for_update(of=("self",)).order_by("pk"))
    for row in rows:
        row.state = DeadlineState.LAPSED
        row.save(update_fields=["state"])
    if rows:
        audit.record(
            actor=None,
            action="deadline.settled",
            object_type=matter.relation,
            object_id=matter.pk,
            details={"deadlines": [[row.rule, row.effective_day.isoformat()] for row in rows]},
            **audit_scope(matter),
        )
    return len(rows)


def on_event_recorded(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """Settle what passed once back-entry has ended, in the transaction of its end."""
    if event.kind == "back_entry_ended":
        settle_past(event.matter)


def lapse_due(*, limit: int = 500) -> int:
    """Lapse what has passed, each deadline in its own transaction; returns how many.

    Several sweepers share the work: a row another one holds is left to it.
    """
    done = 0
    for pk in list(_passed().order_by("effective_day", "id").values_list("pk", flat=True)[:limit]):
        try:
            done += _lapse(pk)
        except Exception:  # one faulty deadline must not keep the others waiting
            logger.exception("Deadline %s could not be lapsed.", pk)
    return done


@transaction.atomic
def _lapse(pk: int) -> bool:
    keep_calendar()
    row = _passed().select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if row is None:
        return False
    row.state = DeadlineState.LAPSED
    row.save(update_fields=["state"])
    _tell(row)
    audit.record(
        actor=None,
        action="deadline.lapsed",
        object_type="deadline",
        object_id=row.pk,
        details={"rule": row.rule, "last_day": row.effective_day.isoformat()},
        **audit_scope(row.matter),
    )
    return True


def _tell(deadline: Deadline) -> None:
    """Notify who holds the duty; when the office is late, its department head too, with a task.

    Where an answer to a recommendation is missing, the handler has a task to ask after it (norm C151).
    Whoever stands in for one of them is told too. Of a closed matter nobody is told.
    """
    if is_closed(deadline):
        return
    holder = [deadline.duty_holder] if deadline.duty_holder else []
    if deadline.of_others:
        notify(deadline, NotificationKind.PERIOD_OVER, holder)
        if deadline.rule in ANSWERS_ASKED_AFTER and deadline.duty_holder:
            _ask_after_answer(deadline, deadline.duty_holder)
        return
    heads = heads_of(deadline.matter)
    notify(deadline, NotificationKind.LAPSED, [*holder, *heads])
    if heads:
        _give_task(deadline, _who_sees_to_it(deadline.matter, heads[0]))


def _who_sees_to_it(matter: Matter, person: User) -> User:
    """Return the person, or who stands in for them while they are away."""
    found = stand_ins([person.pk], clock.of_database().date())
    others = found.of(matter, person.pk, knower(matter)) if found.is_away(person.pk) else []
    return others[0] if others else person


def notify(deadline: Deadline, kind: NotificationKind, people: list[User]) -> None:
    """Tell each person who sees the matter, and whoever stands in, once of this kind and last day."""
    now = clock.of_database()
    told = with_stand_ins(deadline.matter, people, now.date())
    Notification.objects.bulk_create(
        [
            Notification(
                recipient=person,
                kind=kind,
                deadline=deadline,
                for_day=deadline.effective_day,
                created_at=now,
            )
            for person in told
            if person.is_active and is_visible(person, deadline.matter)
        ],
        ignore_conflicts=True,
    )


def _ask_after_answer(deadline: Deadline, handler: User) -> None:
    open_task(
        matter=deadline.matter,
        kind=f"{REPLY_MISSING}:{deadline.pk}",
        title=gettext_noop(
            "No written answer by %(day)s: %(title)s. Ask the unit again, or carry it further (PRR 25)"
        ),
        values={
            "title": {"zh": deadline.title_zh, "en": deadline.title_en},
            "day": deadline.effective_day.isoformat(),
        },
        article="POL 21; PRR 19",
        owner=_who_sees_to_it(deadline.matter, handler),
        due_on=clock.of_database().date() + timedelta(days=1),
        event=deadline.start_event,
        created_by=None,
    )


def _give_task(deadline: Deadline, head: User) -> None:
    with translation.override(head.language):
        title = str(deadline.marked_title)
    open_task(
        matter=deadline.matter,
        kind=f"{TASK_KIND}:{deadline.pk}",
        title=gettext_noop("See to a lapsed deadline: %(title)s, last day %(day)s"),
        values={"title": title, "day": deadline.effective_day.isoformat()},
        article=deadline.article[:60],
        owner=head,
        due_on=clock.of_database().date() + timedelta(days=1),
        event=deadline.start_event,
        created_by=None,
    )
