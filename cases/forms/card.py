"""The form of the case card: which value somebody has checked."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _


class CardCheckForm(forms.Form):
    """One item and the digest of the value that was compared; both stand on the card."""

    item = forms.CharField(label=_("Item"), max_length=60, widget=forms.HiddenInput)
    digest = forms.CharField(
        label=_("Digest of the value"),
        max_length=64,
        validators=[
            RegexValidator(
                r"^[0-9a-f]{64}$", _("This is no digest of a value. Take the one the card shows.")
            )
        ],
        widget=forms.HiddenInput,
    )
