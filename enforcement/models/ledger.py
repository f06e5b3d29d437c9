"""The money of a case: what came in, where it went, what it was spent on (law 8.3).

Nothing in it is changed: a wrong entry is taken back by another. An entry counts once a second person has
confirmed it.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit import clock
from cases.models import Case, Event
from enforcement.models.obligation import Obligation


class EntryKind(models.TextChoices):
    """What happened to money."""

    PAID = "paid", _("Paid by the debtor")
    PASSED_ON = "passed_on", _("Passed on from the court's account")
    SPENT = "spent", _("Spent, by the spending report")
    DELAY = "delay", _("Delay interest or delay money owed beside")
    COST = "cost", _("Cost of the court's publication or substitute performance")


# What the debtor owes beside the amount of the decision (CPL 253, 264; CC 1000).
OWED_BESIDE = (EntryKind.DELAY, EntryKind.COST)


class AccountType(models.TextChoices):
    """Where money lies (law 8.3); no national rule names the recipient."""

    TREASURY = "treasury", _("Treasury")
    FUND = "fund", _("Designated public-interest fund")
    COURT = "court", _("Account of the court")


class LedgerEntry(models.Model):
    """One movement of money, with the account, the authority for the payee and the receipt.

    Attributes:
        amount: in yuan, positive; of an entry taken back it counts the other way round.
        authority: what allows this payee: a paragraph of the judgment, a local rule.
        takes_back: the confirmed entry that was wrong.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ledger")
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="money")
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind.choices)
    day = models.DateField(_("day"))
    amount = models.DecimalField(_("amount in yuan"), max_digits=14, decimal_places=2)
    account_type = models.CharField(_("account"), max_length=10, choices=AccountType.choices)
    payee = models.CharField(_("payee"), max_length=200)
    authority = models.CharField(_("authority for the payee"), max_length=500)
    note = models.CharField(_("note"), max_length=500, blank=True)
    takes_back = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="taken_back_by"
    )
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("entry of the ledger")
        verbose_name_plural = _("entries of the ledger")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["case", "id"], name="ledger_of_case")]
        constraints: ClassVar = [
            # What the foreign key of a check points to.
            models.UniqueConstraint(
                fields=["id", "recorded_by"], name="ledger_entry_with_its_author"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_amount_positive"),
            models.CheckConstraint(
                condition=~Q(payee="") & ~Q(authority=""), name="ledger_names_payee_and_authority"
            ),
            models.CheckConstraint(
                condition=Q(takes_back__isnull=True) | ~Q(takes_back=F("id")),
                name="ledger_takes_back_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


class LedgerCheck(models.Model):
    """What a second person said about an entry (law 8.3: four eyes).

    `recorded_by` repeats who made the entry, so that the row itself cannot name one person twice; the foreign
    key `ledger_check_repeats_the_entry` holds the two equal.
    """

    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="check_made")
    confirmed = models.BooleanField(_("confirmed"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("check of an entry")
        verbose_name_plural = _("checks of entries")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(checked_by=F("recorded_by")), name="ledger_checked_by_a_second_person"
            ),
            models.CheckConstraint(
                condition=Q(confirmed=True) | ~Q(reason=""), name="ledger_refusal_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.confirmed}"
