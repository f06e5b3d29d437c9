"""What a proposer states, and how the deciders, the clerk and the author act on a proposal."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit import clock
from audit.fields import DayField, VersionField


class AnnouncementProposalForm(forms.Form):
    """The plan of an announcement (T12): where it shall appear."""

    medium_planned = forms.CharField(
        label=_("Medium in which the announcement shall appear"),
        help_text=_("A medium of national influence (Rules 91)."),
        max_length=100,
    )


class ReasonsMixin(forms.Form):
    """The reasons of a proposal, below its facts."""

    reasons = forms.CharField(
        label=_("Reasons of the proposal"),
        help_text=_("The deciders read them first."),
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class VersionedReasonsMixin(ReasonsMixin):
    """The same on a proposal that exists: it carries the version it was filled from."""

    version = VersionField()


def with_reasons(facts: type[forms.Form], mixin: type[forms.Form]) -> type[forms.Form]:
    """Return a form that asks the facts first and the reasons last."""
    order = [*facts.base_fields, *mixin.base_fields]
    return type(f"{facts.__name__}With{mixin.__name__}", (mixin, facts), {"field_order": order})


# The decisions of cases.services.approvals, as the decider chooses them.
DECISIONS = (
    ("approve", _("Approve")),
    ("return", _("Return to the author for completion")),
    ("reject", _("Reject")),
)


class OpinionForm(forms.Form):
    """A decision and the opinion that goes with it.

    `opinion_needed`: an approval needs an opinion, too.
    """

    decision = forms.ChoiceField(label=_("Decision"), choices=DECISIONS, widget=forms.RadioSelect)
    opinion = forms.CharField(
        label=_("Opinion"),
        help_text=_("Needed for a return and for a rejection."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, opinion_needed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opinion_needed = opinion_needed
        if opinion_needed:
            self.fields["opinion"].help_text = _(
                "Needed for every decision: the chief procurator reads it before he decides (Rules 30)."
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        decision, silent = data.get("decision"), not (data.get("opinion") or "").strip()
        if decision in ("return", "reject") and silent:
            self.add_error("opinion", _("Say why: a return or a rejection needs an opinion."))
        elif decision == "approve" and silent and self.opinion_needed:
            self.add_error(
                "opinion",
                _("The department head gives an opinion before the chief procurator decides."),
            )
        return data


class DecisionForm(OpinionForm):
    """My decision on exactly what I have seen."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class PaperDecisionForm(OpinionForm):
    """A decision that was signed on paper, entered by a clerk with its scan."""

    acted_by = forms.ModelChoiceField(label=_("Who signed the paper"), queryset=User.objects.none())
    legal_day = DayField(label=_("Day on which it was signed"))
    scan = forms.FileField(
        label=_("Scan of the signed paper"), help_text=_("Its SHA-256 is kept with the decision.")
    )
    field_order = ("acted_by", "legal_day", "decision", "opinion", "scan")

    def __init__(self, *args: Any, signers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["acted_by"].queryset = signers  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial.setdefault("legal_day", clock.today())

    def clean_legal_day(self) -> date:
        day: date = self.cleaned_data["legal_day"]
        if day > clock.today():
            raise forms.ValidationError(
                _("This day lies in the future. Enter the day on the paper.")
            )
        return day


class WithdrawForm(forms.Form):
    """Why a proposal is taken back."""

    reason = forms.CharField(
        label=_("Why"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
