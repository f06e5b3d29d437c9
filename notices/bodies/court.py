"""What goes to a court: the parties, requests in their order, enclosures, 此致 and the court."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from documents.model import Block, Column, OfficialDocument, Paragraph, Table, paragraphs
from notices.bodies.frame import Frame, Values, as_case, full_stop, led_by, text_of
from notices.bodies.official import official
from notices.bodies.parts import counted, enclosed, lines
from notices.declaration import DocumentType

# What stands between the cells of one line of a list that is printed as a table.
CELL_MARK = "｜"


def named(label: str, text: str) -> tuple[Paragraph, ...]:
    """Return a paragraph a line, each led by `label`: 被告：…; one that names its label keeps it."""
    return tuple(
        line if line.text.startswith(label) else replace(line, text=f"{label}：{line.text}")
        for line in paragraphs(text)
    )


def table(text: str, *titles: str, shares: tuple[int, ...] = ()) -> tuple[Table, ...]:
    """Return a table of one row a line, its cells divided by ｜ and counted in the first column.

    Args:
        shares: of the width, one a title; all the same where none are given.
    """
    widths = shares or (5,) * len(titles)
    columns = [Column(title, share) for title, share in zip(titles, widths, strict=True)]
    return counted(columns, (_row(line, len(titles)) for line in lines(text)))


def _row(line: str, width: int) -> tuple[str, ...]:
    cells = [cell.strip() for cell in line.split(CELL_MARK, width - 1)]
    return (*cells, *("" for _ in range(width - len(cells))))


def submitted_to(court: str) -> tuple[Paragraph, ...]:
    """Return 此致 and the court at the margin, kept together; nothing while the court is not known."""
    name = court.strip()
    return (Paragraph(f"此致\n{name}"),) if name else ()


def to_court(
    kind: DocumentType,
    frame: Frame,
    values: Values,
    blocks: Iterable[Block],
    *,
    name: str = "",
    court: str = "court",
) -> OfficialDocument:
    """Return what is submitted to a court: the blocks, 此致, what is enclosed, signature and seal.

    Args:
        name: the title where it is not that of the type.
        court: the content that names the court.
    """
    end: tuple[Block, ...] = (
        *submitted_to(values.get(court, "")),
        *enclosed(values.get("attachments", "")),
    )
    return official(kind, frame, values, (*blocks, *end), name=name)


def from_superior(
    kind: DocumentType, frame: Frame, values: Values, blocks: Iterable[Block], *, name: str = ""
) -> OfficialDocument:
    """Return what the next-higher office issues: its name at head and end, signed by nobody of this one."""
    unit = text_of(values, "superior") or "　　　　人民检察院"
    number = text_of(values, "order_number") or frame.number
    theirs = replace(frame, office=unit, signature=None, number=number, number_draft="")
    return official(kind, theirs, values, blocks, name=name)


def led(lead: str, text: str) -> tuple[Paragraph, ...]:
    """Return a text with `lead` before its first paragraph; nothing where there is no text."""
    return led_by(lead, full_stop(text)) if text.strip() else ()


def case_before(values: Values, *, court: str = "你院") -> str:
    """Return which case is meant: 你院审理的（2026）浙01民初1号某某案; what is unknown is left out."""
    case = as_case(text_of(values, "cause")) or "案件"
    return f"{court}审理的{text_of(values, 'case_number')}{case}"
