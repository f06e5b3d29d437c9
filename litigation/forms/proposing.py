"""What a proposer states where the act, recorded later, states other facts (`legal_day` act)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from accounts.selectors import offices_in_service
from audit import clock
from cases.forms.facts import DecisionFacts, long_text
from litigation.forms.claims import ClaimFacts, standing_claims
from litigation.forms.review import EXTENSION_GROUNDS
from litigation.forms.support import SUPPORT_MEANS
from litigation.models import Claim, Court

# Rules 100: who may be supported. The wording is an abstract of the article.
PLAINTIFF_KINDS = (
    ("consumer_organisation", _("Consumer organisation prescribed by law")),
    ("designated_organisation", _("Organisation determined by the national cyberspace authority")),
    ("other", _("Other eligible subject bringing civil public-interest litigation")),
)


class SupportProposal(DecisionFacts):
    """Whose suit shall be supported, and how (T14; Rules 100, 101)."""

    plaintiff = forms.CharField(label=_("Plaintiff"), max_length=200)
    plaintiff_kind = forms.ChoiceField(
        label=_("Kind of plaintiff (Rules 100)"), choices=PLAINTIFF_KINDS, widget=forms.RadioSelect
    )
    means = forms.MultipleChoiceField(
        label=_("How it is supported (Rules 101)"),
        choices=SUPPORT_MEANS,
        widget=forms.CheckboxSelectMultiple,
    )


class CaseTransferProposal(DecisionFacts):
    """Where the case shall go (T20; Rules 16)."""

    target_office = forms.ModelChoiceField(
        label=_("Procuratorate at the competent court"), queryset=Office.objects.none()
    )
    competent_court = forms.ModelChoiceField(
        label=_("Competent court"), queryset=Court.objects.none()
    )
    transfer_ground = long_text(_("Why that court is competent and this office does not match it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["target_office"]
        field.queryset = offices_in_service()  # type: ignore[attr-defined]
        self.fields["competent_court"].queryset = Court.objects.all()  # type: ignore[attr-defined]


class FurtherExtensionProposal(DecisionFacts):
    """Why the next-higher office shall lengthen the review once more (T17; Rules 47)."""

    ground = forms.ChoiceField(
        label=_("Ground"), choices=EXTENSION_GROUNDS, widget=forms.RadioSelect
    )
    explanation = long_text(_("Explanation"))


class ComplaintProposal(DecisionFacts):
    """Which court the complaint goes to (T22; JI 5; CPLI 283)."""

    court = forms.ModelChoiceField(label=_("Court"), queryset=Court.objects.none())
    court_ground = long_text(
        _("Why this court: place of the act, of the harm, domicile of the defendant")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # All of them: what the chosen one lacks is said by the guard, with its article.
        self.fields["court"].queryset = Court.objects.all()  # type: ignore[attr-defined]
        self.initial.setdefault("legal_day", clock.today())


class ClaimChangeProposal(ClaimFacts):
    """One claim changed, added or dropped (T28; CPLI 232; JI 18)."""

    asks_legal_day = False
    change = forms.ChoiceField(
        label=_("What changes"),
        choices=(
            ("add", _("A claim is added")),
            ("replace", _("A claim is changed")),
            ("drop", _("A claim is dropped")),
        ),
        widget=forms.RadioSelect,
    )
    claim = forms.ModelChoiceField(
        label=_("Claim that is changed or dropped"),
        queryset=Claim.objects.none(),
        required=False,
    )
    why = long_text(_("Why"))
    field_order = ("change", "claim", "kind", "text", "amount", "defendants", "why")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Before the court the limitation has been interrupted already (CC 195).
        del self.fields["invoices"], self.fields["known_on"]
        self.fields["claim"].queryset = standing_claims(self.matter)  # type: ignore[attr-defined]
        for name in ("kind", "text"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        change = data.get("change")
        if change in ("replace", "drop") and not data.get("claim"):
            self.add_error("claim", _("Choose the claim."))
        if change in ("add", "replace"):
            for name in ("kind", "text"):
                if not data.get(name):
                    self.add_error(name, _("Say what is claimed."))
        return data


class WithdrawSuitProposal(DecisionFacts):
    """Why the suit is withdrawn (T33; Rules 99; JI 19)."""

    why = long_text(_("How all claims were realised"))


class AppealProposal(DecisionFacts):
    """What the office appeals against, and why (T37; Rules 58, 59)."""

    appealed_part = long_text(_("Which part of the judgment is appealed against"))
    why = long_text(_("Why"))


class SettlementProposal(DecisionFacts):
    """The agreement, compared with the claims item by item (T30; Rules 99; norm C065).

    For each standing claim a field asks what the agreement gives for it; less needs the chief's reason.
    """

    terms = long_text(_("Terms of the agreement"))
    below_reason = long_text(
        _("Why the chief procurator accepts less than a claim"),
        required=False,
        help_text=_("Only where a claim is not met in full; the chief procurator decides it so."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for claim in standing_claims(self.matter):
            self.fields[f"claim_{claim.pk}"] = forms.ChoiceField(
                label=_("Claim %(claim)s is met") % {"claim": claim},
                choices=(("full", _("in full")), ("less", _("in part or not"))),
                widget=forms.RadioSelect,
            )
