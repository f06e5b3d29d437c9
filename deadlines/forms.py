"""Forms of this room."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit import clock
from audit.errors import Invalid
from audit.fields import DayField
from cases.forms.base import MultipleFileField
from cases.models import Case, Event, Lead
from cases.selectors.events import corrected, standing_events
from cases.workplace import title_of_kind
from deadlines.calendar import FIRST, LAST
from deadlines.lead_report import first_of
from deadlines.models import Deadline
from deadlines.notice_file import MOST_BYTES, decoded
from deadlines.services.publishing import FIRST_NOTICE, LAST_NOTICE, NoticeEntry


def day_field(label: Any, **rest: Any) -> DayField:
    """Return a field for a day within the calendar's reach."""
    return DayField(
        label=label,
        validators=[MinValueValidator(FIRST), MaxValueValidator(LAST)],
        **rest,
    )


class ManualDeadlineForm(forms.Form):
    """A deadline set by hand."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    day = day_field(_("Last day"))
    holder = forms.ModelChoiceField(
        label=_("Who does it"), queryset=User.objects.none(), required=False
    )
    article = forms.CharField(label=_("Article"), max_length=120, required=False)
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = members  # type: ignore[attr-defined]
        self.fields["holder"].empty_label = _("I do")  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """Closing a deadline set by hand: met with outcome and proof, or no longer needed with the reason."""

    note = forms.CharField(label=_("Outcome or reason"), max_length=500, required=False)
    paper = MultipleFileField(label=_("Paper that proves it"), required=False)
    proof = forms.ModelChoiceField(
        label=_("or the entry of the record that proves it"),
        queryset=Event.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, matter: Lead | Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof"].queryset = _proofs(matter)  # type: ignore[attr-defined]
        self.fields["proof"].label_from_instance = _event_in_words  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """What the second person says of a completed duty."""

    note = forms.CharField(
        label=_("Remark; why not, when you do not confirm"),
        max_length=500,
        required=False,
    )


class ConfirmAllForm(forms.Form):
    """The completed duties a second person confirms together."""

    deadline = forms.ModelMultipleChoiceField(queryset=Deadline.objects.none())

    def __init__(self, *args: Any, rows: QuerySet[Deadline], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deadline"].queryset = rows  # type: ignore[attr-defined]


def _proofs(matter: Lead | Case) -> QuerySet[Event]:
    return standing_events(matter).order_by("-id").prefetch_related("corrections")


def _event_in_words(event: Event) -> str:
    return f"{corrected(event)[0].isoformat()} {title_of_kind(event.kind)}"


class MonthForm(forms.Form):
    """The month a report ends with; none given means the present one."""

    month = forms.DateField(
        label=_("Month"),
        required=False,
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        validators=[MinValueValidator(FIRST), MaxValueValidator(LAST)],
        error_messages={"invalid": _("Write the month as year and month, for example 2026-06.")},
    )

    def clean_month(self) -> date:
        return first_of(self.cleaned_data["month"] or clock.today())


class NoticeForm(forms.Form):
    """The official notice of a year: what it is called, and its days as a file."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_NOTICE, max_value=LAST_NOTICE)
    source = forms.CharField(label=_("Title of the official notice"), max_length=200)
    source_en = forms.CharField(label=_("Title in English"), max_length=200)
    file = forms.FileField(
        label=_("Days off and make-up working days (CSV)"),
        help_text=_("UTF-8, first line day,kind,name,name_en; kind is off or work."),
    )

    def clean_file(self) -> str:
        try:
            return decoded(self.cleaned_data["file"].read(MOST_BYTES + 1))
        except Invalid as refusal:
            raise forms.ValidationError(refusal.errors["file"]) from refusal

    def entry(self) -> NoticeEntry:
        """Return what is to be published."""
        given = self.cleaned_data
        return NoticeEntry(given["year"], given["source"], given["source_en"], given["file"])


class ShownNoticeForm(NoticeForm):
    """The same once its effect was shown: the days travel with the page, and with them what was seen."""

    file = forms.CharField(widget=forms.HiddenInput, max_length=MOST_BYTES, strip=False)  # type: ignore[assignment]
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("year", "source", "source_en"):
            self.fields[name].widget = forms.HiddenInput()

    def clean_file(self) -> str:
        text: str = self.cleaned_data["file"]
        return text
