"""Which words lists, API and search look for in leads and cases."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from cases.models import Party


def case_says(words: str) -> Q:
    """Return the condition that a case's number or title or one of its parties holds `words`."""
    party = Party.objects.filter(case=OuterRef("pk"), removed_at__isnull=True).filter(
        Q(name__icontains=words) | Q(aliases__icontains=words) | Q(credit_code__iexact=words)
    )
    return (
        Q(title__icontains=words)
        | Q(key__icontains=words)
        | Q(official_number__icontains=words)
        | Q(Exists(party))
    )


def lead_says(words: str) -> Q:
    """Return the condition that a lead's key, title, processor or summary holds `words`."""
    return (
        Q(title__icontains=words)
        | Q(key__icontains=words)
        | Q(suspected_processor__icontains=words)
        | Q(summary__icontains=words)
    )
