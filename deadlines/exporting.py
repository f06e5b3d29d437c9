"""Taking the list of deadlines out of the house, by the page or by the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audit.articles import written
from audit.clock import BEIJING
from cases.services.exports import holds_more, take_out
from deadlines import selectors
from deadlines.filter_forms import DeadlineFilterForm
from deadlines.listing import narrowed
from deadlines.models import Deadline

# One export holds so many deadlines; who needs more narrows the filter.
MOST_EXPORTED = 5000


def export_deadlines(*, actor: User, form: DeadlineFilterForm) -> IO[bytes]:
    """Write what a valid filter leaves of the deadlines `actor` sees as a workbook; record that it left."""
    rows = narrowed(selectors.deadlines_visible_to(actor), actor, form.cleaned_data)
    return take_out(
        actor=actor,
        object_type="deadline",
        title=_("Deadlines"),
        heads=heads(),
        lines=lines(rows),
        filters=form.names_set(),
        notes=[_capped()] if holds_more(rows, MOST_EXPORTED) else [],
    )


def _capped() -> str:
    return _(
        "Only the first %(most)d deadlines are listed here. Narrow the filter, for example by the last "
        "day, and export the rest."
    ) % {"most": MOST_EXPORTED}


def heads() -> list[str]:
    """Return the headings of the workbook in the reader's language."""
    return [
        _("Last day"),
        _("Last hour"),
        _("Code"),
        _("Period"),
        _("Article"),
        _("Kind"),
        _("Key"),
        _("Matter"),
        _("Whose duty"),
        _("State"),
        _("Done on"),
        _("Late"),
        _("Provisional"),
        _("Start"),
    ]


def lines(rows: QuerySet[Deadline]) -> Iterator[list[object]]:
    """Yield a line for each deadline, the earliest first, at most `MOST_EXPORTED`."""
    for row in rows.order_by("effective_day", "id")[:MOST_EXPORTED].iterator(chunk_size=500):
        instant = row.effective_instant
        yield [
            row.effective_day,
            f"{instant.astimezone(BEIJING):%H:%M}" if instant else "",
            row.rule,
            row.marked_heading,
            written(row.article),
            row.get_kind_display(),
            row.matter.key,
            row.matter.title,
            row.duty_holder.name if row.duty_holder else "",
            row.state_title,
            row.done_on,
            _("yes") if row.met_late else _("no"),
            _("yes") if row.provisional else _("no"),
            row.start_day,
        ]
