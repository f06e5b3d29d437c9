"""Running cases that somebody wants to enter: the table, its trial, and the head's decision on it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Office
from audit import clock
from cases.models.matter import NOT_BLANK


class EntryStatus(models.TextChoices):
    """How far a table of running cases has come."""

    TRIED = "tried", _("Tried, nothing entered")
    ASKED = "asked", _("Waits for the head of the department")
    ENTERED = "entered", _("Entered")
    REFUSED = "refused", _("Refused")


class RunningEntry(models.Model):
    """One table of running cases with its papers, kept under the SHA-256 it was tried with.

    `papers` maps the name of each uploaded paper to its SHA-256. `verdicts` says of every row what the trial
    found. `digest` binds table and papers: the head agrees to exactly these.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(
        Department, null=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("table"), max_length=200)
    sha256 = models.CharField(max_length=64)
    papers = models.JSONField(_("papers"), default=dict)
    digest = models.CharField(_("digest"), max_length=64)
    reason = models.TextField(_("reason"), max_length=1000)
    verdicts = models.JSONField(_("verdicts"), default=list)
    status = models.CharField(
        _("status"), max_length=8, choices=EntryStatus.choices, default=EntryStatus.TRIED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    refusal = models.TextField(_("reason of the refusal"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("entry of running cases")
        verbose_name_plural = _("entries of running cases")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reason__regex=NOT_BLANK),
                name="running_entry_has_a_reason",
                violation_error_message=_("The reason is missing."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="running_entry_decided_by_another",
                violation_error_message=_("Nobody decides on his own entry."),
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["tried", "asked"], decided_by__isnull=True, decided_at__isnull=True
                )
                | Q(
                    status__in=["entered", "refused"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="running_entry_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("running_detail", args=[self.pk])

    @property
    def refused_rows(self) -> int:
        """How many rows the trial refused."""
        return sum(1 for verdict in self.verdicts if not verdict["met"])
