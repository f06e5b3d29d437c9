"""Databases made once a run with something in them, which tests clone instead of making it again."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import override_settings

from tests.support import database
from tests.support.people import Cast
from tests.support.processes import common_folder, shared

if TYPE_CHECKING:
    from cases.models import Case


@dataclass(frozen=True)
class Stage:
    """What a test finds: the people and, where the room has one, the case they work on."""

    cast: Cast
    case: Case | None = None


@dataclass(frozen=True)
class Prepared:
    """A database to clone, with the files that belong to it.

    Attributes:
        name: the database; nobody stays connected to it, so that it can be cloned.
        files: the store of the files of its exhibits and documents.
        inside: what its maker returned, pickled: a test must not change another's.
    """

    name: str
    files: Path
    inside: bytes

    def open(self) -> Any:
        """Return a copy of its own of what the maker returned."""
        return pickle.loads(self.inside)

    def copy_files(self, store: Path) -> None:
        """Let `store` have the files, too."""
        if self.files.exists():
            shutil.copytree(self.files, store, dirs_exist_ok=True)


@contextmanager
def prepared(
    name: str, source: str, blocker: Any, factory: pytest.TempPathFactory, make: Callable[[], Any]
) -> Iterator[Prepared]:
    """Let `make` commit to a clone of the database `source`; once for all processes that ask for `name`."""
    folder = common_folder(factory)

    def build() -> Prepared:
        files = folder / name
        made = database.create(source, name)
        with database.used(made, blocker), override_settings(EVIDENCE_STORAGE=str(files)):
            inside = pickle.dumps(make())
        return Prepared(made, files, inside)

    with shared(folder, name, build, lambda made: database.drop(made.name)) as made:
        yield made


@contextmanager
def switched(source: str, blocker: Any) -> Iterator[None]:
    """Let tests that are rolled back work in a clone of `source` for a while."""
    with database.clone(source, "room") as name:
        with blocker.unblock():
            previous = database.used_name()
            database.use(name)
        try:
            yield
        finally:
            with blocker.unblock():
                database.use(previous)
