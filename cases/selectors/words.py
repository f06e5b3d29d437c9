"""Which words lists, API and search look for in leads, cases and parties."""

from __future__ import annotations

from django.db.models import F, Q

from audit.words import few_or, holds, says
from cases.models import CaseWords, Lead, Party
from cases.models.matter import LEAD_WORDS
from cases.models.people import PARTY_WORDS


def case_says(words: str) -> Q:
    """Return the condition that a case or one of its parties holds every one of `words`.

    Title, numbers, the names and codes of the parties; initials in pinyin too.
    """
    found = CaseWords.objects.filter(holds(words, text=F("text"), pairs=F("pairs")))
    lazily = holds(words, text=F("words__text"), pairs=F("words__pairs"))
    return few_or(lazily, found, words)


def lead_says(words: str) -> Q:
    """Return the condition that a lead's key, title, processor or summary holds every one of `words`."""
    return says(Lead.objects.all(), words, *LEAD_WORDS)


def party_says(words: str) -> Q:
    """Return the condition that the names or the code of a party hold every one of `words`."""
    return says(Party.objects.all(), words, *PARTY_WORDS)
