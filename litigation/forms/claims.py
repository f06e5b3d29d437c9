"""Claims: drafted, struck, changed, realised (law 8.1; Rules 46, 98, 99; CPLI 232)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.errors import Text
from audit.fields import DayField
from cases.forms.base import FactsForm, MultipleFileField
from cases.forms.facts import long_text
from cases.models import Case, Party, PartyRole
from cases.selectors.events import corrected
from cases.selectors.parties import parties_told
from litigation.forms.review import PROOF_HELP, proof
from litigation.models import Claim, ClaimKind, ClaimStatus
from litigation.models.claim import LIMITED, MONEY


def defendants_of(matter: Any) -> Any:
    """Return the parties of a case that can be sued."""
    if not isinstance(matter, Case):
        return Party.objects.none()
    return matter.parties.filter(role=PartyRole.VIOLATOR, removed_at__isnull=True)


def co_plaintiffs_of(matter: Any) -> Any:
    """Return the eligible bodies that joined the suit of a case (T26; CPLI 285)."""
    if not isinstance(matter, Case):
        return Party.objects.none()
    return matter.parties.filter(joined_by__isnull=False, removed_at__isnull=True)


def parties_in_suit(matter: Case) -> list[Party]:
    """Return who is in the suit beside the office: those that joined it, then the defendants."""
    present = parties_told(matter)
    rows = [row for row in present if row.joined_by_id or row.role == PartyRole.VIOLATOR]
    return sorted(rows, key=lambda party: (party.joined_by_id is None, party.pk))


def standing_claims(matter: Any) -> Any:
    """Return the claims of a case that stand."""
    if not isinstance(matter, Case):
        return Claim.objects.none()
    return Claim.objects.filter(case=matter, status=ClaimStatus.STANDING)


def judge_amount(form: FactsForm, *, missing: Text, needless: Text) -> None:
    """Let what is about money name its amount, and nothing else (law 8.1), in the sentences given."""
    kind, amount = form.cleaned_data.get("kind"), form.cleaned_data.get("amount")
    if kind in MONEY and not amount:
        form.add_error("amount", str(missing))
    if kind and kind not in MONEY and amount:
        form.add_error("amount", str(needless))


class ClaimFacts(FactsForm):
    """One claim, against one, several or all defendants (law 8.1)."""

    kind = forms.ChoiceField(label=_("Kind of claim"), choices=ClaimKind.choices)
    text = long_text(_("What is claimed, in words a court can enforce (CPLI 461)"))
    amount = forms.DecimalField(
        label=_("Amount in yuan"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    known_on = DayField(
        label=_("Since when the harm and the defendant were known or should have been (CC 188)"),
        help_text=_("For damages: their three years are watched from this day (P-77-2)."),
        required=False,
    )
    defendants = forms.ModelMultipleChoiceField(
        label=_("Against"),
        help_text=_("Nobody chosen: all defendants jointly."),
        queryset=Party.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    recommendation_item = forms.CharField(
        label=_("Item of the recommendation it rests on"),
        help_text=_("Where the case has a procuratorial recommendation (Rules 75(5)-(7), 83)."),
        max_length=200,
        required=False,
    )
    invoices = MultipleFileField(
        label=_("Invoices, for costs (Rules 98)"), help_text=PROOF_HELP, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["defendants"].queryset = defendants_of(self.matter)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        judge_amount(
            self,
            missing=_("A claim for money names its amount."),
            needless=_("Only a claim for money has an amount."),
        )
        self._judge_limitation(data)
        return data

    def _judge_limitation(self, data: dict[str, Any]) -> None:
        known, drafted = data.get("known_on"), data.get("legal_day")
        if known and data.get("kind") not in LIMITED:
            sentence = _(
                "Only a claim for damages becomes time-barred (CC 188, 995). Leave this day out."
            )
            self.add_error("known_on", sentence)
        if known and drafted and known > drafted:
            self.add_error("known_on", _("This day lies after the claim was drafted."))

    def facts(self) -> dict[str, Any]:
        """Return the facts, and whether a limitation is watched (P-77-2)."""
        return super().facts() | {"limited": "yes" if self.cleaned_data.get("known_on") else ""}


class _OfClaimFacts(FactsForm):
    """Facts about one standing claim."""

    claim = forms.ModelChoiceField(label=_("Claim"), queryset=Claim.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claim"].queryset = standing_claims(self.matter)  # type: ignore[attr-defined]


class StrikeClaimFacts(_OfClaimFacts):
    """A drafted claim is taken out."""

    reason = long_text(_("Why"))

    def facts(self) -> dict[str, Any]:
        """Return the facts with the day from which the limitation of this claim alone is watched, if any."""
        claim = self.cleaned_data["claim"]
        others = {_known_on(each) for each in standing_claims(self.matter) if each != claim}
        known = _known_on(claim)
        return super().facts() | {"known_on": "" if known in others else known}


def _known_on(claim: Claim) -> str:
    """Return the day of knowledge a claim was entered with, as ISO text; empty where none was named."""
    return str(corrected(claim.event)[1].get("known_on") or "")


class ClaimRealisedFacts(_OfClaimFacts):
    """What was claimed has been done (Rules 99; JI 19)."""

    how = long_text(_("How it was realised, and how that was checked"))
    paper = proof(_("Proof that it was realised"))


class ClaimsChangedFacts(FactsForm):
    """The change was handed to the court (T28; CPLI 232)."""

    receipt = proof(_("Receipt of the court"))
    court_record = MultipleFileField(
        label=_("Record of the court that allows a change after the debate"),
        help_text=_("Only needed after the debate has closed (CPLI 232)."),
        required=False,
    )

    def facts(self) -> dict[str, Any]:
        """Return the facts, and whether the court's record was uploaded."""
        held = bool(self.cleaned_data.get("court_record"))
        return super().facts() | {"court_record_uploaded": held}
