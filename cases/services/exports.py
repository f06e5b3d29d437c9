"""Taking the list of cases out of the house, by the page or by the API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record_export
from cases.forms.case_list import CaseFilterForm
from cases.list_columns import ALL, Column
from cases.models import Case
from cases.selectors.case_list import MOST_EXPORTED, in_order, with_shown
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


def export_cases(
    *,
    actor: User,
    form: CaseFilterForm,
    columns: Sequence[Column] = ALL,
    keys: Sequence[str] | None = None,
    sort: str = "",
    file_format: str = "xlsx",
) -> IO[bytes]:
    """Write what a valid filter leaves of the cases `actor` sees as a table; record that it left.

    Args:
        columns: what is written of each case, in this order; by default all there is.
        keys: of these only those; None for all.
        sort: the order, as the list knows it.
        file_format: "xlsx" or "csv".
    """
    rows, filters = form.found(), form.names_set()
    if keys is not None:
        rows, filters = rows.filter(key__in=keys), [*filters, "case"]
    return take_out(
        actor=actor,
        object_type="case",
        title=_("Cases"),
        heads=[str(head) for column in columns for head in column.heads],
        lines=lines(rows, columns, sort),
        filters=filters,
        notes=[_capped(MOST_EXPORTED)] if holds_more(rows, MOST_EXPORTED) else [],
        file_format=file_format,
    )


def _capped(most: int) -> str:
    return _(
        "Only the first %(most)d cases are listed here. Narrow the filter, for example by the day of "
        "filing, and export the rest."
    ) % {"most": most}


def lines(rows: QuerySet[Case], columns: Sequence[Column], sort: str) -> Iterator[list[object]]:
    """Yield a line for each case in the order of the list, at most `MOST_EXPORTED`."""
    ordered, path = in_order(with_shown(rows), sort)
    found = ordered.order_by(path, "-pk")[:MOST_EXPORTED]
    for case in found.iterator(chunk_size=500):
        yield [cell for column in columns for cell in column.cells(case)]
