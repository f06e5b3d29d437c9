"""Recording an event from what a room above holds, such as a paper that came in.

The room says what its row brings (`cases.registries.fact_sources`): facts the form begins with and files that
prove the event. It is told which event its row became, in the same transaction.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.models import User
from audit.clock import BEIJING
from audit.errors import invalid_field
from cases.forms.base import FactsForm
from cases.models import Attachment, Case, Event, Lead
from cases.registries import FactSource, Offer, fact_sources
from cases.services.attachments import keep, store_all

if TYPE_CHECKING:
    Matter = Lead | Case

NOTHING = Offer()
_LONGEST_NUMBER = 18


def offered(actor: User, matter: Matter, reference: str, kind: str) -> Offer:
    """Return what the row called `reference` brings to an event of `kind`; nothing without one.

    Raises:
        Invalid: there is no such row in this matter for this actor.
        Refusal: nothing can be recorded from it any more.
    """
    if not reference:
        return NOTHING
    source, pk = _row(reference)
    offer = source.offer(actor, matter, pk, kind) if source else None
    if offer is None:
        sentence = _(
            "“%(reference)s” is nothing an event of this matter can be recorded from. Open its page "
            "and choose the step there."
        )
        raise invalid_field("source", sentence % {"reference": reference[:40]})
    return offer


def _row(reference: str) -> tuple[FactSource | None, int]:
    code, _colon, number = reference.partition(":")
    readable = number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER
    return (fact_sources.get(code), int(number)) if readable else (None, 0)


def became(event: Event, offer: Offer, *, actor: User) -> None:
    """Tell the room which event its row became; inside the transaction of the act.

    Raises:
        Conflict: the row became another event meanwhile.
    """
    source, pk = _row(offer.reference)
    if source is not None:
        source.became(actor, pk, event)


def proofs_of(
    form: FactsForm, offer: Offer, *, actor: User, matter: Matter, purpose: str
) -> list[Attachment]:
    """Keep what proves an event: the files the row brings, then those that were uploaded."""
    brought = [keep(file, actor=actor, matter=matter, purpose=purpose) for file in offer.files]
    return brought + store_all(form.uploads(), actor=actor, matter=matter, purpose=purpose)


def instant_on(offer: Offer, day: date) -> datetime | None:
    """Return the instant the row knows, where the event bears that very day."""
    if offer.instant is None or offer.instant.astimezone(BEIJING).date() != day:
        return None
    return offer.instant
