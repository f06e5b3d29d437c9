"""The criminal case beside the suit: joining it, its evidence, leaving it, splitting (law 3.10)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from audit.fields import DayField
from cases.forms.base import FactsForm
from cases.forms.facts import DecisionFacts, long_text
from cases.models import Case
from litigation.forms.review import proof
from litigation.models import Court

MOST_ROWS = 500
LONGEST_PART = 500


class JoinCriminalCaseFacts(FactsForm):
    """The criminal case the suit goes with (S55; Rules 14, 97; JI 20; norm C051)."""

    criminal_case_number = forms.CharField(label=_("Number of the criminal case"), max_length=100)
    department = forms.ModelChoiceField(
        label=_("Department of this office that handles the criminal case"),
        queryset=Department.objects.none(),
    )
    criminal_court = forms.ModelChoiceField(
        label=_("Court that tries the criminal case"),
        help_text=_("A court that is missing is entered in the table of courts."),
        queryset=Court.objects.all(),
    )
    trial_ends_on = DayField(
        label=_("Last day of the criminal trial period"),
        help_text=_("As far as the criminal department knows it; it tells whether to split."),
        required=False,
    )
    paper = proof(_("Paper of the criminal case, for example the bill of prosecution"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.matter, Case):
            rows = Department.objects.filter(office=self.matter.office_id)
            self.fields["department"].queryset = rows  # type: ignore[attr-defined]


class LeaveCriminalCaseFacts(FactsForm):
    """Why the suit goes with the criminal case no longer (S55-2)."""

    reason = long_text(_("Why the suit goes with the criminal case no longer"))
    paper = proof(_("Paper that shows it"))


class CriminalEvidenceFacts(FactsForm):
    """A list of evidence from a criminal file, each piece with its origin (S56; Rules 88; norm C142)."""

    criminal_case_number = forms.CharField(label=_("Number of the criminal case"), max_length=100)
    rows = forms.CharField(
        label=_("Pieces of evidence"),
        help_text=_(
            "One a line: what it is | where it comes from, for example 服务器镜像 | 公安勘验笔录，卷三第12页"
        ),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    same_facts = forms.BooleanField(
        label=_("The criminal case concerns the same facts (Rules 88)"), required=False
    )
    paper = proof(_("The list, as the criminal file gives it"))

    def clean_rows(self) -> str:
        lines = [line for line in self.cleaned_data["rows"].splitlines() if line.strip()]
        if len(lines) > MOST_ROWS:
            raise forms.ValidationError(
                _("At most %(most)d pieces at a time. Enter several lists."),
                params={"most": MOST_ROWS},
            )
        return "\n".join(_row(number, line) for number, line in enumerate(lines, 1))


def _row(number: int, line: str) -> str:
    """Return one piece as it is kept.

    Raises:
        ValidationError: the line does not name both what it is and where it comes from.
    """
    parts = [part.strip() for part in line.replace("｜", "|").replace("\t", "|").split("|")]
    if len(parts) != 2 or not all(parts):
        raise forms.ValidationError(
            translate(
                "Line %(number)s: write what it is, then | and where it comes from. Without its origin a "
                "piece is not taken over (Rules 88)."
            )
            % {"number": number}
        )
    if any(len(part) > LONGEST_PART for part in parts):
        raise forms.ValidationError(translate("Line %(number)s is too long.") % {"number": number})
    return " | ".join(parts)


class Origin(models.TextChoices):
    """What becomes of the case a civil one is split from."""

    ENDS = "ends", _("Its civil part ends: the suit is brought in the new case alone")
    GOES_ON = "goes_on", _("It goes on with what stays with the criminal case")


class SplitFacts(DecisionFacts):
    """Why a civil case of its own is opened (S57; JI 20; 法释〔2019〕18号; norm C162)."""

    affects = long_text(_("How the announcement would affect the period of the criminal trial"))
    origin = forms.ChoiceField(
        label=_("What becomes of this case"), choices=Origin.choices, widget=forms.RadioSelect
    )
    case_title = forms.CharField(label=_("Title of the new case"), max_length=200)
