"""The mode in which a case that ran before it was entered here is brought up to date (design 3)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit import clock
from cases.models.event import Event
from cases.models.matter import NOT_BLANK, Case, Lead


class BackEntryStatus(models.TextChoices):
    """Where one back-entry stands; follows from its days."""

    ASKED = "asked", _("Asked for")
    RUNNING = "running", _("Running")
    REFUSED = "refused", _("Refused")
    ENDED = "ended", _("Ended")


class BackEntry(models.Model):
    """One time a matter is in back-entry: who asked, who agreed, how it ended, each with the instant.

    It may begin with the lead; then it goes on in the case that is filed from it. Nobody agrees with himself.
    `ended_event` is the event of today that ended it by itself.
    """

    lead = models.ForeignKey(Lead, null=True, on_delete=models.PROTECT, related_name="back_entries")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="back_entries")
    reason = models.TextField(_("reason"), max_length=1000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("agreed by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField(_("agreed at"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ended by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    ended_event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ending_reason = models.TextField(_("reason of the end"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("back-entry")
        verbose_name_plural = _("back-entries")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(lead__isnull=False) | Q(case__isnull=False),
                name="back_entry_of_a_matter",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(ended_at__isnull=True),
                name="one_open_back_entry_per_case",
                violation_error_message=_("The case is in back-entry already."),
            ),
            models.UniqueConstraint(
                fields=["lead"],
                condition=Q(ended_at__isnull=True),
                name="one_open_back_entry_per_lead",
                violation_error_message=_("The lead is in back-entry already."),
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=NOT_BLANK),
                name="back_entry_has_a_reason",
                violation_error_message=_("The reason is missing."),
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("asked_by")),
                name="back_entry_agreed_by_another",
                violation_error_message=_("Nobody agrees to his own back-entry."),
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="back_entry_agreed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_event__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False)
                | Q(ended_at__isnull=False, ended_event__isnull=False),
                name="back_entry_ended_by_somebody_or_an_event",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter}: {self.status}"

    @property
    def matter(self) -> Lead | Case:
        """The case, or the lead while no case was filed from it."""
        owner = self.case or self.lead
        assert owner is not None  # held by the constraint back_entry_of_a_matter
        return owner

    @property
    def status(self) -> BackEntryStatus:
        if self.ended_at is None:
            return BackEntryStatus.RUNNING if self.agreed_at else BackEntryStatus.ASKED
        return BackEntryStatus.ENDED if self.agreed_at else BackEntryStatus.REFUSED

    @property
    def status_title(self) -> str:
        return str(self.status.label)
