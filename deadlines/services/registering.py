"""A second person checks the deadlines that were entered on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import services as audit
from audit.errors import Conflict, Invalid, NotPermitted
from deadlines.confirmation import confirms
from deadlines.models import EntryCheck
from deadlines.register import Entered, Register


@transaction.atomic
def check_entries(*, actor: User, day: date, seen: Mapping[int, date]) -> int:
    """Put on record that the actor has looked at entries of a day; returns how many are new.

    Args:
        seen: by deadline, the last day that was shown; what the actor entered himself is left out.

    Raises:
        NotPermitted: the actor is neither head of a department nor case management.
        Invalid: nothing of what was seen is left to be checked by this person.
        Conflict: a deadline shows another last day now.
    """
    if not confirms(actor):
        raise NotPermitted(
            _("The head of a department or case management checks the register."),
            code="second_person",
        )
    rows = [row for row in Register(actor, day).entered if row.deadline.pk in seen]
    if any(row.deadline.effective_day != seen[row.deadline.pk] for row in rows):
        raise Conflict(
            _("A deadline shows another last day now. Look at the register again."),
            code="register_moved",
        )
    due = [row for row in rows if row.check is None and row.entered_by != actor]
    if not due:
        raise Invalid(_("Nothing is left here that you have not entered or seen yourself."))
    EntryCheck.objects.bulk_create([_check(actor, row) for row in due])
    audit.record(
        actor=actor,
        action="register.checked",
        object_type="register",
        object_id=day.isoformat(),
        details={"deadlines": [row.deadline.pk for row in due]},
        office_id=actor.office_id,
    )
    return len(due)


def _check(actor: User, row: Entered) -> EntryCheck:
    return EntryCheck(
        deadline=row.deadline,
        effective_day=row.deadline.effective_day,
        entered_by=row.entered_by,
        checked_by=actor,
    )
