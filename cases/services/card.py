"""Marking an item of the case card as checked, and taking a card out of the house.

Nothing here writes a value: those follow from what was recorded, and change by its correction.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from audit import services as audit
from audit.articles import written
from audit.clock import BEIJING
from audit.errors import Conflict, Invalid, NotPermitted
from cases.models import CardCheck, Lead
from cases.registries import card
from cases.selectors import card as selectors
from cases.selectors.card import Card, CardLine
from cases.services import acts
from cases.spreadsheet import write_workbook

if TYPE_CHECKING:
    from cases.models import Case

    Matter = Lead | Case


@transaction.atomic
def check_item(*, actor: User, matter: Matter, code: str, digest: str) -> CardCheck:
    """Note that `actor` compared an item of the card with its source; it holds while the value stays.

    Who checks what is checked already changes nothing.

    Args:
        digest: of the value the actor saw.

    Raises:
        NotPermitted: neither the team nor who answers for the records of the office.
        Invalid: the matter has no such item, or it says nothing that could be compared.
        Conflict: it says something else by now.
    """
    locked = acts.lock(matter)
    if not selectors.may_check(actor, locked):
        raise NotPermitted(
            _(
                "The team of this matter, the head of its department and case management mark items as "
                "checked. Ask one of them."
            ),
            code="wrong_role",
            law="Rules 6",
        )
    line = _line(actor, locked, code)
    if line.digest != digest:
        raise Conflict(
            _("The value has changed since you saw it. Compare the new one and mark it then."),
            code="value_changed",
        )
    if line.check is not None:
        return line.check
    made = CardCheck.objects.create(
        **{locked.relation: locked}, item=code, digest=digest, checked_by=actor
    )
    audit.record(
        actor=actor,
        action="card.checked",
        object_type="card_check",
        object_id=made.pk,
        details={"item": code},
        **acts.audit_scope(locked),
    )
    return made


def _line(actor: User, matter: Matter, code: str) -> CardLine:
    """Return an item that can be compared.

    Raises:
        Invalid: there is none.
    """
    item = card.get(code)
    if item is None or not selectors.of(item, matter):
        sentence = _("The card has no such item. Its items are listed on the card.")
        raise Invalid(sentence, errors={"item": [sentence]}, code="no_such_item")
    line = selectors.line_now(actor, matter, item)
    if not line.values or item.counted:
        sentence = _("This item is empty or counted by itself, so there is nothing to compare.")
        raise Invalid(sentence, errors={"item": [sentence]}, code="nothing_to_check")
    return line


def export_card(*, actor: User, matter: Matter) -> IO[bytes]:
    """Write the card of a matter as a workbook, a line a value; record that it left the house."""
    whole = selectors.card_of(actor, matter)
    file, number = write_workbook(_("Case card"), heads(), lines(whole), [_filled(whole)])
    record_card_export(actor=actor, matter=matter, rows=number, file_format="xlsx")
    return file


@transaction.atomic
def record_card_export(*, actor: User, matter: Matter, rows: int, file_format: str) -> None:
    """Record that the card of a matter was taken out of the house."""
    audit.record_export(
        actor=actor,
        object_type="card",
        rows=rows,
        file_format=file_format,
        case_id=None if isinstance(matter, Lead) else matter.pk,
        lead_id=matter.pk if isinstance(matter, Lead) else None,
    )


def _filled(whole: Card) -> str:
    return _("Filled: %(filled)d of the %(demanded)d items this stage demands.") % {
        "filled": whole.filled,
        "demanded": whole.demanded,
    }


def heads() -> list[str]:
    """Return the headings of the workbook in the reader's language."""
    return [
        _("Section"),
        pgettext("case card", "Item"),
        _("Article"),
        _("Value"),
        _("Source"),
        pgettext("case card", "Mark"),
        pgettext("case card", "Checked by"),
        _("Checked on"),
    ]


def lines(whole: Card) -> Iterator[list[object]]:
    """Yield a line for each value, and one for each item that is empty though it is demanded."""
    for part in whole.parts:
        for line in part.lines:
            head = [part.section.label, line.item.title, written(line.item.article)]
            for text, source in _told(line):
                yield [*head, text, source, line.mark.label, *_checked(line)]


def _told(line: CardLine) -> Iterator[tuple[object, str]]:
    if not line.values:
        yield "", ""
    for value in line.values:
        note = f" · {value.note}" if value.note else ""
        text = value.day if value.day and not note else f"{value.text}{note}"
        yield text, str(value.source.title)


def _checked(line: CardLine) -> list[Any]:
    if line.check is None:
        return ["", ""]
    return [line.check.checked_by.name, line.check.checked_at.astimezone(BEIJING).date()]
