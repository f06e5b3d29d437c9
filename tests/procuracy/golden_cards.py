"""Reads and writes the golden cards of the demonstration; `WRITE_GOLDEN=1` after a wanted change."""

from __future__ import annotations

import json
from pathlib import Path

from django.utils import translation

from cases.models import Case, Lead
from cases.selectors.card import card_of
from cases.selectors.matters import is_visible
from tests.support.cards import told

FILE = Path(__file__).with_suffix(".json")


def cards(reader) -> dict[str, dict[str, list[str]]]:
    """Return the cards of every case and lead `reader` sees in Chinese, by key."""
    with translation.override("zh-hans"):
        return {
            matter.key: told(card_of(reader, matter))
            for model in (Lead, Case)
            for matter in model.objects.order_by("key")
            if is_visible(reader, matter)
        }


def read() -> dict[str, dict[str, list[str]]]:
    return json.loads(FILE.read_text(encoding="utf-8"))


def write(made: dict[str, dict[str, list[str]]]) -> None:
    rows = [
        f'"{key}": {{\n'
        + ",\n".join(
            f'  "{code}": {json.dumps(said, ensure_ascii=False)}' for code, said in lines.items()
        )
        + "\n}"
        for key, lines in made.items()
    ]
    FILE.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
