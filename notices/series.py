"""Which series of numbers a document of an office belongs to: the office's own pattern or the default."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.models import Office
from notices.catalogue import DocumentType, NumberCode, Numbering
from notices.models import NumberPattern
from notices.numbers import DEFAULT_TEMPLATE, Series


def series_for(
    office: Office, kind: DocumentType, values: Mapping[str, str] | None = None
) -> Series | None:
    """Return the series of `kind` in `office`.

    None when the type bears no number of the office, or when law 7.2 names no word for it and the office
    has not set one.

    Args:
        values: contents of the document, where its type stands for two papers with a word each.
    """
    if kind.numbering is not Numbering.WORD:
        return None
    own = _own_series(office, kind)
    code = kind.code_for(values or {})
    if own is not None or code is None:
        return own
    return _series_of(office, code)


def every_series(office: Office, kind: DocumentType) -> list[Series]:
    """Return the series a number of `kind` can belong to: one, or one for each paper of its code."""
    first = series_for(office, kind)
    if first is None or _own_series(office, kind) is not None:
        return [first] if first else []
    others = (_series_of(office, code) for code in kind.codes if code.chosen_by)
    return list(dict.fromkeys((first, *others)))


def _own_series(office: Office, kind: DocumentType) -> Series | None:
    own = NumberPattern.objects.filter(office=office, code=kind.code).first()
    return Series(office.short_name, own.track, own.type, own.template) if own else None


def _series_of(office: Office, code: NumberCode) -> Series:
    return Series(office.short_name, code.track, code.type, DEFAULT_TEMPLATE)
