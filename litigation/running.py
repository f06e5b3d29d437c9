"""The claims of a running case, drafted before its complaint was delivered (Rules 46, 98)."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from cases.models import Case
from cases.registries import EntryColumn, EntryPart, EntryRow, entry_parts
from cases.running.columns import column_of
from cases.services.acts import record_directly
from litigation.forms.claims import ClaimFacts

# So many claims a row can state; more are entered on the page of the case.
CLAIMS = range(1, 5)
ASKED = ("legal_day", "kind", "text", "amount")


def fields() -> dict[str, forms.Field]:
    """Return what is asked of each claim; it stands against all defendants."""
    form = ClaimFacts()
    return {name: form.fields[name] for name in ASKED}


def columns() -> Sequence[EntryColumn]:
    """Return the columns of every claim."""
    return [
        column_of(
            f"claim{number}.{name}", f"诉讼请求{number}", f"Claim {number}", field, required=False
        )
        for number in CLAIMS
        for name, field in fields().items()
    ]


def enter(row: EntryRow) -> None:
    """Draft the claims the row states (S10)."""
    for number in CLAIMS:
        prefix = f"claim{number}"
        if any(row.text(f"{prefix}.{name}") for name in ASKED) and isinstance(row.matter, Case):
            data = row.posted(prefix, fields())
            with row.cells_of(prefix):
                record_directly(actor=row.actor, matter=row.matter, code="S10", data=data)


def register() -> None:
    """Hand the claims to the table of running cases."""
    entry_parts.register("claims", EntryPart(columns, enter, before="T22"))
