"""Each content that the law asks of a document is asked for by name, and nothing else is."""

from __future__ import annotations

from itertools import product

import pytest
from django.utils import translation

from audit.errors import Invalid
from documents.html_renderer import render_html
from notices import assembling
from notices.bodies.frame import Frame
from notices.catalogue import TYPES, Kind, compose
from notices.forms import ComposeForm
from notices.models import Document
from notices.services.drafting import clean_values

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
    """No content is asked for in vain: its words stand in the document, or in one of those it can be."""
    words = {item.name: f"词{number}词" for number, item in enumerate(kind.contents)}
    # One content may take another's place, as an urgent term the usual one: each is left out once.
    needed = words | {item.name: "" for item in kind.contents if not item.required}
    printed = "".join(
        printed_with(kind, said, choice) for choice in choices(kind) for said in (words, needed)
    )
    silent = [
        item.name
        for item in kind.contents
        if item.kind not in (Kind.DAY, Kind.CHOICE) and words[item.name] not in printed
    ]
    assert silent == []


def choices(kind) -> list[dict[str, str]]:
    """Everything a document of the type can be."""
    chosen = [item for item in kind.contents if item.kind is Kind.CHOICE]
    options = product(*(item.options for item in chosen))
    return [dict(zip((item.name for item in chosen), row, strict=True)) for row in options]


def printed_with(kind, words: dict[str, str], choice: dict[str, str]) -> str:
    days = {item.name: "2026-06-24" for item in kind.contents if item.kind is Kind.DAY}
    frame = Frame(office="某人民检察院", reference="1")
    return render_html(compose(kind, frame, words | days | choice))


CHOOSING = [kind for kind in COMPOSED if any(item.kind is Kind.CHOICE for item in kind.contents)]


@pytest.mark.parametrize("kind", CHOOSING, ids=lambda kind: kind.code)
def test_each_thing_a_document_can_be_is_another_document(kind):
    words = {item.name: "词" for item in kind.contents}
    pages = [printed_with(kind, words, choice) for choice in choices(kind)]
    assert len(set(pages)) == len(pages) > 1


def test_what_is_no_choice_is_refused_by_name_and_offered_as_a_list():
    kind = TYPES["D-12"]
    with translation.override("en"), pytest.raises(Invalid) as refused:
        clean_values(kind, {"form": "通知"})
    assert "Choose one of: 交办函、提办函" in refused.value.errors["form"][0]
    assert clean_values(kind, {"form": "督办函"}) == {"form": "督办函"}
    form = ComposeForm(document=document(kind))
    assert [value for value, _label in form.fields["form"].choices][1:] == list(
        kind.content("form").options
    )
