"""The second person's word: that a duty was done, and that a deadline was entered rightly."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit import clock
from cases.models import Event
from deadlines.models.deadline import Confirmation, Deadline


class CompletionCheck(models.Model):
    """What a second person said of a completed duty; rows are added and never changed, the latest stands."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="checks")
    # The event that fulfilled the duty, and who recorded it.
    ended_by = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    verdict = models.CharField(
        _("verdict"),
        max_length=10,
        choices=[
            (Confirmation.CONFIRMED.value, Confirmation.CONFIRMED.label),
            (Confirmation.REFUSED.value, Confirmation.REFUSED.label),
        ],
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(_("checked at"), default=clock.now)

    class Meta:
        verbose_name = _("check of a completed duty")
        verbose_name_plural = _("checks of completed duties")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(completed_by__isnull=True) | ~Q(checked_by=F("completed_by")),
                name="completion_is_checked_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="refused") | ~Q(note=""),
                name="refused_completion_says_why",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["confirmed", "refused"]), name="check_has_a_verdict"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id}: {self.verdict}"


class EntryCheck(models.Model):
    """A second person has looked at a deadline as it was entered; for a day that moved since, once more."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="entry_checks")
    # The last day that was seen.
    effective_day = models.DateField(_("last day"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(_("checked at"), default=clock.now)

    class Meta:
        verbose_name = _("check of an entered deadline")
        verbose_name_plural = _("checks of entered deadlines")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["deadline", "effective_day"], name="entry_checked_once_as_it_stands"
            ),
            models.CheckConstraint(
                condition=Q(entered_by__isnull=True) | ~Q(checked_by=F("entered_by")),
                name="entry_is_checked_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.effective_day}"
