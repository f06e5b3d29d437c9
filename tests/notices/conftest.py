"""Fixtures of this room."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests.notices.matters import filed_case
from tests.support.days import on


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    """A store of its own for every test."""
    settings.EVIDENCE_STORAGE = str(tmp_path / "store")


@pytest.fixture(autouse=True)
def english():
    """Sentences are compared in English, whatever language an earlier page left behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def june(db):
    """The day of the tests: 24 June 2026."""
    with on(2026, 6, 24):
        yield


@pytest.fixture
def case(june, cast):
    """A case the chief has filed, with handler, assistant and clerk."""
    return filed_case(cast)


@pytest.fixture
def decision(case):
    """The draft of the filing decision that the filing made."""
    return case.documents.get(code="D-06")
