"""The record of this room's tests begins with their own entries."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module", autouse=True)
def empty(nobody) -> None:
    """Every file of this room asks for an empty database."""
