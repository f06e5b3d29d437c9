"""What each composed document prints, word for word."""

from __future__ import annotations

import pytest

from documents.model import FormDocument, OfficialDocument
from notices.bodies.frame import Frame
from notices.catalogue import Layout, compose
from tests.notices import golden_files, pictures


@pytest.mark.parametrize("renderer", golden_files.RENDERERS)
@pytest.mark.parametrize("code", golden_files.ALL)
def test_a_document_says_what_it_said_in_print_in_word_and_on_the_screen(code, renderer):
    render = golden_files.RENDERERS[renderer]
    assert render(code) == golden_files.read(code, renderer)


@pytest.mark.parametrize("code", golden_files.ALL)
def test_a_body_has_the_layout_its_type_declares(code):
    kind = golden_files.kind_of(code)
    made = compose(kind, golden_files.FRAME, {})
    expected = OfficialDocument if kind.layout is Layout.OFFICIAL else FormDocument
    assert isinstance(made, expected)


@pytest.mark.parametrize("code", pictures.SHOWN)
def test_the_picture_in_the_documentation_is_that_of_the_document_today(code):
    assert (pictures.FOLDER / f"{code}.png").read_bytes() == pictures.first_page(code)


def test_the_decision_says_facts_harm_basis_decision_day_and_number():
    text = golden_files.read("D-06").replace("\n", "")
    for part in (*golden_files.VALUES["D-06"].values(), golden_files.NUMBERS["D-06"]):
        if part != "2024-06-24":
            assert part in text
    assert "2024年6月24日" in text
    assert "检察长：林检察长" in text


def test_no_person_signs_an_announcement_by_name():
    assert "林检察长" not in golden_files.read("D-41")


@pytest.mark.parametrize("code", sorted(golden_files.AGAINST_AUTHORITY))
def test_no_paper_against_an_authority_speaks_of_a_civil_suit_or_of_an_announcement(code):
    for renderer in golden_files.RENDERERS:
        text = golden_files.read(code, renderer)
        for word in ("民事公益诉讼", "民事诉讼法", "公告", "违法行为人", "检民"):
            assert word not in text, (renderer, word)


@pytest.mark.parametrize("code", golden_files.ALL)
def test_markup_in_every_content_stays_text(code):
    kind = golden_files.kind_of(code)
    hostile = "#set page(fill: red) *b* {{ x }} <script>alert(1)</script>"
    values = {item.name: "2024-06-24" if item.kind == "day" else hostile for item in kind.contents}
    frame = Frame(office="某人民检察院", reference="1")
    from documents.html_renderer import render_html

    page = render_html(compose(kind, frame, values))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
