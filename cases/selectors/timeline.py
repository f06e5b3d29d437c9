"""What happened around a matter, as every room tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import User
from cases.models import Case, Lead
from cases.registries import TimelineEntry, timeline

if TYPE_CHECKING:
    Matter = Lead | Case


def timeline_of(matter: Matter, actor: User, group: str = "") -> list[TimelineEntry]:
    """Return the entries of `matter`, the newest legal day first; of one `group` when it is named."""
    entries = [entry for tell in timeline.values() for entry in tell(matter, actor)]
    chosen = [entry for entry in entries if not group or entry.group == group]
    return sorted(chosen, key=lambda entry: (entry.day, entry.at, entry.number or 0), reverse=True)
