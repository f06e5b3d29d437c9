"""Forms of the register of leads (Rules 24-27)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import selectors as people
from accounts.models import Department, User
from audit import clock
from audit.fields import PastDayField
from cases.models import LeadSource


class RegisterLeadForm(forms.Form):
    """What is known when a lead comes in (T01)."""

    title = forms.CharField(label=_("Title"), max_length=200)
    source = forms.ChoiceField(
        label=_("Source (Rules 24)"), choices=[("", "—"), *LeadSource.choices]
    )
    source_detail = forms.CharField(
        label=_("Detail of the source"),
        max_length=300,
        help_text=_("For example the number of the report, or the medium and its day."),
    )
    received_on = PastDayField(label=_("Received on"))
    summary = forms.CharField(
        label=_("Summary"), max_length=10000, widget=forms.Textarea(attrs={"rows": 6})
    )
    suspected_processor = forms.CharField(
        label=_("Suspected processor"), max_length=200, required=False
    )
    reporter_name = forms.CharField(label=_("Reporter"), max_length=50, required=False)
    reporter_contact = forms.CharField(
        label=_("Contact of the reporter"), max_length=100, required=False
    )
    reporter_confidential = forms.BooleanField(
        label=_("Keep the reporter secret"), required=False, initial=True
    )
    major = forms.BooleanField(
        label=_("Major lead: to be recorded with the next-higher office (Rules 25)"),
        required=False,
    )
    sender_department = forms.ModelChoiceField(
        label=_("Transferred by department"),
        queryset=Department.objects.none(),
        required=False,
    )
    sent_on = PastDayField(label=_("Transferred on"), required=False)
    confidential = forms.BooleanField(label=_("Confidential"), required=False)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Department.objects.filter(office=actor.office_id)
        if own := people.public_interest_department(actor.office):
            others = others.exclude(pk=own.pk)
        self.fields["sender_department"].queryset = others  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial.setdefault("received_on", clock.today())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("sender_department")) != bool(data.get("sent_on")):
            self.add_error(
                "sent_on", _("Name both the sending department and the day, or neither.")
            )
        return data


class AssessLeadForm(forms.Form):
    """Truthfulness and feasibility, each scored and explained (Rules 27; norm C007)."""

    SCORES = tuple((score, str(score)) for score in range(1, 6))

    truthfulness = forms.TypedChoiceField(
        label=_("Truthfulness, from 1 (doubtful) to 5 (certain)"),
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect,
    )
    truthfulness_reason = forms.CharField(
        label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    feasibility = forms.TypedChoiceField(
        label=_("Feasibility of a case, from 1 (hopeless) to 5 (easy)"),
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect,
    )
    feasibility_reason = forms.CharField(
        label=_("Why this feasibility"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RecordWithSuperiorForm(forms.Form):
    """The next-higher office has received the record of a major lead (Rules 25; norm C003)."""

    received_on = PastDayField(label=_("Day on which the next-higher office received it"))
    receipt = forms.CharField(label=_("Receipt"), max_length=200)


class EscalateLeadForm(forms.Form):
    """Report to the superior office instead of returning a transferred lead (Rules 26; norm C005)."""

    reason = forms.CharField(
        label=_("Why the superior office should decide"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
