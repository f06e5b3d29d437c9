"""The initials of Chinese names in pinyin, by which people look for them: `yxj` finds 优享家."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from django.db import models

# How a place is read where the dictionary may read one of its characters with another initial.
PLACES = {
    "单县": "sx",
    "蔚县": "yx",
    "番禺": "py",
    "铅山": "ys",
    "洪洞": "ht",
    "莘县": "sx",
    "东阿": "de",
    "犍为": "qw",
    "涡阳": "gy",
    "乐清": "yq",
    "会稽": "kj",
    "中牟": "zm",
    "繁峙": "fs",
    "解州": "hz",
    "郫都": "pd",
    "长子": "zz",
    "尉犁": "yl",
    "重庆": "cq",
    "长春": "cc",
    "长沙": "cs",
    "厦门": "xm",
}
# How a character is read as a surname, at the beginning of a name or of one of its other names.
SURNAMES = {
    "单": "s",
    "曾": "z",
    "解": "x",
    "查": "z",
    "仇": "q",
    "区": "o",
    "翟": "z",
    "种": "c",
    "盖": "g",
    "尉": "y",
    "折": "s",
    "乐": "y",
    "长": "z",
    "朴": "p",
    "覃": "q",
    "缪": "m",
    "秘": "b",
    "隗": "w",
}
# A text with many characters of several readings is written in so many ways and no more.
MOST_READINGS = 8
LONGEST = 1000
CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")


def initials_of(*texts: str) -> str:
    """Return the initials of each run of Chinese in `texts`, every reading once, parted by spaces.

    The usual reading comes first; then the readings of places and surnames, and of single characters that
    have several initials.
    """
    runs = [run for text in texts for run in CHINESE.findall(text)]
    found = dict.fromkeys(reading for run in runs for reading in _readings(run))
    return " ".join(found)[:LONGEST]


# A name stands in the title, among the parties and in what is looked for.
@lru_cache(maxsize=16384)
def _readings(run: str) -> tuple[str, ...]:
    usual = _usual(run)
    found = dict.fromkeys([usual, *_in_places(run, usual), *_as_surname(run, usual)])
    for other in _by_character(run, usual):
        if len(found) >= MOST_READINGS:
            break
        found[other] = None
    return tuple(found)


def _usual(run: str) -> str:
    return "".join(_of_word(word) for word in _words()(run))


@cache
def _words() -> Callable[[str], Sequence[str]]:
    from pypinyin.core import Pinyin

    found: Callable[[str], Sequence[str]] = Pinyin().seg
    return found


# A word is read in one way wherever it stands, so that words are looked up once (an import reads millions).
@lru_cache(maxsize=65536)
def _of_word(word: str) -> str:
    from pypinyin import Style, lazy_pinyin

    parts: Sequence[str] = lazy_pinyin(word, style=Style.FIRST_LETTER, errors=lambda text: "?")
    return "".join(part[:1] or "?" for part in parts)


def _in_places(run: str, usual: str) -> Iterator[str]:
    read = usual
    for place, initials in PLACES.items():
        at = run.find(place)
        if at >= 0:
            read = read[:at] + initials + read[at + len(place) :]
    yield read


def _as_surname(run: str, usual: str) -> Iterator[str]:
    if initial := SURNAMES.get(run[0]):
        yield initial + usual[1:]


def _by_character(run: str, usual: str) -> Iterator[str]:
    """Yield the usual reading with one character read otherwise."""
    for at, character in enumerate(run):
        for initial in _initials(character):
            if initial != usual[at]:
                yield usual[:at] + initial + usual[at + 1 :]


@cache
def _initials(character: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    readings = pinyin(character, style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(part[:1] for row in readings for part in row if part))


def places_of(letters: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where characters of `text` have just these initials, in any of their readings."""
    wanted = letters.lower()
    for run in CHINESE.finditer(text):
        for reading in _readings(run.group()):
            at = reading.find(wanted)
            while at >= 0:
                yield run.start() + at, run.start() + at + len(wanted)
                at = reading.find(wanted, at + 1)


class InitialsField(models.CharField[str, str]):
    """The initials of other columns of the row; whoever saves some columns alone names this one too."""

    def __init__(self, *args: Any, of: Sequence[str] = (), **options: Any) -> None:
        self.of = tuple(of)
        fixed = {"max_length": LONGEST, "blank": True, "default": "", "editable": False}
        super().__init__(*args, **options | fixed)

    def deconstruct(self) -> Any:
        """Tell migrations of the columns it is made of."""
        name, path, args, options = super().deconstruct()
        for fixed in ("max_length", "blank", "default", "editable"):
            options.pop(fixed, None)
        return name, path, args, options | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Make the initials anew from the columns as they are saved."""
        made = initials_of(*(getattr(model_instance, name) for name in self.of))
        setattr(model_instance, self.attname, made)
        return made
