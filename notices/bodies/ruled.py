"""Ruled forms that other hands fill in: days as they are written, a name of their own, notes below."""

from __future__ import annotations

from dataclasses import replace

from documents.model import FormCell, FormDocument, FormRow, OpinionCell, OpinionSignature
from documents.numerals import chinese_date
from notices.bodies.forms import cell, form
from notices.bodies.frame import Frame, Values, day_of
from notices.declaration import DocumentType


def day_cell(kind: DocumentType, values: Values, name: str) -> FormCell:
    """Return the cell of a day, however it was typed; blanks for the pen while it is unknown."""
    made = cell(kind, values, name)
    day = day_of(made.value)
    return made if made.value and day is None else replace(made, value=chinese_date(day))


def signed(label: str, text: str, *roles: str, lines: int = 3) -> FormRow:
    """Return a full row with room for the signatures of these roles."""
    signatures = tuple(OpinionSignature(role) for role in roles)
    return FormRow((OpinionCell(label, text.strip(), signatures, lines),))


def ruled(
    kind: DocumentType,
    frame: Frame,
    rows: tuple[FormRow, ...],
    name: str = "",
    notes: tuple[str, ...] = (),
) -> FormDocument:
    """Return the form under the name it bears on paper, with notes on how it is filled in."""
    made = form(kind, frame, rows)
    return replace(made, name=name or kind.title_zh, notes=(*made.notes, *notes))
