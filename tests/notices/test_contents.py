"""Each content that the law asks of a document is asked for by name, and nothing else is."""

from __future__ import annotations

import pytest
from django.utils import translation

from notices import assembling
from notices.bodies.frame import Frame
from notices.catalogue import TYPES, Kind, compose
from notices.models import Document

COMPOSED = [kind for kind in TYPES.values() if kind.composed]
REQUIRED = [
    pytest.param(kind, item, id=f"{kind.code}-{item.name}")
    for kind in TYPES.values()
    for item in kind.contents
    if item.required
]


def document(kind, *, without: str = "") -> Document:
    """A document that says everything but one thing; blanks say nothing."""
    content = {
        item.name: {"value": " \n" if item.name == without else "2026-06-24", "source": "person"}
        for item in kind.contents
    }
    return Document(code=kind.code, content=content)


@pytest.mark.parametrize(("kind", "content"), REQUIRED)
def test_a_required_content_that_is_blank_is_missed_by_name_with_its_article(kind, content):
    with translation.override("zh-hans"):
        (missed,) = assembling.missing_contents(document(kind, without=content.name))
    assert missed.code == f"content:{content.name}"
    assert content.label_zh in str(missed.message)
    assert missed.law == content.article


@pytest.mark.parametrize("kind", TYPES.values(), ids=lambda kind: kind.code)
def test_nothing_is_missed_where_everything_required_is_said(kind):
    full = document(kind)
    for item in kind.contents:
        if not item.required:
            full.content[item.name]["value"] = ""
    assert assembling.missing_contents(full) == []


@pytest.mark.parametrize("kind", COMPOSED, ids=lambda kind: kind.code)
def test_an_unfinished_document_is_drawn_as_far_as_it_goes(kind):
    frame = Frame(office="某人民检察院", reference="1")
    assert compose(kind, frame, {}).name
    for item in kind.contents:
        day = item.kind is Kind.DAY
        assert compose(kind, frame, {item.name: "2026-06-24" if day else "仅此一项"}).name


@pytest.mark.parametrize("kind", COMPOSED, ids=lambda kind: kind.code)
def test_what_is_said_is_printed(kind):
    """No content is asked for in vain: its words stand somewhere in the document."""
    from documents.html_renderer import render_html

    words = {item.name: f"词{number}词" for number, item in enumerate(kind.contents)}
    said = {
        item.name: "2026-06-24" if item.kind is Kind.DAY else words[item.name]
        for item in kind.contents
    }
    page = render_html(compose(kind, Frame(office="某人民检察院", reference="1"), said))
    silent = [
        item.name
        for item in kind.contents
        if item.kind is not Kind.DAY and words[item.name] not in page
    ]
    assert silent == []
