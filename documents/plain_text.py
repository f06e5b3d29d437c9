"""The body of an official document as a text somebody can write in, and back.

One paragraph a line. ``# `` to ``#### `` begin headings, ``> `` a line at the margin. What a line cannot
hold, a table or the list of attachments, stands as a mark such as ``〔表1〕``, moved or taken out with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from audit.errors import Invalid
from documents.model import AttachmentList, Block, Heading, NumberedList, Paragraph, Support, Table
from documents.wording import numbered

_HEADING = re.compile(r"(#{1,4}) +(.*)")
_MARK = re.compile(r"〔(?:表\d+|附件说明)〕")
MARGIN = "> "
# A line break inside a paragraph, which is a line of its own nowhere.
BREAK = "⏎"


def marks_of(blocks: Sequence[Block]) -> dict[str, Block]:
    """Return what a line cannot hold, by its mark."""
    marks: dict[str, Block] = {}
    tables = 0
    for block in blocks:
        if isinstance(block, Table):
            tables += 1
            marks[f"〔表{tables}〕"] = block
        elif isinstance(block, AttachmentList):
            marks["〔附件说明〕"] = block
    return marks


def written(blocks: Sequence[Block]) -> str:
    """Return the body as text; a numbered list becomes paragraphs with their numbers."""
    return "\n".join(line for line, _supports in supported_lines(blocks))


def supported_lines(blocks: Sequence[Block]) -> list[tuple[str, tuple[Support, ...]]]:
    """Return each line of the text with what its block rests on."""
    names = {id(block): mark for mark, block in marks_of(blocks).items()}
    lines: list[tuple[str, tuple[Support, ...]]] = []
    for block in blocks:
        match block:
            case Heading(level=level, text=text):
                lines.append((f"{'#' * level} {_flat(text)}", ()))
            case Paragraph(text=text, indent=indent, rests_on=rests_on):
                lines.append((f"{'' if indent else MARGIN}{_flat(text)}", rests_on))
            case NumberedList(rests_on=rests_on):
                lines += [(_flat(item), rests_on) for item in numbered(block)]
            case _:
                lines.append((names[id(block)], ()))
    return lines


def states_something(line: str) -> bool:
    """Say whether a line is a sentence of its own: no heading and no mark."""
    return not _HEADING.fullmatch(line) and not _MARK.fullmatch(line)


def _flat(text: str) -> str:
    return text.replace("\n", BREAK)


def read(text: str, blocks: Sequence[Block], *, strict: bool = True) -> tuple[Block, ...]:
    """Return the body that a text describes.

    Args:
        blocks: the body the text began as; its tables and attachments are put where their marks stand.
        strict: refuse a mark without its table; else it is left out, as the table went meanwhile.

    Raises:
        Invalid: a mark names nothing, or the same thing twice.
    """
    marks = marks_of(blocks)
    found: list[Block] = []
    for line in (line.strip(" \t\r　") for line in text.splitlines()):
        if _MARK.fullmatch(line):
            found += _marked(line, marks, strict=strict)
        elif line:
            found.append(_block(line))
    return tuple(found)


def _marked(line: str, marks: dict[str, Block], *, strict: bool) -> list[Block]:
    if line not in marks and not strict:
        return []
    if line not in marks:
        raise Invalid(
            _("%(mark)s stands for nothing, or stands twice. Take it out.") % {"mark": line},
            errors={"text": [_("%(mark)s stands for nothing here.") % {"mark": line}]},
            code="unknown_mark",
        )
    return [marks.pop(line)]


def _block(line: str) -> Block:
    if heading := _HEADING.fullmatch(line):
        return Heading(len(heading[1]), _unflat(heading[2]))
    if line.startswith(MARGIN):
        return Paragraph(_unflat(line.removeprefix(MARGIN).strip()), indent=False)
    return Paragraph(_unflat(line))


def _unflat(text: str) -> str:
    return text.replace(BREAK, "\n")
