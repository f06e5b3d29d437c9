"""The cards of many cases read at once lack what each of them lacks alone, in a house of every kind."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.reading import reading
from cases.models import Case
from cases.selectors.card import card_of
from cases.selectors.cards import completeness_of
from cases.selectors.matters import cases_visible_to

pytestmark = pytest.mark.slow


def seen_by(person) -> list[Case]:
    rows = cases_visible_to(person).select_related("office", "department", "lead")
    return list(rows.order_by("pk"))


@pytest.mark.parametrize("who", ["handler", "head", "chief", "case_manager", "clerk"])
def test_read_together_the_cards_lack_what_each_lacks_alone(furniture, who):
    person = getattr(furniture.cast, who)
    cases = seen_by(person)
    together = completeness_of(person, cases)
    assert [row.case for row in together] == cases
    for row in together:
        alone = card_of(person, Case.objects.get(pk=row.case.pk))
        missing = [line.item.code for line in alone.missing]
        assert [item.code for item in row.missing] == missing, row.case.state
        assert (row.demanded, row.demanded - len(row.missing)) == (alone.demanded, alone.filled)
    if who == "chief":
        assert len({case.state for case in cases}) >= 5
        assert any(row.missing for row in together)


def test_many_cards_cost_no_more_statements_than_there_are_items_that_ask(furniture):
    person = furniture.cast.chief
    cases = seen_by(person)
    asked = []
    for some in (cases, cases + [case for case in cases for _again in range(3)]):
        with reading(), CaptureQueriesContext(connection) as queries:
            completeness_of(person, some)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 16
