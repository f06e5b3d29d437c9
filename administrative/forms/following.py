"""The decision to recommend, and what follows it until the review (A-5 to A-8; Rules 75-79)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from accounts.selectors import offices_in_service
from administrative import periods
from administrative.grounds import EscalatedTo
from administrative.models import AssessmentResult, Measure, Recommendation
from administrative.selectors import recommendation_of
from audit.fields import DayField
from cases.forms.base import FactsForm, MultipleFileField
from cases.forms.facts import DecisionFacts, long_text
from cases.models import Case
from cases.selectors.people import open_team
from litigation.forms.review import PROOF_HELP, proof


class RecommendFacts(DecisionFacts):
    """The recommendation itself is prepared on its page; here is why it is made (A-5; Rules 75)."""

    why = long_text(_("Why a recommendation is made"))


class ReceivedFacts(FactsForm):
    """The authority has the recommendation (A-6; JI 21); the rectification period begins.

    The last day of that period follows from the receipt and is kept with the event, for the review (P-55)
    runs from it.
    """

    def facts(self) -> dict[str, Any]:
        """Return when the rectification period ends, counted from the receipt."""
        row = recommendation_of(self.matter)
        day = self.cleaned_data.get("legal_day")
        if row is None or day is None or row.length is None:
            return super().facts()
        ends = periods.rectification_ends(row, received_on=day)
        told = {"rectification_ends": ends.isoformat(), "urgent": row.urgent}
        return super().facts() | told


class ReplyFacts(FactsForm):
    """The written answer, on the day it came, and what it says to each measure (A-6-2; JI 21; norm C104)."""

    number = forms.CharField(label=_("Number of the letter"), max_length=100, required=False)
    text = long_text(_("What it says in all"))
    letter = proof(_("The reply"))
    enclosed = MultipleFileField(
        label=_("What came with it as proof"), required=False, help_text=PROOF_HELP
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for measure in measures_of(self.matter):
            names = {"number": measure.number, "text": measure.text[:80]}
            self.fields[f"answer_{measure.pk}"] = long_text(
                _("To measure %(number)s: %(text)s") % names, required=False
            )
            self.fields[f"proven_{measure.pk}"] = forms.BooleanField(
                label=_("Something came with it that shows measure %(number)s done") % names,
                required=False,
            )


def measures_of(matter: Any) -> list[Measure]:
    """Return the measures of the recommendation of a case, in their order."""
    row = recommendation_of(matter)
    return list(row.measures.all()) if row else []


class AssessFacts(FactsForm):
    """What was found of one measure (S80; Rules 77; norm C107)."""

    measure = forms.ModelChoiceField(label=_("Measure"), queryset=Measure.objects.none())
    result = forms.ChoiceField(
        label=_("Result"), choices=AssessmentResult.choices, widget=forms.RadioSelect
    )
    findings = long_text(_("What was found, where and by whom"))
    next_test_on = DayField(
        label=_("To be tested again on"),
        required=False,
        help_text=_("A task reminds of it. Also where it is done: the harm can come back."),
    )
    proof = MultipleFileField(label=_("What shows it"), required=False, help_text=PROOF_HELP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Measure.objects.filter(recommendation__in=_recommendations(self.matter))
        self.fields["measure"].queryset = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day, again = data.get("legal_day"), data.get("next_test_on")
        if day and again and again <= day:
            self.add_error("next_test_on", _("The next test lies after this one."))
        return data


def _recommendations(matter: Any) -> list[Recommendation]:
    row = recommendation_of(matter)
    return [row] if row else []


class FollowUpFacts(FactsForm):
    """The follow-up begins (A-7; Rules 77)."""

    plan = long_text(_("What is looked at, and where"))


class FollowUpRecordFacts(FactsForm):
    """What was seen (S82; Rules 77)."""

    persons = forms.ModelMultipleChoiceField(
        label=_("Staff who looked"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    place = forms.CharField(label=_("Place"), max_length=200)
    findings = long_text(_("What was seen and said"))
    report = proof(_("Record, photographs"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        users = User.objects.none()
        if isinstance(self.matter, Case):
            users = User.objects.filter(pk__in=open_team(self.matter).values("user"))
        self.fields["persons"].queryset = users  # type: ignore[attr-defined]


class SuspendFacts(DecisionFacts):
    """Why the authority cannot act yet (A-7-2; Rules 78; norm C106)."""

    obstacle = long_text(
        _("The objective obstacle"),
        help_text=_("It does not lie with the authority, for example a sudden event."),
    )
    proof_of_obstacle = long_text(_("What shows it"))
    expected_until = DayField(label=_("Expected to last until"), required=False)


class ResumeFacts(DecisionFacts):
    """Why the review runs on (A-7-3; Rules 78)."""

    why = long_text(_("How the obstacle fell away"))


class EscalateFacts(DecisionFacts):
    """Whom the office tells, and what (A-7-4; Rules 45; PRR 20, 25; norms C032, C115)."""

    to = forms.MultipleChoiceField(
        label=_("Who is told"), choices=EscalatedTo.choices, widget=forms.CheckboxSelectMultiple
    )
    name = forms.CharField(label=_("Name of the body"), max_length=200)
    why = long_text(_("What the authority failed to do, or how it obstructs"))


class ReviewFacts(FactsForm):
    """The review begins (A-8; Rules 79)."""

    overview = long_text(_("How the measures stand in all"))


class TransferFacts(DecisionFacts):
    """To which office the case goes (A-8-3; Rules 16, 79)."""

    target_office = forms.ModelChoiceField(
        label=_("Procuratorate that receives the case"), queryset=Office.objects.none()
    )
    ground = long_text(_("Why that office is competent"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.matter is not None:
            offices = offices_in_service().exclude(pk=self.matter.office_id)
            self.fields["target_office"].queryset = offices  # type: ignore[attr-defined]
