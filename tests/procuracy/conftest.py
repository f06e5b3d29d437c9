"""One house with something of everything in it, built once a run and cloned for every test."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from django.test import Client, override_settings

from tests.procuracy import house as houses
from tests.procuracy.tour import Stop
from tests.procuracy.tour import stops as tour
from tests.support import database
from tests.support.days import on
from tests.support.people import Cast
from tests.support.prepared import Prepared, prepared
from tests.support.processes import common_folder, shared


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


@pytest.fixture(scope="session")
def built(town, django_db_blocker, tmp_path_factory) -> Iterator[Prepared]:
    """The house; inside are its people."""

    def build() -> Cast:
        cast = town.open().cast
        houses.build(cast)
        return cast

    with (
        quiet(),
        on(2026, 6, 24),
        prepared("house", town.name, django_db_blocker, tmp_path_factory, build) as made,
    ):
        yield made


@pytest.fixture(scope="session")
def furnished(built, django_db_blocker, tmp_path_factory) -> Iterator[Prepared]:
    """The house with its furniture inside; the tour that finds its pages walks through a clone of it."""

    def walk() -> bytes:
        cast = built.open()
        with (
            database.clone(built.name) as name,
            database.used(name, django_db_blocker),
            override_settings(EVIDENCE_STORAGE=str(built.files)),
        ):
            return pickle.dumps(Furniture(cast, list(tour(Client(), cast))))

    folder = common_folder(tmp_path_factory)
    with quiet(), on(2026, 6, 24), shared(folder, "tour", walk, drop=bool) as inside:
        yield replace(built, inside=inside)


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
    furnished.copy_files(store)
    settings.EVIDENCE_STORAGE = str(store)
    with quiet(), on(2026, 6, 24):
        yield furnished.open()
