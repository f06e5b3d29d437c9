"""One house with something of everything in it, built once a process and cloned for every test."""

from __future__ import annotations

import logging
import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client, override_settings

from tests.procuracy import house as houses
from tests.procuracy.tour import Stop
from tests.procuracy.tour import stops as tour
from tests.support import database
from tests.support.days import on
from tests.support.people import Cast


@dataclass(frozen=True)
class Furnished:
    """A database to clone and a store to copy.

    Attributes:
        inside: the cast and the stops of the tour, pickled together: a test must not change another's.
    """

    name: str
    store: Path
    inside: bytes


@dataclass(frozen=True)
class Furniture:
    """What a test finds in its own clone on 24 June 2026."""

    cast: Cast
    stops: list[Stop]


@contextmanager
def quiet() -> Iterator[None]:
    """Say nothing of every page that is not for somebody."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _built(cast: Cast, store: Path) -> Cast:
    with override_settings(EVIDENCE_STORAGE=str(store)):
        houses.build(cast)
    return cast


def _walked(cast: Cast, store: Path) -> list[Stop]:
    with override_settings(EVIDENCE_STORAGE=str(store)):
        return list(tour(Client(), cast))


@pytest.fixture(scope="session")
def furnished(town, django_db_blocker, tmp_path_factory) -> Iterator[Furnished]:
    """The house; the tour that finds its pages walks through a clone of it."""
    store = tmp_path_factory.mktemp("house") / "evidence"
    with database.clone(town.name, "house") as name, quiet(), on(2026, 6, 24):
        with database.used(name, django_db_blocker):
            cast = _built(town.open().cast, store)
        with database.clone(name) as walk, database.used(walk, django_db_blocker):
            stops = _walked(cast, store)
        yield Furnished(name, store, pickle.dumps(Furniture(cast, stops)))


@pytest.fixture
def source_database(request, stage) -> str:
    """Where a test asks for the furniture, it works in a clone of the house."""
    if "furniture" in request.fixturenames:
        return request.getfixturevalue("furnished").name
    return stage.name


@pytest.fixture
def furniture(furnished, committed_db, settings, tmp_path) -> Iterator[Furniture]:
    """The house for one test, with a copy of its files."""
    store = tmp_path / "home" / "evidence"
    shutil.copytree(furnished.store, store)
    settings.EVIDENCE_STORAGE = str(store)
    with quiet(), on(2026, 6, 24):
        yield pickle.loads(furnished.inside)
