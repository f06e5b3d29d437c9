"""How a person wants to be reminded: his own choice, as far as the law's last days leave him one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import services as audit
from audit.errors import invalid_field
from deadlines.models import Mailing, ReminderSettings
from deadlines.reminder_choices import DAYS_OFFERED, Sort
from deadlines.services.reminding import synchronise_person

FIELDS = tuple(f"{sort}_{name}" for sort in Sort for name in ("days", "in_app", "mail"))


def settings_for(person: User) -> ReminderSettings:
    """Return the settings of `person`, the defaults when he has made none; nothing is stored."""
    row = ReminderSettings.objects.filter(user=person).first()
    return row or ReminderSettings(user=person)


@transaction.atomic
def change_settings(*, actor: User, **changes: Any) -> ReminderSettings:
    """Change the actor's own settings; his pending reminders follow.

    The last reminder of a period of law and the escalation of a late duty stay, whatever is chosen
    (`deadlines.reminder_choices`).

    Args:
        changes: fields of `FIELDS`; days are None for those of the rulebook.

    Raises:
        Invalid: a day or a way by e-mail that is not offered.
    """
    for name, value in changes.items():
        _check(name, value)
    ReminderSettings.objects.get_or_create(user=actor)
    row = ReminderSettings.objects.select_for_update().get(user=actor)
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, changes[name])
    row.save(update_fields=changed)
    audit.record(
        actor=actor,
        action="reminder_settings.changed",
        object_type="reminder_settings",
        object_id=row.pk,
        office_id=actor.office_id,
        details={name: changes[name] for name in changed},
    )
    synchronise_person(actor)
    return row


def _check(name: str, value: Any) -> None:
    if name not in FIELDS:
        raise TypeError(f"{name} is no setting of reminders.")
    if name.endswith("_days") and value is not None and not set(value) <= set(DAYS_OFFERED):
        offered = ", ".join(str(day) for day in DAYS_OFFERED)
        raise invalid_field(
            name, _("Choose among these days before the last day: %(days)s.") % {"days": offered}
        )
    if name.endswith("_mail") and value not in Mailing.values:
        raise invalid_field(name, _("Choose one of the ways by e-mail."))
