"""Reports of the handler, internal papers without a seal: most have a section for each content."""

from __future__ import annotations

from documents.model import Block, OfficialDocument
from documents.numerals import Numbering, ordinal
from notices.bodies.frame import Frame, Values, handler_closing, section
from notices.declaration import DocumentType, Kind


def report(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return a report whose sections are the contents of its type, in their order."""
    return internal(kind, frame, values, _sections(kind, values))


def internal(
    kind: DocumentType, frame: Frame, values: Values, blocks: tuple[Block, ...]
) -> OfficialDocument:
    """Return a paper of the handler with these blocks: signed by the handler, without a seal."""
    return OfficialDocument(
        issuer=frame.office,
        name=kind.title_zh,
        blocks=blocks,
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
