"""The suit against an authority, until the case is closed (A-9 to A-11; Rules 81-84; JI 22-25)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from administrative.forms.following import measures_of
from administrative.grounds import UNVERIFIED, ClaimOfSuit, CourtResult, SuitGround
from audit.fields import DayField
from cases.forms.base import FactsForm
from cases.forms.facts import DecisionFacts, long_text
from litigation.forms.review import proof
from litigation.models import Court


class SueFacts(DecisionFacts):
    """Ground, continuing harm, and what is claimed of each measure (A-9; Rules 81-83; norm C157)."""

    ground = forms.ChoiceField(
        label=_("How the duty is not performed (Rules 82)"),
        choices=SuitGround.choices,
        widget=forms.RadioSelect,
        help_text=UNVERIFIED,
    )
    explanation = long_text(_("Why the ground holds"))
    harm_goes_on = long_text(_("How the harm goes on"))
    court = forms.ModelChoiceField(label=_("Court"), queryset=Court.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["court"].queryset = Court.objects.order_by("name")  # type: ignore[attr-defined]
        none = ("", _("Nothing is claimed of it"))
        for measure in measures_of(self.matter):
            names = {"number": measure.number, "text": measure.text[:80]}
            self.fields[f"claim_{measure.pk}"] = forms.ChoiceField(
                label=_("Claimed of measure %(number)s: %(text)s") % names,
                choices=[none, *ClaimOfSuit.choices],
                required=False,
            )
            self.fields[f"text_{measure.pk}"] = long_text(
                _("The claim, in words (measure %(number)s)") % names, required=False
            )
        self.fields["other_claim"] = long_text(
            _("A claim that rests on no measure"),
            required=False,
            help_text=_("What is claimed should have been recommended (Rules 75, 83)."),
        )


class DeliverFacts(FactsForm):
    """The complaint is at the court, with the proof of the recommendation (A-9-2; JI 22)."""

    court = forms.ModelChoiceField(label=_("Court"), queryset=Court.objects.none())
    pre_suit_proof = forms.BooleanField(
        label=_("The proof of the pre-suit procedure is enclosed (JI 22)"), required=False
    )
    receipt = proof(_("Receipt of the court"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["court"].queryset = Court.objects.order_by("name")  # type: ignore[attr-defined]


class RegisteredFacts(FactsForm):
    """The court has registered the suit (A-9-3; APL 51)."""

    court_case_number = forms.CharField(label=_("Case number of the court"), max_length=100)
    paper = proof(_("Notice of the court"))


class ComplaintServedFacts(FactsForm):
    """The authority has the complaint (A-9-4; APL 67)."""

    paper = proof(_("Notice of the court"))


class JudgedFacts(FactsForm):
    """What the court decided, on the day it was pronounced (A-9-5; JI 25)."""

    judgment_number = forms.CharField(label=_("Number of the decision"), max_length=100)
    instance = forms.ChoiceField(
        label=_("Instance"),
        choices=(("first", _("First instance")), ("second", _("Second instance"))),
        widget=forms.RadioSelect,
    )
    result = forms.ChoiceField(
        label=_("Result"), choices=CourtResult.choices, widget=forms.RadioSelect
    )
    operative_part = long_text(_("Operative part"))
    paper = proof(_("The decision"))


class PartyOfSuit(models.TextChoices):
    OFFICE = "office", _("This procuratorate")
    AUTHORITY = "authority", _("The authority")


class DecisionServedFacts(FactsForm):
    """On whom the decision was served (A-9-6; APL 85; norm C069)."""

    party = forms.ChoiceField(
        label=_("Served on"), choices=PartyOfSuit.choices, widget=forms.RadioSelect
    )
    decision = forms.ChoiceField(
        label=_("What was served"),
        choices=(("judgment", _("Judgment")), ("ruling", _("Ruling"))),
        widget=forms.RadioSelect,
    )
    paper = proof(_("Receipt of service"))


class DecisionEffectiveFacts(FactsForm):
    """The decision took effect (A-9-7; APL 85)."""

    how = long_text(_("Why nobody can appeal any more"))


class PerformedProposal(DecisionFacts):
    """How the authority performed its duty while the suit ran (A-10, A-10-2; Rules 84; norm C109)."""

    performed = long_text(_("What the authority did, and how it was verified"))
    why = long_text(_("Why the suit is withdrawn, or goes on for the illegality alone"))


class WithdrawnFacts(FactsForm):
    """The court allowed the withdrawal (A-10; JI 24)."""

    submitted_on = DayField(label=_("Handed to the court on"))
    ruling_number = forms.CharField(label=_("Number of the ruling"), max_length=100)
    ruling = proof(_("Receipt and ruling of the court"))


class ChangedFacts(FactsForm):
    """The change of claim is at the court (A-10-2; JI 24)."""

    receipt = proof(_("Receipt of the court"))


class CloseAdministrativeFacts(DecisionFacts):
    """How the case ended (A-11; Rules 106)."""

    summary = long_text(_("How the case ended"))
