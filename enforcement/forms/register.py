"""What the obligations of all cases can be narrowed by."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.fields import DayField
from enforcement.lifecycle import ObligationState
from enforcement.selectors import STILL_OWED
from litigation.models import ClaimKind


class ObligationFilterForm(forms.Form):
    """The filter above the list; everything may be left empty."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("any")), (STILL_OWED, _("Not performed yet")), *ObligationState.choices],
    )
    kind = forms.ChoiceField(
        label=_("Kind of claim"), required=False, choices=[("", _("any")), *ClaimKind.choices]
    )
    until = DayField(label=_("Due until"), required=False)
    overdue = forms.BooleanField(label=_("Only overdue"), required=False)
