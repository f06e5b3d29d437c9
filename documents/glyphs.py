"""Every character of a document is checked before it is printed.

A missing glyph would print an empty box in the name of a person, without any warning. So each
character is looked up in the fonts of this server, and the refusal names field and character.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from documents.errors import BadCharacter, MissingGlyphs
from documents.fonts import font_set
from documents.model import Document
from documents.validation import texts

# Beyond this many the list helps nobody; the digest of a pasted binary file would fill pages.
_MOST = 20
_EXCERPT = 6


def check(document: Document | tuple[Any, ...]) -> None:
    """Check that every character of a document, or of other dataclasses, can be printed here.

    Raises:
        MissingGlyphs: naming up to 20 characters with their fields.
    """
    _refuse_first(_bad_characters(document, font_set().characters))


def check_characters(document: Document) -> None:
    """Check only that no character is one which no document may hold (control, surrogate …).

    Raises:
        MissingGlyphs: naming up to 20 characters with their fields.
    """
    _refuse_first(_bad_characters(document, None))


def missing(document: Document) -> list[BadCharacter]:
    """Return up to 20 characters that `check` would refuse, for the composer to show."""
    return _first(_bad_characters(document, font_set().characters))


def fault(text: str) -> str:
    """Say what is wrong with the first character of `text` that cannot be printed; empty where none is."""
    for position, reason in _bad_places(text, font_set().characters):
        sentence = _("After “%(before)s” the character %(shown)s(%(code)s) %(reason)s.")
        return sentence % _words(text, position, reason)
    return ""


def _first(found: Iterator[BadCharacter]) -> list[BadCharacter]:
    return [bad for bad, _count in zip(found, range(_MOST), strict=False)]


def _refuse_first(found: Iterator[BadCharacter]) -> None:
    if characters := _first(found):
        raise MissingGlyphs(characters)


def _bad_characters(document: Any, printable: frozenset[int] | None) -> Iterator[BadCharacter]:
    for path, text in texts(document):
        for position, reason in _bad_places(text, printable):
            yield _described(path, text, position, reason)


def _bad_places(text: str, printable: frozenset[int] | None) -> Iterator[tuple[int, str]]:
    """Yield where a text holds a bad character, and why it is bad; each character once."""
    # A text uses few different characters: mostly all of them are beyond doubt.
    if all(_is_plain(character, printable) for character in set(text)):
        return
    seen: set[str] = set()
    for position, character in enumerate(text):
        reason = _reason(text, position, printable)
        if reason and character not in seen:
            seen.add(character)
            yield position, reason


def _is_plain(character: str, printable: frozenset[int] | None) -> bool:
    """Say whether a character can stand anywhere."""
    if character == "\n":
        return True
    if printable is not None and ord(character) not in printable:
        return False
    category = unicodedata.category(character)
    return category[0] not in "CM" and category not in ("Zl", "Zp")


def _reason(text: str, position: int, printable: frozenset[int] | None) -> str:
    """Why the character at `position` cannot stand there; empty when it can."""
    character = text[position]
    if character == "\n":
        return ""
    category = unicodedata.category(character)
    if reason := _forbidden(category):
        return reason
    if category in ("Mn", "Me", "Mc") and _stands_alone(text, position):
        return _("is a combining mark without a letter before it")
    if printable is not None and ord(character) not in printable:
        return _("is in none of the fonts of this server; an administrator can add a font")
    return ""


def _forbidden(category: str) -> str:
    match category:
        case "Cc" | "Zl" | "Zp":
            return _("is a control character; delete it")
        case "Cs":
            return _("is half a character; type the text again")
        case "Cf":
            return _("is an invisible formatting character; delete it")
        case "Co":
            return _("is a private-use character without agreed meaning; replace it")
        case "Cn":
            return _("is no assigned character; delete it")
    return ""


def _stands_alone(text: str, position: int) -> bool:
    return position == 0 or unicodedata.category(text[position - 1])[0] in "CZP"


def _described(path: str, text: str, position: int, reason: str) -> BadCharacter:
    words = _words(text, position, reason)
    sentence = _("in %(path)s after “%(before)s” the character %(shown)s(%(code)s) %(reason)s.")
    return BadCharacter(
        path=path, code_point=words["code"], sentence=sentence % {"path": path, **words}
    )


def _words(text: str, position: int, reason: str) -> dict[str, str]:
    """Return what a sentence on the character at `position` names."""
    character = text[position]
    before = text[max(0, position - _EXCERPT) : position]
    return {
        "before": "".join(c for c in before if unicodedata.category(c)[0] not in "CM"),
        "shown": f"“{character}” " if unicodedata.category(character)[0] not in "CMZ" else "",
        "code": f"U+{ord(character):04X}",
        "reason": reason,
    }
