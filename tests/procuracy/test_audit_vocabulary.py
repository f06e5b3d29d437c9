"""Every act and every kind of object the code records has a title in the audit viewer.

The codes are read from the source: what stands behind `action=` and `object_type=` in a call. A variable is
followed to the calls of its function; what cannot be followed is declared in `OTHERS` or fails.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from audit.vocabulary import word_for
from cases.listed import CASES, LEADS
from cases.models import Case, Lead
from cases.registries import event_kinds, machines
from procuracy.urls import ROOMS

ROOT = Path(__file__).parents[2]
# Expressions whose values are declared elsewhere.
OTHERS = {
    "event.kind": lambda: set(event_kinds),
    # A matter is a lead or a case; the machines of its parts are none.
    "matter.machine": lambda: {
        code for code, item in machines.items() if item.model in (Lead, Case)
    },
    "matter.relation": lambda: {"lead", "case"},
    "listed.one": lambda: {CASES.one, LEADS.one},
    "state.value": lambda: {"met", "cancelled"},
    "verdict.value": lambda: {"confirmed", "refused"},
    "decision": lambda: {"approve", "return", "reject"},
    # A refused request names the page asked for by its own name, which programs know.
    "match.url_name or 'page'": lambda: {"page"},
}
# The one function that itself takes a code and records it.
GATE = "record"


@dataclass(frozen=True)
class Place:
    """A call in a function of a module."""

    module: Path
    function: ast.FunctionDef | None
    call: ast.Call

    @property
    def name(self) -> str:
        """The name of what is called."""
        called = self.call.func
        return called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")

    def __str__(self) -> str:
        return f"{self.module.relative_to(ROOT)}:{self.call.lineno}"


def _calls(module: Path, node: ast.AST, function: ast.FunctionDef | None) -> Iterator[Place]:
    for child in ast.iter_child_nodes(node):
        inside = child if isinstance(child, ast.FunctionDef) else function
        if isinstance(child, ast.Call):
            yield Place(module, function, child)
        yield from _calls(module, child, inside)


@cache
def places() -> tuple[Place, ...]:
    """Every call in the rooms."""
    modules = [
        file for room in (*ROOMS, "procuracy") for file in sorted((ROOT / room).rglob("*.py"))
    ]
    return tuple(
        place
        for module in modules
        if "migrations" not in module.parts
        for place in _calls(module, ast.parse(module.read_text()), None)
    )


def _argument(call: ast.Call, function: ast.FunctionDef, name: str) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    positions = [argument.arg for argument in function.args.args]
    if name in positions and positions.index(name) < len(call.args):
        return call.args[positions.index(name)]
    return None


def _given(name: str, place: Place) -> set[str]:
    """Return what the callers of the function give as its parameter `name`."""
    function = place.function
    assert function is not None, place
    found: set[str] = set()
    for caller in places():
        near = caller.module == place.module or not function.name.startswith("_")
        if caller.name == function.name and near:
            value = _argument(caller.call, function, name)
            found |= values(value, caller) if value is not None else set()
    assert found, f"{place}: nobody gives {name} to {function.name}"
    return found


def values(node: ast.expr, place: Place) -> set[str]:
    """Return every text `node` may stand for."""
    said = ast.unparse(node)
    if said in OTHERS:
        return OTHERS[said]()
    if said == "action.split('.')[0]":
        return {code.split(".")[0] for code in _given("action", place)}
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.IfExp):
        return values(node.body, place) | values(node.orelse, place)
    if isinstance(node, ast.FormattedValue):
        return values(node.value, place)
    if isinstance(node, ast.JoinedStr):
        parts = [values(part, place) for part in node.values]
        return {"".join(texts) for texts in product(*parts)}
    if isinstance(node, ast.Name):
        return _given(node.id, place)
    raise AssertionError(f"{place}: say in OTHERS what {said} may be.")


def recorded(keyword: str) -> dict[str, str]:
    """Return every code recorded under `keyword`, with a place where it is."""
    found = {}
    for place in places():
        if place.name == GATE:
            for given in place.call.keywords:
                if given.arg == keyword:
                    found |= {code: str(place) for code in values(given.value, place)}
    return found


def test_the_source_is_read_whole():
    acts = recorded("action")
    assert {"case.exported", "user.login", "document.pdf", "event.case_filed"} <= set(acts)
    assert len(acts) > 90
    assert {"approval_route", "exhibit", "event", "comment"} <= set(recorded("object_type"))


@pytest.mark.parametrize("keyword", ["action", "object_type"])
def test_every_recorded_code_has_a_title(keyword):
    without = {code: place for code, place in recorded(keyword).items() if word_for(code) == code}
    assert without == {}
