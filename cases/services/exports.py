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
from cases.models import Case, LegalBasis
from cases.selectors.case_list import MOST_EXPORTED
from cases.spreadsheet import write_workbook


def take_out(
    *,
    actor: User,
    object_type: str,
    title: str,
    heads: Sequence[str],
    lines: Iterable[Sequence[object]],
    filters: Iterable[str],
    notes: Sequence[str] = (),
) -> IO[bytes]:
    """Write a list as a workbook and record that it left the house; return the open file.

    Args:
        filters: the names of the filters that were set, never their values.
        notes: sentences below the table.
    """
    file, number = write_workbook(title, heads, lines, notes)
    with transaction.atomic():
        record_export(
            actor=actor,
            object_type=object_type,
            rows=number,
            file_format="xlsx",
            filters=filters,
        )
    return file


def holds_more(rows: QuerySet[Any], most: int) -> bool:
    """Say whether a list has more than `most` rows, without counting all of them."""
    return rows.order_by().values("pk")[: most + 1].count() > most


def export_cases(*, actor: User, form: CaseFilterForm) -> IO[bytes]:
    """Write what a valid filter leaves of the cases `actor` sees as a workbook; record that it left."""
    rows = form.found()
    return take_out(
        actor=actor,
        object_type="case",
        title=_("Cases"),
        heads=heads(),
        lines=lines(rows),
        filters=form.names_set(),
        notes=[_capped(MOST_EXPORTED)] if holds_more(rows, MOST_EXPORTED) else [],
    )


def _capped(most: int) -> str:
    return _(
        "Only the first %(most)d cases are listed here. Narrow the filter, for example by the day of "
        "filing, and export the rest."
    ) % {"most": most}


def heads() -> list[str]:
    """Return the headings of the workbook in the reader's language."""
    return [
        _("Key"),
        _("Case number"),
        _("Title"),
        _("Stage"),
        _("State"),
        _("In this state since"),
        _("Next deadline"),
        _("Lead handler"),
        _("Violator"),
        _("Legal basis"),
        _("Persons concerned"),
        _("Items of information"),
        _("Filed on"),
    ]


def lines(rows: QuerySet[Case]) -> Iterator[list[object]]:
    """Yield a line for each case, newest first, at most `MOST_EXPORTED`."""
    for case in rows.order_by("-id")[:MOST_EXPORTED].iterator(chunk_size=500):
        yield [
            case.key,
            case.official_number,
            case.title,
            case.stage.label,
            case.get_state_display(),
            case.state_since,  # type: ignore[attr-defined]
            case.next_deadline,  # type: ignore[attr-defined]
            case.handler_name,  # type: ignore[attr-defined]
            "; ".join(case.violators),  # type: ignore[attr-defined]
            "; ".join(str(LegalBasis(basis).label) for basis in case.legal_bases),
            case.persons_concerned,
            case.items_concerned,
            case.filed_on,
        ]
