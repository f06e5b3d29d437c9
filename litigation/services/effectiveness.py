"""Asking for the confirmation that a judgment took effect (T38; law 14.1: never silent)."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils.translation import gettext_noop

from audit import clock
from cases.models import Case, Task
from cases.selectors.people import lead_handler
from cases.services import acts, checklists, tasks
from cases.states import CaseState
from litigation import selectors
from litigation.effects.suit import TO_BECOME_EFFECTIVE

logger = logging.getLogger(__name__)
CODE = "T38"


def ask_for_effect() -> int:
    """Ask the handler of every case whose last period to appeal is over; return how many were asked.

    The case stays where it is: effect is confirmed by a person. Doing it again changes nothing.
    """
    asked = 0
    for case in Case.objects.filter(state=CaseState.JUDGED_FIRST).order_by("pk"):
        try:
            asked += _is_over(case) and _ask(case)
        except Exception:  # one faulty case must not keep the others waiting
            logger.exception("The effect in case %s could not be asked for.", case.key)
    return asked


def _is_over(case: Case) -> bool:
    day = selectors.last_day_to_appeal(case)
    return day is not None and day < clock.today() and _possible(case)


def _possible(case: Case) -> bool:
    facts = {"effective_on": clock.today().isoformat()}
    lines = checklists.checklist(acts.declaration_of(case, CODE), case, facts)
    return all(line.verdict.met for line in lines)


@transaction.atomic
def _ask(case: Case) -> bool:
    """Open the one task; say whether it is new. Of two who come at once the second finds the first's."""
    acts.lock(case)
    case.refresh_from_db()
    owner = lead_handler(case)
    present = Task.objects.filter(case=case, kind=TO_BECOME_EFFECTIVE, state="open").exists()
    if owner is None or present or case.state != CaseState.JUDGED_FIRST:
        return False
    tasks.open_task(
        matter=case,
        title=gettext_noop("Nobody appealed and every period is over: confirm the effect (T38)."),
        owner=owner,
        created_by=None,
        kind=TO_BECOME_EFFECTIVE,
        article="CPL 171",
    )
    return True
