"""What the guide to the instruments asks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from administrative.bodies.fields import BodyField
from administrative.instruments import BY_CODE, INSTRUMENTS, Instrument


def _purposes() -> list[tuple[str, str]]:
    return [(item.code, item.purpose.text) for item in INSTRUMENTS]


class GuideForm(forms.Form):
    """What is to be reached, in which matter, towards which body; everything may be left empty."""

    purpose = forms.ChoiceField(
        label=_("What is to be reached"),
        choices=_purposes,
        widget=forms.RadioSelect,
        required=False,
    )
    matter = forms.CharField(
        label=_("Key of the lead or case"),
        max_length=40,
        required=False,
        help_text=_("With it the guide leads to the step in this matter."),
    )
    body = BodyField(label=_("Addressee"), required=False)

    @property
    def instrument(self) -> Instrument | None:
        """The instrument for the purpose that was chosen; only after `is_valid`."""
        return BY_CODE.get(self.cleaned_data.get("purpose", ""))
