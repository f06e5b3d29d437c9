"""Taking the register and the figures of the recommendations out of the house."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from administrative.figures import Grouping, Kind, figures_of, heads, numbers
from administrative.forms.board import RegisterForm
from administrative.selectors.board import filtered, register_of, shown
from cases.services.exports import holds_more, take_out

# One export holds so many recommendations; who needs more narrows the filter.
MOST_EXPORTED = 5000


def export_register(*, actor: User, form: RegisterForm) -> IO[bytes]:
    """Write what a valid filter leaves of the register as a workbook; record that it left."""
    rows = filtered(register_of(actor), form.cleaned_data)
    return take_out(
        actor=actor,
        object_type="recommendation",
        title=_("Recommendations"),
        heads=register_heads(),
        lines=_lines(rows),
        filters=form.names_set(),
        notes=[_capped()] if holds_more(rows, MOST_EXPORTED) else [],
    )


def _capped() -> str:
    return _(
        "Only the first %(most)d recommendations are listed here. Narrow the filter and export the rest."
    ) % {"most": MOST_EXPORTED}


def register_heads() -> list[str]:
    """Return the headings of the register in the reader's language."""
    return [
        _("Number"),
        _("Authority"),
        _("Key"),
        _("Case"),
        _("Lead handler"),
        _("Stage"),
        _("Decided on"),
        _("Served on"),
        _("Reply due"),
        _("Answered on"),
        _("Measures"),
        _("Looked at"),
        _("Final"),
        _("Escalated on"),
    ]


def _lines(rows: QuerySet[Any]) -> Iterator[list[object]]:
    for case in rows.order_by("-id")[:MOST_EXPORTED].iterator(chunk_size=500):
        row = shown(case)
        yield [
            row.number,
            row.body,
            row.case.key,
            row.case.title,
            row.handler,
            row.stage.label,
            row.decided_on,
            row.served_on,
            row.due,
            row.answered_on,
            row.asked,
            row.assessed,
            row.final,
            row.escalated_on,
        ]


def export_figures(*, actor: User, first: date, last: date, by: Grouping, kind: Kind) -> IO[bytes]:
    """Write the figures as a workbook, the sum last; record that it left."""
    rows, total = figures_of(actor, first, last, by, kind)
    lines: list[list[object]] = [[row.name, *numbers(row.figures, kind)] for row in rows]
    lines.append([_("All"), *numbers(total, kind)])
    note = _("Recommendations served from %(first)s to %(last)s, as they stand today.")
    return take_out(
        actor=actor,
        object_type="recommendation_figures",
        title=_("Figures"),
        heads=[str(by.label), *heads(kind)],
        lines=lines,
        filters=("kind", "by", "first", "last"),
        notes=[str(kind.label), note % {"first": first.isoformat(), "last": last.isoformat()}],
    )
