"""A case handed to the office at the competent court (T20, T64; Rules 16, 47)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import FactsForm
from litigation.forms.review import proof


class CaseTransferFacts(FactsForm):
    """The file left, on the day it was sent (T20)."""

    consignment = forms.CharField(label=_("How it was sent"), max_length=200)
    receipt = proof(_("Proof that the file was sent"))
