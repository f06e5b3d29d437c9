"""Proposals and the steps of their approval: the one approval engine (design 3)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, Role
from audit import clock
from cases.models.attachment import Attachment
from cases.models.matter import Case, Lead


class ProposalStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for approval")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved, to be carried out")
    CARRIED_OUT = "carried_out", _("Carried out")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_STATUSES = (
    ProposalStatus.DRAFT,
    ProposalStatus.SUBMITTED,
    ProposalStatus.RETURNED,
    ProposalStatus.APPROVED,
)


class Proposal(models.Model):
    """A transition (or a document) that walks its approval route.

    `subject` is ``transition`` or ``document``. `route` holds the roles in order. `digest` is the SHA-256 of
    `frozen`: transition, facts, reasons, documents, verdicts and version of the matter at submission.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Lead, null=True, on_delete=models.PROTECT, related_name="proposals")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="proposals")
    subject = models.CharField(max_length=12, default="transition")
    machine = models.CharField(max_length=30, blank=True)
    object_id = models.BigIntegerField(null=True)
    transition = models.CharField(_("transition"), max_length=8, blank=True)
    document_id = models.BigIntegerField(_("document"), null=True)
    title = models.CharField(_("title"), max_length=200)
    facts = models.JSONField(_("facts"), default=dict)
    reasons = models.TextField(_("reasons"), max_length=10000)
    status = models.CharField(
        _("status"), max_length=12, choices=ProposalStatus.choices, default=ProposalStatus.DRAFT
    )
    route = models.JSONField(_("approval route"), default=list)
    round = models.PositiveSmallIntegerField(_("round"), default=0)
    position = models.PositiveSmallIntegerField(_("position in the route"), default=0)
    frozen = models.JSONField(_("what was submitted"), default=dict)
    # What the round before was made of: whoever has that one open is shown what is different now.
    frozen_before = models.JSONField(default=dict, editable=False)
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.PROTECT,
        related_name="proposals",
    )
    created_at = models.DateTimeField(_("created at"), default=clock.now)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["office", "status"],
                condition=Q(status="submitted"),
                name="proposal_waiting",
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(lead__isnull=True) ^ Q(case__isnull=True),
                name="proposal_of_one_matter",
            ),
            models.UniqueConstraint(
                fields=["machine", "object_id"],
                condition=Q(
                    subject="transition", status__in=["draft", "submitted", "returned", "approved"]
                ),
                name="one_open_proposal_per_machine",
            ),
            models.UniqueConstraint(
                fields=["document_id"],
                condition=Q(
                    subject="document", status__in=["draft", "submitted", "returned", "approved"]
                ),
                name="one_open_proposal_per_document",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposal_detail", args=[self.pk])

    @property
    def matter(self) -> Lead | Case:
        owner = self.case or self.lead
        assert owner is not None  # held by the constraint proposal_of_one_matter
        return owner

    @property
    def awaited_role(self) -> Role | None:
        """The role whose decision is awaited, None when nobody's is."""
        if self.status != ProposalStatus.SUBMITTED or self.position >= len(self.route):
            return None
        return Role(self.route[self.position])


class Decision(models.TextChoices):
    SUBMIT = "submit", _("Proposed")
    APPROVE = "approve", _("Approved")
    RETURN = "return", _("Returned")
    REJECT = "reject", _("Rejected")
    WITHDRAW = "withdraw", _("Withdrawn")


class ApprovalStep(models.Model):
    """One act of one person on one round of a proposal; append-only.

    The author's submission is the step at position 0, so that `one_person_one_step` also keeps author,
    reviewer and decider apart. A withdrawal is not a step but a status with its event in the audit.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="steps")
    round = models.PositiveSmallIntegerField(_("round"))
    position = models.PositiveSmallIntegerField(_("position"))
    role = models.CharField(_("role"), max_length=24, blank=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices)
    opinion = models.TextField(_("opinion"), max_length=5000, blank=True)
    acted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("acted by"),
        on_delete=models.PROTECT,
        related_name="approval_steps",
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("on behalf of"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    acted_at = models.DateTimeField(_("at"), default=clock.now)
    legal_day = models.DateField(_("day of the decision"))
    digest = models.CharField(_("digest"), max_length=64)
    # An approval given on paper: the scan, and the clerk who entered it.
    paper = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("approval step")
        verbose_name_plural = _("approval steps")
        ordering: ClassVar = ["round", "position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proposal", "round", "acted_by"], name="one_person_one_step"
            ),
            models.UniqueConstraint(
                fields=["proposal", "round", "position"], name="one_step_per_position"
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["submit", "approve"]) | ~Q(opinion=""),
                name="return_and_reject_give_reasons",
            ),
            models.CheckConstraint(
                condition=Q(paper__isnull=True) | Q(entered_by__isnull=False),
                name="paper_approval_entered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acted_by}: {self.get_decision_display()}"
