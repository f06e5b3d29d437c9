"""Forms of what a reader keeps of a list, of labels, and of acts on several cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.work import HandOverForm
from cases.list_columns import Columns
from cases.models import SavedFilter, Tag, TagUse
from cases.models.listing import LONGEST_QUERY

MOST_WEIGHT = 999


class SaveFilterForm(forms.Form):
    """A name for the present filter."""

    name = forms.CharField(label=_("Name of the filter"), max_length=60)
    shared = forms.BooleanField(label=_("Share with the office"), required=False)
    opens_list = forms.BooleanField(label=_("Open the list with it"), required=False)
    query = forms.CharField(max_length=LONGEST_QUERY, required=False, widget=forms.HiddenInput)
    columns = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)
    with_columns = forms.BooleanField(
        label=_("Keep the columns with it"), required=False, initial=True
    )


class KeptFilterForm(forms.Form):
    """What can be changed of a filter that is kept."""

    name = forms.CharField(label=_("Name of the filter"), max_length=60)
    shared = forms.BooleanField(label=_("Share with the office"), required=False)
    opens_list = forms.BooleanField(label=_("Open the list with it"), required=False)
    weight = forms.IntegerField(
        label=_("Place in the order"),
        min_value=0,
        max_value=MOST_WEIGHT,
        help_text=_("Smaller numbers stand first; what has the same number stands by name."),
    )

    @classmethod
    def of(cls, kept: SavedFilter) -> dict[str, Any]:
        """Return what the form begins with for a filter."""
        return {name: getattr(kept, name) for name in cls.base_fields}


class ColumnsForm(forms.Form):
    """At which place each column stands; a column without a place is not shown."""

    def __init__(self, *args: Any, columns: Columns, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in columns.shown:
            place = codes.index(column.code) + 1 if column.code in codes else None
            self.fields[column.code] = forms.IntegerField(
                label=column.title,  # type: ignore[arg-type]
                min_value=1,
                max_value=99,
                required=column.code == columns.opening,
                initial=place,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def codes(self) -> list[str]:
        """Return the codes of the columns in the order of their places; only after `is_valid`.

        Of two at one place the one that was moved there stands first.
        """
        placed = {code: place for code, place in self.cleaned_data.items() if place is not None}
        moved = set(self.changed_data)
        return sorted(placed, key=lambda code: (placed[code], code not in moved))


class TagForm(forms.Form):
    """A new label of the office."""

    name = forms.CharField(label=_("Label"), max_length=30)
    use = forms.ChoiceField(
        label=_("Use of the label"),
        choices=TagUse.choices,
        help_text=_("The field of life a lead or case is about, or something of the work on it."),
    )


class TagChangeForm(TagForm):
    """What can be changed of a label."""

    retired = forms.BooleanField(
        label=_("Retired"),
        required=False,
        help_text=_("It stays on the leads and cases that bear it and is not put on any more."),
    )


class TagsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Labels of an office."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.get_use_display()}"


class TagsForm(forms.Form):
    """Which labels a lead or a case bears, and which it bore when the form was shown."""

    tags = TagsField(label=_("Labels"), queryset=Tag.objects.none(), required=False)
    seen = TagsField(queryset=Tag.objects.none(), required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, offered: Any, known: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tags"].queryset = offered  # type: ignore[attr-defined]
        self.fields["seen"].queryset = known  # type: ignore[attr-defined]


class MarkedForm(forms.Form):
    """The leads or cases an act on several of them is about, by their keys.

    Attributes:
        one: the name of the field that holds the keys.
    """

    one: ClassVar[str]

    def __init__(self, *args: Any, keys: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whether there is such a matter for this person is said for each of them by the act itself.
        self.fields[self.one].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]


class MarkedCasesForm(MarkedForm):
    """The cases an act on several of them is about."""

    one = "case"

    case = forms.MultipleChoiceField(
        label=_("Cases"),
        error_messages={"required": _("Mark at least one case.")},
        widget=forms.MultipleHiddenInput,
    )


class MarkedLeadsForm(MarkedForm):
    """The leads an act on several of them is about."""

    one = "lead"

    lead = forms.MultipleChoiceField(
        label=_("Leads"),
        error_messages={"required": _("Mark at least one lead.")},
        widget=forms.MultipleHiddenInput,
    )


class GiveLeadsForm(HandOverForm):
    """Who handles leads from now on, whether nobody handles them yet or somebody does."""

    conflict_checked = forms.BooleanField(
        label=_("I have checked that no ground of recusal stands against this person (Rules 19)")
    )

    field_order = ("successor", "conflict_checked", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].label = _("Handling prosecutor")
        self.fields["reason"].required = False
        self.fields["reason"].help_text = _(
            "Needed for a lead that somebody handles already; it stays in the record."
        )


class AssignLeadsForm(MarkedLeadsForm, GiveLeadsForm):
    """Who handles the marked leads from now on."""


class AssignCasesForm(MarkedCasesForm, HandOverForm):
    """Who handles the marked cases from now on, and why."""

    field_order = ("successor", "reason")


class TagSeveralForm(forms.Form):
    """Which labels are put on what is marked, and which are taken off."""

    put_on = TagsField(label=_("Put on"), queryset=Tag.objects.none(), required=False)
    take_off = TagsField(label=_("Take off"), queryset=Tag.objects.none(), required=False)

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["take_off"].queryset = offered  # type: ignore[attr-defined]
        self.fields["put_on"].queryset = offered.filter(retired=False)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        put_on, take_off = set(data.get("put_on") or ()), set(data.get("take_off") or ())
        if put_on & take_off:
            self.add_error(
                "take_off", _("A label is either put on or taken off. Choose one of both.")
            )
        elif not self.errors and not put_on | take_off:
            self.add_error("put_on", _("Choose a label to put on or to take off."))
        return data


class TagCasesForm(MarkedCasesForm, TagSeveralForm):
    """Which labels are put on the marked cases, and which are taken off."""


class TagLeadsForm(MarkedLeadsForm, TagSeveralForm):
    """Which labels are put on the marked leads, and which are taken off."""
