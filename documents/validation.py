"""The rules a document must keep before it may become a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from django.utils.translation import gettext as _

from audit.errors import Invalid
from documents.model import (
    FORM_COLUMNS,
    AttachmentList,
    Block,
    Document,
    FormCell,
    FormDocument,
    Heading,
    NumberedList,
    OfficialDocument,
    OpinionCell,
    Paragraph,
    Table,
)

# About three hundred pages: beyond that a document belongs into attachments.
MAXIMUM_CHARACTERS = 200_000

Problem = tuple[str, str]


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (field path, text) of every text in a document, for example ``blocks[2].text``."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts(item, f"{path}[{index}]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name), f"{path}.{field.name}".lstrip("."))


def validate(document: Document) -> None:
    """Check the rules of the model.

    Raises:
        Invalid: with `errors` naming each field path and what is wrong with it.
    """
    errors: dict[str, list[str]] = {}
    for path, sentence in _problems(document):
        errors.setdefault(path, []).append(sentence)
    if errors:
        path, sentences = next(iter(errors.items()))
        message = _("The document is not complete: %(path)s: %(sentence)s") % {
            "path": path,
            "sentence": sentences[0],
        }
        raise Invalid(message, errors=errors, code="document_invalid")


def _problems(document: Document) -> Iterator[Problem]:
    yield from _blank(document.issuer, "issuer")
    yield from _blank(document.name, "name")
    if isinstance(document, OfficialDocument):
        yield from _official_problems(document)
    else:
        yield from _form_problems(document)
    length = sum(len(text) for _path, text in texts(document))
    if length > MAXIMUM_CHARACTERS:
        yield (
            "document",
            _("has %(length)d characters; at most %(most)d are possible. Attach the rest.")
            % {"length": length, "most": MAXIMUM_CHARACTERS},
        )


def _blank(text: str, path: str) -> Iterator[Problem]:
    if not text.strip():
        yield path, _("must not be empty.")


def _official_problems(document: OfficialDocument) -> Iterator[Problem]:
    if not document.blocks:
        yield "blocks", _("must hold at least one paragraph.")
    for index, block in enumerate(document.blocks):
        yield from _block_problems(block, f"blocks[{index}]")
    closing = document.closing
    if closing and closing.seal and not closing.issuer.strip():
        yield "closing.issuer", _("must name the office whose seal is set there.")


def _block_problems(block: Block, path: str) -> Iterator[Problem]:
    match block:
        case Heading(level=level, text=text):
            yield from _blank(text, f"{path}.text")
            if not 1 <= level <= 4:
                yield f"{path}.level", _("must be 1, 2, 3 or 4.")
        case Paragraph(text=text):
            yield from _blank(text, f"{path}.text")
        case NumberedList() | AttachmentList():
            yield from _list_problems(block, path)
        case Table():
            yield from _table_problems(block, path)


def _list_problems(block: NumberedList | AttachmentList, path: str) -> Iterator[Problem]:
    if not block.items:
        yield f"{path}.items", _("must hold at least one item.")
    for index, item in enumerate(block.items):
        yield from _blank(item, f"{path}.items[{index}]")
    if isinstance(block, NumberedList) and block.start < 1:
        yield f"{path}.start", _("must be 1 or more.")


def _table_problems(block: Table, path: str) -> Iterator[Problem]:
    if not block.columns:
        yield f"{path}.columns", _("must hold at least one column.")
    if any(column.share < 1 for column in block.columns):
        yield f"{path}.columns", _("must each have a share of 1 or more.")
    for index, row in enumerate(block.rows):
        if len(row) != len(block.columns):
            yield f"{path}.rows[{index}]", _("must have one cell for each column.")


def _form_problems(document: FormDocument) -> Iterator[Problem]:
    if not document.rows:
        yield "rows", _("must hold at least one row.")
    for index, row in enumerate(document.rows):
        path = f"rows[{index}]"
        if sum(cell_width(cell) for cell in row.cells) != FORM_COLUMNS:
            yield f"{path}.cells", _("must have widths that make 12 together.")
        for position, cell in enumerate(row.cells):
            yield from _cell_problems(cell, f"{path}.cells[{position}]")


def _cell_problems(cell: FormCell | OpinionCell, path: str) -> Iterator[Problem]:
    yield from _blank(cell.label, f"{path}.label")
    if not 1 <= cell.lines <= 30:
        yield f"{path}.lines", _("must be 1 to 30.")
    if isinstance(cell, FormCell) and cell.width < 3:
        yield f"{path}.width", _("must be 3 or more.")


def cell_width(cell: FormCell | OpinionCell) -> int:
    """Columns of 12 that a cell takes; an opinion takes the whole row."""
    return cell.width if isinstance(cell, FormCell) else FORM_COLUMNS
