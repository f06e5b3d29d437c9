"""How an event is corrected or annulled: never without a reason."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class CorrectionMixin(forms.Form):
    """The reason of a correction, below the facts of the event.

    The field bears a name no facts form has: some facts are themselves a "reason".
    """

    correction_reason = forms.CharField(
        label=_("Why the record is corrected"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnnulForm(forms.Form):
    """Why a change of state is taken back."""

    reason = forms.CharField(
        label=_("Why it was recorded by mistake"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
