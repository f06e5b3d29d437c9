"""Markup and template code in every text people may have typed: every page shows it as text.

Not one form at a time: every text of every table that holds a Chinese character (codes hold none) is
replaced by the owner of the tables, past all services, so that no field added later can be left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db import connections, models
from django.test import Client
from django.utils.html import escape

from procuracy.urls import ROOMS
from tests.procuracy.tour import visit

pytestmark = pytest.mark.slow
HOSTILE = """<u poison="">&"'{{ p }}{% p %}"""
SHORT = "<u poison>"
# The sheet of a document ends its lines where the PDF does, in the middle of a text.
# A drawing shows the beginning of a long name; what it shows is the beginning of the text, letter by letter.
BEGINNINGS = {f"{escape(HOSTILE[:length])}…" for length in range(len(HOSTILE))}
CUT_SHORT = re.compile(r"&lt;u poison=[^<]*?…")
LINE_ENDS = re.compile(r'</span>(?= ?<span class="doc-(?:turn|line))|<span class="doc-[^>]*>')
HAN = "[\u4e00-\u9fff]"


class Tags(HTMLParser):
    """Notes whether something typed became an element or an attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.poisoned: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if any("poison" in name for name, _value in attrs):
            self.poisoned.append(self.get_starttag_text() or tag)


def poison() -> set[str]:
    """Replace the texts; return the columns in which there was one."""
    found = set()
    with connections["owner"].cursor() as cursor:
        for model in _tables():
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
            for field in model._meta.concrete_fields:
                if _poison_column(cursor, model, field):
                    found.add(f"{model._meta.label}.{field.name}")
            cursor.execute(f"ALTER TABLE {model._meta.db_table} ENABLE TRIGGER USER")
    return found


def _tables() -> Iterator[type[models.Model]]:
    for room in ROOMS:
        yield from apps.get_app_config(room).get_models()


def _poison_column(cursor: Any, model: Any, field: Any) -> bool:
    table, key, column = model._meta.db_table, model._meta.pk.column, f'"{field.column}"'
    if isinstance(field, models.JSONField):
        return _poison_json(cursor, table, key, column)
    if field.primary_key or not isinstance(field, models.CharField | models.TextField):
        return False
    fits = field.max_length is None or field.max_length >= len(HOSTILE) + len(SHORT)
    cursor.execute(
        f"UPDATE {table} SET {column} = %s || {key} WHERE {column} ~ %s",
        [HOSTILE if fits else SHORT, HAN],
    )
    return cursor.rowcount > 0


def _poison_json(cursor: Any, table: str, key: str, column: str) -> bool:
    cursor.execute(f"SELECT {key}, {column} FROM {table} WHERE {column}::text ~ %s", [HAN])
    rows = cursor.fetchall()
    for row, value in rows:
        poisoned = json.dumps(_poisoned(json.loads(value)))
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [poisoned, row])
    return bool(rows)


def _poisoned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _poisoned(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_poisoned(inner) for inner in value]
    typed = isinstance(value, str) and any("\u4e00" <= sign <= "\u9fff" for sign in value)
    return value + HOSTILE if typed else value


def test_what_people_typed_is_text_on_every_page(furniture):
    faults, shown = [], 0
    assert {"cases.Lead.title", "cases.Party.name", "accounts.User.name"} <= poison()
    for stop, language, page in visit(Client(), furniture.stops):
        tags = Tags()
        tags.feed(page)
        faults += [f"{stop.name} in {language}: {tag}" for tag in tags.poisoned]
        if "&amp;quot;" in page or "&amp;lt;" in page or "&amp;#x27;" in page:
            faults.append(f"{stop.name} in {language} escapes twice")
        shown += "&lt;u poison=" in page
        whole = CUT_SHORT.sub(
            lambda cut: "" if cut[0] in BEGINNINGS else cut[0], LINE_ENDS.sub("", page)
        )
        if whole.count("u poison=") != whole.count("{{ p }}{% p %}"):
            faults.append(f"{stop.name} in {language} reads braces as a template")
    assert not faults, "\n".join(faults)
    assert shown > 60
