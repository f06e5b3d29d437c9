"""Which series of numbers a document of an office belongs to: the office's own pattern or the default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from accounts.models import Office
from cases.models import Case, Lead
from cases.models.matter import Track
from notices.catalogue import DocumentType, NumberCode, Numbering
from notices.models import NumberPattern
from notices.numbers import DEFAULT_TEMPLATE, Series

if TYPE_CHECKING:
    Matter = Lead | Case

# The track of numbers of a case that goes with a criminal one (law 7.1).
INCIDENTAL = "刑附民公"
# Words of civil cases, which no paper of a case against an authority bears.
CIVIL = ("民公", INCIDENTAL, "民")


def series_for(
    office: Office,
    kind: DocumentType,
    matter: Matter | None = None,
    values: Mapping[str, str] | None = None,
) -> Series | None:
    """Return the series of `kind` in `office`.

    None when the type bears no number of the office, or when law 7.2 names no word for it and the office
    has not set one. The office's own pattern holds for every case; else a case that goes with a criminal
    one, or that is against an authority, has its own word where law 7.1 names it.

    Args:
        values: contents of the document, where its type stands for two papers with a word each.
    """
    if kind.numbering is not Numbering.WORD:
        return None
    own = _own_series(office, kind)
    code = _code_of(kind, matter, values or {})
    if own is not None or code is None:
        return own
    return _series_of(office, code)


def _code_of(
    kind: DocumentType, matter: Matter | None, values: Mapping[str, str]
) -> NumberCode | None:
    if isinstance(matter, Case) and matter.track == Track.CRIMINAL_INCIDENTAL:
        incidental = next((code for code in kind.codes if code.track == INCIDENTAL), None)
        if incidental is not None:
            return incidental
    if isinstance(matter, Case) and matter.is_administrative:
        own = tuple(code for code in kind.codes if code.track not in CIVIL)
        return replace(kind, codes=own).code_for(values)
    return kind.code_for(values)


def every_series(office: Office, kind: DocumentType) -> list[Series]:
    """Return the series a number of `kind` can belong to, the usual one first."""
    if kind.numbering is not Numbering.WORD:
        return []
    own = _own_series(office, kind)
    return [own] if own else [_series_of(office, code) for code in kind.codes]


def _own_series(office: Office, kind: DocumentType) -> Series | None:
    own = NumberPattern.objects.filter(office=office, code=kind.code).first()
    return Series(office.short_name, own.track, own.type, own.template) if own else None


def _series_of(office: Office, code: NumberCode) -> Series:
    return Series(office.short_name, code.track, code.type, DEFAULT_TEMPLATE)
