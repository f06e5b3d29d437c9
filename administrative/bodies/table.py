"""Entering bodies from a table: read, judged row by row, and entered whole or not at all.

What was judged travels signed with the preview, so that exactly those rows are entered and nothing is kept
of a table that nobody confirms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from administrative.bodies import selectors, services
from administrative.bodies.forms import BodyForm
from administrative.models import Body, BodyKind, BodyLevel
from audit.errors import Invalid, sentences_of
from cases.registries import EntryColumn
from cases.running.reading import Row, read_table

SHEET = "机构名录"
REQUIRED = ("name", "kind", "level")
# The heading of each column, in the order of the template.
TITLES = {
    "name": ("名称", "Name"),
    "kind": ("类别", "Kind"),
    "level": ("层级", "Level"),
    "region": ("行政区划代码", "Code of the region"),
    "credit_code": ("统一社会信用代码", "Unified social credit code"),
    "competence": ("个人信息保护职责", "Competence"),
    "address": ("地址", "Address"),
    "contact": ("联系人", "Contact"),
    "telephone": ("电话", "Telephone"),
    "email": ("电子邮箱", "E-mail"),
    "superior": ("上级机关", "Body above it"),
}
CHOICES = {"kind": tuple(BodyKind.choices), "level": tuple(BodyLevel.choices)}
_SALT = "administrative.bodies.table"
# A preview may be confirmed for a day.
_SECONDS = 24 * 60 * 60


def columns() -> list[EntryColumn]:
    """Return the columns of a table of bodies."""
    return [
        EntryColumn(
            code,
            zh,
            en,
            "choice" if code in CHOICES else "text",
            required=code in REQUIRED,
            choices=CHOICES.get(code, ()),
        )
        for code, (zh, en) in TITLES.items()
    ]


@dataclass(frozen=True)
class Fault:
    """What is wrong in a cell; `column` is its heading in Chinese, empty where it concerns the row."""

    column: str
    sentence: str


@dataclass(frozen=True)
class RowVerdict:
    """What was found of one row.

    Attributes:
        row: its number below the headings, empty rows left out.
        perhaps: the entries of the directory that may mean the same body.
    """

    row: int
    name: str
    faults: list[Fault]
    perhaps: list[Body]
    facts: dict[str, Any]

    @property
    def met(self) -> bool:
        """Whether the row can be entered."""
        return not self.faults


def read(*, actor: User, content: bytes) -> list[Row]:
    """Return the rows of a table.

    Raises:
        NotPermitted: the actor does not keep the directory.
        Invalid: it is no table that can be read, too large, holds a formula, or its headings are wrong.
    """
    services.require_may_write(actor)
    return read_table(content, columns())


def judge(rows: Sequence[Row]) -> list[RowVerdict]:
    """Return what stands for and against each row; nothing is written."""
    seen: dict[tuple[str, str], int] = {}
    return [_verdict(number, row, seen) for number, row in enumerate(rows, start=1)]


def _verdict(number: int, row: Row, seen: dict[tuple[str, str], int]) -> RowVerdict:
    form = BodyForm({code: _value(code, cell) for code, cell in row.items()})
    faults = [
        Fault(TITLES.get(name, ("", ""))[0], sentence)
        for name, sentences in sentences_of(form).items()
        for sentence in sentences
    ]
    data = form.cleaned_data
    key = (str(data.get("name", row.get("name", ""))), str(data.get("region", "")))
    first = seen.setdefault(key, number)
    if first != number:
        sentence = _("Row %(number)s has this name in this region already.") % {"number": first}
        faults.append(Fault(TITLES["name"][0], sentence))
    perhaps = [] if faults else selectors.alike(*key, data["credit_code"])
    return RowVerdict(number, key[0], faults, perhaps, {} if faults else form.facts())


def _value(code: str, cell: str) -> str:
    """Return the value of a choice that a cell names by value or by title, in either language."""
    for value, title in CHOICES.get(code, ()):
        said = {value, str(title)}
        for language in ("zh-hans", "en"):
            with override(language):
                said.add(str(title))
        if cell in said:
            return str(value)
    return cell


def signed(actor: User, rows: Sequence[Row]) -> str:
    """Return the rows as the preview carries them: signed, for this actor and for a day."""
    return signing.dumps({"actor": actor.pk, "rows": list(rows)}, salt=_SALT, compress=True)


def opened(actor: User, token: str) -> list[Row]:
    """Return the rows of a preview.

    Raises:
        Invalid: it was not made here for this actor, or more than a day ago.
    """
    try:
        said = signing.loads(token, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        said = {"actor": None}
    if said["actor"] != actor.pk:
        sentence = _("This preview cannot be used any more. Choose the table again.")
        raise Invalid(sentence, errors={"table": [sentence]}, code="preview_over")
    rows: list[Row] = said["rows"]
    return rows


@transaction.atomic
def enter(*, actor: User, rows: Sequence[Row]) -> list[Body]:
    """Enter every row, or nothing.

    Raises:
        NotPermitted: the actor does not keep the directory.
        Invalid: a row cannot be entered; `errors` says by row what is wrong.
    """
    services.require_may_write(actor)
    verdicts = judge(rows)
    refused = {
        f"rows.{verdict.row}": [f"{fault.column}：{fault.sentence}" for fault in verdict.faults]
        for verdict in verdicts
        if not verdict.met
    }
    if refused:
        sentence = _("Nothing is entered: some rows of the table cannot be. Correct them.")
        raise Invalid(sentence, errors=refused, code="rows_refused")
    return [services.add_body(actor=actor, facts=verdict.facts) for verdict in verdicts]
