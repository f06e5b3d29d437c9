"""Every read of this room: the blocks of figures a person has, and the list behind each figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from audit.errors import NotVisible
from reporting.blocks import BLOCKS, load
from reporting.figures import Block, BlockMaker, Cell, Figure, Row, split_code
from reporting.scope import Scope


def makers_for(scope: Scope) -> list[BlockMaker]:
    """Return the blocks the actor has; work in hand is of his own office alone."""
    return [
        maker
        for maker in BLOCKS.values()
        if maker.allowed(scope.actor)
        and (maker.code != load.CODE or (scope.whole and scope.only_own))
    ]


def blocks_of(scope: Scope) -> list[Block]:
    """Return the blocks of figures of a scope, in the order of the page."""
    return [maker.build(scope) for maker in makers_for(scope)]


# What stands above the blocks, each out of one of them.
KEY_FIGURES = (
    "funnel.leads",
    "funnel.filed",
    "funnel.sued",
    "pressure.overdue",
    "replies.reply.none",
)


def key_figures(blocks: list[Block]) -> list[tuple[Row, Cell]]:
    """Return the figures that stand above the blocks, with the lines they are out of."""
    found = {
        cell.figure: (row, cell)
        for block in blocks
        for row in block.rows
        for cell in row.cells
        if cell.figure in KEY_FIGURES
    }
    return [found[code] for code in KEY_FIGURES if code in found]


def _maker(scope: Scope, code: str) -> BlockMaker:
    maker = next((maker for maker in makers_for(scope) if maker.code == code), None)
    if maker is None:
        raise NotVisible(_("There is no such figure."))
    return maker


def block_of(scope: Scope, code: str) -> Block:
    """Return one block.

    Raises:
        NotVisible: the actor has none of that code.
    """
    return _maker(scope, code).build(scope)


def figure_of(scope: Scope, code: str) -> Figure:
    """Return the list behind a figure.

    Raises:
        NotVisible: the actor has no such figure.
    """
    block, rest = split_code(code)
    found = _maker(scope, block).figure(scope, rest)
    if found is None:
        raise NotVisible(_("There is no such figure."))
    return found


@dataclass(frozen=True)
class Listed:
    """The rows behind a figure that the actor may open.

    Attributes:
        definition: what is counted, and how: of the figure, then of its block.
        counted: how many rows the figure counts or sums up.
        rows: those of them he may see.
        hidden: how many he may not see, None where that would tell of another office.
        amount: the sum of all of them in yuan; None where the figure is a number.
        grounds: the keys of the events that made a row count.
    """

    title: str
    definition: tuple[str, ...]
    counted: int
    rows: QuerySet[Any]
    hidden: int | None
    amount: Decimal | None
    grounds: tuple[Subquery, ...]


def listed(scope: Scope, code: str) -> Listed:
    """Return the list behind a figure as the actor may see it.

    Raises:
        NotVisible: the actor has no such figure.
    """
    figure = figure_of(scope, code)
    said = (figure.definition, str(BLOCKS[split_code(code)[0]].definition))
    counted, amount = figure.rows.count(), None
    if figure.amount is not None:
        amount = figure.rows.aggregate(sum=Sum(figure.amount))["sum"] or Decimal(0)
    rows = scope.visible(figure.rows)
    hidden: int | None = counted - rows.count() if scope.whole else 0
    if hidden and not scope.only_own:
        hidden = None
    return Listed(
        figure.title, tuple(filter(None, said)), counted, rows, hidden, amount, figure.grounds
    )


def title_of(code: str) -> str:
    """Return the title of a block in the reader's language."""
    return str(BLOCKS[code].title)
