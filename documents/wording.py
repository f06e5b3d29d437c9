"""Fixed Chinese wordings that every renderer prints the same way."""

from __future__ import annotations

from documents.model import AttachmentList, NumberedList, SignatureLine
from documents.numerals import ordinal


def numbered(block: NumberedList) -> list[str]:
    """Return the items with their numbers before them."""
    return [
        f"{ordinal(block.start + index, block.numbering)}{item}"
        for index, item in enumerate(block.items)
    ]


def attachments(block: AttachmentList) -> list[str]:
    """Return the lines of 附件说明."""
    return [f"{label}{number}{item}" for label, number, item in attached(block)]


def attached(block: AttachmentList) -> list[tuple[str, str, str]]:
    """Return label, number and name of each attachment; one alone has no number (GB/T 9704-2012 7.3.4)."""
    if len(block.items) == 1:
        return [("附件：", "", block.items[0])]
    return [
        ("　　　" if index else "附件：", f"{index + 1}. ", item)
        for index, item in enumerate(block.items)
    ]


def signed(line: SignatureLine) -> str:
    """Return ``检察官：张三``, or blanks where the pen signs."""
    return f"{line.role}：{line.name or '　　　　'}"
