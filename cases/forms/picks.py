"""Fields of a filter whose choices were asked for beforehand, with everything else around the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

ANY = ("", _("any"))
Choice = tuple[int, str]


class PickField(forms.TypedChoiceField):
    """One row of those offered, as its id; None where nothing is chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, required=False, **kwargs)

    def offer(self, rows: Sequence[Choice]) -> None:
        """Let one of `rows` be chosen."""
        self.choices = [ANY, *rows]


class PickSeveralField(forms.TypedMultipleChoiceField):
    """Several rows of those offered, as their ids."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, required=False, **kwargs)

    def offer(self, rows: Sequence[Choice]) -> None:
        """Let some of `rows` be chosen."""
        self.choices = list(rows)
