"""Keeping the texts that a round of approval is bound to."""

from __future__ import annotations

from collections.abc import Iterable

from notices.models import Document, SubmittedText


def keep_texts(pks: Iterable[int]) -> None:
    """Keep what the documents say now, once a text; inside the caller's transaction.

    An upload has no text: its file is in the store for good.
    """
    rows = Document.objects.filter(pk__in=pks, uploaded=False)
    SubmittedText.objects.bulk_create(
        [SubmittedText(document=row, digest=row.digest, contents=row.values) for row in rows],
        ignore_conflicts=True,
    )
