"""Tables of this room."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from audit import clock
from cases.models import Case, Event


class CaseTransfer(models.Model):
    """A case handed to another office, until that office has acknowledged it.

    The acknowledgement makes the case there (T64); this row is what the receiving office sees before. A civil
    case goes to the office at the competent court; of one against an authority no court is named.
    """

    source = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="transfers_out")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    target_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    competent_court = models.CharField(_("competent court"), max_length=100, blank=True)
    ground = models.TextField(_("ground"))
    sent_on = models.DateField(_("sent on"))
    received_on = models.DateField(_("received on"), null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    received_case = models.OneToOneField(
        Case, null=True, on_delete=models.PROTECT, related_name="transfer_in"
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("transfer of a case")
        verbose_name_plural = _("transfers of cases")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(received_on__isnull=True, received_case__isnull=True)
                | Q(received_on__isnull=False, received_case__isnull=False),
                name="transfer_received_with_its_case",
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("sent_on")),
                name="transfer_received_after_it_was_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} – {self.target_office}"
