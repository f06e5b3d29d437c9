"""The facts of the kernel's own events (law 3.2, T01 to T12)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import selectors as people
from accounts.models import Office, Role, User
from cases.forms.base import FactsForm, MultipleFileField, RadioWithReasons


def long_text(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    """Return a field for a text of several paragraphs, at most 5,000 characters."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DecisionFacts(FactsForm):
    """Facts of a transition whose legal day is the day of the decision."""

    asks_legal_day = False


class AssignLeadFacts(FactsForm):
    """Who handles the lead (T03)."""

    handler = forms.ModelChoiceField(label=_("Handling prosecutor"), queryset=User.objects.none())
    conflict_checked = forms.BooleanField(
        label=_("I have checked that no ground of recusal stands against this person (Rules 19)")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.matter is not None:
            field = self.fields["handler"]
            field.queryset = people.caseworkers(  # type: ignore[attr-defined]
                (Role.PROSECUTOR,)
            ).filter(office=self.matter.office_id)


class TransferLeadFacts(DecisionFacts):
    """Where a lead outside the office's jurisdiction goes (T02; Rules 13-18, 26)."""

    target_office = forms.ModelChoiceField(
        label=_("Procuratorate that receives the lead"), queryset=Office.objects.none()
    )
    jurisdiction_ground = long_text(
        _("Why this office has no jurisdiction and that office has (Rules 13-18)")
    )
    materials = long_text(_("List of the materials handed over"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.matter is not None:
            offices = people.offices_in_service().exclude(pk=self.matter.office_id)
            self.fields["target_office"].queryset = offices  # type: ignore[attr-defined]


class StartInquiryFacts(FactsForm):
    """Why a preliminary inquiry is necessary (T04; Rules 27)."""

    why_necessary = long_text(_("Which facts are unclear, and why an inquiry is necessary"))
    plan = long_text(_("Plan of the inquiry"))


class FinishInquiryFacts(FactsForm):
    """What the preliminary inquiry found (T05)."""

    result = long_text(_("Result in brief"))


class FilingConditions(DecisionFacts):
    """What holds where a case is filed, from a lead (T06) or anew after support (T59; Rules 28-30, 85)."""

    processor = forms.CharField(
        label=_("Personal-information processor"), max_length=200, required=False
    )
    harm = long_text(_("How the public interest has been harmed (Rules 85(1))"))
    unlawful_act = long_text(_("Which act may be unlawful, and why (Rules 85(2))"))
    numerous_individuals = long_text(
        _("Why the rights of numerous individuals are infringed (PIPL 70)"),
        help_text=_("A free assessment: the law names no number."),
    )
    legal_bases = forms.MultipleChoiceField(
        label=_("Legal basis"), widget=forms.CheckboxSelectMultiple
    )
    violator_unknown = forms.BooleanField(
        label=_("The violator cannot be identified yet (Rules 29)"), required=False
    )
    severe = forms.BooleanField(label=_("The harm is severe (Rules 29)"), required=False)
    severe_reason = long_text(_("Why the harm is severe"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from cases.models.matter import CIVIL_BASES

        choices = [(basis.value, basis.label) for basis in CIVIL_BASES]
        self.fields["legal_bases"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("violator_unknown") and data.get("processor"):
            self.add_error(
                "violator_unknown",
                forms.ValidationError(
                    _(
                        "A processor is named, so the violator is not unknown (Rules 29). Take the name "
                        "out, or do not tick this."
                    ),
                    code="violator_named",
                ),
            )
        return data


class FileCaseFacts(FilingConditions):
    """The opinion to file (T06; Rules 28-30, 85; PIPL 70)."""

    case_title = forms.CharField(label=_("Title of the case"), max_length=200)
    persons_concerned = forms.IntegerField(
        label=_("Persons concerned"), required=False, min_value=0, max_value=2_000_000_000
    )
    items_concerned = forms.IntegerField(
        label=_("Items of information"), required=False, min_value=0, max_value=2_000_000_000
    )
    sensitive = forms.BooleanField(label=_("Sensitive personal information"), required=False)
    minors_concerned = forms.BooleanField(label=_("Minors are concerned"), required=False)
    act_place = forms.CharField(label=_("Place of the act"), max_length=200, required=False)
    harm_place = forms.CharField(label=_("Place of the harm"), max_length=200, required=False)
    # What the case is about comes before the doubt about the violator.
    field_order = (
        "case_title",
        "processor",
        "harm",
        "unlawful_act",
        "numerous_individuals",
        "legal_bases",
        "persons_concerned",
        "items_concerned",
        "sensitive",
        "minors_concerned",
        "act_place",
        "harm_place",
    )


class RefuseFilingFacts(DecisionFacts):
    """The opinion not to file (T07; Rules 30)."""

    reason = long_text(_("Why no case is to be filed"))


class ReopenLeadFacts(DecisionFacts):
    """New facts after a decision not to file (T60)."""

    new_facts = long_text(_("What is new"))


class MergeLeadFacts(DecisionFacts):
    """The lead into which another is merged."""

    into = forms.ModelChoiceField(label=_("Lead that goes on"), queryset=User.objects.none())
    reason = long_text(_("Why both tell the same facts"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from cases.selectors.matters import leads_visible_to

        if self.matter is not None and self.actor is not None:
            leads = leads_visible_to(self.actor).filter(office=self.matter.office)
            self.fields["into"].queryset = leads.exclude(  # type: ignore[attr-defined]
                pk=self.matter.pk
            )


class StartInvestigationFacts(FactsForm):
    """The start of the investigation (T08; Rules 33, 36)."""


class ClosingProposal(models.TextChoices):
    """What a closing report may propose, and nothing else (Rules 89; norm C035)."""

    TERMINATE = "terminate", _("Terminate the case")
    ANNOUNCE = "announce", _("Announce before suit")


class CloseInvestigationFacts(FactsForm):
    """The end of the investigation (T10; Rules 86, 89)."""

    proposal = forms.ChoiceField(
        label=_("What the report proposes"),
        choices=ClosingProposal.choices,
        widget=forms.RadioSelect,
    )
    conclusion = long_text(_("Conclusion in brief"))


class TerminationGround(models.TextChoices):
    """The grounds of Rules 90; two never fit a case of personal information (law 14.1)."""

    NO_UNLAWFUL_ACT = "no_unlawful_act", _("There is no unlawful act")
    ECOLOGICAL_DAMAGES = "ecological_damages", _("Agreement or suit on ecological damages")
    KIN_OBJECT = "kin_object", _("The kin of a hero or martyr object")
    OTHER_SUBJECT_SUED = "other_subject_sued", _("Another eligible subject has sued")
    INTEREST_PROTECTED = "interest_protected", _("The public interest is effectively protected")
    OTHER = "other", _("Other circumstance in which the case must end")


# Shown and greyed, so that whoever knows Rules 90 finds all six (law 14.1).
GROUNDS_THAT_NEVER_FIT = {
    TerminationGround.ECOLOGICAL_DAMAGES: _(
        "Concerns the environment alone; it never fits a case of personal information."
    ),
    TerminationGround.KIN_OBJECT: _(
        "Concerns heroes and martyrs alone; it never fits a case of personal information."
    ),
}


class TerminateFacts(DecisionFacts):
    """The ground on which a case ends (T11; Rules 90; norm C036)."""

    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=TerminationGround.choices,
        widget=RadioWithReasons(
            closed={str(ground): reason for ground, reason in GROUNDS_THAT_NEVER_FIT.items()}
        ),
    )
    explanation = long_text(_("Explanation"))
    office_will_support = forms.BooleanField(
        label=_("The office will support the plaintiff's suit (Rules 100)"), required=False
    )

    def clean_ground(self) -> str:
        ground: str = self.cleaned_data["ground"]
        if ground in GROUNDS_THAT_NEVER_FIT:
            raise forms.ValidationError(
                _(
                    "This ground of Rules 90 concerns the environment or heroes and martyrs; it "
                    "never fits a case of personal information. Choose another."
                ),
                code="never_fits",
            )
        return ground


class AnnouncementFacts(FactsForm):
    """The publication of the announcement (T12; Rules 91; norms C037-C039)."""

    medium = forms.CharField(label=_("Medium"), max_length=100)
    national_influence = forms.BooleanField(
        label=_("The medium has national influence (Rules 91)"), required=False
    )
    url = forms.URLField(
        label=_("Address of the publication"), required=False, assume_scheme="https"
    )
    proof = MultipleFileField(
        label=_("Proof of publication"),
        help_text=_("The page, a scan or a screenshot. Its SHA-256 is kept with the event."),
        required=False,
    )


class InvestigativeMethod(models.TextChoices):
    """The methods of Rules 35; none restricts liberty, seals, seizes or freezes (norm C022)."""

    READ_FILES = "read_files", _("Read, obtain or copy files of enforcement or litigation")
    QUESTION = "question", _("Question staff, the violator, interested persons or witnesses")
    COLLECT = "collect", _("Collect documents, objects, recordings or electronic data")
    CONSULT = "consult", _("Consult professionals, departments or associations")
    COMMISSION = "commission", _("Commission appraisal, audit, inspection, testing or translation")
    INSPECT = "inspect", _("Inspect objects or the scene")
    OTHER = "other", _("Another necessary method")


class InvestigativeActFacts(FactsForm):
    """One investigative act by at least two staff (T09; Rules 35, 36; norm C021)."""

    method = forms.ChoiceField(
        label=_("Method (Rules 35)"),
        choices=InvestigativeMethod.choices,
        help_text=_("Nobody's liberty may be restricted, nothing sealed, seized or frozen."),
    )
    place = forms.CharField(label=_("Place"), max_length=200)
    staff = forms.ModelMultipleChoiceField(
        label=_("Staff who acted (at least two)"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    content = long_text(_("What was done and what came of it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from cases.models import Case
        from cases.selectors.people import acting_staff, staff_of

        if isinstance(self.matter, Case):
            # What is stated, now or before, is judged by its own day (`clean_staff`).
            stated = self.is_bound or self.initial.get("staff")
            members = (staff_of if stated else acting_staff)(self.matter)
            self.fields["staff"].queryset = User.objects.filter(  # type: ignore[attr-defined]
                pk__in=members.values("user")
            )

    def clean_staff(self) -> Any:
        staff = self.cleaned_data["staff"]
        if unfit := self._unfit(staff):
            raise forms.ValidationError(
                _("Could not act in the case on that day (Rules 19, 36): %(names)s. Name others."),
                code="could_not_act",
                params={"names": "、".join(unfit)},
            )
        if len(staff) < 2:
            raise forms.ValidationError(
                _("At least two procuratorial staff must act together (Rules 36). Name both."),
                code="two_staff",
            )
        return staff

    def _unfit(self, staff: Iterable[User]) -> list[str]:
        """Return the names of those without a role in casework, or recused, on the day of the act."""
        from cases.models import Case
        from cases.selectors.people import could_act

        case, day = self.matter, self.cleaned_data.get("legal_day")
        if day is None or not isinstance(case, Case):
            return []
        return [person.name for person in staff if not could_act(case, person, day)]


class DirectionFacts(FactsForm):
    """A direction of the superior office or the chief and how the handler stands to it (Rules 8, 10)."""

    direction = long_text(
        _("Direction"),
        help_text=_(
            "Of the chief procurator. A direction of a superior office is entered with its paper (S53); here "
            "the handler objects to it."
        ),
    )
    objection = long_text(_("Written objection of the handler"), required=False)
