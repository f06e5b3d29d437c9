"""Where a text names a person by number, and how that is masked; pure.

Numbers are found by their shape and their check digit where they have one. Names of people have no shape:
whoever masks types them in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from stdnum import luhn

from audit.errors import Text

# Full-width digits and letters stand for the ordinary ones; each is one character, so places stay.
_ORDINARY = str.maketrans(
    {0xFF01 + offset: 0x21 + offset for offset in range(94)}
    | {0x2010: "-", 0x2013: "-", 0x2014: "-"}
)
# With which a number plate begins.
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # 17 digits with a possible birth date, then a digit or X; the older ones have 15 digits.
    ("identity", re.compile(r"(?<!\d)\d{6}[ -]?(?:19|20)\d{2}[01]\d[0-3]\d[ -]?\d{3}[\dXx](?!\d)")),
    ("identity", re.compile(r"(?<!\d)[1-8]\d{5}\d{2}[01]\d[0-3]\d\d{3}(?!\d)")),
    ("mobile", re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")),
    ("telephone", re.compile(r"(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)")),
    # In groups of four, the last of one to three digits; a number after a shorter card is none of it.
    ("card", re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}[ -]\d{1,3}(?!\d)")),
    ("card", re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}\d{0,3}(?!\d)")),
    ("mail", re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    ("passport", re.compile(r"(?<![A-Za-z0-9])[EGDSPK][A-Z]?\d{7,8}(?!\d)")),
    ("plate", re.compile(rf"[{PROVINCES}][A-Z][A-Z0-9]{{5,6}}(?![A-Z0-9])")),
)
KINDS: dict[str, Text] = {
    "identity": _("identity-card number"),
    "mobile": _("mobile number"),
    "telephone": _("telephone number"),
    "card": _("bank-card number"),
    "mail": _("e-mail address"),
    "passport": _("passport number"),
    "plate": _("number plate"),
    "name": pgettext_lazy("person", "name"),
}


# What is found without being named, in the order in which a reader is told of it.
LOOKED_FOR = tuple(label for kind, label in KINDS.items() if kind != "name")


@dataclass(frozen=True)
class Found:
    """A passage that names a person.

    Attributes:
        start, end: its place in the text.
    """

    kind: str
    start: int
    end: int
    text: str

    @property
    def masked(self) -> str:
        """What stands in its place: enough to tell two apart, too little to find somebody."""
        return mask(self.kind, self.text)

    @property
    def label(self) -> Text:
        return KINDS[self.kind]


def mask(kind: str, text: str) -> str:
    """Return a passage masked: a surname with 某, an address of e-mail without its owner, few digits."""
    if kind == "name":
        return text[0] + "某" * max(1, min(len(text) - 1, 2))
    if kind == "mail":
        owner, _at, host = text.partition("@")
        return f"{owner[:1]}***@{host}"
    bare = re.sub(r"[ -]", "", text)
    shown = 2 if len(bare) < 11 else 3
    return f"{bare[:shown]}{'*' * (len(bare) - 2 * shown)}{bare[-shown:]}"


def find(text: str, names: Iterable[str] = ()) -> list[Found]:
    """Return what names a person in a text, in order, none inside another."""
    places: list[Found] = []
    for found in _all(text, names):
        if not any(found.start < other.end and other.start < found.end for other in places):
            places.append(found)
    return sorted(places, key=lambda found: found.start)


def _all(text: str, names: Iterable[str]) -> Iterator[Found]:
    plain = text.translate(_ORDINARY)
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if kind != "card" or luhn.is_valid(re.sub(r"[ -]", "", match[0])):
                yield Found(kind, match.start(), match.end(), text[match.start() : match.end()])
    for name in names:
        for match in re.finditer(re.escape(name), text):
            yield Found("name", match.start(), match.end(), name)


def masked(text: str, names: Iterable[str] = ()) -> tuple[str, list[Found]]:
    """Return the text with everything found masked, and what was found."""
    found = find(text, names)
    for item in reversed(found):
        text = f"{text[: item.start]}{item.masked}{text[item.end :]}"
    return text, found


def bare(text: str) -> str:
    """Return a text without its blanks and line ends: in a print they may stand inside a number."""
    return "".join(text.split())
