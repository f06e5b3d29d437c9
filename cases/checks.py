"""Checks of the declarations: what they name must have been registered (design 2)."""

from __future__ import annotations

from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, Error

from cases.registries import (
    document_slots,
    event_kinds,
    machines,
    requirements,
    statistical_items,
)


def declarations_are_registered(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report every code that a declaration names and nobody registered."""
    return [
        Error(f"{machine.code} {item.code} names {code}, which nobody registered.", id="cases.E001")
        for machine in machines.values()
        for item in machine.declarations.values()
        for code in _unknown(item)
    ]


def _unknown(item: Any) -> list[str]:
    slot = document_slots.get("documents")
    missing = [
        code for code in item.requirements + item.act_requirements if code not in requirements
    ]
    if item.event_kind not in event_kinds:
        missing.append(item.event_kind)
    documents = item.needs_documents + item.makes_documents
    return missing + [code for code in documents if slot is None or not slot.known(code)]


def statistical_items_are_registered(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report the statistical items that are fed and not defined, and those that are defined and not fed."""
    fed = {code for kind in event_kinds.values() for code in kind.statistics}
    unknown = [
        Error(
            f"Event kind {kind.code} feeds the statistical item {code}, which nobody registered.",
            id="cases.E002",
        )
        for kind in event_kinds.values()
        for code in kind.statistics
        if code not in statistical_items
    ]
    empty = [
        Error(f"No kind of event feeds the statistical item {code}.", id="cases.E003")
        for code in statistical_items
        if code not in fed
    ]
    return [*unknown, *empty]


def register() -> None:
    """Add the checks to Django's."""
    checks.register(declarations_are_registered, "cases")
    checks.register(statistical_items_are_registered, "cases")
