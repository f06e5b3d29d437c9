"""Where the act, the harm and the people are; and disputes about jurisdiction (law 3.3; Rules 14-18)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts import selectors as accounts
from accounts.models import Office
from cases.forms.base import FactsForm
from cases.forms.facts import long_text
from cases.models import Case
from litigation.forms.directions import superiors_of
from litigation.forms.review import proof
from litigation.jurisdiction import NETWORK_PLACES, examine
from litigation.models import Court


def place(label: Any) -> forms.CharField:
    """Return a field for an address."""
    return forms.CharField(label=label, max_length=200, required=False)


class Connection(models.TextChoices):
    """What ties a case to an office (Rules 14)."""

    ACT = "act_place", _("Place of the act")
    HARM = "harm_place", _("Place of the harm")
    DOMICILE = "domicile", _("Domicile of the violator")


class JurisdictionFacts(FactsForm):
    """The places of a case; what the tree of law 3.3 answers is kept with them (S50; norm C014)."""

    act_place = place(_("Place of the act"))
    harm_place = place(_("Place of the harm"))
    domicile = place(_("Domicile of the violator"))
    here = forms.MultipleChoiceField(
        label=_("Which of them lie in the area of this office"),
        choices=Connection.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    network = forms.BooleanField(
        label=_("The tort was committed on the network (CPLI 25)"), required=False
    )
    device_place = place(_("Place of the device, on the network"))
    infringed_domicile = place(_("Domicile of those infringed, on the network"))
    major = forms.BooleanField(label=_("A major or complex case (Rules 15)"), required=False)
    several_areas = forms.BooleanField(
        label=_("Two or more administrative areas are concerned (Rules 15)"), required=False
    )
    criminal_here = forms.BooleanField(
        label=_("This office handles the criminal case on the same facts (Rules 14)"),
        required=False,
    )
    criminal_court = forms.ModelChoiceField(
        label=_("Court that tries the criminal case"),
        queryset=Court.objects.none(),
        required=False,
    )
    conclusion = forms.CharField(
        label=_("What the law answers"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criminal_court"].queryset = Court.objects.all()  # type: ignore[attr-defined]
        if isinstance(self.matter, Case) and not self.is_bound:
            self.initial.setdefault("act_place", self.matter.act_place)
            self.initial.setdefault("harm_place", self.matter.harm_place)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in data.get("here") or ():
            if not data.get(name):
                self.add_error(name, _("You say that it lies here: name the place."))
        for name in NETWORK_PLACES:
            if data.get(name) and not data.get("network"):
                self.add_error(name, _("It counts on the network only. Tick that, or leave it."))
        if data.get("criminal_here") and not data.get("criminal_court"):
            self.add_error("criminal_court", _("Name the court that tries the criminal case."))
        return data

    def facts(self) -> dict[str, Any]:
        """Return the places with what the tree answers, in the language of the file."""
        facts = super().facts()
        assert isinstance(self.matter, Case)
        with translation.override("zh-hans"):
            found = examine(self.matter, facts)
            facts["conclusion"] = found.in_words
        return facts | {
            "may_file": found.may_file,
            "courts": [court.pk for court in found.courts],
            "transfer": found.transfer,
        }


class NegotiationResult(models.TextChoices):
    """What came of a negotiation (Rules 17)."""

    GOING_ON = "going_on", _("The offices still negotiate")
    AGREED = "agreed", _("They agree")
    FAILED = "failed", _("They do not agree")


class NegotiationFacts(FactsForm):
    """The first stage of a dispute about jurisdiction (S51; Rules 17; norm C016)."""

    other_office = forms.ModelChoiceField(
        label=_("The other procuratorate"), queryset=Office.objects.none()
    )
    ground = long_text(_("What is in dispute, and how each office sees it"))
    result = forms.ChoiceField(
        label=_("Result"), choices=NegotiationResult.choices, widget=forms.RadioSelect
    )
    agreed_office = forms.ModelChoiceField(
        label=_("Who handles the case, when they agree"),
        queryset=Office.objects.none(),
        required=False,
    )
    paper = proof(_("Record of the negotiation"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = accounts.offices_in_service()
        self.fields["agreed_office"].queryset = offices  # type: ignore[attr-defined]
        if isinstance(self.matter, Case):
            offices = offices.exclude(pk=self.matter.office_id)
        self.fields["other_office"].queryset = offices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        agreed, office = data.get("result") == NegotiationResult.AGREED, data.get("agreed_office")
        own = getattr(self.matter, "office", None)
        if agreed and office not in (own, data.get("other_office")):
            self.add_error("agreed_office", _("Name which of the two offices handles the case."))
        if not agreed and office:
            self.add_error("agreed_office", _("Only when they agree. Leave it empty."))
        return data


class DesignationFacts(FactsForm):
    """The second stage: the designation by the common superior (S52; Rules 17; norm C016)."""

    superior = forms.ModelChoiceField(
        label=_("Superior procuratorate that designates"), queryset=Office.objects.none()
    )
    designated = forms.ModelChoiceField(
        label=_("Procuratorate designated"), queryset=Office.objects.none()
    )
    number = forms.CharField(label=_("Number of the decision"), max_length=100)
    paper = proof(_("The decision on the designation"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["superior"].queryset = superiors_of(self.matter)  # type: ignore[attr-defined]
        offices = accounts.offices_in_service()
        self.fields["designated"].queryset = offices  # type: ignore[attr-defined]
