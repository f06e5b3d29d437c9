"""What speaks against sending a document on a day without forbidding it: it comes too early (C115)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
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
    rows = Deadline.objects.filter(
        Q(ended_by=None) | Q(ended_by__legal_day__gt=day),
        **{matter.machine: matter},
        rule__in=kind.after,
        start_day__lte=day,
        effective_day__gte=day,
    )
    return [_early(kind, row) for row in rows.order_by("effective_day", "id")]


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
    if document.status == DocumentStatus.VOID:
        return []
    return cautions(document.matter, document.type, document.signed_day or today)
