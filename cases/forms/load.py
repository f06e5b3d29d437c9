"""How many points an open matter weighs in the office."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from cases.models import LoadWeights


class LoadWeightsForm(forms.ModelForm[LoadWeights]):
    """The office's own points; read only for its entries, written by the service."""

    class Meta:
        model = LoadWeights
        fields: ClassVar = LoadWeights.FIELDS
