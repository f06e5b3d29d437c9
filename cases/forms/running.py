"""Forms of running cases: one case on a page, a table with its papers, the head's decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.fields import DayField
from audit.language import is_chinese
from cases.forms.base import MultipleFileField
from cases.registries import EntryColumn
from cases.running.columns import ASSESSMENT, LEAD, STATE, columns
from cases.running.reading import LONGEST_CELL, Row
from cases.states import CaseState

# What the page asks: a case as it was filed. Every later step has its own page in back-entry.
ON_PAGE = (LEAD, "T03", ASSESSMENT, "D-05", "T06", "D-06")
SECTIONS = {
    LEAD: _("The lead"),
    "T03": _("Its assignment"),
    ASSESSMENT: _("Its assessment"),
    "D-05": _("The opinion to file"),
    "T06": _("The decision to file"),
    "D-06": _("The document of the decision"),
}


class ReasonForm(forms.Form):
    """Why cases are entered only now."""

    reason = forms.CharField(
        label=_("Why they are entered only now"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TableForm(ReasonForm):
    """A table of running cases with the papers it names."""

    table = forms.FileField(
        label=_("Table"), help_text=_("A workbook (xlsx) or CSV, made from the template.")
    )
    papers = MultipleFileField(
        label=_("Papers"),
        required=False,
        help_text=_("Every file the table names: approval forms, documents, proofs."),
    )
    field_order = ("table", "papers", "reason")


class DecideEntryForm(forms.Form):
    """The head's decision on exactly the table that was tried."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("agree", _("Agreed: enter all of it, in back-entry")),
            ("refuse", _("Not agreed: enter nothing")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed when it is not agreed."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class RunningCaseForm(forms.Form):
    """One running case as it was filed; its fields are the columns of the table."""

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [c for c in columns(actor) if c.code.split(".")[0] in ON_PAGE]
        for column in self.asked:
            self.fields[column.code] = _field(column, actor)
        self.fields["reason"] = ReasonForm.base_fields["reason"]

    def sections(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Yield the parts of the page with their fields."""
        for part, title in SECTIONS.items():
            fields = [self[c.code] for c in self.asked if c.code.split(".")[0] == part]
            yield str(title), fields

    def row(self) -> Row:
        """Return what was stated as a row of the table; only after `is_valid`."""
        cells = {c.code: _cell(c, self.cleaned_data.get(c.code)) for c in self.asked}
        return {code: cell for code, cell in cells.items() if cell} | {STATE: CaseState.FILED.value}

    def papers(self) -> list[UploadedFile[Any]]:
        """Return the uploaded papers under the names the row calls them by."""
        papers = []
        for column in self.asked:
            upload = self.cleaned_data.get(column.code)
            if isinstance(upload, UploadedFile):
                upload.name = _paper_name(column, upload)
                papers.append(upload)
        return papers


def _field(column: EntryColumn, actor: User) -> forms.Field:
    chinese = is_chinese()
    # What the heading of its part says already is not said again.
    label = (
        column.title_zh.partition("：")[2] if chinese else column.title_en.partition(": ")[2]
    ) or column.title_zh
    given: dict[str, Any] = {"label": label, "required": column.required}
    if column.kind == "day":
        return DayField(**given)
    if column.kind == "yes":
        return forms.BooleanField(**given)
    if column.kind in ("file", "files"):
        return forms.FileField(**given)
    if column.kind == "choice":
        return forms.ChoiceField(choices=[("", "—"), *column.choices], **given)
    if column.kind == "choices":
        return forms.MultipleChoiceField(
            choices=column.choices, widget=forms.CheckboxSelectMultiple, **given
        )
    if column.kind == "person":
        people = User.objects.filter(office=actor.office_id).order_by("name", "pk")
        return forms.ModelChoiceField(queryset=people, **given)
    return forms.CharField(max_length=LONGEST_CELL, widget=_widget(column), **given)


# What is told in sentences.
_LONG = ("summary", "_reason", "harm", "unlawful_act", "numerous_individuals")


def _widget(column: EntryColumn) -> forms.Widget:
    long = column.code.endswith(_LONG)
    return forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput()


def _paper_name(column: EntryColumn, upload: UploadedFile[Any]) -> str:
    """Return a name of the paper that no other of the page has."""
    ending = PurePath(upload.name or "").suffix[:10]
    return f"{column.code}{ending}"


def _cell(column: EntryColumn, value: Any) -> str:
    if value in (None, "", False, []):
        return ""
    if value is True:
        return "是"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, User):
        return value.username
    if isinstance(value, UploadedFile):
        return _paper_name(column, value)
    if isinstance(value, list):
        return ";".join(str(item) for item in value)
    return str(value)
