"""What this room says on the case card: the next last day."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from cases.card.declaring import day_value, register
from cases.card.reading import CardReading
from cases.registries import CardItem, CardSection, CardSource, CardValue
from deadlines import selectors
from deadlines.models import DeadlineState


def _next(reading: CardReading) -> Iterator[CardValue]:
    rows = selectors.deadlines_of(reading.actor, reading.matter)
    if row := rows.filter(state=DeadlineState.OPEN).first():
        source = CardSource(
            "deadline", row.pk, row.marked_heading, reverse("deadline_detail", args=[row.pk])
        )
        yield day_value(row.effective_day, source)


ITEMS = (
    CardItem(
        *("next_deadline", CardSection.CASE, "最近期限", "Next deadline", "law 6.1", _next),
        of=("lead", "case", "administrative"),
        counted=True,
    ),
)


def register_items() -> None:
    """Hand the item to the registry."""
    register("deadlines", ITEMS)
