"""What the court does: acceptance, service, preparation, hearing, settlement, judgment (law 3.7)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.fields import DayField
from cases.forms.base import FactsForm, MultipleFileField
from cases.forms.facts import long_text
from cases.models import Case, Event, Party
from cases.selectors.events import corrected, reference_of, standing_since
from litigation import rounds
from litigation.forms.claims import defendants_of
from litigation.forms.judging import OFFICE
from litigation.forms.review import PROOF_HELP, proof
from litigation.models import Court
from litigation.package import Piece, package_of
from litigation.selectors import served_with_complaint


class DeliveryFacts(FactsForm):
    """Complaint and annexes were handed to the court (T22; law 3.4; JI 14; Rules 46, 107)."""

    pieces = forms.MultipleChoiceField(
        label=_("What is handed in"),
        help_text=_("Which papers of the case each piece is follows from the case."),
        choices=Piece.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    copies = forms.IntegerField(label=_("Copies of the complaint"), min_value=0, max_value=999)
    court_fee = forms.DecimalField(
        label=_("Court fee paid"),
        help_text=_("None is paid in a public-interest suit (Rules 107)."),
        required=False,
        max_digits=10,
        decimal_places=2,
    )
    receipt = proof(_("Receipt of the court"))

    def facts(self) -> dict[str, Any]:
        """Return the facts with the papers of the case that each piece is, and their digests."""
        assert isinstance(self.matter, Case)
        return super().facts() | {"package": package_of(self.matter, self.cleaned_data["pieces"])}


class RejectionKind(models.TextChoices):
    """How a court ends a suit at the door."""

    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    DISMISSED = "dismissed", _("Dismissed after acceptance")


class RejectionFacts(FactsForm):
    """The ruling, on the day it was served on the office (T23; CPL 126, 157)."""

    rejection = forms.ChoiceField(
        label=_("What the court ruled"),
        choices=RejectionKind.choices,
        widget=forms.RadioSelect,
    )
    ruling_number = forms.CharField(label=_("Number of the ruling"), max_length=100)
    reason = long_text(_("Reasons of the court"))
    ruling = proof(_("The ruling"))

    def facts(self) -> dict[str, Any]:
        """Return the facts with the party on whom the ruling was served: this office."""
        return super().facts() | {"party": OFFICE}


class AcceptanceFacts(FactsForm):
    """The court registered the case (T24; norm C055)."""

    court_case_number = forms.CharField(label=_("Case number of the court"), max_length=100)
    paper = proof(_("Notice of acceptance"))


class SueAgainFacts(FactsForm):
    """What was cured before the suit is brought again (T52)."""

    asks_legal_day = False
    cured = long_text(_("Which defects the court found, and how they are cured"))


class _AmongDefendantsFacts(FactsForm):
    """Facts that choose one of the defendants, in the field the class names."""

    chosen_in = "defendant"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.chosen_in].queryset = defendants_of(self.matter)  # type: ignore[attr-defined]


class _OfDefendantFacts(_AmongDefendantsFacts):
    """Facts about one defendant."""

    defendant = forms.ModelChoiceField(label=_("Defendant"), queryset=Party.objects.none())


class ComplaintServedFacts(_OfDefendantFacts):
    """The complaint reached one defendant (CPL 128, 285; norm C138)."""

    paper = proof(_("Proof of service"))

    def facts(self) -> dict[str, Any]:
        """Return the facts with the domicile, and whether the complaint has now reached every defendant.

        The first says whether the defence has 30 days instead of 15; the court has done its own duty (P-21)
        only when nobody is left.
        """
        defendant = self.cleaned_data["defendant"]
        assert isinstance(self.matter, Case)
        reached = {*served_with_complaint(self.matter), str(defendant.pk)}
        left = [row for row in defendants_of(self.matter) if str(row.pk) not in reached]
        return super().facts() | {"abroad": defendant.domicile_abroad, "all_served": not left}


class DefenceFacts(_OfDefendantFacts):
    """A defendant's statement (CPL 128)."""

    content = long_text(_("What the defence says"))
    paper = proof(_("The statement"))


class DepartmentsFacts(FactsForm):
    """The court's written notice to the departments (CPLI 284; norm C056)."""

    departments = forms.CharField(label=_("Departments"), max_length=300)
    paper = proof(_("Copy of the notice"))


class PreparationFacts(FactsForm):
    """What the court ordered for the preparation (T25; EVID 51; norm C140)."""

    evidence_until = DayField(label=_("Evidence may be filed until"))
    orders = long_text(_("Orders of the court"), required=False)
    paper = proof(_("The court's notice"))

    def facts(self) -> dict[str, Any]:
        """Return the facts with the length of the evidence period in days."""
        first: date = self.cleaned_data["legal_day"]
        last: date = self.cleaned_data["evidence_until"]
        return super().facts() | {"evidence_days": (last - first).days}


class JoinFacts(FactsForm):
    """Another eligible body becomes co-plaintiff (T26; CPLI 285; norm C137)."""

    plaintiff = forms.CharField(label=_("Who joins"), max_length=200)
    permitted = forms.BooleanField(label=_("The court has permitted it"), required=False)
    paper = proof(_("Application and decision of the court"))


class CounterclaimFacts(_OfDefendantFacts):
    """A counterclaim and its refusal (T27; JI 16; norm C057)."""

    content = long_text(_("What the counterclaim asked"))
    paper = proof(_("The court's refusal"))


class CourtChangedFacts(_AmongDefendantsFacts):
    """The case moved to another court, on the day the office was served with the ruling (T53; CPL 130)."""

    chosen_in = "objector"
    court = forms.ModelChoiceField(label=_("New court"), queryset=Court.objects.all())
    court_case_number = forms.CharField(label=_("Case number of the court"), max_length=100)
    cause = forms.ChoiceField(
        label=_("Why it moved"),
        choices=(
            ("objection", _("A defendant's objection was upheld")),
            ("transfer", _("The court transferred it")),
        ),
        widget=forms.RadioSelect,
    )
    objector = forms.ModelChoiceField(
        label=_("Who objected"), queryset=Party.objects.none(), required=False
    )
    objected_on = DayField(label=_("Day of the objection"), required=False)
    reason = long_text(_("Reasons of the court"))
    paper = proof(_("The ruling"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("cause") == "objection":
            for name in ("objector", "objected_on"):
                if not data.get(name):
                    self.add_error(name, _("Say who objected, and when."))
        return data

    def facts(self) -> dict[str, Any]:
        """Return the facts with the party on whom the ruling was served: this office."""
        return super().facts() | {"party": OFFICE}


class ObjectionRefusedFacts(_AmongDefendantsFacts):
    """The court refused an objection to its jurisdiction, on the day the ruling was served (S61; CPL 157)."""

    chosen_in = "objector"
    objector = forms.ModelChoiceField(label=_("Who objected"), queryset=Party.objects.none())
    objected_on = DayField(label=_("Day of the objection"))
    ruling_number = forms.CharField(label=_("Number of the ruling"), max_length=100)
    reason = long_text(_("Reasons of the court"))
    ruling = proof(_("The ruling"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        objected, served = data.get("objected_on"), data.get("legal_day")
        if objected and served and served < objected:
            self.add_error("objected_on", _("The objection comes before the ruling on it."))
        return data

    def facts(self) -> dict[str, Any]:
        """Return the facts with the party whose time to appeal runs from the service on it."""
        return super().facts() | {"party": str(self.cleaned_data["objector"].pk)}


class ExplanationOutcome(models.TextChoices):
    """What the office does about an explanation of the court."""

    CHANGE = "change", _("The claims will be changed")
    KEEP = "keep", _("The claims stay as they are")


class ExplanationFacts(FactsForm):
    """The court's explanation and what follows from it (JI 18; norm C063)."""

    explanation = long_text(_("What the court pointed out"))
    outcome = forms.ChoiceField(
        label=_("What the office does"),
        choices=ExplanationOutcome.choices,
        widget=forms.RadioSelect,
    )
    why = long_text(_("Why"))
    paper = proof(_("Record of the court"))


class _AttendanceFacts(FactsForm):
    """Facts that name who attends for the office (Rules 49; norms C059, C060)."""

    staff = forms.ModelMultipleChoiceField(
        label=_("Who attends"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    duties = long_text(_("Legal post and duties of each (Rules 49)"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.matter, Case):
            members = self.matter.team.filter(until__isnull=True).values("user")
            self.fields["staff"].queryset = User.objects.filter(  # type: ignore[attr-defined]
                pk__in=members
            )


class HearingNoticeFacts(_AttendanceFacts):
    """The court's notice of the hearing, on the day it was received (T29; CPL 139; JI 8)."""

    hearing_on = DayField(label=_("Day of the hearing"))
    place = forms.CharField(label=_("Place"), max_length=200)
    paper = proof(_("The court's notice"))

    def facts(self) -> dict[str, Any]:
        """Return the facts with the days between notice and hearing."""
        received: date = self.cleaned_data["legal_day"]
        hearing: date = self.cleaned_data["hearing_on"]
        return super().facts() | {"days_before": (hearing - received).days}


def notice_answered(case: Case, day: date) -> Event | None:
    """Return the latest notice of a hearing of the running instance that had come by `day` (JI 8)."""
    rows = standing_since(case, "hearing_noticed", rounds.HEARING)
    told = [(corrected(event)[0], event.pk, event) for event in rows]
    return max((each for each in told if each[0] <= day), default=(day, 0, None))[2]


class AttendanceNotifiedFacts(_AttendanceFacts):
    """The court received the notice of attending staff (Rules 49; JI 8)."""

    receipt = proof(_("Receipt of the court"))

    def facts(self) -> dict[str, Any]:
        """Return the facts with the court's notice that is answered: the latest that had come."""
        answered = (
            notice_answered(self.matter, self.cleaned_data["legal_day"])
            if isinstance(self.matter, Case)
            else None
        )
        return super().facts() | {"notice": reference_of(answered) if answered else ""}


class HearingFacts(_AttendanceFacts):
    """A hearing as it went (CPL 40; JURY 16; Rules 49-57)."""

    judges = forms.IntegerField(label=_("Judges"), min_value=0, max_value=15)
    assessors = forms.IntegerField(label=_("People's assessors"), min_value=0, max_value=15)
    debate_closed = forms.BooleanField(label=_("The court debate was closed"), required=False)
    course = long_text(_("Course of the hearing"))
    record = MultipleFileField(label=_("Record of the hearing"), help_text=PROOF_HELP)


class AppealHeardFacts(_AttendanceFacts):
    """A hearing of the second instance (Rules 63; norm C073)."""

    superior_staff = forms.CharField(
        label=_("Who appears for the next-higher office (Rules 63)"), max_length=300, required=False
    )
    course = long_text(_("Course of the hearing"))
    record = MultipleFileField(label=_("Record of the hearing"), help_text=PROOF_HELP)


class SettlementFacts(FactsForm):
    """The agreement and its publication by the court (T30; Rules 99; CPLI 287; norms C064, C065)."""

    agreed_on = DayField(label=_("Day of the agreement"))
    medium = forms.CharField(label=_("Where the court publishes it"), max_length=200)
    agreement = proof(_("The agreement"))
    publication = proof(_("Proof of the publication by the court"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        agreed, published = data.get("agreed_on"), data.get("legal_day")
        if agreed and published and agreed > published:
            self.add_error("agreed_on", _("It is published after it was agreed (CPLI 287)."))
        return data


class MediationEffectiveFacts(FactsForm):
    """Both sides signed for the mediation document (T31; CPL 100)."""

    document_number = forms.CharField(label=_("Number of the mediation document"), max_length=100)
    no_harm_found = forms.BooleanField(
        label=_("The court found that the agreement does not harm the public interest (CPLI 287)"),
        required=False,
    )
    paper = proof(_("The mediation document with both receipts"))


class SettlementRefusedFacts(FactsForm):
    """The court refused the agreement (T32; CPLI 287)."""

    reason = long_text(_("Reasons of the court"))
    paper = proof(_("Record of the court"))


class WithdrawalSubmittedFacts(FactsForm):
    """The decision to withdraw reached the court (S22; Rules 99)."""

    receipt = proof(_("Receipt of the court"))


class WithdrawalFacts(FactsForm):
    """The court allowed the withdrawal (T33; JI 19; CPL 148)."""

    ruling_number = forms.CharField(label=_("Number of the ruling"), max_length=100)
    ruling = proof(_("The ruling that allows it"))


class JudgmentFacts(FactsForm):
    """The first-instance judgment, on the day it was pronounced (T36; CPL 151)."""

    judgment_number = forms.CharField(label=_("Number of the judgment"), max_length=100)
    result = forms.ChoiceField(
        label=_("Result"),
        choices=(
            ("granted", _("All claims granted")),
            ("partly", _("Granted in part")),
            ("refused", _("Claims refused")),
        ),
        widget=forms.RadioSelect,
    )
    pronounced_publicly = forms.BooleanField(
        label=_("Pronounced in public (CPL 151)"), required=False
    )
    operative_part = long_text(_("Operative part"))
    paper = proof(_("The judgment"))
