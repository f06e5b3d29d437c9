"""Reading a PDF back: what stands where, in millimetres from the upper left corner of the sheet."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pdfplumber

from documents.model import Closing, OfficialDocument, Paragraph
from documents.typst_renderer import RenderedPdf, render_pdf
from tests.documents.samples import ISSUED, OFFICE

MM = 25.4 / 72


@dataclass(frozen=True)
class Line:
    text: str
    left: float
    right: float
    bottom: float


def letter(*texts: str, closing: Closing | None = None) -> OfficialDocument:
    blocks = tuple(Paragraph(text) for text in texts)
    return OfficialDocument(OFFICE, "公告", blocks, closing=closing)


def rendered(document, issued_at=ISSUED) -> RenderedPdf:
    return render_pdf(document, issued_at=issued_at)


def pages(content: bytes) -> list[list[Line]]:
    """Lines of each page, top to bottom; characters on one baseline make a line."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [_lines(page) for page in pdf.pages]


def text(content: bytes) -> str:
    return "\n".join(line.text for page in pages(content) for line in page)


def _lines(page) -> list[Line]:
    rows: dict[float, list[dict]] = {}
    for char in page.chars:
        if char["text"].strip():
            # The text matrix holds the baseline, whatever the font's own box says.
            rows.setdefault(round(page.height - char["matrix"][5], 1), []).append(char)
    return [_line(baseline, chars) for baseline, chars in sorted(rows.items())]


def _line(baseline: float, chars: list[dict]) -> Line:
    chars.sort(key=lambda char: char["x0"])
    return Line(
        text="".join(char["text"] for char in chars),
        left=round(chars[0]["x0"] * MM, 1),
        right=round(chars[-1]["x1"] * MM, 1),
        bottom=round(baseline * MM, 1),
    )
