"""Letters, records and lists of the investigation (law 7.2, D-10 to D-34): what several of them share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from documents.model import Block, Closing, OfficialDocument, Paragraph, SignatureLine
from notices.bodies.frame import Frame, Values, as_case, document_day, phrase, text_of
from notices.declaration import DocumentType

# Stands in a column where there is nothing to say, so that the lines of all columns stay side by side.
NOTHING = "—"


def case_of(values: Values) -> str:
    """Return the case a paper of the investigation belongs to, as a sentence calls it."""
    return as_case(text_of(values, "case")) or "公益诉讼案件"


def record(
    kind: DocumentType,
    frame: Frame,
    values: Values,
    blocks: Iterable[Block],
    signers: Sequence[str],
    *,
    name: str = "",
) -> OfficialDocument:
    """Return a record (笔录) without seal or number, signed by hand by everybody who took part."""
    signatures = tuple(SignatureLine(signer) for signer in signers)
    day = document_day(kind, frame, values)
    return OfficialDocument(
        issuer=frame.office,
        name=name or kind.title_zh,
        blocks=tuple(blocks) or (Paragraph("（尚无内容）"),),
        closing=Closing(day=day, signatures=signatures, seal=False),
        annotation=frame.correction,
    )


def chosen(values: Values, name: str, known: Sequence[str], otherwise: str) -> str:
    """Return which of several instruments of one type a content names."""
    text = phrase(values, name)
    return text if text in known else otherwise
