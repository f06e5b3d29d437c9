"""Forms of the daily work around a matter: comments, notes, contacts, tasks, hand-over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit import clock
from audit.fields import DayField
from cases.models.work import ContactMedium
from cases.selectors.work import possible_owners, possible_successors

if TYPE_CHECKING:
    from cases.models import Case, Lead

    Matter = Lead | Case


def _text(label: Any, *, rows: int, longest: int) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows})
    )


class CommentForm(forms.Form):
    """A remark everybody who sees the matter reads."""

    text = _text(_("Comment"), rows=3, longest=5000)


class NoteForm(forms.Form):
    """A working note only the handling team reads."""

    text = _text(_("Note of the team"), rows=3, longest=10000)


class ContactForm(forms.Form):
    """A conversation with somebody outside."""

    day = DayField(label=_("Day"))
    person = forms.CharField(label=_("With whom"), max_length=100)
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    medium = forms.ChoiceField(label=_("By what"), choices=ContactMedium.choices)
    content = _text(_("Content"), rows=4, longest=5000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.setdefault("day", clock.today())

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError(
                _("This day lies in the future. Enter the day of the conversation.")
            )
        return day


class TaskForm(forms.Form):
    """What one person shall do, by which day."""

    title = forms.CharField(label=_("What is to be done"), max_length=300)
    owner = forms.ModelChoiceField(label=_("Who does it"), queryset=User.objects.none())
    due_on = DayField(label=_("Due on"), required=False)

    def __init__(self, *args: Any, matter: Matter, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = possible_owners(matter, actor)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial.setdefault("owner", actor.pk)


class TaskCloseForm(forms.Form):
    """How a task ended."""

    note = forms.CharField(label=_("What came of it"), max_length=300, required=False)


class HandOverForm(forms.Form):
    """Who handles the matter from now on, and why."""

    successor = forms.ModelChoiceField(label=_("Successor"), queryset=User.objects.none())
    reason = _text(_("Why"), rows=3, longest=300)

    def __init__(self, *args: Any, office_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = possible_successors(  # type: ignore[attr-defined]
            office_id
        )


class HandOverAllForm(HandOverForm):
    """Whose open matters go to whom."""

    person = forms.ModelChoiceField(
        label=_("Person whose open leads and cases are handed over"), queryset=User.objects.none()
    )
    field_order = ("person", "successor", "reason")

    def __init__(self, *args: Any, office_id: int, **kwargs: Any) -> None:
        super().__init__(*args, office_id=office_id, **kwargs)
        # Also who has left already: his matters must not be lost.
        self.fields["person"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            office=office_id
        ).order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("person") and data.get("person") == data.get("successor"):
            self.add_error("successor", _("Choose somebody else than the person."))
        return data


class RevealForm(forms.Form):
    """Why somebody needs to see personal information that is covered."""

    reason = forms.CharField(
        label=_("Why you need to see it"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
