"""Gapless serials of the registers: one row a series, locked while it counts (norm C002)."""

from __future__ import annotations

from accounts.models import Office
from cases.models import SerialCounter


def next_serial(*, office: Office, year: int, series: str) -> int:
    """Return the next serial of a series, from 1; inside the caller's transaction, so that none is lost."""
    SerialCounter.objects.get_or_create(office=office, year=year, series=series)
    counter = SerialCounter.objects.select_for_update().get(office=office, year=year, series=series)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
