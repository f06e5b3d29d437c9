"""Letters to authorities, units and courts: measures, periods, contact and enclosures; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from documents.model import (
    AttachmentList,
    Block,
    Heading,
    NumberedList,
    OfficialDocument,
    Paragraph,
    paragraphs,
)
from documents.numerals import Numbering, ordinal
from notices.bodies.frame import Values, full_stop, text_of, unnumbered
from notices.declaration import Content, Kind

CONTACT = (
    Content("contact_person", "联系人", "Contact person", required=False, kind=Kind.LINE),
    Content("telephone", "联系电话", "Telephone", required=False, kind=Kind.LINE),
    Content("address", "联系地址", "Address", required=False, kind=Kind.LINE),
)
ATTACHMENTS = Content("attachments", "附件", "Attachments", required=False)
ISSUED_DAY = Content("day", "日期", "Date", kind=Kind.DAY, set_at_issue=True)

_LENGTH = re.compile(r"^[\d一二三四五六七八九十两]+(?:个)?(?:日|天|月|年|工作日)$")

Section = tuple[str, Iterable[Block]]


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a list somebody typed, without the numbers before them."""
    return tuple(unnumbered(part.text) for part in paragraphs(text))


def measures(text: str) -> tuple[Block, ...]:
    """Return what is asked as numbered measures, one line each; a single one bears no number."""
    items = tuple(full_stop(line) for line in lines(text))
    if len(items) < 2:
        return tuple(Paragraph(item) for item in items)
    return (NumberedList(items),)


def attachments(values: Values) -> tuple[Block, ...]:
    """Return the list of enclosures; nothing when there are none."""
    items = lines(values.get(ATTACHMENTS.name, ""))
    return (AttachmentList(items),) if items else ()


def contact(values: Values) -> tuple[Paragraph, ...]:
    """Return who answers questions, on one line."""
    parts = [(item.label_zh, text_of(values, item.name)) for item in CONTACT]
    said = "；".join(f"{label}：{text}" for label, text in parts if text)
    return (Paragraph(f"{said}。"),) if said else ()


def said(text: str, before: str = "", after: str = "") -> tuple[Paragraph, ...]:
    """Return a paragraph with words around `text`; nothing when it is empty."""
    text = text.strip()
    return (Paragraph(f"{before}{text}{after}"),) if text else ()


def prose(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs somebody typed, each closed as a sentence."""
    return tuple(Paragraph(_closed(part.text)) for part in paragraphs(text))


def _closed(line: str) -> str:
    return line if line[-1] in "：:，、,.;" else full_stop(line)


def sections(*parts: Section) -> tuple[Block, ...]:
    """Return headings numbered 一、 with their blocks; a part without blocks is left out."""
    found = [(title, tuple(blocks)) for title, blocks in parts]
    blocks: list[Block] = []
    for count, (title, body) in enumerate((part for part in found if part[1]), start=1):
        blocks += (Heading(1, f"{ordinal(count, Numbering.CHINESE)}{title}"), *body)
    return tuple(blocks)


def within(period: str, since: str) -> str:
    """Return a period from an event on; words that say more than a length stand as they are."""
    return f"自{since}之日起{period}内" if _LENGTH.match(period) else period


def titled(document: OfficialDocument, name: str) -> OfficialDocument:
    """Return the document under the name it bears on paper, where the catalogue's holds two or more."""
    return replace(document, name=name)
