"""What the paragraphs of a structured document rest on: kept with it, printed only on a working copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from documents.model import Block, FormDocument, NumberedList, Paragraph, Support
from documents.model import Document as Composed
from notices.models import Document
from notices.rests_on import lines_of
from notices.sourcing.supports import supports_of

# A line of a content, and what it rests on.
Pair = tuple[str, tuple[Support, ...]]


def with_supports(
    composed: Composed,
    document: Document,
    values: Mapping[str, str],
    labels: Mapping[Support, str] | None = None,
) -> Composed:
    """Return the structured document whose paragraphs name what their lines rest on.

    A body puts a line into a paragraph as it is or with words around it, so it is found by its text.

    Args:
        labels: how each support is called where it is printed; left out, they bear no label.
    """
    if isinstance(composed, FormDocument):
        return composed
    pairs = _pairs(document, values, labels or {})
    if not pairs:
        return composed
    return replace(composed, blocks=tuple(_supported(block, pairs) for block in composed.blocks))


def _pairs(
    document: Document, values: Mapping[str, str], labels: Mapping[Support, str]
) -> list[Pair]:
    return [
        (line, tuple(replace(item, label=labels.get(item, "")) for item in row))
        for name, rows in supports_of(document, values).items()
        for line, row in zip(lines_of(values.get(name, "")), rows, strict=False)
        if row
    ]


def _supported(block: Block, pairs: Iterable[Pair]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, rests_on=_of(block.text, pairs))
    if isinstance(block, NumberedList):
        return replace(block, rests_on=_of("\n".join(block.items), pairs))
    return block


def _of(text: str, pairs: Iterable[Pair]) -> tuple[Support, ...]:
    """Return what the lines in a text rest on, each thing once."""
    flat = "".join(text.split())
    found = [item for line, row in pairs if _bare(line) in flat for item in row]
    return tuple(dict.fromkeys(found))


def _bare(line: str) -> str:
    return "".join(line.split())
