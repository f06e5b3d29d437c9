"""How a room declares the items of its part of the card: by the fact or the day of an event, or by a row."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _

from audit.errors import Text
from audit.fields import DayField
from cases.registries import CardItem, CardSection, CardSource, CardValue, card, event_kinds

if TYPE_CHECKING:
    from cases.card.reading import CardReading, Told

NOTHING: tuple[Any, ...] = (None, "", [])


def register(room: str, items: Iterable[CardItem]) -> None:
    """Hand the items of a room to the registry."""
    for item in items:
        card.register(item.code, dataclasses.replace(item, room=room))


def of_fact(
    code: str,
    section: CardSection,
    title_zh: str,
    title_en: str,
    article: str,
    *,
    kinds: tuple[str, ...],
    fact: str,
    every: bool = False,
    after: tuple[str, ...] = (),
    titles: Callable[[], Mapping[str, Text]] | None = None,
    model: type[Model] | None = None,
    **further: Any,
) -> CardItem:
    """Return an item that shows one fact of the last event of `kinds`, or of every one.

    Args:
        after: the kinds of events with which a round begins; what was recorded before says nothing now.
        titles: what the values are called, where no form of the kind says it.
        model: the rows a value names by their key; it costs one query.
        further: the attributes of `CardItem` beside those above.
    """

    def said(reading: CardReading, told: Told) -> CardValue | None:
        raw: Any = told.facts.get(fact)
        if raw in NOTHING:
            return None
        source = reading.from_event(told.event)
        if model is not None:
            row = model._default_manager.filter(pk=raw).first()
            return CardValue(raw, str(row), source, written=True) if row else None
        if titles is not None:
            return CardValue(raw, titles().get(str(raw), str(raw)), source)
        return in_words(field_of(told.kind, fact), raw, source)

    return CardItem(
        code,
        section,
        title_zh,
        title_en,
        article,
        _told_by(kinds, said, every=every, after=after),
        # Of the last event alone; where every one counts, each card is read by itself.
        among=(
            partial(_among, kinds=kinds, fact=fact, after=after, model=model)
            if model and not every
            else None
        ),
        kinds=kinds,
        fact=fact,
        said=said,
        **further,
    )


def _among(
    readings: Iterable[CardReading],
    *,
    kinds: tuple[str, ...],
    fact: str,
    after: tuple[str, ...],
    model: type[Model],
) -> list[int]:
    """Return the keys of the matters whose last event of `kinds` names a row that there is."""
    lasts = ((reading.matter.pk, reading.last(*kinds, since=after)) for reading in readings)
    named = {key: told.facts.get(fact) for key, told in lasts if told}
    wanted = [raw for raw in named.values() if raw not in NOTHING]
    found = {
        str(pk) for pk in model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True)
    }
    return [key for key, raw in named.items() if str(raw) in found]


def of_day(
    code: str,
    section: CardSection,
    title_zh: str,
    title_en: str,
    article: str,
    *,
    kinds: tuple[str, ...],
    every: bool = False,
    after: tuple[str, ...] = (),
    note: Callable[[Told], Text] | None = None,
    **further: Any,
) -> CardItem:
    """Return an item that shows the legal day of the last event of `kinds`, or of every one.

    Args:
        after: the kinds of events with which a round begins; what was recorded before says nothing now.
        note: what is said beside the day.
        further: the attributes of `CardItem` beside those above.
    """

    def said(reading: CardReading, told: Told) -> CardValue:
        value = day_value(told.day, reading.from_event(told.event))
        return dataclasses.replace(value, note=note(told)) if note else value

    return CardItem(
        code,
        section,
        title_zh,
        title_en,
        article,
        _told_by(kinds, said, every=every, after=after),
        kinds=kinds,
        said=said,
        **further,
    )


def _told_by(
    kinds: tuple[str, ...],
    said: Callable[[CardReading, Told], CardValue | None],
    *,
    every: bool,
    after: tuple[str, ...],
) -> Callable[[CardReading], Iterator[CardValue]]:
    def tell(reading: CardReading) -> Iterator[CardValue]:
        entries = reading.told(*kinds, since=after)
        for told in entries if every else entries[-1:]:
            if value := said(reading, told):
                yield value

    return tell


def field_of(kind: str, fact: str) -> forms.Field | None:
    """Return the field that asked for a fact, of the act or its proposal; None where a service stated it."""
    declared = event_kinds.get(kind)
    for form in (declared.form, declared.proposal_form) if declared else ():
        if form is not None and fact in form.base_fields:
            field: forms.Field = form.base_fields[fact]
            return field
    return None


def in_words(field: forms.Field | None, raw: Any, source: CardSource) -> CardValue:
    """Return a fact as its form asked for it: a choice by its title, a day as a day, a text as it is."""
    if isinstance(field, forms.ChoiceField):
        titles = {str(value): title for value, title in field.choices}  # type: ignore[misc, union-attr]
        codes = [str(code) for code in (raw if isinstance(raw, list) else [raw])]
        words = "、".join(str(titles.get(code, code)) for code in codes)
        return CardValue(codes if isinstance(raw, list) else codes[0], words, source)
    if isinstance(field, forms.BooleanField) or isinstance(raw, bool):
        return yes_or_no(bool(raw), source)
    if isinstance(field, DayField):
        return day_value(date.fromisoformat(str(raw)), source)
    if isinstance(field, forms.DecimalField):
        return amount_value(raw, source)
    if isinstance(field, forms.IntegerField):
        return CardValue(int(raw), str(raw), source)
    return CardValue(str(raw), str(raw), source, written=True)


def day_value(day: date, source: CardSource) -> CardValue:
    """Return a day as a value."""
    return CardValue(day.isoformat(), day.isoformat(), source, day=day)


def yes_or_no(holds: bool, source: CardSource) -> CardValue:
    """Return whether something holds as a value."""
    return CardValue(holds, _("Yes") if holds else _("No"), source)


def amount_value(amount: Any, source: CardSource) -> CardValue:
    """Return an amount in yuan as a value, written with its two places."""
    try:
        number = Decimal(str(amount)).quantize(Decimal("0.01"))
    except InvalidOperation:  # written by hand into an old record
        return CardValue(str(amount), str(amount), source, written=True)
    return CardValue(str(number), f"{number:,}", source)
