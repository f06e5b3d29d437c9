"""Setting after how many days without movement a matter of the office counts as idle."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from audit import clock
from audit import services as audit
from audit.errors import Invalid, NotPermitted
from deadlines.idle import days_of
from deadlines.models import MOST_DAYS, IdleDays

MAY_SET = (Role.CHIEF, Role.DEPARTMENT_HEAD, Role.CASE_MANAGEMENT)


def may_set_days(actor: User) -> bool:
    """Say whether `actor` sets the number for his office: chief, department heads, case management."""
    return accounts.has_role(actor, *MAY_SET)


@transaction.atomic
def set_idle_days(*, actor: User, days: int) -> IdleDays:
    """Let a matter of the actor's office count as idle after `days` days.

    Raises:
        NotPermitted: the actor neither leads the office or a department nor manages its cases.
        Invalid: the number is not 1 to `MOST_DAYS`.
    """
    if not may_set_days(actor):
        raise NotPermitted(
            _("The chief procurator, a department head or case management sets this number.")
        )
    if not 1 <= days <= MOST_DAYS:
        sentence = _("Choose 1 to 365 days.")
        raise Invalid(sentence, errors={"days": [sentence]})
    before = days_of(actor.office)
    row, _created = IdleDays.objects.update_or_create(
        office=actor.office, defaults={"days": days, "set_by": actor, "set_at": clock.now()}
    )
    audit.record(
        actor=actor,
        action="idle_days.set",
        object_type="idle_days",
        object_id=row.pk,
        details={"before": before, "after": days},
    )
    return row
