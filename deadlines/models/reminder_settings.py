"""How one person wants to be reminded. What nobody may switch off is in `deadlines.reminder_choices`."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Mailing(models.TextChoices):
    """How reminders come by e-mail."""

    AT_ONCE = "at_once", _("Each when it is due")
    DIGEST = "digest", _("One daily digest at 8:30")
    NONE = "none", _("Not by e-mail")


def _days() -> ArrayField[list[int] | None, list[int] | None]:
    """Days before the last day; without a list those of the rulebook."""
    days = models.SmallIntegerField()
    return ArrayField(days, verbose_name=_("days before"), null=True, blank=True)


def _mailing() -> models.CharField[str, str]:
    return models.CharField(
        _("by e-mail"), max_length=8, choices=Mailing.choices, default=Mailing.AT_ONCE
    )


class ReminderSettings(models.Model):
    """One person's choice for each kind of deadline: on which days before, and through which channels.

    `own` are duties of the office the person has to meet, `watched` periods of others that he watches,
    `manual` deadlines set by hand. Whoever has no row is reminded as the rulebook says, in the
    application and by e-mail.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminder_settings"
    )
    own_days = _days()
    own_in_app = models.BooleanField(_("in the application"), default=True)
    own_mail = _mailing()
    watched_days = _days()
    watched_in_app = models.BooleanField(_("in the application"), default=True)
    watched_mail = _mailing()
    manual_days = _days()
    manual_in_app = models.BooleanField(_("in the application"), default=True)
    manual_mail = _mailing()

    class Meta:
        verbose_name = _("settings of reminders")
        verbose_name_plural = _("settings of reminders")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(**{f"{kind}_mail__in": Mailing.values}),
                name=f"{kind}_mail_is_known",
            )
            for kind in ("own", "watched", "manual")
        ]

    def __str__(self) -> str:
        return f"{self.user}"
