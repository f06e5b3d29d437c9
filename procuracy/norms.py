"""The norms of law the software keeps, and the tests that show each."""

from __future__ import annotations

import ast
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

SOURCE = Path(__file__).with_name("norms.toml")


@dataclass(frozen=True)
class Norm:
    """One norm: its code, the articles it rests on and what it demands, in our own words."""

    code: str
    law: str
    text: str


@cache
def norms() -> dict[str, Norm]:
    """Return every norm by its code, in order."""
    with SOURCE.open("rb") as file:
        return {code: Norm(code, **entry) for code, entry in tomllib.load(file).items()}


def citations(folder: Path | None = None) -> dict[str, list[str]]:
    """Return the tests that cite each norm, as ``tests/room/test_file.py::test_name``.

    The files are read, not run. A mark on the whole module counts for the file.

    Args:
        folder: where the tests are; those of this project when left out.
    """
    root = folder or settings.BASE_DIR / "tests"
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(root.rglob("test_*.py")):
        name = path.relative_to(root.parent).as_posix()
        for code, test in _cited_in(ast.parse(path.read_text(encoding="utf-8"))):
            citation = f"{name}::{test}" if test else name
            if citation not in found[code]:
                found[code].append(citation)
    return dict(found)


def unknown(cited: Mapping[str, list[str]]) -> list[str]:
    """Return the codes that tests cite and nobody declared."""
    return sorted(cited.keys() - norms().keys())


def _cited_in(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield (code, name of the test) of every mark; the name is empty for the whole module."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in node.decorator_list:
                yield from ((code, node.name) for code in _marks(decorator))
        elif isinstance(node, ast.Assign):
            yield from ((code, "") for code in _marks(node.value))


def _marks(node: ast.AST) -> Iterator[str]:
    """Yield the codes of the calls `pytest.mark.norm("…")` in an expression."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and getattr(part.func, "attr", "") == "norm":
            yield from (str(a.value) for a in part.args if isinstance(a, ast.Constant))
