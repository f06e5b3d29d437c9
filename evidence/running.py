"""The seven groups of facts of a running case, as its closing report states them (Rules 86)."""

from __future__ import annotations

from collections.abc import Sequence

from cases.models import Case
from cases.registries import EntryColumn, EntryPart, EntryRow, entry_parts
from evidence.facts import GROUPS
from evidence.services.facts import state_fact


def columns() -> Sequence[EntryColumn]:
    """Return one column a group."""
    return [
        EntryColumn(f"facts.{code}", f"已查明：{group.title_zh}", f"Facts: {group.title_en}")
        for code, group in GROUPS.items()
    ]


def enter(row: EntryRow) -> None:
    """State what the row says of each group."""
    for code in GROUPS:
        text = row.text(f"facts.{code}")
        if text and isinstance(row.matter, Case):
            state_fact(actor=row.actor, case=row.matter, group=str(code), text=text)


def register() -> None:
    """Hand the groups to the table of running cases."""
    entry_parts.register("facts", EntryPart(columns, enter, before="T10"))
