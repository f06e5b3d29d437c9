"""A case in its performance period, and a store of its own for every test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.utils import translation

from audit import clock
from cases.models import Case
from tests.enforcement import scenes
from tests.support.prepared import Prepared, Stage, prepared

BEGUN = datetime(2026, 7, 13, 10, 0)


@pytest.fixture(autouse=True)
def store(tmp_path, settings):
    settings.EVIDENCE_STORAGE = str(tmp_path / "evidence")
    return tmp_path / "evidence"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def stage(town, django_db_blocker, tmp_path_factory) -> Iterator[Prepared]:
    """The town with a case whose judgment of four paragraphs has taken effect and is to be performed."""

    def begin() -> Stage:
        cast = town.open().cast
        return Stage(cast, scenes.begun(cast, *scenes.ALL))

    with (
        clock.frozen(BEGUN),
        prepared("performance", town.name, django_db_blocker, tmp_path_factory, begin) as made,
    ):
        yield made


@pytest.fixture(scope="module", autouse=True)
def to_be_performed(room) -> None:
    """Every file of this room begins on its stage."""


@pytest.fixture
def case(inside) -> Case:
    """The case in its performance period since 13 July 2026."""
    return inside.case
