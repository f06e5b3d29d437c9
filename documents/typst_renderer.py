"""PDF of record and exact preview through Typst, in the layout of GB/T 9704-2012.

The layouts are the files `typst/*.typ`; the text goes in as JSON and never becomes source. The same
document, instant, fonts and Typst version give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import typst
from django.utils.translation import gettext as _

from documents import glyphs
from documents.errors import RenderingFailed
from documents.fonts import font_set
from documents.model import (
    AttachmentList,
    Block,
    Closing,
    Copies,
    Document,
    FormDocument,
    FormEntry,
    Heading,
    NumberedList,
    OfficialDocument,
    OpinionCell,
    Paragraph,
    Table,
    shown_number,
)
from documents.validation import validate
from documents.wording import numbered, signed

LAYOUTS = Path(__file__).parent / "typst"
SEAL_DIAMETER_MM = 42.0
PDF_STANDARD = "a-2b"
# Any fixed instant: a preview is not a record and shows no date of its own.
_PREVIEW_SECONDS = 0

Payload = dict[str, Any]


@dataclass(frozen=True)
class SealAnchor:
    """Where the seal belongs: page counted from 1, centre in mm from the left and upper edge."""

    page: int
    x: float
    y: float
    diameter: float = SEAL_DIAMETER_MM


@dataclass(frozen=True)
class RenderedPdf:
    """A PDF/A-2b with what a record of it needs.

    Attributes:
        content: the bytes.
        sha256: their digest in hexadecimal.
        engine: Typst version and digest of the fonts; with document and instant they fix the bytes.
    """

    content: bytes
    sha256: str
    pages: int
    seal_anchor: SealAnchor | None
    engine: str


def render_pdf(document: Document, *, issued_at: datetime) -> RenderedPdf:
    """Render the PDF of record.

    Args:
        issued_at: aware instant of issue; it is the creation date inside the file.

    Raises:
        Invalid: the document breaks a rule of the model.
        MissingGlyphs: a character cannot be printed here.
        RenderingFailed: Typst refused.
        ValueError: `issued_at` is naive.
    """
    if issued_at.tzinfo is None:
        raise ValueError("issued_at must be an aware instant")
    validate(document)
    glyphs.check(document)
    compiler = _compiler(_layout(document))
    instant = int(issued_at.timestamp())
    data = payload(document, draft=False)
    (content,) = _compile(compiler, data, "pdf", timestamp=instant, pdf_standards=[PDF_STANDARD])
    facts = json.loads(compiler.query("<layout>", field="value", one=True))
    anchor = SealAnchor(**facts["seal"]) if facts["seal"] else None
    return RenderedPdf(
        content, hashlib.sha256(content).hexdigest(), facts["pages"], anchor, engine()
    )


def render_preview_svg(document: Document) -> list[bytes]:
    """Return each page as SVG, exactly as the PDF will be, with the seal's place dashed.

    An unfinished document is drawn as it is; a missing glyph shows as a box
    (`glyphs.missing` names it).

    Raises:
        MissingGlyphs: a character no document may hold.
    """
    glyphs.check_characters(document)
    return _compile(_compiler(_layout(document)), payload(document, draft=True), "svg")


def render_preview_pdf(document: Document, *, with_supports: bool = False) -> bytes:
    """Return the pages as one PDF that is no record; otherwise like `render_preview_svg`.

    Args:
        with_supports: print in the margin what each paragraph rests on, as the supports are labelled.
    """
    glyphs.check_characters(document)
    data = payload(document, draft=True, with_supports=with_supports)
    (made,) = _compile(_compiler(_layout(document)), data, "pdf")
    return made


def render_preview_png(document: Document, *, pixels_per_inch: float = 96) -> list[bytes]:
    """Return each page as PNG; otherwise like `render_preview_svg`."""
    glyphs.check_characters(document)
    compiler = _compiler(_layout(document))
    return _compile(compiler, payload(document, draft=True), "png", ppi=pixels_per_inch)


def warm() -> None:
    """Read the fonts now, when a process begins, so that nobody waits for them with his first document."""
    font_set()


def render_numbers(sheets: Sequence[tuple[float, float]], *, first: int) -> bytes:
    """Return one empty page a sheet (width and height in points) that bears its number."""
    numbers = [{"width": width, "height": height} for width, height in sheets]
    return render_layout("numbers", {"sheets": numbers, "first": first})


def render_layout(name: str, data: Payload) -> bytes:
    """Return what the layout `typst/NAME.typ` draws of `data`, as a PDF that is no record.

    Raises:
        RenderingFailed: Typst refused.
    """
    (made,) = _compile(_compiler(name), {"fonts": font_set().stacks} | data, "pdf")
    return made


def engine() -> str:
    """Return what fixes the bytes of a PDF beside document and instant."""
    return f"typst {version('typst')}; fonts sha256:{font_set().digest}"


_local = threading.local()


def _compiler(layout: str) -> typst.Compiler:
    """The compiler of this thread for a layout: made once, it keeps fonts and layout warm."""
    key = (layout, font_set().digest)
    compilers: dict[tuple[str, str], typst.Compiler] = _local.__dict__.setdefault("compilers", {})
    if key not in compilers:
        compilers[key] = typst.Compiler(
            LAYOUTS / f"{layout}.typ",
            root=LAYOUTS,
            font_paths=font_set().handle,
            ignore_system_fonts=True,
        )
    return compilers[key]


def _compile(
    compiler: typst.Compiler,
    data: Payload,
    output: Literal["pdf", "svg", "png"],
    *,
    timestamp: int = _PREVIEW_SECONDS,
    **options: Any,
) -> list[bytes]:
    inputs = {"document": json.dumps(data, ensure_ascii=False)}
    try:
        made = compiler.compile(format=output, sys_inputs=inputs, timestamp=timestamp, **options)
    except typst.TypstError as error:
        message = _("The layout engine refused the document: %(why)s") % {"why": error.message}
        raise RenderingFailed(message) from error
    pages = made if isinstance(made, list) else [made]
    return [page for page in pages if page is not None]


def _layout(document: Document) -> str:
    return "form" if isinstance(document, FormDocument) else "official"


def payload(document: Document, *, draft: bool, with_supports: bool = False) -> Payload:
    """Return what the layout file reads: texts ready to print, no rule left to apply."""
    head: Payload = {
        "fonts": font_set().stacks | {"light": font_set().light},
        "draft": draft,
        "title": f"{document.name} {document.number}".strip(),
        "author": document.issuer,
        "issuer": document.issuer,
        "name": document.name,
        "number": shown_number(document),
    }
    if isinstance(document, FormDocument):
        rows = [[_entry(cell) for cell in row.cells] for row in document.rows]
        return head | {"rows": rows, "notes": list(document.notes)}
    return head | _official(document, with_supports=with_supports)


def _official(document: OfficialDocument, *, with_supports: bool) -> Payload:
    blocks = [
        _block(block) | (_margin(block) if with_supports else {}) for block in document.blocks
    ]
    return {
        "addressee": document.addressee,
        "blocks": blocks or [{"kind": "paragraph", "indent": True, "text": ""}],
        "closing": _closing(document.closing) if document.closing else None,
        "annotation": document.annotation,
        "copies": _copies(document.copies) if document.copies else None,
    }


def _block(block: Block) -> Payload:
    match block:
        case Heading(level=level, text=text):
            return {"kind": "heading", "level": min(max(level, 1), 4), "text": text}
        case Paragraph(text=text, indent=indent):
            return {"kind": "paragraph", "text": text, "indent": indent}
        case NumberedList():
            return {"kind": "list", "items": numbered(block)}
        case AttachmentList(items=items):
            return {"kind": "attachments", "items": list(items)}
        case Table():
            columns = [
                {"title": c.title, "share": c.share, "alignment": c.alignment.value}
                for c in block.columns
            ]
            rows = [list(row) for row in block.rows]
            return {"kind": "table", "columns": columns, "rows": rows, "caption": block.caption}


def _margin(block: Block) -> Payload:
    """Return the note beside a block of a working copy."""
    if not isinstance(block, Paragraph | NumberedList):
        return {}
    labels = [support.label for support in block.rests_on if support.label]
    return {"margin": "\n".join(labels)} if labels else {}


def _closing(closing: Closing) -> Payload:
    return {
        "issuer": closing.issuer,
        "date": closing.date_text,
        "seal": closing.seal,
        "signatures": [signed(line) for line in closing.signatures],
    }


def _copies(copies: Copies) -> Payload:
    return {
        "copied": "，".join(copies.copied_to) + ("。" if copies.copied_to else ""),
        "printed-by": copies.printed_by,
        "printed-on": copies.printed_text,
        "count": f"（共印{copies.count}份）" if copies.count else "",
    }


def _entry(cell: FormEntry) -> Payload:
    if isinstance(cell, OpinionCell):
        signatures = [signature.text for signature in cell.signatures]
        return {
            "kind": "opinion",
            "label": cell.label,
            "text": cell.text,
            "lines": cell.lines,
            "signatures": signatures,
        }
    return {
        "kind": "cell",
        "label": cell.label,
        "value": cell.value,
        "width": cell.width,
        "lines": cell.lines,
    }
