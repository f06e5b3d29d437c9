"""The procedural event: the one truth of a matter (design 1, idea 2)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit import clock
from cases.models.attachment import Attachment
from cases.models.matter import Case, Lead


class Event(models.Model):
    """What happened in law on which day; append-only by grant and trigger.

    `machine` and `object_id` say which machine moved (`lead`, `case`, …); `from_state` and `to_state` are
    empty when none did. `transaction_id` is set by the database and lets the trigger on the state column
    see that the change has its event in the same transaction.
    """

    lead = models.ForeignKey(Lead, null=True, on_delete=models.PROTECT, related_name="events")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("kind"), max_length=60)
    legal_day = models.DateField(_("legal day"))
    legal_instant = models.DateTimeField(_("legal instant"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), default=clock.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("on behalf of"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    machine = models.CharField(max_length=30, blank=True)
    object_id = models.BigIntegerField(null=True)
    transition = models.CharField(_("transition"), max_length=8, blank=True)
    from_state = models.CharField(_("from state"), max_length=50, blank=True)
    to_state = models.CharField(_("to state"), max_length=50, blank=True)
    facts = models.JSONField(_("facts"), default=dict)
    reason = models.TextField(_("reason"), blank=True)
    proposal = models.ForeignKey(
        "cases.Proposal", null=True, on_delete=models.PROTECT, related_name="events"
    )
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    annuls = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="annulled_by"
    )
    # The event of another office's case this one is a copy of (law 14.1, T64).
    copied_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="copies"
    )
    proofs = models.ManyToManyField(Attachment, related_name="events")
    transaction_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("procedural event")
        verbose_name_plural = _("procedural events")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["machine", "object_id", "-id"], name="event_of_machine_latest"),
            models.Index(fields=["case", "kind"], name="event_case_kind"),
            models.Index(fields=["lead", "kind"], name="event_lead_kind"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(lead__isnull=False) | Q(case__isnull=False),
                name="event_belongs_to_a_matter",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | Q(annuls__isnull=True),
                name="event_corrects_or_annuls",
            ),
            models.CheckConstraint(
                condition=(Q(corrects__isnull=True) & Q(annuls__isnull=True)) | ~Q(reason=""),
                name="correction_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.legal_day}"

    @property
    def matter(self) -> Lead | Case:
        """The case the event belongs to, or its lead before there is a case."""
        owner = self.case or self.lead
        assert owner is not None  # held by the constraint event_belongs_to_a_matter
        return owner


class AllowedEdge(models.Model):
    """One allowed change of state; written by `migrate` from the declarations, read by the trigger."""

    machine = models.CharField(max_length=30)
    from_state = models.CharField(max_length=50, blank=True)
    to_state = models.CharField(max_length=50)

    class Meta:
        verbose_name = _("allowed edge")
        verbose_name_plural = _("allowed edges")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["machine", "from_state", "to_state"], name="allowed_edge_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.machine}: {self.from_state} → {self.to_state}"
