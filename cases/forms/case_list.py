"""The filter of the list of cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from audit.fields import DayField
from cases.forms.list_filter import ListFilterForm
from cases.forms.picks import ANY, Choice, PickField, PickSeveralField, RegionField, SeveralField
from cases.models import Case, LegalBasis, Track
from cases.registries import machines
from cases.selectors.case_list import narrowed
from cases.selectors.lists import Around
from cases.selectors.matters import cases_visible_to
from cases.states import MACHINES_OF_CASES, STATES_OF_CASES, Stage

# Under this name the list keeps filters and columns.
LIST_NAME = "cases"


def states_in_use() -> list[tuple[str, Any]]:
    """Return the states that some declared transition reaches, in the law's order."""
    reached = {target for code in MACHINES_OF_CASES for _source, target in machines[code].edges()}
    return [(state, label) for state, label in STATES_OF_CASES if state in reached]


class CaseFilterForm(ListFilterForm):
    """What the list of cases can be narrowed by; everything may be left empty."""

    list_name = LIST_NAME

    q = forms.CharField(
        label=_("Number, title or party"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.MultipleChoiceField(
        label=_("State"), required=False, widget=forms.CheckboxSelectMultiple
    )
    stage = SeveralField(label=_("Stage"), choices=Stage.choices, required=False)
    track = forms.ChoiceField(label=_("Track"), choices=[ANY, *Track.choices], required=False)
    handler = PickField(label=_("Lead handler"))
    member = PickField(label=_("In the team without leading"))
    open = forms.BooleanField(label=_("Open cases only"), required=False)
    department = PickField(label=_("Department"))
    region = RegionField(
        label=_("Region of the office (GB/T 2260)"),
        required=False,
        help_text=_(
            "Two, four or six digits, for example 33 or 3301; what lies inside counts too."
        ),
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
    tag = PickSeveralField(label=_("Labels"))
    back_entry = forms.ChoiceField(
        label=_("Back-entry"),
        choices=[ANY, ("yes", _("in back-entry")), ("no", _("not in back-entry"))],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = states_in_use()  # type: ignore[attr-defined]

    def offered(self, place: Around) -> dict[str, Sequence[Choice]]:
        return {
            "handler": place.handlers,
            "member": place.handlers,
            "department": place.departments,
            "tag": place.tags,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("filed_from"), data.get("filed_to")
        if first and last and last < first:
            self.add_error("filed_to", _("The last day lies before the first."))
        return data

    def found(self) -> QuerySet[Case]:
        """Return the cases the actor sees and the filter leaves; none when the filter is wrong."""
        rows = cases_visible_to(self.actor)
        return narrowed(rows, self.cleaned_data) if self.is_valid() else rows.none()
