"""The facts of every step of a recommendation on governance, for page and API alike (PRR 11-25)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from administrative.governance import selectors
from administrative.governance.lifecycle import (
    IN_PREPARATION,
    MAY_BE_CHANGED,
    MAY_BE_CLOSED,
    MAY_BE_OBJECTED_TO,
    OUT,
    WITH_THE_UNIT,
    GovernanceState,
)
from administrative.models import Body, GovernanceRecommendation, Relation, Situation
from audit.fields import DayField
from cases.forms.base import FactsForm, MultipleFileField
from cases.forms.facts import long_text
from cases.models import Case
from litigation.forms.review import PROOF_HELP, proof
from notices import selectors as notices
from notices.models import Document
from notices.services.recording import DEPARTMENTS

# The lines of a day count; the texts name no longest one for an objection.
LONGEST_TERM = 365


class BeginFacts(FactsForm):
    """To whom, in which situation of PRR 11, and by which way of PRR 3 (G-1)."""

    body = forms.ModelChoiceField(label=_("Unit"), queryset=Body.objects.none())
    situation = forms.ChoiceField(
        label=_("Situation (PRR 11)"),
        choices=Situation.choices,
        widget=forms.RadioSelect,
        help_text=_("The wording of the six situations is not verified against an official text."),
    )
    reason = long_text(
        _("Why a recommendation on governance, and not the track against an authority (law 9.0)")
    )
    relation = forms.ChoiceField(
        label=_("Level of the addressee (PRR 3)"),
        choices=Relation.choices,
        widget=forms.RadioSelect,
    )
    relation_shown = forms.CharField(
        label=_("Through whom, by which instruction or after which consultation"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed wherever the addressee is not of the own level."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.filter(merged_into=None)  # type: ignore[attr-defined]


class OfRecommendationFacts(FactsForm):
    """Facts about one recommendation of the case."""

    states: Collection[str] = GovernanceState.values
    recommendation = forms.ModelChoiceField(
        label=_("Recommendation"), queryset=GovernanceRecommendation.objects.none()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recommendation"].queryset = self.offered()  # type: ignore[attr-defined]

    def offered(self) -> QuerySet[GovernanceRecommendation]:
        """Return the recommendations that can be chosen."""
        if not isinstance(self.matter, Case):
            return GovernanceRecommendation.objects.none()
        return selectors.of_case(self.matter, self.states)

    @property
    def chosen(self) -> GovernanceRecommendation | None:
        """The recommendation the address or the posted form names, None while there is none."""
        value = self.data.get("recommendation") or self.initial.get("recommendation")
        number = str(value or "")
        return self.offered().filter(pk=int(number)).first() if number.isdigit() else None


class _DecisionOn(OfRecommendationFacts):
    """Facts of a step whose legal day is that of its decision."""

    asks_legal_day = False


class InvestigationFacts(_DecisionOn):
    """Why the facts are to be investigated (G-1-2; PRR 15)."""

    states = IN_PREPARATION
    reasons = long_text(_("Which facts are to be investigated, and how"))
    urgent = forms.BooleanField(
        label=_("It is urgent: to be done at once (PRR 15)"), required=False
    )


class InvestigatedFacts(OfRecommendationFacts):
    """What the investigation found (G-1-3)."""

    states = IN_PREPARATION
    findings = long_text(_("What was found"))
    record = proof(_("Report or records of the investigation"))


CONTENTS = (
    "source",
    "findings",
    "hazard",
    "basis",
    "content",
    "objection_days",
    "reply_days",
    "urgency",
    "other",
)


class WritingFacts(OfRecommendationFacts):
    """The seven contents of PRR 16 (G-1-4); what is left empty is asked for before the decision."""

    states = IN_PREPARATION
    source = long_text(_("1. Source of the case or problem"), required=False)
    findings = long_text(_("2. Facts and the evidence for them"), required=False)
    hazard = long_text(_("3. Illegality, or hazard to be removed"), required=False)
    basis = long_text(_("4. Laws and rules it rests on"), required=False)
    content = long_text(_("4. What is recommended, a line each"), required=False)
    objection_days = forms.IntegerField(
        label=_("5. Objection period, in days from receipt"),
        required=False,
        min_value=1,
        max_value=LONGEST_TERM,
        help_text=_(
            "No text fixes its length; without it the recommendation is not decided (PRR 16)."
        ),
    )
    reply_days = forms.IntegerField(
        label=_("6. Time to answer in days, only where it is urgent"),
        required=False,
        min_value=1,
        max_value=59,
        help_text=_("Left empty, the two months of PRR 19 hold."),
    )
    urgency = forms.CharField(
        label=_("Why it is urgent (PRR 19)"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    other = long_text(_("7. Other matters"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and (row := self.chosen):
            for name in CONTENTS:
                self.initial.setdefault(name, getattr(row, name))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in CONTENTS:
            if isinstance(data.get(name), str):
                # A browser ends lines with a character no paper can print.
                data[name] = "\n".join(data[name].splitlines())
        if data.get("reply_days") and not (data.get("urgency") or "").strip():
            self.add_error(
                "urgency", _("Say why the unit is to answer in less than two months (PRR 19).")
            )
        return data

    def facts(self) -> dict[str, Any]:
        """Return the contents with the name of the unit, for the paper that is drawn from them."""
        row: GovernanceRecommendation = self.cleaned_data["recommendation"]
        return super().facts() | {"addressee": row.body.name}


class Opinion(models.TextChoices):
    """What the legal-policy department says as a whole (PRR 17)."""

    AGREES = "agrees", _("It agrees")
    CHANGES = "changes", _("It agrees with changes, which were made")
    AGAINST = "against", _("It advises against")


class ReviewFacts(OfRecommendationFacts):
    """The opinion of the legal-policy department on what was written (G-2; PRR 17)."""

    states = IN_PREPARATION
    reviewer = forms.ModelChoiceField(
        label=_("Reviewer of the legal-policy department"),
        queryset=User.objects.none(),
        required=False,
    )
    reviewer_in_words = forms.CharField(
        label=_("Who reviewed it, where the office has no such department"),
        required=False,
        max_length=300,
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=Opinion.choices, widget=forms.RadioSelect
    )
    necessity = long_text(_("On whether it is necessary"))
    legality = long_text(_("On whether it is lawful"))
    reasoning = long_text(_("On whether its reasons hold"))
    paper = proof(_("The signed opinion"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.matter, Case):
            people = selectors.reviewers(self.matter)
            self.fields["reviewer"].queryset = people  # type: ignore[attr-defined]


class DecisionFacts(_DecisionOn):
    """The recommendation to be decided (G-3)."""

    states = IN_PREPARATION


class Sending(models.TextChoices):
    """How the recommendation reaches the unit (PRR 18)."""

    SERVICE = "service", _("It is served")
    DECLARED = "declared", _("It was declared on the spot, with the consent of the unit")


class IssueFacts(OfRecommendationFacts):
    """The signed paper that goes out, on the day it was issued (G-4; PRR 18)."""

    states = (GovernanceState.DECIDED,)
    document = forms.ModelChoiceField(
        label=_("Signed recommendation (D-71)"), queryset=Document.objects.none()
    )
    way = forms.ChoiceField(
        label=_("How it reaches the unit"),
        choices=Sending.choices,
        widget=forms.RadioSelect,
        initial=Sending.SERVICE,
    )
    consent = forms.CharField(
        label=_("Declared on the spot: who consented for the unit, where, before whom"),
        required=False,
        max_length=500,
    )
    record = MultipleFileField(
        label=_("Declared on the spot: record and receipt"), required=False, help_text=PROOF_HELP
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.matter, Case):
            papers = notices.standing(self.matter, "D-71")
            self.fields["document"].queryset = papers  # type: ignore[attr-defined]
        if not self.is_bound and (row := self.chosen):
            self.initial.setdefault("document", row.document_id)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("way") == Sending.DECLARED:
            if not (data.get("consent") or "").strip():
                self.add_error(
                    "consent", _("Declared on the spot only with consent (PRR 18): say whose.")
                )
            if not data.get("record") and not self.given:
                self.add_error("record", _("Upload the record of the declaration."))
        return data


# Of `DEPARTMENTS`; which they are was not compared with an official text.
DEPARTMENT_WORDS = {
    "record_same_business": _("The department of the same business (not verified)"),
    "record_legal_policy": _("The department of legal policy (not verified)"),
}


class RecordFacts(OfRecommendationFacts):
    """That one department of the next-higher office has the record (G-5; PRR 21)."""

    states = OUT
    department = forms.ChoiceField(
        label=_("Department of the next-higher procuratorate"), widget=forms.RadioSelect
    )
    reference = forms.CharField(
        label=_("Number or receipt of the record"), required=False, max_length=200
    )
    paper = proof(_("Proof that it was received"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["department"]
        field.choices = list(DEPARTMENT_WORDS.items())  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Return the facts with whether both departments have it now, which ends P-59."""
        row: GovernanceRecommendation = self.cleaned_data["recommendation"]
        done = {*selectors.departments_recorded(row), self.cleaned_data["department"]}
        both = done >= {code for code, _title in DEPARTMENTS}
        return super().facts() | {"both": "yes" if both else ""}


class ObjectionFacts(OfRecommendationFacts):
    """What the unit objects, on the day it was received (G-6)."""

    states = MAY_BE_OBJECTED_TO
    raised_by = forms.CharField(label=_("Who objects for the unit"), max_length=200)
    grounds = long_text(_("What it objects, and on what it relies"))
    paper = proof(_("The objection"))


class OutcomeOfObjection(models.TextChoices):
    """What became of an objection (PRR 22-23)."""

    UPHELD = "upheld", _("The recommendation stands")
    CHANGE = "change", _("It is changed")
    WITHDRAW = "withdraw", _("It is withdrawn")


class ObjectionDecidedFacts(_DecisionOn):
    """The result of the re-examination (G-7; PRR 22-23)."""

    states = (GovernanceState.OBJECTED,)
    outcome = forms.ChoiceField(
        label=_("Result of the re-examination"),
        choices=OutcomeOfObjection.choices,
        widget=forms.RadioSelect,
    )
    findings = long_text(_("What was examined again, and why it is decided so"))


class ChangeFacts(_DecisionOn):
    """Why it is changed or withdrawn without an objection (G-8; PRR 22-23)."""

    states = MAY_BE_CHANGED
    outcome = forms.ChoiceField(
        label=_("What is decided"),
        choices=OutcomeOfObjection.choices[1:],
        widget=forms.RadioSelect,
    )
    findings = long_text(_("What is wrong with it or has changed"))


class ToldFacts(OfRecommendationFacts):
    """That the unit was told of the outcome (G-8-2)."""

    account = long_text(_("How the unit was told"))
    paper = proof(_("The notice and its receipt"))


class ReplyFacts(OfRecommendationFacts):
    """The written answer of the unit, on the day it was received (G-9; PRR 19; POL 21)."""

    states = WITH_THE_UNIT
    number = forms.CharField(label=_("Number of the letter"), required=False, max_length=100)
    text = long_text(_("What it answers to each point"))
    letter = proof(_("The letter and its proofs"))

    def facts(self) -> dict[str, Any]:
        """Return the facts with the paper that is answered, by which its clock is found."""
        row: GovernanceRecommendation = self.cleaned_data["recommendation"]
        return super().facts() | {"document": row.document_id}


class Adoption(models.TextChoices):
    """How far the unit did what was recommended."""

    ADOPTED = "adopted", _("Adopted")
    PARTLY = "partly", _("Adopted in part")
    NOT = "not", _("Not adopted")


class AssessmentFacts(OfRecommendationFacts):
    """How far the recommendation was adopted, and how that was found (G-10)."""

    states = (GovernanceState.ANSWERED,)
    adoption = forms.ChoiceField(
        label=_("Adoption"), choices=Adoption.choices, widget=forms.RadioSelect
    )
    findings = long_text(_("How that was found"))


class Above(models.TextChoices):
    """Who is told that a recommendation is not followed (PRR 25; law 9.0)."""

    PROCURATORATE = "procuratorate", _("Next-higher procuratorate (report)")
    SUPERIOR = "superior", _("Body above the unit")
    PARTY = "party", _("Party committee")
    GOVERNMENT = "government", _("Government")
    CONGRESS = "congress", _("People's congress")
    SUPERVISION = "supervision", _("Supervision organ")


class EscalationFacts(_DecisionOn):
    """Who is to be told, and why the recommendation failed (G-11; PRR 25)."""

    states = WITH_THE_UNIT
    to = forms.MultipleChoiceField(
        label=_("Who is told"), choices=Above.choices, widget=forms.CheckboxSelectMultiple
    )
    names = forms.CharField(label=_("Their names"), max_length=500)
    findings = long_text(_("What the unit has not done, without proper reason"))


class Ending(models.TextChoices):
    """How a recommendation on governance comes to its end."""

    ADOPTED = "adopted", _("The unit has adopted it")
    CARRIED_FURTHER = "carried_further", _("It was carried further, and the outcome is known")
    NOT_MADE = "not_made", _("It is not made: nothing is to be recommended")


class CloseFacts(OfRecommendationFacts):
    """How it ended (G-12)."""

    states = MAY_BE_CLOSED
    ending = forms.ChoiceField(
        label=_("How it ended"), choices=Ending.choices, widget=forms.RadioSelect
    )
    result = long_text(_("Result in brief"))


def words_of(form: type[forms.Form], field: str, value: Any) -> str:
    """Return a stored choice of a step as a person reads it."""
    return str(dict(form.base_fields[field].choices).get(value, value))  # type: ignore[attr-defined]


class GovernanceFilterForm(forms.Form):
    """The filter above the list; everything may be left empty."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("any")), *GovernanceState.choices]
    )
    unit = forms.CharField(label=_("Unit"), required=False, max_length=200)
    until = DayField(label=_("Due until"), required=False)
    overdue = forms.BooleanField(label=_("Only overdue"), required=False)
