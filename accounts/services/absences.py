"""Entering that somebody is away, and that he is back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import absences
from accounts.models import Absence, User
from accounts.services.checks import invalid, require_active, require_order, save_valid
from audit import clock
from audit import services as audit
from audit.errors import Conflict, NotPermitted, NotVisible


@transaction.atomic
def enter_absence(
    *, actor: User, person: User, deputy: User, first_day: date, last_day: date
) -> Absence:
    """Enter that `person` is away from `first_day` to `last_day`, both included, and who stands in.

    Raises:
        NotVisible: person or deputy are of another office.
        NotPermitted: the actor is neither the person nor the head of his department.
        Invalid: the days are wrong or past, or the deputy does no casework.
        Conflict: the person is away on some of these days already.
    """
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    _require_entitled(actor, person)
    require_active(person)
    if first_day < clock.today():
        raise invalid("first_day", _("An absence cannot begin in the past."))
    require_order(first_day, last_day, field="last_day")
    _check_deputy(person, deputy)
    present = person.absences.filter(absences.standing(first_day, last_day)).first()
    if present is not None:
        raise Conflict(
            _("%(name)s is entered as away already on some of these days.") % {"name": person.name},
            code="absence_exists",
        )
    row = Absence(
        person=person, deputy=deputy, first_day=first_day, last_day=last_day, created_by=actor
    )
    save_valid(row)
    _record(actor, "absence.entered", row)
    return row


@transaction.atomic
def end_absence(*, actor: User, absence: Absence) -> Absence:
    """Enter that somebody is back; from now on he alone is told again.

    Raises:
        NotPermitted: the actor is neither the person nor the head of his department.
        Conflict: the absence is over already.
    """
    row = Absence.objects.select_for_update(of=("self",)).get(pk=absence.pk)
    _require_entitled(actor, row.person)
    if row.is_over:
        raise Conflict(_("This absence is over already."), code="absence_over")
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    _record(actor, "absence.ended", row)
    return row


def _require_entitled(actor: User, person: User) -> None:
    if absences.may_enter_absence(actor, person):
        return
    if actor.office_id != person.office_id:
        raise NotVisible(_("There is no such user."))
    raise NotPermitted(
        _("Only %(name)s or the head of the department enters this absence.")
        % {"name": person.name},
        code="not_entitled",
    )


def _check_deputy(person: User, deputy: User) -> None:
    if deputy.office_id != person.office_id:
        raise NotVisible(_("There is no such user."))
    if deputy.pk == person.pk:
        raise invalid("deputy", _("Nobody acts for himself. Choose a colleague."))
    if not absences.possible_deputies(person).filter(pk=deputy.pk).exists():
        raise invalid(
            "deputy",
            _("%(name)s does no casework. Choose a colleague who does.") % {"name": deputy.name},
        )


def _record(actor: User, action: str, row: Absence) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_type="absence",
        object_id=row.pk,
        office_id=row.person.office_id,
        details={
            "person": row.person_id,
            "deputy": row.deputy_id,
            "first_day": row.first_day.isoformat(),
            "last_day": row.last_day.isoformat(),
        },
    )
