"""What a block of figures is made of: page, workbook and API show the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils.safestring import SafeString

from accounts.models import User
from audit.errors import Text
from cases.spreadsheet import Share
from reporting.scope import Scope

Number = int | Decimal


@dataclass(frozen=True)
class Cell:
    """One figure.

    Attributes:
        value: the number; None where there is nothing to compute it from.
        figure: the code of the list behind it, empty where another figure of the row has the list.
        unit: ``%`` behind a share, else nothing.
        text: words instead of a number.
    """

    value: Number | None = None
    figure: str = ""
    unit: str = ""
    text: str = ""

    @property
    def shown(self) -> str:
        """The figure as it is read."""
        if self.text or self.value is None:
            return self.text or "—"
        digits = 2 if isinstance(self.value, Decimal) else 0
        # In groups of three in both languages, as accounts write them; Django groups no Chinese number.
        return f"{self.value:,.{digits}f}{self.unit}"

    @property
    def exported(self) -> Number | Share | str | None:
        """The figure as a cell of a workbook: a number where it is one, so that it can be computed with."""
        if self.text:
            return self.text
        return Share(int(self.value)) if self.unit and self.value is not None else self.value


@dataclass(frozen=True)
class Row:
    """One line of a block.

    Attributes:
        note: what is said of the line beside its title: a definition, an article.
        personal: whether the title is a name, which no language translates.
    """

    code: str
    title: str
    cells: tuple[Cell, ...]
    note: str = ""
    personal: bool = False


@dataclass(frozen=True)
class Block:
    """Some figures that are read together.

    Attributes:
        definition: what is counted, and how.
        first_head: what a line stands for; `heads` say what the cells are.
        chart: draws the block for a page; the marks lead to the lists.
        as_it_stands: whether the block tells of today, whatever the time asked for.
        note_head: what the notes of the lines are; empty where they have none.
        counted_at: when it was counted, where that was before it was asked for (`reporting.kept`).
    """

    code: str
    title: str
    definition: str
    first_head: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    chart: Callable[[Block, Scope], SafeString]
    as_it_stands: bool = False
    note_head: str = ""
    counted_at: datetime | None = None

    @property
    def headed_rows(self) -> list[dict[str, Any]]:
        """The lines with every cell under its head, for programs."""
        return [
            {
                "code": row.code,
                "title": row.title,
                "note": row.note,
                "headed": [
                    {"head": head, "value": cell.value, "shown": cell.shown, "figure": cell.figure}
                    for head, cell in zip(self.heads, row.cells, strict=True)
                ],
            }
            for row in self.rows
        ]

    @property
    def table_heads(self) -> tuple[str, ...]:
        """The heads of the data table from the second column on, that of the notes included."""
        return (*self.heads, self.note_head) if self.note_head else self.heads

    @property
    def has_figures(self) -> bool:
        """Whether anything was found, so that there is something to draw."""
        return any(cell.value for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class Figure:
    """The list behind a figure.

    Attributes:
        title: what the figure is.
        rows: the rows that were counted or summed up, of one model that `reporting.lines` can show.
        amount: the expression that was summed up; None where the rows were counted.
        definition: what this figure counts, where it is said of it and not of its block alone.
        grounds: the keys of the events that made a row count, the one that decided it first; none where
            the row is an event itself or has one.
    """

    title: str
    rows: QuerySet[Any]
    amount: Any = None
    definition: str = ""
    grounds: tuple[Subquery, ...] = ()


@dataclass(frozen=True)
class BlockMaker:
    """One block: its figures, and the lists behind them.

    Attributes:
        definition: what is counted, and how.
        figure: the list behind the code that follows ``<code>.``; None where there is no such figure.
        allowed: who reads it.
    """

    code: str
    title: Text
    definition: Text
    build: Callable[[Scope], Block]
    figure: Callable[[Scope, str], Figure | None]
    allowed: Callable[[User], bool] = lambda actor: True


def split_code(code: str) -> tuple[str, str]:
    """Return block and rest of the code of a figure."""
    block, _, rest = code.partition(".")
    return block, rest


def percent(part: int, whole: int) -> Cell:
    """Return the share of a part, rounded to a whole per cent; nothing where there is no whole."""
    return Cell(round(100 * part / whole), unit="%") if whole else Cell()
