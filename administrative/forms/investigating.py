"""Consultation, findings and the end of the investigation (A-2 to A-4; Rules 70-74)."""

from __future__ import annotations

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from administrative.grounds import UNVERIFIED, EndGround, Finding
from cases.forms.base import FactsForm
from cases.forms.facts import DecisionFacts, long_text
from litigation.forms.review import proof


class Way(models.TextChoices):
    """How an authority is consulted (Rules 70)."""

    MEETING = "meeting", _("Meeting, with minutes")
    LETTER = "letter", _("Letter to confirm the facts")


class BeginConsultationFacts(FactsForm):
    """The consultation begins (A-2; Rules 70)."""

    way = forms.ChoiceField(label=_("Way"), choices=Way.choices, widget=forms.RadioSelect)
    subject = long_text(_("What is to be consulted about"))


class ConsultationFacts(FactsForm):
    """What the consultation came to, on its day (A-2-2; Rules 70; norm C100)."""

    persons = forms.CharField(label=_("Persons of the authority"), max_length=200)
    positions = long_text(_("What the authority said"))
    commitments = long_text(_("What it undertook, with its time"), required=False)


class FindingFacts(FactsForm):
    """One of the four findings (A-3; Rules 71-72); a later one of its kind replaces it."""

    finding = forms.ChoiceField(
        label=_("What was found out"), choices=Finding.choices, widget=forms.RadioSelect
    )
    text = long_text(_("What was found"))
    rests_on = long_text(
        _("What it rests on"),
        help_text=_(
            "Provisions, institutional plans, lists of powers, exhibits with their number."
        ),
    )


class Proposal(models.TextChoices):
    """What the closing report may propose, and nothing else (Rules 73)."""

    RECOMMEND = "recommend", _("Recommend")
    TERMINATE = "terminate", _("Terminate the case")


class CloseAuthorityInvestigationFacts(FactsForm):
    """The investigation of the authority ends (A-4; Rules 73)."""

    proposal = forms.ChoiceField(
        label=_("What the report proposes"), choices=Proposal.choices, widget=forms.RadioSelect
    )
    conclusion = long_text(_("Conclusion"))


class EndFacts(DecisionFacts):
    """The ground on which the case is terminated (A-4-2, A-8-2; Rules 74)."""

    ground = forms.ChoiceField(
        label=_("Ground (Rules 74)"),
        choices=EndGround.choices,
        widget=forms.RadioSelect,
        help_text=UNVERIFIED,
    )
    explanation = long_text(_("Why the ground holds"))


class RecordFacts(FactsForm):
    """The next-higher office has it on record (S81, S83; Rules 75, 78)."""

    receipt_number = forms.CharField(
        label=_("Number of the receipt"), max_length=100, required=False
    )
    receipt = proof(_("Receipt of the next-higher office"))
