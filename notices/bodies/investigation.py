"""Letters, records and lists of the investigation (law 7.2, D-10 to D-34): what several of them share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from documents.model import (
    Block,
    Closing,
    Column,
    NumberedList,
    OfficialDocument,
    Paragraph,
    SignatureLine,
    Table,
)
from documents.numerals import Numbering, ordinal
from notices.bodies.frame import (
    Frame,
    Values,
    document_day,
    full_stop,
    section,
    text_of,
    unnumbered,
)
from notices.bodies.official import official
from notices.declaration import DocumentType

# SHA-256 in hexadecimal: it has no place to break at and is wider than a line.
_DIGEST = re.compile(r"\b([0-9a-f]{32})([0-9a-f]{32})\b")
# Stands in a column where there is nothing to say, so that the lines of all columns stay side by side.
NOTHING = "—"


def said_of(values: Values, name: str) -> str:
    """Return what a content says, for the middle of a sentence: without a full stop at its end."""
    return text_of(values, name).rstrip("。；")


def cited(text: str) -> str:
    """Return the name of a case as a sentence bears it: ending in 一案, once; a lead keeps its own."""
    if not text:
        return "公益诉讼案件"
    return text if text.endswith(("一案", "线索")) else f"{text.removesuffix('案')}一案"


def items(text: str) -> tuple[Block, ...]:
    """Return lines as a numbered list; a single one is a paragraph, none is nothing."""
    if not lines_of(text):
        return ()
    found = [unnumbered(line) for line in lines_of(text)]
    if len(found) == 1:
        return (Paragraph(full_stop(found[0])),)
    ended = [f"{line.rstrip('。；')}；" for line in found[:-1]] + [full_stop(found[-1])]
    return (NumberedList(tuple(ended)),)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def sections(values: Values, parts: Sequence[tuple[str, str]]) -> list[Block]:
    """Return the contents named in `parts` under numbered headings; empty ones are dropped.

    Args:
        parts: heading and name of content, in their order.
    """
    found: list[Block] = []
    filled = [(title, name) for title, name in parts if values.get(name, "").strip()]
    for number, (title, name) in enumerate(filled, start=1):
        found += section(f"{ordinal(number, Numbering.CHINESE)}{title}", values[name])
    return found


def sentence(lead: str, text: str, after: str = "。") -> tuple[Paragraph, ...]:
    """Return one paragraph around a content; nothing while the content is empty."""
    return (Paragraph(f"{lead}{text}{after}"),) if text else ()


def contact(values: Values) -> tuple[Paragraph, ...]:
    """Return whom to turn to: contact person, telephone, address."""
    return labelled(
        values, (("联系人", "contact_person"), ("联系电话", "telephone"), ("联系地址", "address"))
    )


def labelled(
    values: Values, parts: Sequence[tuple[str, str]], *, indent: bool = True
) -> tuple[Paragraph, ...]:
    """Return a line of label and text for each content that is not empty."""
    return tuple(
        Paragraph(f"{label}：{said_of(values, name)}", indent=indent)
        for label, name in parts
        if said_of(values, name)
    )


def letter(
    kind: DocumentType, frame: Frame, values: Values, blocks: Sequence[Block], name: str = ""
) -> OfficialDocument:
    """Return a letter of the office to the content `addressee`, under `name` if one is chosen."""
    made = official(kind, frame, values, tuple(blocks), said_of(values, "addressee"))
    return replace(made, name=name or made.name)


def record(
    kind: DocumentType,
    frame: Frame,
    values: Values,
    blocks: Sequence[Block],
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


def table(values: Values, columns: Sequence[tuple[Column, str]], *, caption: str = "") -> Table:
    """Return a table whose columns are contents, line by line, with a serial number before each row."""
    texts = [
        [broken(line.strip()) for line in values.get(name, "").splitlines()] for _, name in columns
    ]
    rows = zip_longest(*texts, fillvalue="")
    counted = tuple((str(number), *row) for number, row in enumerate(rows, start=1))
    heads = (Column("序号", 2), *(column for column, _ in columns))
    return Table(heads, counted, caption)


def broken(text: str) -> str:
    """Return a text whose digests are on two lines each, so that they stay on the sheet."""
    return _DIGEST.sub(r"\1\n\2", text)


def chosen(values: Values, name: str, known: Sequence[str], otherwise: str) -> str:
    """Return which of several instruments of one type a content names."""
    text = said_of(values, name)
    return text if text in known else otherwise
