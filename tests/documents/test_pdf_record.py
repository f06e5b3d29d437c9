"""What makes the PDF a record: archive format, embedded fonts, reproducible bytes."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime, timedelta

import pdfplumber
import pytest
from pypdf import PdfReader

from audit.errors import Invalid
from documents.model import OfficialDocument, Paragraph
from documents.typst_renderer import (
    engine,
    render_pdf,
    render_preview_png,
    render_preview_svg,
)
from tests.documents import samples
from tests.documents.reading import letter, rendered, text


def test_the_file_says_that_it_is_pdf_a_2b():
    metadata = PdfReader(io.BytesIO(rendered(samples.recommendation()).content)).xmp_metadata
    assert metadata.stream.get_data().count(b"<pdfaid:part>2<") == 1
    assert metadata.stream.get_data().count(b"<pdfaid:conformance>B<") == 1


def test_every_font_is_embedded():
    reader = PdfReader(io.BytesIO(rendered(samples.recommendation()).content))
    fonts = [
        font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile3", "/FontFile2"} & set(descriptor)


def test_the_same_instant_gives_the_same_bytes_and_digest():
    once, again = (rendered(samples.recommendation()) for _ in range(2))
    assert once.content == again.content
    assert once.sha256 == hashlib.sha256(once.content).hexdigest()
    assert once.engine == engine()


def test_another_instant_gives_other_bytes():
    later = rendered(samples.recommendation(), samples.ISSUED + timedelta(seconds=1))
    assert later.content != rendered(samples.recommendation()).content


def test_the_creation_date_is_the_instant_of_issue():
    reader = PdfReader(io.BytesIO(rendered(samples.filing_decision()).content))
    assert reader.metadata.creation_date == samples.ISSUED


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="aware"):
        render_pdf(samples.filing_decision(), issued_at=datetime(2026, 4, 20))


def test_rare_names_print():
    assert "王喆、李祎、陈昇、刘珺玥" in text(
        rendered(letter("王喆、李祎、陈昇、刘珺玥等业主")).content
    )


def test_a_draft_shows_the_placeholder_of_its_number():
    assert "江云检民公立〔2026〕__号" in text(rendered(samples.filing_decision()).content)


def test_no_seal_is_ever_drawn_in_the_record():
    with pdfplumber.open(io.BytesIO(rendered(samples.filing_decision()).content)) as pdf:
        assert not pdf.pages[0].curves
        assert not pdf.pages[0].images


def test_the_preview_has_the_pages_of_the_record():
    document = samples.recommendation()
    count = rendered(document).pages
    assert [page[:4] for page in render_preview_png(document)] == [b"\x89PNG"] * count
    assert all(page.lstrip().startswith(b"<svg") for page in render_preview_svg(document))


def test_an_unfinished_document_previews_but_is_no_record():
    unfinished = OfficialDocument("", "", (Paragraph(""),))
    assert len(render_preview_png(unfinished)) == 1
    with pytest.raises(Invalid) as refusal:
        rendered(unfinished)
    assert set(refusal.value.errors) == {"issuer", "name", "blocks[0].text"}
