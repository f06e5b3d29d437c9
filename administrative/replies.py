"""What makes a reader doubt a reply: pure functions over its words (JI 21; Rules 77; law 9).

A doubt is pointed out and never decided: whether the authority did what it was asked is found by looking
(Rules 77), and a short answer that repeats the request can be true. No text of law names these signs; they
are a help of this house.

Words are compared by pairs of neighbouring characters, as Chinese has no blanks between words. Width,
case, blanks and punctuation do not count.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from django.db import models
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

# An answer in its own words takes up to a fifth of its pairs from the measure, the names of body and matter;
# one that only turns the request into the past takes almost nine tenths. Between them:
REPEATED_SHARE = 0.6
# The same letter with other names and days comes to 0.85; two letters that only begin alike to a third.
COPIED_SHARE = 0.8
# “已按检察建议要求全部整改到位” has 14 characters: what was done, when and by whom needs more.
SHORTEST = 15

FOR_THE_READER = _("Pointed out for the reader to judge; nothing follows from it by itself.")


class DoubtCode(models.TextChoices):
    """What was noticed about a text."""

    REPEATS = "repeats_the_measure", _("Repeats the recommendation")
    NO_PROOF = "without_proof", _("Without proof")
    COPIES = "copies_earlier_reply", _("Copies an earlier reply")
    SHORT = "too_short", _("Very short")


@dataclass(frozen=True)
class Doubt:
    """One thing noticed.

    Attributes:
        sentence: what was noticed, in the user's language.
    """

    code: DoubtCode
    sentence: str

    @property
    def label(self) -> str:
        """What it is called in two or three words."""
        return str(self.code.label)

    @property
    def note(self) -> str:
        """Who judges it: the reader."""
        return str(FOR_THE_READER)


@dataclass(frozen=True)
class Earlier:
    """What the same body wrote before, in a case the reader may see."""

    text: str
    day: date
    case: str

    @cached_property
    def pairs(self) -> Counter[str]:
        return pairs_of(self.text)


def letters_of(text: str) -> str:
    """Return the letters and figures of a text in one width and case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def pairs_of(text: str) -> Counter[str]:
    """Return how often each pair of neighbouring characters occurs; of a single character, itself."""
    letters = letters_of(text)
    if len(letters) == 1:
        return Counter([letters])
    return Counter(first + second for first, second in pairwise(letters))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return how much two texts are the same, by their pairs: from 0, nothing, to 1, all (Dice).

    Symmetric; 0 where one of them says nothing.
    """
    return 2 * (one & other).total() / (one.total() + other.total()) if one and other else 0.0


def share_from(text: Counter[str], source: Counter[str]) -> float:
    """Return which part of a text stands in its source, from 0 to 1.

    Not symmetric: a long answer that quotes a short measure takes a small part of itself from it.
    """
    return (text & source).total() / text.total() if text else 0.0


def doubts_about_answer(
    text: str, *, measure: str, with_proof: bool, earlier: Iterable[Earlier]
) -> list[Doubt]:
    """Return what is noticed about the answer to one measure.

    Args:
        measure: the words of the measure it answers.
        with_proof: whether something came with it that shows what was done.
        earlier: what the same body wrote before, as far as the reader may see it.
    """
    doubts = _of_words(text, [measure], earlier)
    if not with_proof:
        sentence = translate("Nothing came with it that shows what was done.")
        doubts.append(Doubt(DoubtCode.NO_PROOF, sentence))
    return doubts


def doubts_about_reply(
    text: str, *, measures: Sequence[str], earlier: Iterable[Earlier]
) -> list[Doubt]:
    """Return what is noticed about a letter as a whole, read beside all the measures it answers."""
    return _of_words(text, measures, earlier)


def _of_words(text: str, asked: Sequence[str], earlier: Iterable[Earlier]) -> list[Doubt]:
    pairs, length = pairs_of(text), len(letters_of(text))
    doubts = []
    if (share := share_from(pairs, pairs_of(" ".join(asked)))) >= REPEATED_SHARE:
        doubts.append(_repeats(share))
    if length < SHORTEST:
        # What is so short is like many others by chance: it is not called a copy as well.
        return [*doubts, _short(length)]
    if (source := _copied_from(pairs, earlier)) is not None:
        doubts.append(_copies(source))
    return doubts


def _copied_from(pairs: Counter[str], earlier: Iterable[Earlier]) -> Earlier | None:
    """Return the first of `earlier` the text is taken from."""
    return next((row for row in earlier if likeness(pairs, row.pairs) >= COPIED_SHARE), None)


def _repeats(share: float) -> Doubt:
    sentence = translate(
        "%(percent)s%% of its words stand in the recommendation already (from %(limit)s%% on this is said)."
    )
    values = {"percent": int(share * 100), "limit": int(REPEATED_SHARE * 100)}
    return Doubt(DoubtCode.REPEATS, sentence % values)


def _short(length: int) -> Doubt:
    sentence = translate(
        "It has %(count)s characters: what was done, when and by whom hardly fits in fewer than %(limit)s."
    )
    return Doubt(DoubtCode.SHORT, sentence % {"count": length, "limit": SHORTEST})


def _copies(source: Earlier) -> Doubt:
    sentence = translate(
        "Nearly what the same body wrote on %(day)s in %(case)s (from %(limit)s%% on this is said)."
    )
    values = {
        "day": source.day.isoformat(),
        "case": source.case,
        "limit": int(COPIED_SHARE * 100),
    }
    return Doubt(DoubtCode.COPIES, sentence % values)
