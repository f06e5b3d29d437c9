"""What a running case says of its suit beside the steps: claims, services, the operative part.

Claims are drafted before the complaint is delivered (Rules 46, 98); complaint and judgment are served on each
party (CPL 128, 171); the judgment takes effect with its operative part entered (CPLI 461).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from cases.models import Party
from cases.registries import EntryColumn, EntryPart, EntryRow, entry_parts
from cases.running.columns import column_of
from cases.running.defendants import FURTHER, cells_of
from cases.services.acts import record_directly
from litigation.forms.claims import ClaimFacts, defendants_of
from litigation.forms.court import ComplaintServedFacts
from litigation.forms.judging import OFFICE, ItemFacts, JudgmentServedFacts, standing_judgments

# So many claims and items a row can state; more are entered on the pages of the case.
CLAIMS = ITEMS = range(1, 5)
Fields = Mapping[str, forms.Field]


def _columns(prefix: str, zh: str, en: str, fields: Fields) -> Iterator[EntryColumn]:
    for name, field in fields.items():
        yield column_of(f"{prefix}.{name}", zh, en, field, required=False)


def _record(row: EntryRow, code: str, prefix: str, fields: Fields, **given: Any) -> None:
    """Record a step from the cells that begin with `prefix` and from what is given beside them."""
    data = row.posted(prefix, fields)
    for name, value in given.items():
        data[name] = str(value)
    files = {
        name: found
        for name, field in fields.items()
        if isinstance(field, forms.FileField) and (found := row.uploads(f"{prefix}.{name}"))
    }
    with row.cells_of(prefix):
        record_directly(
            actor=row.actor, matter=row.matter, code=code, data=data, files=MultiValueDict(files)
        )


# --- claims --------------------------------------------------------------------------------------


def claim_fields() -> Fields:
    """Return what is asked of each claim; it stands against all defendants."""
    form = ClaimFacts()
    return {name: form.fields[name] for name in ("legal_day", "kind", "text", "amount")}


def claim_columns() -> Sequence[EntryColumn]:
    """Return the columns of every claim."""
    return [
        column
        for number in CLAIMS
        for column in _columns(
            f"claim{number}", f"诉讼请求{number}", f"Claim {number}", claim_fields()
        )
    ]


def enter_claims(row: EntryRow) -> None:
    """Draft the claims the row states (S10)."""
    for number in CLAIMS:
        if row.says(prefix := f"claim{number}"):
            _record(row, "S10", prefix, claim_fields())


# --- services ------------------------------------------------------------------------------------


def _service_fields(form: forms.Form) -> Fields:
    return {name: form.fields[name] for name in ("legal_day", "paper")}


def _defendant(row: EntryRow, number: int) -> Party:
    """Return a defendant of the row by his number.

    Raises:
        Invalid: the row names none of this number.
    """
    cell = f"{cells_of(number)}.name" if number in FURTHER else "T06.processor"
    party = defendants_of(row.matter).filter(name=row.text(cell)).order_by("pk").first()
    if party is None:
        sentence = _("Service on this defendant is stated, but not who he is. Enter his name.")
        raise row.refused(cell, sentence)
    return party  # type: ignore[no-any-return]


def complaint_columns() -> Sequence[EntryColumn]:
    """Return the columns of the service of the complaint on each further defendant."""
    return [
        column
        for number in FURTHER
        for column in _columns(
            f"complaint{number}",
            f"起诉状副本送达被告{number}",
            f"Complaint served on defendant {number}",
            _service_fields(ComplaintServedFacts()),
        )
    ]


def enter_complaints(row: EntryRow) -> None:
    """Enter the service of the complaint on each further defendant the row states (S12)."""
    for number in FURTHER:
        if row.says(prefix := f"complaint{number}"):
            fields = _service_fields(ComplaintServedFacts())
            _record(row, "S12", prefix, fields, defendant=_defendant(row, number).pk)


def judgment_columns() -> Sequence[EntryColumn]:
    """Return the columns of the service of the judgment on the office and on each defendant."""
    fields = _service_fields(JudgmentServedFacts())
    found = list(
        _columns("judgment_office", "判决送达本院", "Judgment served on this office", fields)
    )
    for number in (1, *FURTHER):
        found += _columns(
            f"judgment{number}",
            f"判决送达被告{number}",
            f"Judgment served on defendant {number}",
            fields,
        )
    return found


def enter_judgment_services(row: EntryRow) -> None:
    """Enter the services of the judgment the row states, on the office first (S19)."""
    fields = _service_fields(JudgmentServedFacts())
    if row.says("judgment_office"):
        _record(row, "S19", "judgment_office", fields, party=OFFICE)
    for number in (1, *FURTHER):
        if row.says(prefix := f"judgment{number}"):
            _record(row, "S19", prefix, fields, party=_defendant(row, number).pk)


# --- the operative part --------------------------------------------------------------------------


def item_fields() -> Fields:
    """Return what is asked of each operative item; all defendants owe it jointly."""
    form = ItemFacts()
    asked = ("kind", "text", "amount", "obligee", "due_days", "due_on")
    return {name: form.fields[name] for name in asked}


def item_columns() -> Sequence[EntryColumn]:
    """Return the columns of every operative item."""
    return [
        column
        for number in ITEMS
        for column in _columns(f"item{number}", f"判项{number}", f"Item {number}", item_fields())
    ]


def enter_items(row: EntryRow) -> None:
    """Enter the operative items the row states (S20)."""
    for number in ITEMS:
        if row.says(prefix := f"item{number}"):
            judgment = standing_judgments(row.matter).order_by("pk").last()
            given = {"judgment": judgment.pk} if judgment else {}
            _record(row, "S20", prefix, item_fields(), **given)


def register() -> None:
    """Hand these parts to the table of running cases."""
    for name, part in {
        "claims": EntryPart(claim_columns, enter_claims, before="T22"),
        "complaints": EntryPart(complaint_columns, enter_complaints, after="S12"),
        "judgment_services": EntryPart(judgment_columns, enter_judgment_services, before="T38"),
        "items": EntryPart(item_columns, enter_items, before="T38"),
    }.items():
        entry_parts.register(name, part)
