"""The whole text of a document where somebody wrote it freely, beside the contents it began as.

It is kept like a content, under a name no type declares. While it is there it is what the document says;
the contents still tell what the law asks for, and taking it back returns to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from cases.selectors.proposal_page import Difference
from cases.text_difference import side_by_side
from documents.model import Document as Composed
from documents.model import FormDocument
from documents.plain_text import read
from notices.declaration import Content

WHOLE_TEXT = "whole_text"
CONTENT = Content(WHOLE_TEXT, "全文", "Whole text", sourced=True)


def with_whole_text(composed: Composed, values: Mapping[str, str]) -> Composed:
    """Return the document with the text that was written freely, if there is one."""
    text = values.get(WHOLE_TEXT, "")
    if not text or isinstance(composed, FormDocument):
        return composed
    return replace(composed, blocks=read(text, composed.blocks, strict=False))


def paragraph_differences(before: str, after: str) -> list[Difference]:
    """Return what is different paragraph by paragraph, each change with its number in the later text."""
    then, now = before.splitlines(), after.splitlines()
    rows = []
    for tag, i, j, k, m in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if tag != "equal":
            rows += _rows(then[i:j], now[k:m], first=k + 1)
    return rows


def _rows(then: list[str], now: list[str], *, first: int) -> list[Difference]:
    """Return a row for each paragraph that was changed, came or went."""
    count = max(len(then), len(now))
    pairs = zip(_padded(then, count), _padded(now, count), strict=True)
    return [_row(before, after, first + index) for index, (before, after) in enumerate(pairs)]


def _padded(lines: list[str], count: int) -> list[str]:
    return lines + [""] * (count - len(lines))


def _row(before: str, after: str, number: int) -> Difference:
    gone, come = side_by_side(before, after)
    title = _("Paragraph %(number)d") % {"number": number}
    return Difference(title, before, after, gone, come)
