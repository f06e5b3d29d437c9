"""Reports of the handler, each content a section: D-04, D-09, D-40, D-43, D-67, D-85 and D-86."""

from __future__ import annotations

from documents.model import Block, OfficialDocument
from documents.numerals import Numbering, ordinal
from notices.bodies.frame import Frame, Values, handler_closing, section
from notices.declaration import DocumentType, Kind


def report(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return a report whose sections are the contents of its type, in their order."""
    return OfficialDocument(
        issuer=frame.office,
        name=kind.title_zh,
        blocks=_sections(kind, values),
        number=frame.number or frame.number_draft,
        closing=handler_closing(kind, frame, values),
        annotation=frame.correction,
    )


def _sections(kind: DocumentType, values: Values) -> tuple[Block, ...]:
    blocks: list[Block] = []
    count = 0
    for content in kind.contents:
        text = values.get(content.name, "")
        if content.kind is Kind.DAY or not text.strip():
            continue
        count += 1
        blocks += section(f"{ordinal(count, Numbering.CHINESE)}{content.label_zh}", text)
    return tuple(blocks)
