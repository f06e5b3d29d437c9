"""What the style guide shows: a form of every kind of field, a checklist, a timeline, a list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit import clock
from audit.errors import Conflict, UnmetRequirement, Verdict
from audit.fields import DayField
from audit.keyset import Page
from procuracy.templatetags.components import TONES

ICONS = [
    "alert",
    "archive",
    "calendar",
    "check",
    "chevron-down",
    "chevron-right",
    "circle",
    "clock",
    "cross",
    "document",
    "download",
    "edit",
    "eye",
    "filter",
    "folder",
    "help",
    "info",
    "link",
    "list",
    "lock",
    "logout",
    "menu",
    "people",
    "person",
    "plus",
    "print",
    "scales",
    "seal",
    "search",
    "send",
    "shield",
    "upload",
]


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label=_("Title"), help_text=_("As it shall stand on the document."))
    day = DayField(label=_("Day"), help_text=_("For example 2026-11-23, 20261123 or 11-23."))
    number = forms.IntegerField(label=_("Number of people"), required=False, min_value=0)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("civil", _("Civil")), ("administrative", _("Administrative"))]
    )
    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[("approve", _("Approve")), ("return", _("Return")), ("reject", _("Reject"))],
    )
    sources = forms.MultipleChoiceField(
        label=_("Sources"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("report", _("Report")), ("media", _("Media"))],
    )
    urgent = forms.BooleanField(label=_("Urgent"), required=False)
    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 3}))
    scan = forms.FileField(label=_("Scan"), required=False)


class SampleLine(forms.Form):
    """A line of a formset."""

    name = forms.CharField(label=_("Name"))


def _checks() -> list[dict[str, Any]]:
    verdicts = (
        (_("The announcement is over"), Verdict(True, _("Published on 12 October."))),
        (_("Time left to sue"), Verdict(True, _("11 working days."), warning=True)),
        (_("The damage is assessed"), Verdict(False, _("There is only a draft."), link="/")),
    )
    return [
        {"title": title, "met": v.met, "warning": v.warning, "why": v.why, "link": v.link}
        for title, v in verdicts
    ]


def _timeline() -> list[dict[str, Any]]:
    today = clock.today()
    return [
        {"day": today, "title": _("Served"), "text": _("Receipt scanned."), "tone": "doc"},
        {"day": today - timedelta(days=2), "title": _("Approved"), "by": "李祎", "tone": ""},
        {"day": today - timedelta(days=9), "title": _("Reminder"), "tone": "sys"},
    ]


def context() -> dict[str, Any]:
    """Return what templates/procuracy/styleguide.html shows."""
    today = clock.today()
    wrong = SampleForm({"day": "2026-02-30", "number": "-1"})
    refused = Conflict(_("Three conditions are not met."), law="CPL 58")
    refused.unmet = [
        UnmetRequirement("sample", _("The assessment is a draft."), cure=_("Finish it."))
    ]
    return {
        "tones": [tone for tone in TONES if tone],
        "icons": ICONS,
        "today": today,
        "now": clock.now(),
        "days": [today + timedelta(days=days) for days in (-2, 0, 2, 30)],
        "form": wrong,
        "unbound": SampleForm(prefix="new"),
        "lines": forms.formset_factory(SampleLine, extra=1)(prefix="line"),
        "checks": _checks(),
        "entries": _timeline(),
        "refusal": refused,
        "page": Page(items=[], next="cursor", previous="cursor"),
    }
