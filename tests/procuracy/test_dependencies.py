"""Nothing is used that is not pinned, and nothing is pinned without a reason in docs/dependencies.md."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Set
from functools import cache
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.database import ROOT

RUN, DEVELOP = "requirements.txt", "requirements-dev.txt"


@cache
def pins(name: str) -> dict[str, Requirement]:
    """Return the requirements of one file by their normalised names."""
    lines = [line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    found = [Requirement(line) for line in lines if line and not line.startswith("-r")]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def applying(requirements: dict[str, Requirement]) -> dict[str, Requirement]:
    """Return those that count for this Python and this machine."""
    return {
        name: requirement
        for name, requirement in requirements.items()
        if requirement.marker is None or requirement.marker.evaluate()
    }


def rows(chapter: str) -> dict[str, str]:
    """Return the second column of every table in a chapter of docs/dependencies.md, by the first."""
    text = (ROOT / "docs/dependencies.md").read_text()
    (part,) = re.findall(rf"^## {re.escape(chapter)}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    cells = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", part, re.M)
    return {name: text for name, text in cells[1:] if "---" not in name}


def named(chapter: str) -> set[str]:
    """Return the packages of a chapter by their normalised names."""
    return {canonicalize_name(Requirement(name).name) for name in rows(chapter)}


def imports(path: Path) -> Iterator[str]:
    """Yield the top-level names a file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def foreign_imports(*, of_tests: bool) -> dict[str, Path]:
    """Return the packages of others that the code imports, each with a file that does."""
    ours = {path.name for path in ROOT.iterdir() if path.is_dir()}
    found = {}
    for path in ROOT.rglob("*.py"):
        inside = path.relative_to(ROOT)
        if inside.parts[0].startswith(".") or (inside.parts[0] == "tests") != of_tests:
            continue
        for name in imports(path):
            if name not in ours and name not in sys.stdlib_module_names:
                found[name] = inside
    return found


def pinned_as(module: str, *files: str) -> set[str]:
    owners = {canonicalize_name(name) for name in packages_distributions().get(module, ())}
    return owners & {name for file in files for name in pins(file)}


@pytest.mark.parametrize(("of_tests", "files"), [(False, [RUN]), (True, [RUN, DEVELOP])])
def test_everything_that_is_imported_is_pinned(of_tests, files):
    loose = {
        module: str(path)
        for module, path in foreign_imports(of_tests=of_tests).items()
        if not pinned_as(module, *files)
    }
    assert not loose


def test_every_pin_is_exact_and_written_once():
    for file in (RUN, DEVELOP):
        for requirement in pins(file).values():
            assert re.fullmatch(r"==[\w.!+]+", str(requirement.specifier)), requirement
    assert not pins(RUN).keys() & pins(DEVELOP).keys()


@pytest.mark.parametrize("file", [RUN, DEVELOP])
def test_the_tests_run_on_exactly_what_is_pinned(file):
    for name, requirement in applying(pins(file)).items():
        assert requirement.specifier.contains(distribution(name).version, prereleases=True), name


def needed_by(name: str, extras: Set[str]) -> Iterator[Requirement]:
    """Yield what a package asks for here, with these extras."""
    for text in distribution(name).requires or ():
        requirement = Requirement(text)
        environments = [default_environment() | {"extra": extra} for extra in {"", *extras}]
        if requirement.marker is None or any(map(requirement.marker.evaluate, environments)):
            yield requirement


@pytest.mark.parametrize(("file", "files"), [(RUN, [RUN]), (DEVELOP, [RUN, DEVELOP])])
def test_what_the_packages_ask_for_is_pinned_too(file, files):
    """The scripts install without looking for dependencies, so a missing one would be missing."""
    here = {name: pin for part in files for name, pin in pins(part).items()}
    for name, pin in applying(pins(file)).items():
        for wanted in needed_by(name, pin.extras):
            assert canonicalize_name(wanted.name) in here, f"{name} asks for {wanted}"


CHAPTERS = {
    RUN: ("Chosen, to run", "Asked for by the chosen ones, to run"),
    DEVELOP: ("Chosen, to check and test", "Asked for by the chosen ones, to check and test"),
}


@pytest.mark.parametrize("file", [RUN, DEVELOP])
def test_every_pin_has_its_reason_and_every_reason_its_pin(file):
    chosen, asked_for = map(named, CHAPTERS[file])
    assert chosen | asked_for == pins(file).keys()
    assert not chosen & asked_for


def askers(*files: str) -> dict[str, set[str]]:
    """Return who of `files` asks for each package, by way of the chosen ones and their extras."""
    found: dict[str, set[str]] = {}
    todo = [Requirement(name) for file in files for name in rows(CHAPTERS[file][0])]
    seen = set()
    while todo:
        asker = todo.pop()
        name, extras = canonicalize_name(asker.name), frozenset(asker.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        for wanted in needed_by(name, extras):
            found.setdefault(canonicalize_name(wanted.name), set()).add(name)
            todo.append(wanted)
    return found


@pytest.mark.parametrize(("file", "files"), [(RUN, [RUN]), (DEVELOP, [RUN, DEVELOP])])
def test_who_asks_for_a_package_is_told_truly(file, files):
    """A package nobody asks for any more is dropped from the pins, or chosen for a reason."""
    truly, here = askers(*files), applying(pins(file))
    for name, told in rows(CHAPTERS[file][1]).items():
        if canonicalize_name(name) in here:
            named_there = {canonicalize_name(asker) for asker in re.split(r"[,\s]+", told)}
            assert named_there == truly.get(canonicalize_name(name)), name


def test_what_is_imported_to_run_was_chosen_for_a_reason():
    chosen = named(CHAPTERS[RUN][0])
    unnamed = {
        module: str(path)
        for module, path in foreign_imports(of_tests=False).items()
        if not pinned_as(module, RUN) & chosen
    }
    assert not unnamed
