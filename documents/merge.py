"""Putting PDF files together: bundles for the court, batches for the printer.

A merged file is a working copy: the parts stay the records, and the result makes no PDF/A claim.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from audit.errors import Invalid
from documents.typst_renderer import render_numbers


def merge(parts: Sequence[bytes], *, each_on_odd_page: bool = False) -> bytes:
    """Return the parts as one PDF.

    Args:
        each_on_odd_page: put an empty page behind a part of odd length, for printing on both sides.

    Raises:
        Invalid: no part, or one that is no readable PDF (its position is named).
    """
    if not parts:
        raise Invalid(_("There is nothing to put together."), code="nothing_to_merge")
    writer = PdfWriter()
    for position, part in enumerate(parts, start=1):
        _append(writer, part, position)
        if each_on_odd_page and len(writer.pages) % 2 and position < len(parts):
            writer.add_blank_page()
    return _bytes(writer)


def stamp_page_numbers(pdf: bytes, *, first: int = 1) -> bytes:
    """Return the PDF with a running number in the outer lower corner of each page, from `first`.

    Raises:
        Invalid: the bytes are no readable PDF.
    """
    writer = PdfWriter()
    _append(writer, pdf, 1)
    for page in writer.pages:
        # The number belongs to the corner as one sees it, so a turned page is turned in fact.
        page.transfer_rotation_to_content()
    sheets = [(float(page.mediabox.width), float(page.mediabox.height)) for page in writer.pages]
    numbers = PdfReader(io.BytesIO(render_numbers(sheets, first=first)))
    for page, number in zip(writer.pages, numbers.pages, strict=True):
        page.merge_translated_page(number, float(page.mediabox.left), float(page.mediabox.bottom))
    return _bytes(writer)


def _append(writer: PdfWriter, part: bytes, position: int) -> None:
    try:
        writer.append(io.BytesIO(part))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = _("File %(position)d cannot be read as a PDF without a password.")
        raise Invalid(message % {"position": position}, code="unreadable_pdf") from error


def _bytes(writer: PdfWriter) -> bytes:
    writer.compress_identical_objects()
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
