"""Forms of the case itself: what it says of itself, recusals, links."""

from __future__ import annotations

import dataclasses
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit import clock
from audit.fields import DayField, PastDayField, VersionField
from cases.models import Case, LinkKind
from cases.services.committee import Meeting
from cases.services.matters import CHANGEABLE

# What fits the columns; the law leaves the size of a committee to its office.
MOST_MEMBERS = 999


class CaseForm(forms.ModelForm[Case]):
    """What a case says of itself, with the version the form was filled from."""

    version = VersionField()

    class Meta:
        model = Case
        fields = CHANGEABLE

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.instance.violator_unknown and not data.get("severe"):
            self.add_error(
                "severe", _("While the violator is unknown the harm must be severe (Rules 29).")
            )
        return data

    def facts(self) -> dict[str, Any]:
        """Return the cleaned fields of the case, as the service takes them."""
        return {name: self.cleaned_data[name] for name in CHANGEABLE}


class RecusalForm(forms.Form):
    """An application that somebody stand aside (Rules 19-21)."""

    person = forms.ModelChoiceField(label=_("Person concerned"), queryset=User.objects.none())
    applicant = forms.CharField(
        label=_("Applicant"),
        max_length=100,
        help_text=_("A party, the chief procurator, or the person who asks to stand aside."),
    )
    grounds = forms.CharField(
        label=_("Grounds (Rules 19)"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    received_on = PastDayField(label=_("Received on"))

    def __init__(self, *args: Any, office_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(office=office_id, is_active=True).order_by("name", "pk")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial.setdefault("received_on", clock.today())


class RecusalDecisionForm(forms.Form):
    """The decision on an application or on its review (Rules 22, 23)."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("granted", _("Granted: the person stands aside")),
            ("refused", _("Refused: the person goes on")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason of the decision"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CommitteeDecisionForm(RecusalDecisionForm):
    """What the procuratorial committee decided on the chief, as its minutes show it (Rules 22)."""

    held_on = DayField(label=_("Day of the meeting"))
    chair = forms.ModelChoiceField(label=_("In the chair"), queryset=User.objects.none())
    members = forms.IntegerField(
        label=_("Members of the committee"), min_value=1, max_value=MOST_MEMBERS
    )
    present = forms.IntegerField(
        label=_("Members present"),
        help_text=_("More than half of the members (POL 32)."),
        min_value=1,
        max_value=MOST_MEMBERS,
    )
    votes_for = forms.IntegerField(
        label=_("Members who voted for the decision"),
        help_text=_("More than half of all members, present or not (PCR 21)."),
        min_value=1,
        max_value=MOST_MEMBERS,
    )
    minutes = forms.FileField(
        label=_("Minutes of the meeting"),
        help_text=_("A scan; its SHA-256 is kept with the decision."),
    )
    field_order = (
        "held_on",
        "chair",
        "members",
        "present",
        "outcome",
        "votes_for",
        "reason",
        "minutes",
    )

    def __init__(self, *args: Any, chairs: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chair"].queryset = chairs  # type: ignore[attr-defined]

    def meeting(self) -> Meeting:
        """Return the meeting as the service takes it."""
        names = (field.name for field in dataclasses.fields(Meeting))
        return Meeting(**{name: self.cleaned_data[name] for name in names})


class RecusalReviewForm(forms.Form):
    """The one request for review of a decision on recusal (Rules 23)."""

    received_on = PastDayField(label=_("Day on which the request for review was received"))


class OpenMinutesForm(forms.Form):
    """Whom the chief procurator lets read the minutes of a meeting of the committee (PCR 27)."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none())
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, office_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(office=office_id, is_active=True).order_by("name", "pk")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class LinkForm(forms.Form):
    """Another case that belongs to this one."""

    other = forms.CharField(
        label=_("Key of the other case"),
        max_length=40,
        help_text=_("As it stands beside its title, for example 330106-2026-00012."),
    )
    kind = forms.ChoiceField(label=_("How they belong together"), choices=LinkKind.choices)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
