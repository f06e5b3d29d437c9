"""Further defendants of a running case; the first is the processor its filing names (Rules 29; CPL 122)."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from cases.forms.parties import ViolatorForm
from cases.models import Case
from cases.registries import EntryColumn, EntryPart, EntryRow, entry_parts
from cases.running.columns import column_of
from cases.running.entering import valid_cells
from cases.services.parties import add_party

# So many defendants a row can state beside the first; more are entered on the page of the parties.
FURTHER = (2, 3)
ASKED = ("name", "kind", "credit_code", "no_code_reason", "domicile_abroad")


def cells_of(number: int) -> str:
    """Return with what the codes of a further defendant begin."""
    return f"defendant{number}"


def fields() -> dict[str, forms.Field]:
    """Return what is asked of each; the rest is entered on the page of the parties."""
    form = ViolatorForm()
    return {name: form.fields[name] for name in ASKED}


def columns() -> Sequence[EntryColumn]:
    """Return the columns of every further defendant."""
    return [
        column_of(
            f"{cells_of(number)}.{name}",
            f"被告{number}",
            f"Defendant {number}",
            field,
            required=False,
        )
        for number in FURTHER
        for name, field in fields().items()
    ]


def enter(row: EntryRow) -> None:
    """Add the defendants the row states, before the announcement and the suit rest on them."""
    for number in FURTHER:
        prefix = cells_of(number)
        if row.says(prefix) and isinstance(row.matter, Case):
            form = ViolatorForm(row.posted(prefix, fields()))
            valid_cells(prefix, form)
            add_party(actor=row.actor, case=row.matter, facts=form.facts())


def register() -> None:
    """Hand the defendants to the table of running cases."""
    entry_parts.register("defendants", EntryPart(columns, enter, before="T12"))
