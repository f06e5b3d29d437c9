"""Which series of numbers a document of an office belongs to: the office's own pattern or the default."""

from __future__ import annotations

from accounts.models import Office
from notices.catalogue import DocumentType, Numbering
from notices.models import NumberPattern
from notices.numbers import DEFAULT_TEMPLATE, Series


def series_for(office: Office, kind: DocumentType) -> Series | None:
    """Return the series of `kind` in `office`.

    None when the type bears no number of the office, or when law 7.2 names no word for it and the office
    has not set one.
    """
    if kind.numbering is not Numbering.WORD:
        return None
    own = NumberPattern.objects.filter(office=office, code=kind.code).first()
    if own is not None:
        return Series(office.short_name, own.track, own.type, own.template)
    if not kind.codes:
        return None
    return Series(office.short_name, kind.codes[0].track, kind.codes[0].type, DEFAULT_TEMPLATE)
