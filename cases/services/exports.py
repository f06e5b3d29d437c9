"""Taking the lists of leads and of cases out of the house, by the page or by the API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from audit.services import record_export
from cases.forms.list_filter import ListFilterForm
from cases.list_columns import Column
from cases.listed import Listed
from cases.selectors.case_list import MOST_EXPORTED
from cases.spreadsheet import write_commas, write_workbook


def take_out(
    *,
    actor: User,
    object_type: str,
    title: str,
    heads: Sequence[str],
    lines: Iterable[Sequence[object]],
    filters: Iterable[str],
    notes: Sequence[str] = (),
    file_format: str = "xlsx",
) -> IO[bytes]:
    """Write a list as a table and record that it left the house; return the open file.

    Args:
        filters: the names of the filters that were set, never their values.
        notes: sentences below the table.
        file_format: "xlsx" for a workbook, "csv" for a table of commas.
    """
    if file_format == "csv":
        file, number = write_commas(heads, lines, notes)
    else:
        file, number = write_workbook(title, heads, lines, notes)
    with transaction.atomic():
        record_export(
            actor=actor,
            object_type=object_type,
            rows=number,
            file_format=file_format,
            filters=filters,
        )
    return file


def holds_more(rows: QuerySet[Any], most: int) -> bool:
    """Say whether a list has more than `most` rows, without counting all of them."""
    return rows.order_by().values("pk")[: most + 1].count() > most


@dataclass(frozen=True)
class Taking:
    """What of a list leaves the house.

    Attributes:
        columns: what is written of each row, in this order.
        keys: of the rows the filter leaves only these; None for all.
        sort: the order, as the list knows it.
        file_format: "xlsx" or "csv".
    """

    columns: Sequence[Column]
    keys: Sequence[str] | None = None
    sort: str = ""
    file_format: str = "xlsx"

    @property
    def heads(self) -> list[str]:
        """The headings of the table."""
        return [str(head) for column in self.columns for head in column.heads]


def export_list(*, actor: User, listed: Listed, form: ListFilterForm, taking: Taking) -> IO[bytes]:
    """Write what a valid filter leaves of a list `actor` sees as a table; record that it left."""
    rows, filters = _left_by(form, taking, listed.one)
    ordered, path = listed.in_order(listed.with_shown(rows), taking.sort)
    return take_out(
        actor=actor,
        object_type=listed.one,
        title=str(listed.title),
        heads=taking.heads,
        lines=_lines(ordered, path, taking.columns),
        filters=filters,
        notes=_capped(listed, rows),
        file_format=taking.file_format,
    )


def _left_by(form: ListFilterForm, taking: Taking, one: str) -> tuple[QuerySet[Any], list[str]]:
    """Return the rows that leave, and the names of what they were narrowed by."""
    rows, filters = form.found(), form.names_set()
    if taking.keys is None:
        return rows, filters
    return rows.filter(key__in=taking.keys), [*filters, one]


def _capped(listed: Listed, rows: QuerySet[Any]) -> list[str]:
    """Return the sentence that there are more rows than a table holds; nothing where there are not."""
    return [str(listed.capped) % {"most": MOST_EXPORTED}] if holds_more(rows, MOST_EXPORTED) else []


def _lines(rows: QuerySet[Any], path: str, columns: Sequence[Column]) -> Iterator[list[object]]:
    """Yield a line for each row in the order of the list, at most `MOST_EXPORTED`."""
    found = rows.order_by(path, "-pk")[:MOST_EXPORTED]
    for row in found.iterator(chunk_size=500):
        yield [cell for column in columns for cell in column.cells(row)]
