"""Pages follow one another without a gap and without a twin, forwards and backwards."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import signing
from django.db.models import F

from audit.clock import BEIJING
from audit.errors import Invalid
from audit.keyset import CappedCount, added, capped_count, capped_counts, page
from audit.models import AuditEvent

START = datetime(2024, 6, 24, tzinfo=BEIJING)


@pytest.fixture
def events(db):
    """Thirty rows: ten instants, three rows each, some without a case."""
    rows = [
        AuditEvent(
            scope=f"s{number}",
            sequence=1,
            at=START + timedelta(hours=number // 3),
            case_id=number % 4 or None,
            actor_kind="system",
            action="a",
            object_type="t",
            object_id="1",
            outcome="success",
            canonical=b"",
            previous=b"",
            mac=b"",
            algorithm=1,
            key_id=1,
        )
        for number in range(30)
    ]
    AuditEvent.objects.bulk_create(rows)
    return AuditEvent.objects.filter(scope__startswith="s")


ORDERS = [("-at", "-id"), ("at",), ("case_id",), ("-case_id", "at"), ("id",), ("-scope",)]


def walk(queryset, order, size, direction="next", cursor=None):
    pages = []
    while True:
        shown = page(queryset, order=order, after=cursor, size=size)
        pages.append(shown)
        if (cursor := getattr(shown, direction)) is None:
            return pages


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 7, 29, 30, 31])
def test_every_row_comes_exactly_once(events, order, size):
    pages = walk(events, order, size)
    found = [event.pk for shown in pages for event in shown.items]
    whole = page(events, order=order, after=None, size=100).items
    assert found == [event.pk for event in whole]
    assert len(set(found)) == 30
    assert all(len(shown.items) == size for shown in pages[:-1])


@pytest.mark.parametrize("order", ORDERS)
def test_the_way_back_shows_the_same_pages(events, order):
    there = walk(events, order, 7)
    back = walk(events, order, 7, "previous", there[-1].previous)
    assert [shown.items for shown in reversed(back)] == [shown.items for shown in there[:-1]]
    assert back[-1].previous is None
    assert there[0].previous is None


def test_rows_without_a_value_stand_last_in_both_directions(events):
    for order in (("case_id",), ("-case_id",)):
        values = [event.case_id for event in page(events, order=order, after=None, size=30).items]
        assert None not in values[:20]
        assert values[-1] is None


def test_an_annotation_may_be_the_order(events):
    pages = walk(events.annotate(score=F("case_id") * 2), ("-score",), 7)
    assert len({event.pk for shown in pages for event in shown.items}) == 30


def test_rows_that_come_meanwhile_shift_nothing(events):
    first = page(events, order=("-at",), after=None, size=5)
    newest = first.items[0]
    newest.pk, newest.scope, newest.at = None, "s-new", START + timedelta(days=9)
    newest.save()
    second = page(events, order=("-at",), after=first.next, size=5)
    assert second.items[0].at <= first.items[-1].at


@pytest.mark.parametrize(
    "cursor",
    # The signature holds the moment, so it is no name for a test.
    ["nonsense", "a:b:c", pytest.param(signing.dumps(["-at", "f", []]), id="another form"), "\x00"],
)
def test_a_cursor_that_is_not_ours_is_refused(events, cursor):
    with pytest.raises(Invalid):
        page(events, order=("-at",), after=cursor, size=5)


def test_a_cursor_of_another_order_is_refused(events):
    cursor = page(events, order=("-at",), after=None, size=5).next
    with pytest.raises(Invalid):
        page(events, order=("at",), after=cursor, size=5)


def test_counting_stops_at_the_cap(events):
    assert str(capped_count(events)) == "30"
    assert str(capped_count(events, cap=30)) == "30"
    assert str(capped_count(events, cap=29)) == "29+"


@pytest.mark.parametrize("few", [30, 29])
def test_how_often_each_value_occurs_is_counted_up_to_the_cap(events, monkeypatch, few):
    """Whether the rows are looked at once or each value is asked for by itself."""
    monkeypatch.setattr("audit.keyset.FEW", few)
    asked = [3, 1, 9]
    counts = capped_counts(events, "case_id", asked, cap=7)
    assert {value: str(count) for value, count in counts.items()} == {3: "7", 1: "7+"}
    assert list(counts) == [3, 1]
    assert capped_counts(events.none(), "case_id", asked) == {}
    assert capped_counts(events, "case_id", []) == {}


def test_a_sum_of_counts_is_no_surer_than_they_are():
    five, many = CappedCount(5, capped=False), CappedCount(7, capped=True)
    assert [str(added(rows, cap=9)) for rows in ([], [five], [five, five], [five, many])] == [
        "0",
        "5",
        "9+",
        "9+",
    ]
    assert str(added([many], cap=9)) == "7+"
