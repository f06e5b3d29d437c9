"""Many people issue at once and some acts fail: the series has no gap and no twin (safety B3)."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from notices.models import Document, NumberCounter, NumberRegister
from tests.notices.matters import filed_case, issue
from tests.notices.test_numbers import _twin
from tests.support.days import on

# The goal speaks of 200 issuers; every day fewer do.
ISSUERS = int(os.environ.get("PROCURACY_ISSUERS", "20"))
EACH = 5
# As many at once as the database of the tests lets in beside its other guests.
AT_ONCE = 40


class Undone(Exception):
    """What goes wrong after the number was given, inside the same transaction."""


@pytest.mark.slow
@pytest.mark.norm("C116")
def test_of_many_issues_at_once_a_tenth_is_undone_and_the_numbers_have_no_gap_and_no_twin(
    committed_db, settings, tmp_path, cast
):
    settings.EVIDENCE_STORAGE = str(tmp_path / "store")
    with on(2026, 6, 24):
        first = filed_case(cast).documents.get(code="D-06")
        many = ISSUERS * EACH
        drafts = [first, *(_twin(first, 1000 + index) for index in range(many - 1))]
        doomed = {document.pk for document in drafts[::10]}
        shares = [drafts[begin : begin + EACH] for begin in range(0, many, EACH)]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            undone = sum(pool.map(lambda share: _issue_each(cast, share, doomed), shares))
    kept = many - undone
    assert undone == len(doomed) == many // 10
    assert sorted(NumberRegister.objects.values_list("sequence", flat=True)) == [
        *range(1, kept + 1)
    ]
    assert NumberCounter.objects.get().last == kept
    assert Document.objects.filter(status="issued").count() == kept
    numbers = Document.objects.filter(status="issued").values_list("number", flat=True)
    assert len(set(numbers)) == kept


def _issue_each(cast, documents, doomed: set[int]) -> int:
    """Issue the documents one after the other and undo the doomed; return how many were undone."""
    undone = 0
    try:
        with on(2026, 6, 24):
            for document in documents:
                try:
                    with transaction.atomic():
                        issue(cast, document)
                        if document.pk in doomed:
                            raise Undone
                except Undone:
                    undone += 1
    finally:
        connections.close_all()
    return undone
