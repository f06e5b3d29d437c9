"""Documents in the name of the office, in the layout of GB/T 9704."""

from __future__ import annotations

from documents.model import Block, OfficialDocument
from notices.bodies.frame import Frame, Values, closing
from notices.declaration import DocumentType


def official(
    kind: DocumentType, frame: Frame, values: Values, blocks: tuple[Block, ...], addressee: str = ""
) -> OfficialDocument:
    """Return the document with these blocks, signed and sealed at its end."""
    return OfficialDocument(
        issuer=frame.office,
        name=kind.title_zh,
        blocks=blocks,
        number=frame.number,
        number_draft=frame.number_draft,
        addressee=addressee,
        closing=closing(kind, frame, values),
        annotation=frame.correction,
    )
