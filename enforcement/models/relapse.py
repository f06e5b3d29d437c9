"""The new lead a look-back has led to (T49; Rules 24)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Event, Lead


class Relapse(models.Model):
    """The link between a case under look-back and the lead that its relapse became."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="relapses")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    lead = models.OneToOneField(Lead, on_delete=models.PROTECT, related_name="relapse_of")

    class Meta:
        verbose_name = _("relapse")
        verbose_name_plural = _("relapses")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.case} → {self.lead}"
