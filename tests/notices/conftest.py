"""Fixtures of this room: a case the chief has filed, made once a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from cases.models import Case
from tests.notices.matters import filed_case
from tests.support.days import on
from tests.support.prepared import Prepared, Stage, prepared


@pytest.fixture(scope="session")
def stage(town, django_db_blocker, tmp_path_factory) -> Iterator[Prepared]:
    """The town after a filing on the day of the tests."""

    def file() -> Stage:
        cast = town.open().cast
        return Stage(cast, filed_case(cast))

    with (
        on(2026, 6, 24),
        prepared("filed", town.name, django_db_blocker, tmp_path_factory, file) as made,
    ):
        yield made


@pytest.fixture(scope="module", autouse=True)
def filed(room) -> None:
    """Every file of this room begins on its stage."""


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> None:
    """A store of its own for every test."""
    settings.EVIDENCE_STORAGE = str(tmp_path / "store")


@pytest.fixture
def case(june, inside) -> Case:
    """A case the chief has filed, with handler, assistant and clerk."""
    return inside.case


@pytest.fixture(autouse=True)
def english():
    """Sentences are compared in English, whatever language an earlier page left behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def june():
    """The day of the tests: 24 June 2026."""
    with on(2026, 6, 24):
        yield


@pytest.fixture
def decision(case):
    """The draft of the filing decision that the filing made."""
    return case.documents.get(code="D-06")
