"""What people and programs state of evidence; one form for the page and for the API."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.fields import DayField
from cases.forms.base import MultipleFileField
from cases.models import Case
from evidence import selectors
from evidence.facts import GROUPS, FactGroup
from evidence.models import Exhibit, StatutoryKind, Strength
from evidence.services.exhibits import STATED


class ExhibitForm(forms.ModelForm[Exhibit]):
    """Files and what is stated of them; several files become as many exhibits."""

    uploads = MultipleFileField(
        label=_("Files"),
        help_text=_("Several files become as many exhibits with the same particulars."),
        error_messages={"required": _("Choose at least one file.")},
    )
    obtained_on = DayField(label=_("obtained on"))

    class Meta:
        model = Exhibit
        fields: ClassVar = list(STATED)
        widgets: ClassVar = {"copy_process": forms.Textarea(attrs={"rows": 2})}

    field_order = ("uploads", *STATED)

    def __init__(self, *args: Any, case: Case, actor: User, **kwargs: Any) -> None:
        kwargs["instance"] = Exhibit(case=case, uploaded_by=actor)
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        self.fields["name"].help_text = _("Left empty, the name of the file is taken.")
        for name in ("first_collector", "second_collector"):
            choice = self.fields[name]
            assert isinstance(choice, forms.ModelChoiceField)
            # What is stated is judged by the day of collection (`services.add_exhibits`).
            people = selectors.staff_ever if self.is_bound else selectors.possible_collectors
            choice.queryset = people(case)

    def stated(self) -> dict[str, Any]:
        """Return the valid facts for `services.add_exhibits`."""
        return {name: self.cleaned_data[name] for name in STATED}


def group_choices() -> list[tuple[str, str]]:
    """Return the seven groups with their numbers in Rules 86."""
    return [(code, f"{group.number}. {group.title}") for code, group in GROUPS.items()]


class ExhibitFilterForm(forms.Form):
    """What the register of exhibits can be narrowed by; everything may be left empty."""

    q = forms.CharField(
        label=_("Name, source, file or SHA-256"), max_length=100, required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    case = forms.CharField(
        label=_("Case"), max_length=40, required=False,
        help_text=_("Its key, for example 330106-2026-00012."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Kind of evidence (Rules 34)"), required=False,
        choices=[("", _("any")), *StatutoryKind.choices],
    )  # fmt: skip
    group = forms.ChoiceField(label=_("Proves in the group (Rules 86)"), required=False)
    obtained_from = DayField(label=_("Obtained from"), required=False)
    obtained_until = DayField(label=_("Obtained until"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[
            ("", _("any")),
            (selectors.IN_USE, _("In use")),
            (selectors.WITHDRAWN, _("Withdrawn")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = self.fields["group"]
        assert isinstance(group, forms.ChoiceField)
        group.choices = [("", _("any")), *group_choices()]

    def clean_case(self) -> str:
        return str(self.cleaned_data["case"]).upper()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("obtained_from"), data.get("obtained_until")
        if first and last and last < first:
            self.add_error("obtained_until", _("The last day lies before the first."))
        return data


class ReasonForm(forms.Form):
    """Why an exhibit is withdrawn or a fact no longer stands."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RemovalForm(forms.Form):
    """Why a fact no longer stands."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class FactForm(forms.Form):
    """One finding in one of the seven groups (Rules 86)."""

    group = forms.ChoiceField(label=_("Group of facts (Rules 86)"), choices=FactGroup.choices)
    text = forms.CharField(
        label=_("What the exhibits prove, or what was found"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    exhibits = forms.ModelMultipleChoiceField(
        label=_("Exhibits it rests on"),
        queryset=Exhibit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without an exhibit it is a finding of the team alone."),
    )
    page = forms.CharField(label=_("Page or place in the file"), max_length=60, required=False)
    strength = forms.ChoiceField(
        label=_("Strength"), choices=Strength.choices, required=False, initial=Strength.DIRECT
    )

    def __init__(self, *args: Any, case: Case, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["exhibits"]
        assert isinstance(choice, forms.ModelMultipleChoiceField)
        choice.queryset = selectors.usable_exhibits_of(actor, case)
        group = self.fields["group"]
        assert isinstance(group, forms.ChoiceField)
        group.choices = group_choices()

    def clean_strength(self) -> str:
        return self.cleaned_data["strength"] or str(Strength.DIRECT)
