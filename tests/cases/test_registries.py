"""The registries through which the rooms join the kernel."""

from __future__ import annotations

import pytest
from django.core.checks.registry import registry as checks

from audit.errors import Verdict
from cases.checks import declarations_are_registered
from cases.registries import ALL, Registry, machines, requirements
from cases.services import checklists
from tests.support import matters


def forget(monkeypatch, code: str) -> None:
    """Take a requirement away; afterwards every entry stands in its old place."""
    rest = {name: entry for name, entry in requirements.items() if name != code}
    monkeypatch.setattr(requirements, "_entries", rest)


def test_every_registry_is_used_and_closed_once_the_house_is_ready():
    for registry in ALL:
        assert len(registry), registry.name
        with pytest.raises(RuntimeError, match="closed"):
            registry.register("late", object())


def test_a_code_is_registered_once():
    registry: Registry[int] = Registry("numbers", "numbers")
    registry.register("one", 1)
    with pytest.raises(RuntimeError, match="already"):
        registry.register("one", 2)


def test_a_declaration_that_names_what_nobody_registered_fails_the_check(monkeypatch):
    assert declarations_are_registered(None) == []
    forget(monkeypatch, "lead_assessed")
    assert {error.id for error in declarations_are_registered(None)} == {"cases.E001"}


@pytest.mark.django_db
def test_an_unregistered_requirement_is_unmet(cast, monkeypatch):
    lead = matters.make_lead(cast)
    forget(monkeypatch, "handler_without_conflict")
    (line,) = checklists.checklist(machines["lead"].declarations["T03"], lead, {})
    assert line.verdict == Verdict(met=False, why=line.verdict.why)


def test_the_check_of_the_declarations_is_one_of_those_manage_check_runs():
    assert declarations_are_registered in checks.get_checks()
