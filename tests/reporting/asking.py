"""Asking for figures as the page does."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from reporting import selectors
from reporting.forms import StatisticsForm
from reporting.scope import Scope


def scope_of(person: User, **asked: Any) -> Scope:
    """Return the scope of a question; what is not asked is as the page begins."""
    form = StatisticsForm(asked, actor=person)
    assert form.is_valid(), form.errors
    return form.scope()


def figures(scope: Scope) -> dict[str, Any]:
    """Return the number of every figure with a list, by its code."""
    return {
        cell.figure: cell.value
        for block in selectors.blocks_of(scope)
        for row in block.rows
        for cell in row.cells
        if cell.figure
    }


def number(person: User, code: str, **asked: Any) -> Any:
    """Return one figure as a person has it."""
    return figures(scope_of(person, **asked))[code]
