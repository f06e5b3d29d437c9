"""What speaks against sending a document on a day without forbidding it: it comes too early (C115)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from audit.articles import written
from cases.models import Case, Lead
from deadlines.models import Deadline
from notices.catalogue import DocumentType
from notices.models import Document, DocumentStatus

if TYPE_CHECKING:
    Matter = Lead | Case


def cautions(matter: Matter, kind: DocumentType, day: date) -> list[str]:
    """Return a sentence for each period, not over on `day`, after which alone `kind` is meant to go out."""
    if not kind.after:
        return []
    rows = _periods(Q(**{matter.relation: matter}), kind.after)
    return [_early(kind, row) for row in rows if _runs_on(row, day)]


def _periods(owner: Q, rules: Iterable[str]) -> QuerySet[Deadline]:
    rows = Deadline.objects.filter(owner, rule__in=rules).select_related("ended_by")
    return rows.order_by("effective_day", "id")


def _runs_on(row: Deadline, day: date) -> bool:
    over = row.ended_by is not None and row.ended_by.legal_day <= day
    begun = row.start_day is not None and row.start_day <= day
    return begun and day <= row.effective_day and not over


def _early(kind: DocumentType, row: Deadline) -> str:
    sentence = _(
        "%(period)s %(title)s runs until %(day)s. “%(document)s” is meant for the time after it (%(law)s)."
    )
    values = {
        "period": row.rule,
        "title": row.heading,
        "day": row.effective_day.isoformat(),
        "document": kind.title,
        "law": written(kind.article),
    }
    return sentence % values


def cautions_of(document: Document, today: date) -> list[str]:
    """Return the cautions about a document: on the day it was signed, or today; none once it is void."""
    return cautions_of_all([document], today)[document.pk]


def cautions_of_all(documents: Iterable[Document], today: date) -> dict[int, list[str]]:
    """Return the cautions about each of several documents by its id, in one query at most."""
    known: dict[int, list[str]] = {row.pk: [] for row in documents}
    early = [row for row in documents if row.type.after and row.status != DocumentStatus.VOID]
    if not early:
        return known
    owners = Q(case__in={row.case_id for row in early if row.case_id})
    owners |= Q(lead__in={row.lead_id for row in early if row.lead_id})
    periods = list(_periods(owners, {rule for row in early for rule in row.type.after}))
    for row in early:
        day = row.signed_day or today
        known[row.pk] = [
            _early(row.type, period)
            for period in periods
            if (period.case_id, period.lead_id) == (row.case_id, row.lead_id)
            and period.rule in row.type.after
            and _runs_on(period, day)
        ]
    return known
