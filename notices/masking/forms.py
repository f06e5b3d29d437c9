"""Which names are masked beside the numbers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.fields import VersionField
from notices.models import Document


class MaskForm(forms.Form):
    version = VersionField()
    names = forms.CharField(
        label=_("Names of people"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "zh-Hans"}),
        help_text=_("One a line. Names are not found by themselves."),
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", document.version)
