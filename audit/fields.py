"""The form field for a day of law, so that every room reads days in the same way."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# What clerks type (2026-11-23, 20261123, 2026.11.23, 2026年11月23日).
DAY_FORMATS = ["%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日"]


class DayField(forms.DateField):
    """A day; an impossible one is refused with a sentence that shows the form to write it in."""

    default_error_messages = {
        "invalid": _("This is not a day of the calendar. Write it like 2026-11-23.")
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", DAY_FORMATS)
        super().__init__(**kwargs)
