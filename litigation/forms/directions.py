"""What a superior office directs, and whom it lends (Rules 10, 11; norm C121)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import selectors as accounts
from accounts.models import CASEWORK_ROLES, Office, User
from audit.fields import DayField
from cases.forms.base import FactsForm
from cases.forms.facts import long_text
from cases.models import Case
from litigation.forms.review import proof


class Direction(models.TextChoices):
    """How a superior office directs a case (law 7.2, D-12)."""

    ASSIGN = "assign", _("Assigned (交办)")
    RAISE = "raise", _("Taken up by the superior (提办)")
    SUPERVISE = "supervise", _("Handled under supervision (督办)")
    LEAD = "lead", _("Led by the superior (领办)")


def superiors_of(matter: Any) -> QuerySet[Office]:
    """Return the offices above that of a case."""
    if not isinstance(matter, Case):
        return Office.objects.none()
    return accounts.superiors(matter.office)


class SuperiorDirectionFacts(FactsForm):
    """A direction of a superior office, on the day it was received (Rules 10)."""

    superior = forms.ModelChoiceField(
        label=_("Superior procuratorate"), queryset=Office.objects.none()
    )
    direction = forms.ChoiceField(
        label=_("Kind of direction"), choices=Direction.choices, widget=forms.RadioSelect
    )
    number = forms.CharField(label=_("Number of the paper"), max_length=100)
    content = long_text(_("What is directed"))
    paper = proof(_("The paper of the superior office"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["superior"].queryset = superiors_of(self.matter)  # type: ignore[attr-defined]


class StaffLoanFacts(FactsForm):
    """The superior's written decision that somebody of another office works on this case (Rules 11)."""

    superior = forms.ModelChoiceField(
        label=_("Superior procuratorate that decided"), queryset=Office.objects.none()
    )
    person = forms.ModelChoiceField(
        label=_("Login name of the person lent"),
        help_text=_("As the other office names it: people of other offices are not listed."),
        queryset=User.objects.none(),
        to_field_name="username",
        widget=forms.TextInput,
        error_messages={
            "invalid_choice": _(
                "No member of staff of another office below a superior of yours, with a role in casework, "
                "has this login name. Check it with the paper."
            )
        },
    )
    first_day = DayField(label=_("First day of the loan"))
    last_day = DayField(label=_("Last day of the loan"))
    scope = long_text(_("What the person does in the case, as the decision says"))
    number = forms.CharField(label=_("Number of the decision"), max_length=100)
    paper = proof(_("The written decision of the superior office"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        superiors = superiors_of(self.matter)
        self.fields["superior"].queryset = superiors  # type: ignore[attr-defined]
        self.fields["person"].queryset = _staff_elsewhere(self.matter)  # type: ignore[attr-defined]
        if isinstance(
            pk := self.initial.get("person"), int
        ):  # a correction begins with what stands
            names = User.objects.filter(pk=pk).values_list("username", flat=True)
            self.initial["person"] = names.first()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first day."))
        return data


def _staff_elsewhere(matter: Any) -> QuerySet[User]:
    """Return who works on cases in another office that shares a superior with the case's."""
    if not isinstance(matter, Case):
        return User.objects.none()
    top = accounts.superiors(matter.office).filter(parent=None).first()
    if top is None:
        return User.objects.none()
    staff = accounts.caseworkers(CASEWORK_ROLES)
    return staff.filter(office__in=accounts.subtree(top)).exclude(office=matter.office_id)
