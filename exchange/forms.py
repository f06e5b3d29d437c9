"""What people and programs state of papers; one form for the page and for the API."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit import clock
from audit.fields import DayField
from cases.forms.base import MultipleFileField
from exchange import selectors
from exchange.models import Direction, Medium


class TimeOfDayField(forms.TimeField):
    """A time to the minute, written as 16:05."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off", "placeholder": "16:05"}),
        )
        super().__init__(
            input_formats=["%H:%M"],
            error_messages={"invalid": _("Write the time as 16:05.")},
            **kwargs,
        )


class RegisterPaperForm(forms.Form):
    """A paper as it lies on the desk."""

    direction = forms.ChoiceField(
        label=pgettext_lazy("paper", "Direction"),
        choices=Direction.choices,
        widget=forms.RadioSelect,
    )
    medium = forms.ChoiceField(label=_("How it travelled"), choices=[("", "—"), *Medium.choices])
    correspondent = forms.CharField(
        label=_("Sender or addressee"),
        max_length=200,
        help_text=_("From whom it came, or to whom it went."),
    )
    subject = forms.CharField(label=_("Subject"), max_length=300)
    their_number = forms.CharField(
        label=_("Number of the paper itself"),
        max_length=100,
        required=False,
        help_text=_("The number its author gave it, if there is one."),
    )
    day = DayField(
        label=_("Arrived or sent on"),
        help_text=_("What comes after office hours is received on the day it arrived."),
    )
    time = TimeOfDayField(
        label=_("Time of receipt"),
        required=False,
        help_text=_("Of a paper that came in: periods of days start with its receipt."),
    )
    uploads = MultipleFileField(
        label=_("The paper"),
        help_text=_("The file that came or went, or a scan. It proves the event it becomes."),
        error_messages={"required": _("Add the paper itself as a file, for example its scan.")},
    )
    matter = forms.CharField(
        label=_("Lead or case"),
        max_length=40,
        required=False,
        help_text=_("Its key, for example 330106-2026-00012. It can be said later, once."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.setdefault("direction", Direction.IN)
            self.initial.setdefault("day", clock.today())

    def stated(self) -> dict[str, Any]:
        """Return the facts for `services.register_paper`."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("uploads", "matter")
        }


class LinkPaperForm(forms.Form):
    """To which lead or case a paper belongs."""

    matter = forms.CharField(
        label=_("Lead or case"),
        max_length=40,
        help_text=_("Its key, for example 330106-2026-00012."),
    )


class ClosePaperForm(forms.Form):
    """Why nothing more is done with a paper."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class PaperFilterForm(forms.Form):
    """What the register can be narrowed by; everything may be left empty."""

    q = forms.CharField(
        label=_("Subject, sender, addressee or number"), max_length=100, required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    direction = forms.ChoiceField(
        label=pgettext_lazy("paper", "Direction"),
        required=False,
        choices=[("", _("any")), *Direction.choices],
    )
    medium = forms.ChoiceField(
        label=_("How it travelled"), required=False, choices=[("", _("any")), *Medium.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[
            ("", _("any")),
            (selectors.OPEN, pgettext_lazy("paper", "Open")),
            (selectors.CLOSED, pgettext_lazy("paper", "Closed")),
        ],
    )  # fmt: skip
    linked = forms.ChoiceField(
        label=_("Link"), required=False,
        choices=[
            ("", _("any")),
            (selectors.LINKED, _("Linked to a matter")),
            (selectors.NOT_LINKED, _("Not linked yet")),
        ],
    )  # fmt: skip
    matter = forms.CharField(label=_("Lead or case"), max_length=40, required=False)

    def clean_matter(self) -> str:
        return str(self.cleaned_data["matter"]).upper()
