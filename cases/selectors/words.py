"""Which words lists, API and search look for in leads and cases."""

from __future__ import annotations

from django.db.models import F, Q

from audit.words import holds, says
from cases.models.matter import LEAD_WORDS


def case_says(words: str) -> Q:
    """Return the condition that a case or one of its parties holds every one of `words`.

    Title, numbers, the names and codes of the parties; initials in pinyin too.
    """
    return holds(words, text=F("words__text"), pairs=F("words__pairs"))


def lead_says(words: str) -> Q:
    """Return the condition that a lead's key, title, processor or summary holds every one of `words`."""
    return says(words, *LEAD_WORDS)
