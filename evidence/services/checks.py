"""Who may write evidence, and when."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.errors import Conflict, NotPermitted
from cases.models import Case
from cases.selectors import people
from cases.selectors.matters import cases_visible_to, get_case
from cases.services import acts
from cases.states import CaseState

# Nothing is added to the file of a case that has ended or left the office.
ENDED = (
    CaseState.TERMINATED,
    CaseState.TRANSFERRED_FOR_SUIT,
    CaseState.CLOSED,
    CaseState.ARCHIVED,
)


def may_write(actor: User, case: Case) -> bool:
    """Say whether `actor` may add evidence and state facts now."""
    return (
        case.state not in ENDED
        and people.is_member(case, actor)
        and not people.is_recused(case, actor.pk)
    )


def require_may_write(actor: User, case: Case) -> None:
    """Refuse who does not belong to the handling team, and a case that has ended.

    Raises:
        NotVisible: the actor may not see the case.
        NotPermitted: the actor may see it but does not handle it.
        Conflict: the case has ended.
    """
    if not cases_visible_to(actor).filter(pk=case.pk).exists():
        get_case(actor, case.key)
    if not people.is_member(case, actor):
        raise NotPermitted(
            _("Only the handling team adds evidence and states facts. Ask the lead handler."),
            code="not_in_the_team",
            law="Rules 36",
        )
    if case.state in ENDED:
        raise Conflict(
            _("The case has ended (“%(state)s”); nothing is added to its evidence any more.")
            % {"state": case.get_state_display()},
            code="case_ended",
            details={"state": case.state},
        )


def locked_for_writing(actor: User, case: Case) -> Case:
    """Lock the case and check again under the lock; inside the caller's transaction.

    Raises:
        NotVisible, NotPermitted, Conflict: as `require_may_write`.
    """
    assert transaction.get_connection().in_atomic_block
    locked = acts.lock(case)
    assert isinstance(locked, Case)
    require_may_write(actor, locked)
    return locked
