"""The page on which everybody chooses how he is reminded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.views.base import ActView
from deadlines.models import Mailing, ReminderSettings
from deadlines.reminder_choices import DAYS_OFFERED, Sort
from deadlines.services.reminder_settings import FIELDS, change_settings, settings_for

RULEBOOK, OWN_DAYS = "rulebook", "own"
HEADINGS = {
    Sort.OWN: (
        gettext_lazy("Duties of the office that I have to meet"),
        gettext_lazy("Periods of law whose duty lies with me."),
    ),
    Sort.WATCHED: (
        gettext_lazy("Periods of others that I watch"),
        gettext_lazy("What courts, parties and others have to do, in my cases."),
    ),
    Sort.MANUAL: (
        gettext_lazy("Deadlines set by hand"),
        gettext_lazy("Nothing here is fixed by law: everything can be switched off."),
    ),
}
FIXED = (
    (
        gettext_lazy("The last reminder of a period of law, on or nearest its last day"),
        gettext_lazy("Always on: no period of law ends without a word to whoever answers for it."),
    ),
    (
        gettext_lazy("Telling the head of the department and the chief procurator of a late duty"),
        gettext_lazy("Always on: a late duty of the office concerns more than one person."),
    ),
)


def _day_label(day: int) -> str:
    if day == 0:
        return _("on the last day")
    return ngettext("%(count)d day before", "%(count)d days before", day) % {"count": day}


def _as_usual(sort: Sort) -> str:
    if sort is Sort.MANUAL:
        return _("3 days and 1 day before, and on the last day")
    return _("as the rulebook says")


class ReminderForm(forms.Form):
    """The choice for each kind of deadline: which days, and which channels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for sort in Sort:
            self.fields |= self._fields(sort)

    @staticmethod
    def _fields(sort: Sort) -> dict[str, forms.Field]:
        return {
            f"{sort}_which": forms.ChoiceField(
                label=_("On which days"),
                choices=[
                    (RULEBOOK, _as_usual(sort)),
                    (OWN_DAYS, _("on the days ticked below")),
                ],
            ),
            f"{sort}_days": forms.TypedMultipleChoiceField(
                label=_("Days of my own"),
                choices=[(day, _day_label(day)) for day in DAYS_OFFERED],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            ),
            f"{sort}_in_app": forms.BooleanField(label=_("In the application"), required=False),
            f"{sort}_mail": forms.ChoiceField(label=_("By e-mail"), choices=Mailing.choices),
        }

    @staticmethod
    def initial_of(row: ReminderSettings) -> dict[str, Any]:
        """Return what the form shows of settings."""
        initial: dict[str, Any] = {name: getattr(row, name) for name in FIELDS}
        for sort in Sort:
            own = initial[f"{sort}_days"]
            initial[f"{sort}_which"] = RULEBOOK if own is None else OWN_DAYS
        return initial

    def facts(self) -> dict[str, Any]:
        """Return the settings chosen, as the service takes them."""
        data = {name: self.cleaned_data[name] for name in FIELDS}
        for sort in Sort:
            if self.cleaned_data[f"{sort}_which"] == RULEBOOK:
                data[f"{sort}_days"] = None
        return data

    def groups(self) -> list[tuple[str, str, str, list[BoundField]]]:
        """Return the kinds of deadlines with title, explanation and fields, in the order of the page."""
        names = ("which", "days", "in_app", "mail")
        return [
            (str(sort), str(title), str(text), [self[f"{sort}_{name}"] for name in names])
            for sort, (title, text) in HEADINGS.items()
        ]


class ReminderSettingsPage(ActView):
    """How I am reminded: for each kind of deadline on which days and through which channels."""

    template_name = "deadlines/reminder_settings.html"
    form_class = ReminderForm
    heading = gettext_lazy("Reminders")
    button = gettext_lazy("Save")
    done = gettext_lazy("Saved. Reminders that wait follow.")

    def get_initial(self) -> dict[str, Any]:
        return ReminderForm.initial_of(settings_for(self.actor))

    def act(self, form: BaseForm) -> None:
        assert isinstance(form, ReminderForm)  # tells the type checker
        change_settings(actor=self.actor, **form.facts())

    def back(self) -> str:
        return reverse("reminder_settings")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(fixed=FIXED, address=self.actor.email, **kwargs)
