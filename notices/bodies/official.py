"""Documents in the name of the office, in the layout of GB/T 9704."""

from __future__ import annotations

from collections.abc import Iterable

from documents.model import Block, OfficialDocument
from notices.bodies.frame import Frame, Values, closing, phrase
from notices.declaration import DocumentType


def official(
    kind: DocumentType,
    frame: Frame,
    values: Values,
    blocks: Iterable[Block],
    *,
    addressee: str = "",
    name: str = "",
) -> OfficialDocument:
    """Return the document with these blocks, signed and sealed at its end.

    Args:
        name: what it is called on paper, where that is not the title of its type.
    """
    return OfficialDocument(
        issuer=frame.office,
        name=name or kind.title_zh,
        blocks=tuple(blocks),
        number=frame.number,
        number_draft=frame.number_draft,
        addressee=addressee,
        closing=closing(kind, frame, values),
        annotation=frame.correction,
    )


def letter(
    kind: DocumentType, frame: Frame, values: Values, blocks: Iterable[Block], *, name: str = ""
) -> OfficialDocument:
    """Return a letter of the office to whom the content `addressee` names."""
    return official(kind, frame, values, blocks, addressee=phrase(values, "addressee"), name=name)
