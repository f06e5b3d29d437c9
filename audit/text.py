"""Texts that go into the record: one entry stays one record, and personal numbers stay out.

Whatever a person or a client typed is hostile until escaped: a line break, a terminal sequence or a
change of writing direction could make one entry look like two or like another (safety C18).
"""

from __future__ import annotations

import re
import unicodedata

MARK_OF_CUT = "…"
# Controls, formats (direction marks, zero width), lone surrogates, line and paragraph separators.
_ESCAPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})

# No Latin letter, digit or hyphen touches such a number; Han characters do.
_START = r"(?<![0-9A-Za-z-])"
_END = r"(?![0-9A-Za-z-])"
# Full-width forms are read as their ASCII twins.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
# Longer numbers first.
_PERSONAL = tuple(
    (re.compile(pattern, re.ASCII), sign)
    for pattern, sign in (
        (r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", "[e-mail address]"),
        (rf"{_START}\d{{6}} ?\d{{8}} ?\d{{3}}[\dXx]{_END}", "[identity number]"),
        (rf"{_START}\d{{4}}(?: ?\d{{4}}){{3}}(?: ?\d{{1,3}})?{_END}", "[card number]"),
        (rf"{_START}\d{{15}}{_END}", "[identity number]"),
        (rf"{_START}(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}{_END}", "[telephone]"),
        (rf"{_START}0\d{{2,3}}-\d{{7,8}}{_END}", "[telephone]"),
    )
)


def escaped(text: str) -> str:
    r"""Return `text` with invisible and steering characters as ``\uXXXX`` and ``\`` doubled."""
    return "".join(_escaped_character(character) for character in text)


def _escaped_character(character: str) -> str:
    if character == "\\":
        return "\\\\"
    if unicodedata.category(character) not in _ESCAPED_CATEGORIES:
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def without_personal_numbers(text: str) -> str:
    """Return `text` with identity, card and telephone numbers and e-mail addresses replaced.

    Names cannot be told from other words: who writes a reason keeps them out.
    """
    for pattern, sign in _PERSONAL:
        text = _replaced(pattern, sign, text)
    return text


def _replaced(pattern: re.Pattern[str], sign: str, text: str) -> str:
    kept, end = [], 0
    for match in pattern.finditer(text.translate(_NARROW)):
        kept += [text[end : match.start()], sign]
        end = match.end()
    return "".join([*kept, text[end:]])


def holds_personal_number(text: str) -> bool:
    """Tell whether `without_personal_numbers` would change `text`."""
    return without_personal_numbers(text) != text


def recordable(text: str, *, limit: int) -> str:
    """Return `text` fit for the record: personal numbers replaced, cut at `limit`, escaped.

    The limit counts characters before escaping. Cutting comes after replacing, so that half of a
    number never stays; only the part that can survive is searched.
    """
    head = text[: limit * 2]
    clean = without_personal_numbers(head)
    cut = clean[:limit] + MARK_OF_CUT if len(clean) > limit or len(text) > len(head) else clean
    return escaped(cut)
