"""What time alone brings about: the announcement expires and the review begins (T16; design 3)."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils.translation import gettext_noop

from audit import clock
from audit.errors import Conflict, Refusal
from cases.models import Case, Event
from cases.selectors.back_entry import cases_in_back_entry
from cases.selectors.people import lead_handler
from cases.services import acts, tasks
from cases.states import CaseState
from litigation import selectors
from litigation.effects.replies import EXPIRY_STUCK

logger = logging.getLogger(__name__)
CODE = "T16"


def expire_announcements() -> int:
    """Move every case whose announcement is over to the review; return how many were moved.

    A case that something keeps back stays, and its handler gets one task that names all of it. Doing it
    again, or in two processes at once, changes nothing. A case in back-entry is left to its handler.
    """
    moved = 0
    waiting = Case.objects.filter(state=CaseState.ANNOUNCING).exclude(pk__in=cases_in_back_entry())
    for case in waiting.order_by("pk"):
        period = selectors.announcement_period(case)
        if period is not None and period.effective_day < clock.today():
            moved += _moved(case)
    return moved


def _moved(case: Case) -> bool:
    try:
        return expire_announcement(case) is not None
    except Exception:  # one faulty case must not keep the others waiting
        logger.exception("The announcement of case %s could not be seen to.", case.key)
        return False


@transaction.atomic
def expire_announcement(case: Case) -> Event | None:
    """Carry T16 out for one case as the system, or open the task; the day is the period's last.

    Of two who come at once the second finds what the first has done.
    """
    acts.lock(case)
    case.refresh_from_db()
    if case.state != CaseState.ANNOUNCING:
        return None
    period = selectors.announcement_period(case)
    assert period is not None  # an announced case has one
    declaration = acts.declaration_of(case, CODE)
    try:
        with transaction.atomic():
            return acts.perform(
                actor=None,
                declaration=declaration,
                matter=case,
                facts={},
                legal_day=period.effective_day,
            )
    except Conflict:
        return None  # somebody was faster
    except Refusal as refusal:
        _open_task(case, refusal)
        return None


def _open_task(case: Case, refusal: Refusal) -> None:
    owner = lead_handler(case)
    if owner is None:
        logger.warning("Case %s has no handler to ask why it cannot go on.", case.key)
        return
    tasks.open_task(
        matter=case,
        title=gettext_noop("The announcement is over, but the review cannot begin: %(why)s"),
        values={"why": "；".join(str(item.message) for item in refusal.unmet)[:180]},
        owner=owner,
        created_by=None,
        kind=EXPIRY_STUCK,
        article="Rules 47, 93",
    )
