"""Meetings of the procuratorial committee, as far as they decide something in a matter (law 2.3)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit import clock
from cases.models.attachment import Attachment


class CommitteeMeeting(models.Model):
    """What the minutes show of the meeting that carried one decision (norm C019).

    More than half of all members vote for the decision (PCR 21), so more than half are present (POL 32).
    """

    held_on = models.DateField(_("day of the meeting"))
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("in the chair"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    members = models.PositiveSmallIntegerField(_("members of the committee"))
    present = models.PositiveSmallIntegerField(_("members present"))
    votes_for = models.PositiveSmallIntegerField(_("votes for the decision"))
    minutes = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("meeting of the committee")
        verbose_name_plural = _("meetings of the committee")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(votes_for__lte=F("present")) & Q(present__lte=F("members")),
                name="committee_counts_fit",
            ),
            models.CheckConstraint(
                condition=Q(members__lt=F("votes_for") * 2), name="committee_decision_carried"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}: {self.votes_for}/{self.present}/{self.members}"
