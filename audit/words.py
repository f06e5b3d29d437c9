"""How words are looked for, the same way in every room: lists, search and API.

Chinese is written without spaces, so that PostgreSQL finds no words in it. What is kept of a text is every
pair of neighbouring characters; a word is where all its pairs are, and is then compared whole. Most words of
Chinese have two characters: for them the pairs alone decide. Of Latin letters and digits every four in a row
are kept too, for numbers are many and alike. Full-width characters, capitals and separators make no
difference.

The functions of the database (`audit` migrations 0002 and 0003) are the one place where texts and
questions are taken apart.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, Func, Q, QuerySet, TextField, Value

# One character alone is no pair, nor is one beside a separator: it is looked for in the texts themselves.
PAIR = re.compile(r"[^\W_]{2}")
# Up to so many rows are named one by one.
FEW = 1000
# Where the statistics expect more, nobody looks whether there are few.
COMMON = 10 * FEW


class Folded(Func):
    """The texts of some columns as one, with half-width small letters."""

    function = "search_text"
    output_field = TextField()


class Pairs(Func):
    """Every pair of neighbouring characters of a folded text, of Latin ones every four too."""

    function = "search_pairs"
    output_field = SearchVectorField()


def pairs_index(*columns: str, name: str) -> GinIndex:
    """Return the index by which `says` finds the rows whose `columns` hold a word."""
    return GinIndex(Pairs(Folded(*columns)), name=name)


class _Holds(Func):
    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


class _Asked(Func):
    function = "search_question"
    output_field = SearchVectorField()


class _Place(Func):
    template = "strpos(%(expressions)s) > 0"
    output_field = BooleanField()


def says(rows: QuerySet[Any], words: str, *columns: str) -> Q:
    """Return the condition that the texts in `columns` together hold every one of the words.

    Args:
        rows: all rows of the table.
        words: what a person typed, parted by spaces; nothing asks for nothing.
        columns: the same as those of the `pairs_index`, in the same order.
    """
    text = Folded(*columns)
    pairs = Pairs(text)
    found = rows.filter(holds(words, text=text, pairs=pairs))
    return few_or(holds(words, text=text, pairs=pairs, row_by_row=True), found, words)


def few_or(condition: Q, found: QuerySet[Any], words: str) -> Q:
    """Return the condition that names the rows of `found` where they are few, else `condition`.

    The database cannot know how rare a word is of which it has no statistics: asked for the newest rows that
    hold it, it would look through all of them. So it is first asked which rows there are, and stops at
    `FEW`; what is commoner than that is soon met from the newest on. Of a word it knows to be common it is
    not asked: among a million texts that alone took longer than all the rest.
    """
    if not PAIR.search(unicodedata.normalize("NFKC", words)) or _expected(found) > COMMON:
        return condition
    few = list(found.order_by().values_list("pk", flat=True)[: FEW + 1])
    return Q(pk__in=few) if len(few) <= FEW else condition


def _expected(rows: QuerySet[Any]) -> int:
    """Return how many rows the database expects, by its statistics and without looking."""
    [told] = json.loads(rows.order_by().values("pk").explain(format="json"))
    return int(told["Plan"]["Plan Rows"])


def holds(words: str, *, text: Any, pairs: Any, row_by_row: bool = False) -> Q:
    """Return the condition that a folded text and its pairs hold every one of the words.

    Args:
        row_by_row: rows may be gone through without an index. Then each is first looked at as it stands, for
            taking a text apart takes ten times as long.
    """
    condition = Q()
    for word in unicodedata.normalize("NFKC", words).split():
        asked = Folded(Value(word))
        if PAIR.search(word):
            condition &= Q(_Holds(pairs, _Asked(asked)))
        if row_by_row or not PAIR.fullmatch(word):
            condition &= Q(_Place(text, asked))
    return condition
