"""After how many days an office wants to hear of a matter in which nothing moves."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from audit import clock

MOST_DAYS = 365


class IdleDays(models.Model):
    """The office's own number of days; no article of law sets one."""

    office = models.OneToOneField(Office, on_delete=models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField(_("days without movement"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("set at"), default=clock.now)

    class Meta:
        verbose_name = _("days until a matter counts as idle")
        verbose_name_plural = _("days until a matter counts as idle")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(days__range=(1, MOST_DAYS)),
                name="idle_after_1_to_365_days",
                violation_error_message=_("Choose 1 to 365 days."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.office_id}: {self.days}"
