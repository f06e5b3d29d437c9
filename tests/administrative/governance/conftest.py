"""A case with its team on 24 June 2026, a store of its own, and English sentences."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import translation

from administrative.models import Body
from audit import clock
from cases.models import Case
from tests.administrative.governance import scenes
from tests.support.matters import make_case, set_full_team


@pytest.fixture(autouse=True)
def store(tmp_path, settings):
    settings.EVIDENCE_STORAGE = str(tmp_path / "evidence")
    return tmp_path / "evidence"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def today():
    with clock.frozen(datetime(2026, 6, 24, 10)):
        yield


@pytest.fixture
def case(cast) -> Case:
    """A civil case under way, with its team."""
    case = make_case(cast)
    set_full_team(cast, case)
    case.refresh_from_db()
    return case


@pytest.fixture
def unit(cast) -> Body:
    """A company of the case, beside the office."""
    return scenes.body(cast)
