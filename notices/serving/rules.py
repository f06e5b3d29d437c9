"""What the law says of each way of service: its article, its times, whose address it may go to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from audit.errors import Text
from cases.models import Case, Lead, Party, PartyKind
from deadlines.derive import compute, rulebook_of
from deadlines.periods import Computation
from notices.bodies.receipts import MOST_ATTEMPTS
from notices.models import AddressBasis, AttemptResult, Method, Result, Service
from notices.models.service import SIGNED

if TYPE_CHECKING:
    Matter = Lead | Case

ARTICLES: dict[str, str] = {
    Method.DIRECT: "CPL 87",
    Method.LEAVE_IN: "CPL 87-95; Rules 76",
    Method.ELECTRONIC: "CPL 90; ONLINE 29-31",
    Method.COMMISSIONED: "CPL 87-95",
    Method.POSTAL: "CPL 91; EMS 1-10",
    Method.TRANSFER: "CPL 87-95",
    Method.PUBLIC_NOTICE: "CPL 95",
    Method.COURT: "CPL 87; Rules 76",
}
# Which day counts (law 7.3), and what the method asks for.
EXPLANATIONS: dict[str, Text] = {
    Method.DIRECT: _("Served on the day on the receipt. Also by declaration (Rules 76)."),
    Method.LEAVE_IN: _(
        "Only after its receipt was refused. Served on the day it is left, before witnesses or a camera."
    ),
    Method.ELECTRONIC: _("Only with consent given before; served when it reaches the system."),
    Method.COMMISSIONED: _("Another body serves it; served on the day on the receipt."),
    Method.POSTAL: _(
        "At most three attempts within five working days; served on the day on the receipt. Not used "
        "when the addressee collects it, is missing, or a special method is prescribed (EMS 1)."
    ),
    Method.TRANSFER: _("A unit passes it on; served on the day on the receipt."),
    Method.PUBLIC_NOTICE: _(
        "Only when nobody knows where the addressee is, or no other method succeeds. Served at the end of "
        "30 days after the notice."
    ),
    Method.COURT: _("Handed to the court, which gives a receipt."),
}
# What goes to a place; the rest goes to a system, a medium or a court.
AT_AN_ADDRESS = (
    Method.DIRECT,
    Method.LEAVE_IN,
    Method.COMMISSIONED,
    Method.POSTAL,
    Method.TRANSFER,
)
# Where a party who gives no address is served (EMS 5; norm C153).
FALLBACK_OF_PERSON = (AddressBasis.HOUSEHOLD, AddressBasis.RESIDENCE)
FALLBACK_OF_ENTITY = (AddressBasis.REGISTERED_OFFICE,)
FALLBACK_RULE = _(
    "A party who gives no address is served at the household registration or the habitual residence, "
    "an entity at its registered office."
)


def fallback_of(party: Party) -> tuple[AddressBasis, ...]:
    """Return the addresses at which a party without a form may be served (EMS 5)."""
    return FALLBACK_OF_PERSON if party.kind == PartyKind.PERSON else FALLBACK_OF_ENTITY


def attempts_end(matter: Matter, handed_over: date) -> Computation:
    """Return until when express mail is tried: five working days from its handover (P-71; EMS 6)."""
    return _counted("P-71", matter, handed_over)


def notice_end(matter: Matter, published: date) -> Computation:
    """Return when a public notice counts as service: the end of 30 days (P-70; CPL 95)."""
    return _counted("P-70", matter, published)


def _counted(period: str, matter: Matter, start: date) -> Computation:
    book = rulebook_of(matter)
    return compute(book.periods[period], start, book)


def may_be_tried(result: str, method: str) -> bool:
    """Say whether an attempt can end so: a notice is published, everything else meets an addressee."""
    if result == AttemptResult.OTHER:
        return True
    return (result == AttemptResult.PUBLISHED) == (method == Method.PUBLIC_NOTICE)


def may_end(result: str, method: str) -> bool:
    """Say whether a service by `method` can end so (EMS 9; CPL 90, 95)."""
    if result == Result.MISDELIVERED:
        return method in SIGNED
    if result == Result.REFUSED:
        return method not in (Method.ELECTRONIC, Method.PUBLIC_NOTICE)
    return True


def few_attempts(service: Service) -> str:
    """Return what speaks against a return of express mail that was tried less than three times (EMS 6).

    Empty where nothing does: another way or outcome, three attempts, or a refusal, which sends it back at
    once (EMS 8).
    """
    attempts = service.attempts.all()
    ended_otherwise = service.ended is not None and service.ended.result != Result.RETURNED
    refused = any(attempt.result == AttemptResult.REFUSED for attempt in attempts)
    if service.method != Method.POSTAL or ended_otherwise or refused:
        return ""
    if len(attempts) >= MOST_ATTEMPTS:
        return ""
    sentence = _(
        "Express mail comes back after three attempts within five working days and no contact by telephone; "
        "entered: %(number)d. Where it came back sooner, the reason says why."
    )
    return sentence % {"number": len(attempts)}
