"""What a proposer states where the act, recorded later, states other facts (`legal_day` act)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from accounts.selectors import offices_in_service
from audit import clock
from cases.forms.facts import DecisionFacts, long_text
from cases.models import Case
from litigation.forms.claims import ClaimFacts, standing_claims
from litigation.forms.support import SUPPORT_MEANS
from litigation.models import Claim, Court
from litigation.selectors import replies_of_plaintiffs
from litigation.settlement import FULL, LESS, Comparison, comparisons

# Rules 100: who may be supported. The wording is an abstract of the article.
PLAINTIFF_KINDS = (
    ("consumer_organisation", _("Consumer organisation prescribed by law")),
    ("designated_organisation", _("Organisation determined by the national cyberspace authority")),
    ("other", _("Other eligible subject bringing civil public-interest litigation")),
)


class SupportProposal(DecisionFacts):
    """Whose suit shall be supported, and how (T14; Rules 93, 100, 101).

    The plaintiff is who answered the announcement: the reply is named, and the name follows from it.
    """

    reply = forms.ChoiceField(
        label=_("Reply to the announcement by which the plaintiff is known (Rules 93)"),
        error_messages={
            "required": _(
                "Choose the reply of the plaintiff. Log it first if it is not there (T13)."
            ),
            "invalid_choice": _(
                "This is no reply of an eligible body to the announcement of this case. Choose one that is, "
                "or log it first (T13)."
            ),
        },
    )
    plaintiff_kind = forms.ChoiceField(
        label=_("Kind of plaintiff (Rules 100)"), choices=PLAINTIFF_KINDS, widget=forms.RadioSelect
    )
    means = forms.MultipleChoiceField(
        label=_("How it is supported (Rules 101)"),
        choices=SUPPORT_MEANS,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        replies = replies_of_plaintiffs(self.matter) if isinstance(self.matter, Case) else {}
        choices = [(key, f"{reply.day} {reply.name}") for key, reply in replies.items()]
        self.fields["reply"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Return the facts with the plaintiff, as the reply names it."""
        assert isinstance(self.matter, Case)
        reply = replies_of_plaintiffs(self.matter)[self.cleaned_data["reply"]]
        return super().facts() | {"plaintiff": reply.name}


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

    For each claim of money a field asks what each defendant is obliged to pay, for each other one whether
    it is met; less than is claimed needs the chief's reason.
    """

    terms = long_text(_("Terms of the agreement"))
    below_reason = long_text(
        _("Why the chief procurator accepts less than a claim"),
        required=False,
        help_text=_("Only where a claim is not met in full; the chief procurator decides it so."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compared = comparisons(self.matter)
        for item in self.compared:
            self.fields[item.field] = _settled_amount(item) if item.party else _settled(item)
        self.order_fields(["terms", *(item.field for item in self.compared), "below_reason"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        unanswered = any(item.field in self.errors for item in self.compared)
        below = [item for item in self.compared if not item.is_met(data)]
        if data.get("below_reason") and not below and not unanswered:
            self.add_error(
                "below_reason",
                _("Every claim is met in full: there is nothing to accept. Leave it empty."),
            )
        return data

    def facts(self) -> dict[str, Any]:
        """Return the facts, and the comparison in words as the claims stand now."""
        facts = super().facts()
        with translation.override("zh-hans"):
            words = [item.in_words(facts) for item in self.compared]
        return facts | {"comparison": "；".join(words)}


def _settled(item: Comparison) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Claim %(claim)s is met") % {"claim": item.claim},
        choices=((FULL, _("in full")), (LESS, _("in part or not"))),
        widget=forms.RadioSelect,
    )


def _settled_amount(item: Comparison) -> forms.DecimalField:
    assert item.party is not None
    label = _("Claim %(claim)s: amount in yuan %(defendant)s owes by the agreement")
    return forms.DecimalField(
        label=label % {"claim": item.claim, "defendant": item.party.name},
        help_text=_("Claimed: %(amount)s yuan; of whoever owes jointly, the whole amount.")
        % {"amount": item.claim.amount},
        min_value=0,
        max_digits=14,
        decimal_places=2,
    )
