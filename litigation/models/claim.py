"""What the suit asks for, claim by claim (law 8.1)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Event, Party


class ClaimKind(models.TextChoices):
    """The catalogue of law 8.1, K1 to K14."""

    CEASE = "K1", _("Cease the infringement")
    REMOVE_OBSTRUCTION = "K2", _("Remove the obstruction")
    REMOVE_DANGER = "K3", _("Remove the danger")
    DELETE = "K4", _("Delete personal information")
    RESTORE = "K5", _("Cancel accounts or numbers, restore")
    APOLOGY = "K6", _("Apology")
    REPUTATION = "K7", _("Remove the effects, restore reputation")
    DAMAGES = "K8", _("Damages to the public interest")
    PUNITIVE = "K9", _("Punitive damages")
    PUBLIC_SERVICE = "K10", _("Public-interest messages, training, service")
    COSTS = "K11", _("Costs of appraisal and experts")
    RECTIFICATION = "K12", _("Rectification, reports, audit")
    NOTICE = "K13", _("Notice to the persons affected")
    STOP_PUSH = "K14", _("Stop unlawful advertising or push")


MONEY = (ClaimKind.DAMAGES, ClaimKind.PUNITIVE, ClaimKind.COSTS)

# What becomes time-barred three years after the day of knowledge (CC 188); claims to cease do not (CC 995).
LIMITED = (ClaimKind.DAMAGES, ClaimKind.PUNITIVE)


class ClaimStatus(models.TextChoices):
    """What has become of a claim; only one that stands is before the court."""

    STANDING = "standing", _("Standing")
    REPLACED = "replaced", _("Changed")
    DROPPED = "dropped", _("Dropped")
    REALISED = "realised", _("Realised")


class Claim(models.Model):
    """One claim. It is written by the events that enter, change, drop or realise it, and by nothing else.

    Attributes:
        defendants: against whom; nobody named means all of them jointly.
        recommendation_item: the item of the procuratorial recommendation (D-70) the claim rests on, where the
            case has one (Rules 75(5)-(7), 83).
        replaces: the claim whose place it took when claims were changed (T28).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="claims")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=3, choices=ClaimKind.choices)
    text = models.TextField(_("claim"), max_length=2000)
    amount = models.DecimalField(
        _("amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    recommendation_item = models.CharField(
        _("item of the recommendation it rests on"), max_length=200, blank=True
    )
    defendants = models.ManyToManyField(Party, related_name="claims", blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=ClaimStatus.choices, default=ClaimStatus.STANDING
    )
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering: ClassVar = ["case", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="claim_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="claim_says_what"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0), name="claim_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(status="standing", ended_by__isnull=True)
                | (~Q(status="standing") & Q(ended_by__isnull=False)),
                name="claim_ends_by_an_event",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"
