"""The sheet on the screen."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from documents.html_renderer import render_html
from tests.documents import samples

STYLES = Path(settings.BASE_DIR) / "static" / "css" / "doc.css"


def test_the_screen_shows_every_paragraph_in_order():
    shown = render_html(samples.recommendation())
    positions = [
        shown.index(mark)
        for mark in (
            "检察建议书",
            "一、查明的事实",
            "<span>附件：</span><span>1. </span><span>证据目录",
            "2026年4月20日",
        )
    ]
    assert positions == sorted(positions)


def test_what_a_paragraph_rests_on_shows_only_when_asked():
    document = samples.recommendation()
    assert "E-003" in render_html(document, show_support=True)
    assert "E-003" not in render_html(document)


def test_a_form_shows_opinions_with_their_signatures():
    assert "部门负责人：李主任（代王主任）　2026年2月28日" in render_html(samples.approval_form())


def test_only_classes_of_the_sheet_are_used_and_no_inline_style():
    shown = "".join(
        render_html(document, show_support=True)
        for document in (
            samples.recommendation(),
            samples.approval_form(),
            samples.filing_decision(),
        )
    )
    classes = {name for value in re.findall(r'class="([^"]*)"', shown) for name in value.split()}
    assert all(name.startswith("doc-") for name in classes)
    assert "style=" not in shown
    known = set(re.findall(r"\.(doc-[a-z0-9-]+)", STYLES.read_text()))
    assert classes - known <= {"doc-level-3", "doc-level-4", "doc-support-exhibit"}
