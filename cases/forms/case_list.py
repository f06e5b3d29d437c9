"""The filter of the list of cases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import selectors as accounts
from accounts.models import Department, Role, User
from audit.fields import DayField
from cases.models import Case, LegalBasis
from cases.registries import machines
from cases.selectors.case_list import case_rows, narrowed
from cases.states import MACHINES_OF_CASES, STATES_OF_CASES, Stage

ANY = ("", _("any"))


def states_in_use() -> list[tuple[str, Any]]:
    """Return the states that some declared transition reaches, in the law's order."""
    reached = {target for code in MACHINES_OF_CASES for _source, target in machines[code].edges()}
    return [(state, label) for state, label in STATES_OF_CASES if state in reached]


class CaseFilterForm(forms.Form):
    """What the list of cases can be narrowed by; everything may be left empty."""

    q = forms.CharField(
        label=_("Number, title or party"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.MultipleChoiceField(
        label=_("State"), required=False, widget=forms.CheckboxSelectMultiple
    )
    stage = forms.ChoiceField(label=_("Stage"), choices=[ANY, *Stage.choices], required=False)
    handler = forms.ModelChoiceField(
        label=_("Lead handler"), queryset=User.objects.none(), required=False, empty_label=_("any")
    )
    member = forms.ModelChoiceField(
        label=_("In the team without leading"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("any"),
    )
    open = forms.BooleanField(label=_("Open cases only"), required=False)
    department = forms.ModelChoiceField(
        label=_("Department"),
        queryset=Department.objects.none(),
        required=False,
        empty_label=_("any"),
    )
    filed_from = DayField(label=_("Filed from"), required=False)
    filed_to = DayField(label=_("Filed to"), required=False)
    deadline = forms.ChoiceField(
        label=_("Next deadline"),
        choices=[
            ANY,
            ("overdue", _("overdue")),
            ("near", _("within 7 days")),
            ("none", _("none runs")),
        ],
        required=False,
    )
    basis = forms.ChoiceField(
        label=_("Legal basis"), choices=[ANY, *LegalBasis.choices], required=False
    )

    back_entry = forms.ChoiceField(
        label=_("Back-entry"),
        choices=[ANY, ("yes", _("in back-entry")), ("no", _("not in back-entry"))],
        required=False,
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["state"].choices = states_in_use()  # type: ignore[attr-defined]
        handlers = accounts.holders(actor.office, Role.PROSECUTOR).order_by("name", "pk")
        for name in ("handler", "member"):
            self.fields[name].queryset = handlers  # type: ignore[attr-defined]
        departments = Department.objects.filter(office=actor.office_id).order_by("name", "pk")
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("filed_from"), data.get("filed_to")
        if first and last and last < first:
            self.add_error("filed_to", _("The last day lies before the first."))
        return data

    def found(self) -> QuerySet[Case]:
        """Return the cases the actor sees and the filter leaves; none when the filter is wrong."""
        rows = case_rows(self.actor)
        return narrowed(rows, self.cleaned_data) if self.is_valid() else rows.none()

    def names_set(self) -> list[str]:
        """Return the names of the filters that say something; only after `is_valid`."""
        return [name for name, value in self.cleaned_data.items() if value]


class SaveFilterForm(forms.Form):
    """A name for the present filter."""

    name = forms.CharField(label=_("Name of the filter"), max_length=60)
    shared = forms.BooleanField(label=_("Share with the office"), required=False)
    query = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput)
