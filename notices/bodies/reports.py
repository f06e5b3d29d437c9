"""Reports of the handler, internal papers without a seal: most have a section for each content."""

from __future__ import annotations

from collections.abc import Iterable

from documents.model import Block, OfficialDocument
from notices.bodies.frame import Frame, Values, handler_closing, heading
from notices.bodies.parts import by_name, sections
from notices.declaration import DocumentType, Kind


def report(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return a report whose sections are the contents of its type, in their order."""
    return internal(kind, frame, values, _sections(kind, values))


def internal(
    kind: DocumentType, frame: Frame, values: Values, blocks: Iterable[Block], *, name: str = ""
) -> OfficialDocument:
    """Return a paper of the handler with these blocks: signed by the handler, without a seal.

    Args:
        name: what it is called on paper, where that is not the title of its type.
    """
    return OfficialDocument(
        issuer=frame.office,
        name=name or kind.title_zh,
        blocks=tuple(blocks),
        number=frame.number or frame.number_draft,
        closing=handler_closing(kind, frame, values),
        annotation=frame.correction,
    )


def _sections(kind: DocumentType, values: Values) -> tuple[Block, ...]:
    said = [content for content in kind.contents if content.kind is not Kind.DAY]
    return sections(*by_name(values, [(heading(content), content.name) for content in said]))
