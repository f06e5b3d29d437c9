"""What is owed, paragraph by paragraph, and what was done about it (law 3.10a, 8.4)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit import clock
from cases.models import Case, Event, Party
from enforcement.items import ItemType
from enforcement.lifecycle import FINAL, OWED, ObligationLifecycle
from litigation.models import ClaimKind, OperativeItem


class WayOfEnding(models.TextChoices):
    """The six ways an enforcement case is closed (EXEC 64; norm C152)."""

    ENFORCED = "enforced", _("Fully enforced")
    ROUND = "round", _("Round of enforcement terminated")
    TERMINATED = "terminated", _("Enforcement terminated")
    CANCELLED = "cancelled", _("Case cancelled")
    NOT_ENFORCED = "not_enforced", _("Not enforced")
    DISMISSED = "dismissed", _("Application dismissed")


class Obligation(ObligationLifecycle, models.Model):
    """What one paragraph of an effective decision asks of its debtors; made by the event that begins it.

    Attributes:
        number: counted through the case.
        debtors: who owes it; nobody named means all defendants jointly.
        due_on: the last day of performance, the day of effect where it is owed at once.
        way: how it ended without performance.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="obligations")
    item = models.OneToOneField(OperativeItem, on_delete=models.PROTECT, related_name="obligation")
    number = models.PositiveSmallIntegerField(_("number"))
    type = models.CharField(_("type"), max_length=5, choices=ItemType.choices)
    kind = models.CharField(_("kind of claim"), max_length=3, choices=ClaimKind.choices)
    text = models.TextField(_("what is owed"), max_length=2000)
    amount = models.DecimalField(
        _("amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    debtors = models.ManyToManyField(Party, related_name="obligations", blank=True)
    obligee = models.CharField(_("obligee"), max_length=200)
    due_on = models.DateField(_("due on"))
    way = models.CharField(
        _("how it ended"), max_length=12, choices=WayOfEnding.choices, blank=True
    )

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        ordering: ClassVar = ["case", "number"]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on", "id"],
                condition=Q(state__in=["pending", "enforcing"]),
                name="obligation_owed_due",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="obligation_number_once"),
            # What the foreign key of an entry of the ledger points to.
            models.UniqueConstraint(fields=["id", "case"], name="obligation_with_its_case"),
            models.CheckConstraint(condition=~Q(text=""), name="obligation_says_what"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                name="obligation_amount_positive",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", way__gt="") | (~Q(state="ended") & Q(way="")),
                name="obligation_ends_in_a_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"

    def get_absolute_url(self) -> str:
        return reverse("obligation_detail", args=[self.case.key, self.number])

    @property
    def owed(self) -> bool:
        """Whether it is still to be performed."""
        return self.state in OWED

    @property
    def final(self) -> bool:
        """Whether nothing more follows."""
        return self.state in FINAL

    @property
    def overdue(self) -> bool:
        """Whether its last day has passed and it is still owed."""
        return self.owed and self.due_on < clock.today()

    @property
    def tone(self) -> str:
        """The colour of its state on a page."""
        return {"verified": "ok", "ended": "warn", "struck": "plain"}.get(self.state, "info")


class Outcome(models.TextChoices):
    """What the second person found."""

    VERIFIED = "verified", _("Verified")
    REFUSED = "refused", _("Refused")


class Performance(models.Model):
    """One performance as logged by one person and examined by another (law 8.4).

    What was done, with which evidence, says the event; this row says who logged and who examined it.
    """

    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="performances"
    )
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    check_event = models.OneToOneField(Event, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("performance")
        verbose_name_plural = _("performances")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(outcome=""), name="one_performance_waits"
            ),
            models.UniqueConstraint(
                fields=["obligation"],
                condition=Q(outcome="verified"),
                name="obligation_verified_once",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("recorded_by")),
                name="performance_checked_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", checked_by__isnull=True, check_event__isnull=True)
                | Q(outcome__gt="", checked_by__isnull=False, check_event__isnull=False),
                name="performance_checked_by_an_event",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation}: {self.outcome or 'waits'}"
