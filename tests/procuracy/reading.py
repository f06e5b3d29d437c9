"""What a person reads on a page: its texts and the attributes that are spoken, with their language."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-failed", "data-saved")
# Not language: names of keys, codes, bytes; and what no browser shows.
SILENT = ("code", "kbd", "samp", "pre", "script", "textarea")
VOID = (
    *("area", "base", "br", "col", "embed", "hr", "img", "input"),
    *("link", "meta", "source", "track", "wbr"),
)


@dataclass(frozen=True)
class Said:
    """One text of a page and the language the page says it is in."""

    text: str
    language: str


class Reader(HTMLParser):
    """Collects what is said on one page, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[Said] = []
        self._open: list[tuple[str, str]] = [("", "")]

    def handle_starttag(self, tag, attrs) -> None:
        given = dict(attrs)
        language = given.get("lang") or self._open[-1][1]
        for name in SPOKEN:
            self._say(given.get(name), language)
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag) -> None:
        while len(self._open) > 1 and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data) -> None:
        if not any(tag in SILENT for tag, _language in self._open):
            self._say(data, self._open[-1][1])

    def _say(self, text: str | None, language: str) -> None:
        if text := " ".join((text or "").split()):
            self.said.append(Said(text, language))


def read(page: str) -> list[Said]:
    """Return what is said on `page`."""
    reader = Reader()
    reader.feed(page)
    return reader.said
