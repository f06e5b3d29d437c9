"""The facts between the announcement and the decision to sue (law 3.2, T13 to T21, T65)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.fields import DayField, PastDayField
from cases.forms.base import FactsForm, MultipleFileField
from cases.forms.facts import DecisionFacts, long_text
from cases.models import Case, Event
from cases.selectors.events import corrected, reference_of, standing
from litigation.models import EligibleSubject
from litigation.models.subject import subjects_in_force

PROOF_HELP = _("A scan, a screenshot or the file itself. Its SHA-256 is kept with the event.")


def proof(label: Any) -> MultipleFileField:
    """Return the field of the paper that proves an event; without it nothing is saved."""
    return MultipleFileField(label=label, help_text=PROOF_HELP)


class Replier(models.TextChoices):
    """Who answers an announcement (Rules 93)."""

    ELIGIBLE = "eligible", _("Eligible body or organisation")
    VICTIM = "victim", _("Victim")
    AUTHORITY = "authority", _("Authority")
    OTHER = "other", _("Somebody else")


class Intention(models.TextChoices):
    """What an eligible body says about a suit of its own."""

    WILL_NOT = "will_not", _("It will not sue")
    WILL = "will", _("It says that it will sue")
    HAS = "has", _("It has sued")
    NOTHING = "nothing", _("It says nothing about a suit")


class AnnouncementReplyFacts(FactsForm):
    """A reply to the announcement, on the day it was received (T13; Rules 93; norm C040)."""

    replier = forms.ChoiceField(
        label=_("Who replies"), choices=Replier.choices, widget=forms.RadioSelect
    )
    subject = forms.ModelChoiceField(
        label=_("From the list of eligible subjects (CPL 58)"),
        queryset=EligibleSubject.objects.none(),
        required=False,
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("Leave empty when it is chosen from the list."),
    )
    intention = forms.ChoiceField(
        label=_("About a suit of its own"), choices=Intention.choices, widget=forms.RadioSelect
    )
    court = forms.CharField(label=_("Court, when it has sued"), max_length=100, required=False)
    content = long_text(_("What the reply says"))
    paper = proof(_("The reply"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].queryset = subjects_in_force()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._take_name(data)
        suing = data.get("intention") in (Intention.WILL, Intention.HAS)
        if suing and data.get("replier") != Replier.ELIGIBLE:
            self.add_error(
                "intention",
                _("Only an eligible body can bring this suit (CPL 58). Choose who replies."),
            )
        if data.get("intention") == Intention.HAS and not data.get("court"):
            self.add_error("court", _("Name the court where it has sued."))
        return data

    def _take_name(self, data: dict[str, Any]) -> None:
        """Take the name from the list where one is chosen; somebody must be named (CPL 58)."""
        subject = data.get("subject")
        if subject is not None:
            data["name"] = subject.name
            if data.get("replier") not in (None, Replier.ELIGIBLE):
                self.add_error("replier", _("The list holds eligible bodies alone. Choose that."))
        elif not data.get("name"):
            self.add_error("name", _("Say who replies, or choose from the list."))


def event_choices(form: FactsForm, kind: str, name: str) -> list[tuple[str, str]]:
    """Return the standing events of a kind as choices: day and the fact `name`."""
    if not isinstance(form.matter, Case):
        return []
    return [(reference_of(event), _described(event, name)) for event in standing(form.matter, kind)]


def _described(event: Event, name: str) -> str:
    day, facts = corrected(event)
    return f"{day.isoformat()} {facts.get(name, '')}"


class FollowReplyFacts(FactsForm):
    """What came of looking into a reply (Rules 93)."""

    reply = forms.ChoiceField(label=_("Reply"))
    result = long_text(_("What was done and what came of it"))
    paper = proof(_("Follow-up record"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reply"].choices = event_choices(  # type: ignore[attr-defined]
            self, "announcement_reply", "name"
        )


class ConfirmDayFacts(FactsForm):
    """Why the chief takes a provisional last day as certain (law 14.2)."""

    asks_legal_day = False
    confirmed_day = DayField(label=_("Last day of the announcement"))
    reason = long_text(_("Why the day is certain enough"))


class ReviewOutcome(models.TextChoices):
    """What a review may end in, and nothing else (Rules 94; norm C046)."""

    TERMINATE = "terminate", _("Terminate the case")
    TRANSFER = "transfer", _("Transfer to the office at the competent court")
    SUE = "sue", _("Bring the suit")


class ReviewReportFacts(FactsForm):
    """The result of the review (Rules 94)."""

    outcome = forms.ChoiceField(
        label=_("What the report proposes"),
        choices=ReviewOutcome.choices,
        widget=forms.RadioSelect,
    )
    conclusion = long_text(_("Conclusion in brief"))


class CommissionedWork(models.TextChoices):
    """Work whose time does not count (Rules 48)."""

    APPRAISAL = "appraisal", _("Appraisal")
    EVALUATION = "evaluation", _("Evaluation")
    AUDIT = "audit", _("Audit")
    INSPECTION = "inspection", _("Inspection")
    TESTING = "testing", _("Testing")
    TRANSLATION = "translation", _("Translation")


class CommissionFacts(FactsForm):
    """A commission sent out during the review, on the day of its letter (T18; Rules 41, 48)."""

    work = forms.ChoiceField(label=_("Work"), choices=CommissionedWork.choices)
    institution = forms.CharField(label=_("Institution"), max_length=200)
    qualification = forms.CharField(
        label=_("Qualification of the institution (Rules 41)"), max_length=200, required=False
    )
    question = long_text(_("What is asked"))
    letter = proof(_("The commission letter"))


class CommissionReportFacts(FactsForm):
    """The report of commissioned work, on the day it was received (T18; Rules 48)."""

    commission = forms.ChoiceField(label=_("Commission"))
    result = long_text(_("Result in brief"))
    report = proof(_("The report"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commission"].choices = event_choices(  # type: ignore[attr-defined]
            self, "work_commissioned", "institution"
        )


class SuitFacts(DecisionFacts):
    """The decision to sue (T21; Rules 94(2), 96; norm C047)."""

    harm_found_on = PastDayField(label=_("Day on which the harm was last found to persist"))
    harm_finding = long_text(_("How it was found that the public interest is still harmed"))
    committee_required = forms.BooleanField(
        label=_("The case belongs to those of PCR 8: the committee decides"), required=False
    )


class RevokeSuitFacts(DecisionFacts):
    """Why the decision to sue is revoked (T65)."""

    reason = long_text(_("Why the decision is revoked"))
