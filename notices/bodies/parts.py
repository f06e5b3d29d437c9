"""Parts of letters, papers to a court, records and reports: lists, headings, sentences, tables; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from documents.model import (
    Alignment,
    AttachmentList,
    Block,
    Column,
    Heading,
    Paragraph,
    Table,
    paragraphs,
)
from documents.numerals import Numbering, ordinal
from notices.bodies.frame import Values, full_stop, phrase, unnumbered

# A heading and what stands below it.
Section = tuple[str, Iterable[Block]]
# The label of a content and its name, in the order in which they are said.
Named = Sequence[tuple[str, str]]
_LENGTH = re.compile(r"^[\d一二三四五六七八九十两]+(?:个)?(?:日|天|月|年|工作日)$")
# SHA-256 in hexadecimal: it has no place to break at and is wider than a line.
_DIGEST = re.compile(r"\b([0-9a-f]{32})([0-9a-f]{32})\b")
SERIAL = Column("序号", 2, Alignment.CENTER)
CONTACT: Named = (
    ("联系人", "contact_person"),
    ("联系电话", "telephone"),
    ("联系地址", "address"),
)


# --- lists ---------------------------------------------------------------------------------------


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a list somebody typed, without the numbers before them; empty ones are dropped."""
    found = (unnumbered(line.text) for line in paragraphs(text))
    return tuple(line for line in found if line)


def items(text: str) -> tuple[Paragraph, ...]:
    """Return a sentence a line, counted 1. 2. 3. whatever numbers were typed; one alone bears none."""
    said = [Paragraph(full_stop(line)) for line in lines(text)]
    if len(said) < 2:
        return tuple(said)
    return tuple(
        replace(line, text=f"{ordinal(count, Numbering.ARABIC)}{line.text}")
        for count, line in enumerate(said, start=1)
    )


def enclosed(text: str) -> tuple[AttachmentList, ...]:
    """Return the list of what is enclosed, one a line; nothing where nothing is."""
    kept = tuple(name for line in lines(text) if (name := line.rstrip("。；")))
    return (AttachmentList(kept),) if kept else ()


def counted(
    columns: Sequence[Column], rows: Iterable[Sequence[str]], *, caption: str = ""
) -> tuple[Table, ...]:
    """Return a table that counts its rows in its first column; nothing where there are none."""
    found = tuple((str(count), *row) for count, row in enumerate(rows, start=1))
    return (Table((SERIAL, *columns), found, caption),) if found else ()


def side_by_side(
    values: Values, columns: Sequence[tuple[Column, str]], *, caption: str = ""
) -> tuple[Table, ...]:
    """Return a table whose columns are contents, line by line; nothing while all of them are empty."""
    texts = [
        [broken(line.strip()) for line in values.get(name, "").splitlines()] for _, name in columns
    ]
    heads = [column for column, _ in columns]
    return counted(heads, zip_longest(*texts, fillvalue=""), caption=caption)


def broken(text: str) -> str:
    """Return a text whose digests are on two lines each, so that they stay on the sheet."""
    return _DIGEST.sub(r"\1\n\2", text)


# --- headings ------------------------------------------------------------------------------------


def part(title: str, content: Iterable[Block]) -> tuple[Block, ...]:
    """Return a heading over its blocks; nothing where there are none."""
    blocks = tuple(content)
    return (Heading(1, title), *blocks) if blocks else ()


def sections(*found: Section) -> tuple[Block, ...]:
    """Return parts under headings numbered 一、; one without blocks is left out."""
    filled = [(title, blocks) for title, content in found if (blocks := tuple(content))]
    return tuple(
        block
        for count, (title, blocks) in enumerate(filled, start=1)
        for block in part(f"{ordinal(count, Numbering.CHINESE)}{title}", blocks)
    )


def by_name(values: Values, named: Named) -> tuple[Section, ...]:
    """Return the contents named as sections, each paragraph closed as a sentence."""
    return tuple((title, prose(values.get(name, ""))) for title, name in named)


# --- sentences -----------------------------------------------------------------------------------


def prose(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs somebody typed, each closed as a sentence."""
    return tuple(Paragraph(_closed(line.text)) for line in paragraphs(text))


def _closed(line: str) -> str:
    return line if line[-1] in "：:，、,.;" else full_stop(line)


def said(text: str, before: str = "", after: str = "") -> tuple[Paragraph, ...]:
    """Return a paragraph with words around `text`; nothing when it is empty."""
    text = text.strip()
    return (Paragraph(f"{before}{text}{after}"),) if text else ()


def within(period: str, since: str) -> str:
    """Return a period from an event on; words that say more than a length stand as they are."""
    return f"自{since}之日起{period}内" if _LENGTH.match(period) else period


def until(term: str, since: str) -> str:
    """Return by when something is asked: 自收到本函之日起七日内, or 于2024年7月10日前."""
    found = within(term, since)
    if not found or found.startswith("自"):
        return found
    return f"自{found}" if found.startswith(since) else f"于{found}"


def labelled(values: Values, named: Named, *, indent: bool = True) -> tuple[Paragraph, ...]:
    """Return a line of label and text for each content that is not empty."""
    return tuple(
        Paragraph(f"{label}：{phrase(values, name)}", indent=indent)
        for label, name in named
        if phrase(values, name)
    )


def contact(values: Values) -> tuple[Paragraph, ...]:
    """Return whom to turn to: contact person, telephone, address."""
    return labelled(values, CONTACT)
