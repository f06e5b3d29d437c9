"""Fields of a filter whose choices were asked for beforehand, with everything else around the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

ANY = ("", _("any"))
Choice = tuple[int, str]


class SeveralField(forms.MultipleChoiceField):
    """Several of the choices; an empty one, as a field that takes one choice sends it, asks for nothing."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return [chosen for chosen in super().to_python(value) if chosen]


class RegionField(forms.RegexField):
    """The code of an administrative division, or the digits with which those inside it begin."""

    default_error_messages: ClassVar = {
        "invalid": _("The code of a region has two, four or six digits (GB/T 2260).")
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(regex=r"^[1-9][0-9]([0-9]{2}){0,2}\Z", strip=True, **kwargs)


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
