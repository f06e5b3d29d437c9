"""The rows of the list of cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from audit import clock
from cases.list_columns import Column
from procuracy.drawing import drawn

register = template.Library()


@register.simple_tag
def case_rows(cases: Iterable[Any], columns: Sequence[Column]) -> SafeString:
    """Show a row for each of `cases.selectors.case_list.shown_cases`, with a box to mark it."""
    context = {
        "cases": cases,
        "columns": [(column.code, str(column.title)) for column in columns],
        "mark": _("Mark %(title)s"),
        "today": clock.today(),
    }
    return drawn("cases/rows.html", context)
