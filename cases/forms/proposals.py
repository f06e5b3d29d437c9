"""What a proposer states before an act whose facts are known only when it is carried out."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AnnouncementProposalForm(forms.Form):
    """The plan of an announcement (T12): where it shall appear."""

    medium_planned = forms.CharField(
        label=_("Medium in which the announcement shall appear"),
        help_text=_("A medium of national influence (Rules 91)."),
        max_length=100,
    )
