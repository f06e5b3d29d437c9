"""The card as programs read it, by the API and as a file alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases.registries import CardSource, CardValue
from cases.selectors.card import Card, CardLine, CardVersion, history_of

if TYPE_CHECKING:
    from cases.models import CardCheck


def plain_card(whole: Card) -> dict[str, Any]:
    """Return the whole card as JSON values; titles are in both languages, words in the reader's."""
    matter = whole.matter
    return {
        "key": matter.key,
        "machine": matter.machine,
        "state": matter.state,
        "demanded": whole.demanded,
        "filled": whole.filled,
        "items": [_line(whole, line) for line in whole.lines],
    }


def _line(whole: Card, line: CardLine) -> dict[str, Any]:
    item = line.item
    return {
        "code": item.code,
        "section": item.section.value,
        "title_zh": item.title_zh,
        "title_en": item.title_en,
        "article": item.article,
        "main": item.main,
        "mark": line.mark.value,
        "demanded": line.demanded,
        "digest": line.digest,
        "values": [_value(value) for value in line.values],
        "check": plain_check(line.check) if line.check else None,
        "history": [_version(version) for version in history_of(whole.reading, item)],
    }


def _value(value: CardValue) -> dict[str, Any]:
    return {
        "value": value.plain,
        "text": str(value.text),
        "note": str(value.note),
        "source": _source(value.source),
    }


def _source(source: CardSource) -> dict[str, Any]:
    return {
        "kind": source.kind,
        "id": source.pk,
        "title": str(source.title),
        "link": source.link,
    }


def _version(version: CardVersion) -> dict[str, Any]:
    told = version.told
    return {
        "value": version.value.plain,
        "event": told.event.pk,
        "correction": told.by.pk if told.by else None,
        "reason": version.reason,
        "annulled": version.annulled,
        "standing": version.standing,
    }


def plain_check(check: CardCheck) -> dict[str, Any]:
    """Return who checked which value when."""
    return {
        "item": check.item,
        "digest": check.digest,
        "checked_by": {"id": check.checked_by.pk, "name": check.checked_by.name},
        "checked_at": check.checked_at,
    }
