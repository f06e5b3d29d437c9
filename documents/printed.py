"""The sheet on the screen with the lines and pages of the PDF.

A browser breaks lines by its own rules and fonts. So they are read back from the PDF: its characters stand
there in the order in which they are printed, and each text of the document is found among them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from pypdf import PdfReader

from documents.errors import MissingGlyphs, RenderingFailed
from documents.html_renderer import Line, render_html
from documents.model import Document
from documents.typst_renderer import render_preview_pdf
from documents.validation import texts

# Below it stands nothing but the number of the page: the lower margin of every layout is wider.
FOOTER_POINTS = 28 / 25.4 * 72
# About thirty pages: reading back more takes longer than somebody who types wants to wait.
MOST_CHARACTERS = 20_000
# Of one line, whatever fonts stand in it.
SAME_BASELINE = 1.0

Place = tuple[int, float]


def render_sheet(document: Document) -> SafeString:
    """Return the document as an HTML fragment that breaks where its PDF does, or says that it does not."""
    length = sum(len(text) for _path, text in texts(document))
    return render_html(document, breaks=_printed(document) if length <= MOST_CHARACTERS else None)


def _printed(document: Document) -> Printed | None:
    try:
        return Printed.read(render_preview_pdf(document))
    except (MissingGlyphs, RenderingFailed):
        # The composer names what cannot be printed; until it is mended the browser breaks the lines.
        return None


@dataclass
class Printed:
    """The characters of a PDF without their spaces, each with its page and baseline.

    Texts are asked for in the order in which they are printed.
    """

    characters: str
    places: list[Place]
    _next: int = field(default=0, init=False)
    _page: int = field(default=1, init=False)

    @classmethod
    def read(cls, content: bytes) -> Printed:
        """Read the pages of a PDF that was made here."""
        found = [
            (character, place)
            for number, page in enumerate(PdfReader(io.BytesIO(content)).pages, start=1)
            for text, place in _fragments(page, number)
            for character in text
            if not character.isspace()
        ]
        return cls("".join(text for text, _place in found), [place for _text, place in found])

    def lines(self, text: str) -> list[Line]:
        """Return `text` in the lines it is printed in; in one when it is not found."""
        wanted = "".join(text.split())
        start = self.characters.find(wanted, self._next) if wanted else -1
        if start < 0:
            return [Line(text)]
        self._next = start + len(wanted)
        return list(self._cut(text, iter(self.places[start : self._next])))

    def _cut(self, text: str, places: Iterator[Place]) -> Iterator[Line]:
        begin, (page, base) = 0, next(places)
        turned = self._turn(page)
        first = len(text) - len(text.lstrip())
        for index in range(first + 1, len(text)):
            if text[index].isspace():
                continue
            there, height = next(places)
            if there != page or abs(height - base) > SAME_BASELINE:
                yield _line(text[begin:index], turned)
                begin, page, turned = index, there, self._turn(there)
            base = height
        yield Line(text[begin:], printed=True, ended_page=turned)

    def _turn(self, page: int) -> int:
        """Return the page that ended before this one, 0 within a page."""
        ended = self._page if page > self._page else 0
        self._page = max(page, self._page)
        return ended


def _line(text: str, turned: int) -> Line:
    forced = "\n" in text
    shown = text.rstrip() if forced else text.rstrip(" \t")
    gap = "" if forced else text[len(shown) :]
    return Line(shown, printed=True, full=not forced, forced=forced, gap=gap, ended_page=turned)


def _fragments(page: Any, number: int) -> list[tuple[str, Place]]:
    found: list[tuple[str, Place]] = []

    def visit(text: str, matrix: list[float], *_rest: Any) -> None:
        if matrix[5] > FOOTER_POINTS:
            found.append((text, (number, matrix[5])))

    page.extract_text(visitor_text=visit)
    return found
