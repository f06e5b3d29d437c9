"""What is typed about courts and eligible subjects. The rules themselves are in the services."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from audit import clock
from audit.fields import DayField
from litigation.models import Court, EligibleSubject

VERIFIED_HELP = _("Only when it was compared with an official text.")


class CourtForm(forms.ModelForm):  # type: ignore[type-arg]
    """A court as it is entered or corrected."""

    hears_from = DayField(label=_("hears public-interest suits from"), required=False)

    class Meta:
        model = Court
        fields: ClassVar = ["name", "level", "internet", "area", "hears_from", "source", "verified"]
        help_texts: ClassVar = {
            "area": _("As addresses begin, for example 浙江省杭州市."),
            "verified": VERIFIED_HELP,
        }


class SubjectForm(forms.ModelForm):  # type: ignore[type-arg]
    """A body that may sue, as it is entered or corrected."""

    as_of = DayField(label=_("source looked at on"), initial=clock.today)

    class Meta:
        model = EligibleSubject
        fields: ClassVar = ["name", "kind", "area", "source", "as_of", "verified"]
        help_texts: ClassVar = {"verified": VERIFIED_HELP}


class LastDayForm(forms.Form):
    """The day on which a row ends; it stays in the table."""

    last_day = DayField(label=_("last day"), initial=clock.today)
