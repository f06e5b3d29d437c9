"""Checks of the declarations: what they name must have been registered (design 2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, Error
from django.urls import NoReverseMatch, reverse

from cases.registries import (
    CardItem,
    card,
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


def card_items_name_what_there_is(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report every item of the case card that could never say anything, or never be demanded."""
    return [
        Error(f"The item {item.code} of the case card names {what}.", id="cases.E002")
        for item in card.values()
        for what in _unfit(item)
    ]


def _unfit(item: CardItem) -> Iterator[str]:
    """Yield what an item names and does not exist: machines, states, kinds of events, facts."""
    if item.cure and not _is_page(item.cure):
        yield f"the page {item.cure}, which no address has"
    yield from (f"the machine {code}, which nobody registered" for code in _strange_machines(item))
    states = {state for machine in machines.values() for state in machine.states.values}
    yield from (f"the state {state}, which no machine has" for state in set(item.since) - states)
    for kind in item.kinds:
        if kind not in event_kinds:
            yield f"events of the kind {kind}, which nobody registered"
        elif item.fact and not _states(kind, item.fact):
            yield f"the fact {item.fact}, for which no form of {kind} asks"


def _strange_machines(item: CardItem) -> list[str]:
    return [code for code in item.of if code not in machines]


def _is_page(name: str) -> bool:
    try:
        reverse(name, args=["330106-2026-00001"])
    except NoReverseMatch:
        return False
    return True


def _states(kind: str, fact: str) -> bool:
    """Say whether an event of a kind can state a fact; what a service states has no form."""
    declared = event_kinds[kind]
    forms = [form for form in (declared.form, declared.proposal_form) if form is not None]
    return not forms or any(fact in form.base_fields for form in forms)


def statistical_items_are_registered(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report items that are not defined or not fed, and kinds that do not say what they feed."""
    fed = {code for kind in event_kinds.values() for code in kind.statistics}
    unknown = [
        Error(
            f"Event kind {kind.code} feeds the statistical item {code}, which nobody registered.",
            id="cases.E003",
        )
        for kind in event_kinds.values()
        for code in kind.statistics
        if code not in statistical_items
    ]
    empty = [
        Error(f"No kind of event feeds the statistical item {code}.", id="cases.E004")
        for code in statistical_items
        if code not in fed
    ]
    return [*unknown, *empty, *_of_unsaid_statistics()]


def _of_unsaid_statistics() -> list[CheckMessage]:
    """Report the kinds that name neither items nor why they feed none, and those that name both."""
    return [
        Error(
            f"Event kind {kind.code} names statistical items or why it feeds none, and never both.",
            id="cases.E005",
        )
        for kind in event_kinds.values()
        if bool(kind.statistics) == bool(kind.uncounted)
    ]


def register() -> None:
    """Add the checks to Django's."""
    checks.register(declarations_are_registered, "cases")
    checks.register(card_items_name_what_there_is, "cases")
    checks.register(statistical_items_are_registered, "cases")
