"""Judgments, mediation documents and what they order, paragraph by paragraph (law 3.7, 3.10a)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Event, Party
from litigation.models.claim import ClaimKind


class Instance(models.TextChoices):
    """Which court decided, and how."""

    FIRST = "first", _("First instance")
    SECOND = "second", _("Second instance")
    RETRIAL = "retrial", _("Retrial")
    MEDIATION = "mediation", _("Mediation document")


class Judgment(models.Model):
    """One decision of a court on the claims. It is written by the event that tells of it, by nothing else.

    Attributes:
        number: the court's own number of the decision.
        effective_on: the day it took effect; empty while it can be appealed.
        set_aside_by: the event that took it away: a changed or remanded judgment, a retrial.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="judgments")
    instance = models.CharField(_("instance"), max_length=10, choices=Instance.choices)
    number = models.CharField(_("number of the court"), max_length=100)
    pronounced_on = models.DateField(_("pronounced on"))
    effective_on = models.DateField(_("effective on"), null=True, blank=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    set_aside_by = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("judgment")
        verbose_name_plural = _("judgments")
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(number=""), name="judgment_has_a_number"),
            models.CheckConstraint(
                condition=Q(effective_on__isnull=True) | Q(effective_on__gte=F("pronounced_on")),
                name="judgment_effective_after_it_was_pronounced",
            ),
            models.UniqueConstraint(
                fields=["case", "instance"],
                condition=Q(set_aside_by__isnull=True),
                name="one_standing_judgment_an_instance",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OperativeItem(models.Model):
    """One paragraph of the operative part: who owes what to whom until when (EXEC 16; CPLI 461).

    Attributes:
        debtors: who owes it; nobody named means all defendants jointly.
        obligee: to whom, as the judgment says.
        due_days: days from the day of effect; or `due_on`, the day the judgment names. Neither where it
            is owed at once.
        struck_by: the event that took a wrong entry out.
    """

    judgment = models.ForeignKey(Judgment, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=3, choices=ClaimKind.choices)
    text = models.TextField(_("what is ordered"), max_length=2000)
    amount = models.DecimalField(
        _("amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    debtors = models.ManyToManyField(Party, related_name="+", blank=True)
    obligee = models.CharField(_("obligee"), max_length=200)
    due_days = models.PositiveSmallIntegerField(_("days from the effect"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    struck_by = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("operative item")
        verbose_name_plural = _("operative items")
        ordering: ClassVar = ["judgment", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["judgment", "number"], name="operative_item_number_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="operative_item_says_what"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                name="operative_item_amount_positive",
            ),
            models.CheckConstraint(
                condition=Q(due_days__isnull=True) | Q(due_on__isnull=True),
                name="operative_item_due_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"
