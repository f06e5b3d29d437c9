"""Ruled forms: cells, rows and opinions named by the contents of a type."""

from __future__ import annotations

from documents.model import FormCell, FormDocument, FormRow, OpinionCell, OpinionSignature
from notices.bodies.frame import Frame, Values, heading
from notices.declaration import DocumentType


def cell(kind: DocumentType, values: Values, name: str, lines: int = 1) -> FormCell:
    """Return the cell of one content: its label and what is said."""
    content = kind.content(name)
    assert content is not None  # the builders name contents of their own type
    return FormCell(heading(content), values.get(name, "").strip(), lines=lines)


def row(kind: DocumentType, values: Values, name: str, lines: int = 4) -> FormRow:
    """Return a row with one content."""
    return FormRow((cell(kind, values, name, lines),))


def form(kind: DocumentType, frame: Frame, rows: tuple[FormRow, ...]) -> FormDocument:
    """Return the form with these rows, its number above them."""
    return FormDocument(
        issuer=frame.office,
        name=kind.title_zh,
        rows=rows,
        number=frame.number or frame.reference,
        notes=(frame.correction,) if frame.correction else (),
    )


def opinion(label: str, role: str) -> FormRow:
    """Return a row for the opinion of one role, signed by hand."""
    return FormRow((OpinionCell(label, signatures=(OpinionSignature(role),)),))
