"""Taking figures out of the house as a workbook; that they left is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from audit import clock
from cases.services.exports import take_out
from reporting.figures import Block, Row
from reporting.scope import Scope
from reporting.selectors import block_of, blocks_of
from reporting.wording import told


def export_block(*, scope: Scope, code: str, filters: Iterable[str]) -> IO[bytes]:
    """Write one block as a workbook, its definition below it.

    Raises:
        NotVisible: the actor has no such block.
    """
    block = block_of(scope, code)
    return take_out(
        actor=scope.actor,
        object_type="statistics",
        title=_("Statistics"),
        heads=[block.first_head, *block.table_heads],
        lines=[_line(row, note=bool(block.note_head)) for row in block.rows],
        filters=filters,
        notes=[block.title, *_said(scope), block.definition],
    )


def export_page(*, scope: Scope, filters: Iterable[str]) -> IO[bytes]:
    """Write every block as one workbook, a figure a line."""
    blocks = blocks_of(scope)
    return take_out(
        actor=scope.actor,
        object_type="statistics",
        title=_("Statistics"),
        heads=[
            _("Block"),
            pgettext("statistics", "Line"),
            _("Figure"),
            pgettext("statistics", "Value"),
            _("Definition or article"),
        ],
        lines=[line for block in blocks for line in _lines(block)],
        filters=filters,
        notes=[*_said(scope), *(told(block.title, block.definition) for block in blocks)],
    )


def _line(row: Row, *, note: bool) -> list[object]:
    values: Sequence[object] = [cell.exported for cell in row.cells]
    return [row.title, *values, *([row.note] if note else [])]


def _lines(block: Block) -> Iterator[list[object]]:
    for row in block.rows:
        for head, cell in zip(block.heads, row.cells, strict=True):
            yield [block.title, row.title, head, cell.exported, row.note]


def _said(scope: Scope) -> list[str]:
    """Return whose figures these are, of which time, read when."""
    time = _("From %(first)s until %(last)s") % {"first": scope.first, "last": scope.last}
    read = scope.as_of.astimezone(clock.BEIJING)
    return [
        scope.whose,
        time,
        str(scope.track.label),
        _("Data as of %(instant)s") % {"instant": f"{read:%Y-%m-%d %H:%M}"},
        _("No ranking: lines stand in the order of the procedure or by name."),
    ]
