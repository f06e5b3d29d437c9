"""Money: entries and their check by a second person (S40, S41; law 8.3)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.fields import PastDayField
from cases.forms.base import FactsForm
from cases.forms.facts import long_text
from cases.models import Case
from enforcement.forms.obligations import OfObligationFacts
from enforcement.models import AccountType, EntryKind, LedgerEntry
from litigation.forms.review import proof

# What an entry that takes another back repeats of it.
REPEATED = ("obligation", "kind", "amount", "account_type", "payee", "authority")


class MoneyFacts(OfObligationFacts):
    """One movement of money; the legal day is the day it was entered (S40)."""

    moved_on = PastDayField(label=_("Day of the movement"))
    kind = forms.ChoiceField(label=_("What happened"), choices=EntryKind.choices)
    amount = forms.DecimalField(
        label=_("Amount in yuan"), min_value=0.01, max_digits=14, decimal_places=2
    )
    account_type = forms.ChoiceField(label=_("Account"), choices=AccountType.choices)
    payee = forms.CharField(label=_("Payee"), max_length=200)
    authority = forms.CharField(
        label=_("Authority for the payee"),
        max_length=500,
        help_text=_(
            "A paragraph of the judgment or a local rule; no national rule names the recipient."
        ),
    )
    takes_back = forms.ModelChoiceField(
        label=_("Takes back a wrong entry"),
        queryset=LedgerEntry.objects.none(),
        required=False,
        help_text=_("Choose it and repeat it word for word; nothing in the ledger is changed."),
    )
    note = forms.CharField(label=_("Remark"), max_length=500, required=False)
    receipt = proof(_("Receipt or spending report"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.matter, Case):
            rows = self.matter.ledger.filter(
                check_made__confirmed=True, takes_back__isnull=True
            ).exclude(taken_back_by__check_made__confirmed=True)
            self.fields["takes_back"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wrong = data.get("takes_back")
        for name in REPEATED if wrong else ():
            if name in data and data[name] != getattr(wrong, name):
                self.add_error(name, _("Repeat what the wrong entry says."))
        if (
            data.get("kind") == EntryKind.PASSED_ON
            and data.get("account_type") == AccountType.COURT
        ):
            self.add_error("account_type", _("Money is passed on to the treasury or a fund."))
        return data


class MoneyCheckFacts(FactsForm):
    """What a second person says about an entry (S41)."""

    entry = forms.ModelChoiceField(label=_("Entry"), queryset=LedgerEntry.objects.none())
    decision = forms.ChoiceField(
        label=_("Result"),
        choices=(("confirm", _("The entry is right")), ("refuse", _("The entry is wrong"))),
        widget=forms.RadioSelect,
    )
    reason = long_text(_("Why it is wrong"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.matter, Case):
            rows = self.matter.ledger.filter(check_made__isnull=True)
            self.fields["entry"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        reason = (data.get("reason") or "").strip()
        if data.get("decision") == "refuse" and not reason:
            self.add_error("reason", _("Say why the entry is wrong."))
        return data | {"reason": reason[:500]}

    def facts(self) -> dict[str, Any]:
        """Return the facts with the person who checked."""
        return super().facts() | {"checked_by": self.actor.pk if self.actor else None}
