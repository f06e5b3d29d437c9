"""The form for a new calendar feed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from deadlines.models import FeedScope


class FeedForm(forms.Form):
    """For what a feed is made; the case is named by its number."""

    scope = forms.TypedChoiceField(
        label=_("For what"), choices=FeedScope.choices, coerce=FeedScope, initial=FeedScope.OWN
    )
    case = forms.CharField(
        label=_("Number of the case"),
        required=False,
        max_length=40,
        help_text=_("For a feed of one case only; you must belong to its handling team."),
    )
