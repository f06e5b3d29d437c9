"""Putting PDF files together."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from audit.errors import Invalid
from documents.merge import merge, stamp_page_numbers
from tests.documents import samples
from tests.documents.reading import rendered


def page_texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.fixture(scope="module")
def parts() -> list[bytes]:
    return [rendered(samples.recommendation()).content, rendered(samples.approval_form()).content]


def test_the_parts_follow_each_other(parts):
    texts = page_texts(merge(parts))
    assert len(texts) == 4
    assert "立案审批表" in texts[3]


def test_each_part_starts_on_an_odd_page_for_printing_on_both_sides(parts):
    texts = page_texts(merge(parts, each_on_odd_page=True))
    assert [bool(text.strip()) for text in texts] == [True, True, True, False, True]


def test_every_page_bears_its_running_number(parts):
    texts = page_texts(stamp_page_numbers(merge(parts, each_on_odd_page=True), first=9))
    assert [text.split()[-1] for text in texts] == ["9", "10", "11", "12", "13"]


def test_a_file_that_is_no_pdf_is_named_by_its_position(parts):
    with pytest.raises(Invalid, match="2"):
        merge([parts[0], b"not a pdf"])


def test_nothing_to_merge_is_refused():
    with pytest.raises(Invalid):
        merge([])
