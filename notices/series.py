"""Which series of numbers a document of an office belongs to: the office's own pattern or the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Office
from cases.models import Case, Lead
from cases.models.matter import Track
from notices.catalogue import DocumentType, Numbering
from notices.models import NumberPattern
from notices.numbers import DEFAULT_TEMPLATE, Series

if TYPE_CHECKING:
    Matter = Lead | Case

# The track of numbers of a case that goes with a criminal one (law 7.1).
INCIDENTAL = "刑附民公"


def series_for(office: Office, kind: DocumentType, matter: Matter | None = None) -> Series | None:
    """Return the series of `kind` in `office`.

    None when the type bears no number of the office, or when law 7.2 names no word for it and the office
    has not set one. The office's own pattern holds for every case; else a case that goes with a criminal
    one has its own word where law 7.1 names it.
    """
    found = every_series(office, kind)
    if isinstance(matter, Case) and matter.track == Track.CRIMINAL_INCIDENTAL:
        own = [series for series in found if series.track == INCIDENTAL]
        return own[0] if own else next(iter(found), None)
    return next(iter(found), None)


def every_series(office: Office, kind: DocumentType) -> list[Series]:
    """Return the series a document of `kind` can belong to, the usual one first."""
    if kind.numbering is not Numbering.WORD:
        return []
    own = NumberPattern.objects.filter(office=office, code=kind.code).first()
    if own is not None:
        return [Series(office.short_name, own.track, own.type, own.template)]
    return [
        Series(office.short_name, code.track, code.type, DEFAULT_TEMPLATE) for code in kind.codes
    ]
