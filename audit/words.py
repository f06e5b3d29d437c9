"""How words are looked for, the same way in every room: lists, search and API.

Chinese is written without spaces, so that PostgreSQL finds no words in it. What is kept of a text is every
pair of neighbouring characters; a word is where all its pairs are, and is then compared whole. Most words of
Chinese have two characters: for them the pairs alone decide. Full-width characters, capitals and separators
make no difference.

The functions of the database (`audit` migration 0002) are the one place where texts and questions are taken
apart.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, Func, Q, TextField, Value

# One character alone is no pair, nor is one beside a separator: it is looked for in the texts themselves.
PAIR = re.compile(r"[^\W_]{2}")


class Folded(Func):
    """The texts of some columns as one, with half-width small letters."""

    function = "search_text"
    output_field = TextField()


class Pairs(Func):
    """Every pair of neighbouring characters of a folded text."""

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


def says(words: str, *columns: str) -> Q:
    """Return the condition that the texts in `columns` together hold every one of the words.

    Args:
        words: what a person typed, parted by spaces; nothing asks for nothing.
        columns: the same as those of the `pairs_index`, in the same order.
    """
    return holds(words, text=Folded(*columns), pairs=Pairs(Folded(*columns)))


def holds(words: str, *, text: Any, pairs: Any) -> Q:
    """Return the condition that a folded text and its pairs hold every one of the words."""
    condition = Q()
    for word in unicodedata.normalize("NFKC", words).split():
        asked = Folded(Value(word))
        if PAIR.search(word):
            condition &= Q(_Holds(pairs, _Asked(asked)))
        if not PAIR.fullmatch(word):
            condition &= Q(_Place(text, asked))
    return condition
