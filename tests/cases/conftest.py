"""What several tests of this room begin with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from audit import clock


@pytest.fixture
def entering(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Running cases are entered on 24 June 2026, with a store of their own, in English."""
    settings.EVIDENCE_STORAGE = str(tmp_path / "store")
    with clock.frozen(datetime(2026, 6, 24, 9)), translation.override("en"):
        yield
