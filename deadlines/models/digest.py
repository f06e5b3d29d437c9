"""One e-mail a day with everything due, and that a late duty went up to the chief: rows, each once."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit import clock
from deadlines.models.deadline import Deadline
from deadlines.models.reminding import Delivery


class Digest(Delivery):
    """The digest of one person and day; the row is what makes it go out once.

    Its attempt is counted and committed before the mail server is called, and every attempt bears the same
    Message-ID, as for a single e-mail (safety 3.7).
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digests"
    )
    day = models.DateField(_("day"))
    message_id = models.CharField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("daily digest")
        verbose_name_plural = _("daily digests")
        ordering: ClassVar = ["day", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=("pending", "sending")),
                name="digest_unsent",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recipient", "day"], name="digest_once_a_day"),
            models.CheckConstraint(
                condition=Q(state="sending", lease_until__isnull=False)
                | (~Q(state="sending") & Q(lease_until__isnull=True)),
                name="only_a_sending_digest_is_leased",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="sent_digest_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient} {self.day}"


class Escalation(models.Model):
    """That a late duty went up to the chief procurator, once for each last day."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="escalations")
    for_day = models.DateField(_("last day"))
    raised_at = models.DateTimeField(_("raised at"), default=clock.now)

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deadline", "for_day"], name="escalated_once")
        ]

    def __str__(self) -> str:
        return f"{self.deadline}"
