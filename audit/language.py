"""Which of the two languages the reader reads."""

from __future__ import annotations

from django.utils.translation import get_language


def is_chinese() -> bool:
    """Say whether the reader reads Chinese."""
    return (get_language() or "").startswith("zh")
