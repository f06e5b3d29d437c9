"""Support for another's suit and its withdrawal (law 3.11; Rules 100-103)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.fields import PastDayField
from cases.forms.base import FactsForm
from cases.forms.facts import FilingConditions, long_text
from cases.models import Case
from litigation.forms.claims import defendants_of
from litigation.forms.review import proof

# Rules 101.
SUPPORT_MEANS = (
    ("legal_advice", _("Legal advice")),
    ("opinion", _("Support opinion to the court")),
    ("evidence", _("Help with evidence")),
    ("attendance", _("Attendance at the hearing")),
)


class SupportFacts(FactsForm):
    """The suit that is supported, on the day support began (T14)."""

    court = forms.CharField(label=_("Court"), max_length=100)
    court_case_number = forms.CharField(label=_("Case number of the court"), max_length=100)
    acceptance = proof(_("The court's notice of acceptance"))


class SupportGivenFacts(FactsForm):
    """One act of support, with the paper that shows it (S60; Rules 101)."""

    means = forms.ChoiceField(
        label=_("How it is supported (Rules 101)"),
        choices=SUPPORT_MEANS,
        widget=forms.RadioSelect,
    )
    content = long_text(_("What was done and what came of it"))
    paper = proof(_("Opinion, record or other paper"))


class WithdrawalGround(models.TextChoices):
    """Grounds on which support is withdrawn (Rules 102)."""

    CLAIMS_CHANGED = "claims_changed", _("Plaintiff drops or changes claims without reason")
    UNPROTECTED = "unprotected", _("Settlement or withdrawal leaves the interest unprotected")
    EXCESSIVE_COSTS = "excessive_costs", _("Plaintiff claims excessive fees or costs")
    OTHER = "other", _("Other circumstance in which support is not fit")


class WithdrawSupportFacts(FilingConditions):
    """Support is withdrawn and a case of the office's own filed (T59; Rules 102, 103; norm C141)."""

    ground = forms.ChoiceField(
        label=_("Ground"), choices=WithdrawalGround.choices, widget=forms.RadioSelect
    )
    explanation = long_text(_("Explanation"))
    claims_insufficient = long_text(
        _("Why the plaintiff's claims do not suffice to protect the public interest (Rules 103)")
    )
    field_order = ("ground", "explanation", "claims_insufficient")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.matter, Case):
            names = defendants_of(self.matter).values_list("name", flat=True)
            self.initial.setdefault("processor", "、".join(names)[:200])
            self.initial.setdefault("legal_bases", self.matter.legal_bases)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        known = defendants_of(self.matter).values_list("name", flat=True)
        if data.get("violator_unknown") and known:
            sentence = _(
                "%(names)s is entered as the violator, so he is not unknown (Rules 29). Do not tick this."
            )
            self.add_error("violator_unknown", sentence % {"names": "、".join(known)})
        return data


class WithdrawalServedFacts(FactsForm):
    """The withdrawal reached both court and plaintiff; the legal day is the later one (Rules 102)."""

    asks_legal_day = False
    court_received_on = PastDayField(label=_("Received by the court on"))
    court_receipt = proof(_("Receipt of the court"))
    plaintiff_received_on = PastDayField(label=_("Received by the plaintiff on"))
    plaintiff_receipt = proof(_("Receipt of the plaintiff"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("court_received_on"), data.get("plaintiff_received_on")
        if first and second:
            data["legal_day"] = max(first, second)
        return data
