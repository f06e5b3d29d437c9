"""What a served document calls for: by it the rulebook knows which period runs from its service (law 6.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop

from cases.models import Event
from cases.selectors.people import lead_handler
from cases.services import tasks
from deadlines.derive import rulebook_of
from notices.catalogue.supervision import d64_recommendation_to_court as d64
from notices.models import Document
from notices.prefill.words import length_zh

if TYPE_CHECKING:
    from accounts.models import User

BEGIN_PERIOD = "begin_period"
# What the rules of the rulebook ask for in `start_when`.
INVESTIGATION, EXPLANATION, RECONSIDERATION = "investigation", "explanation", "reconsideration"
REPLY, ENFORCEMENT_REPLY = "reply", "enforcement_reply"
PERFORMANCE, URGENT_REPLY = "performance", "urgent_reply"
# The time to reply to a recommendation that a paper may shorten where it is urgent (PRR 19).
REPLY_PERIOD = "P-57"
_ALWAYS = {"D-27": INVESTIGATION, "D-53": RECONSIDERATION, "D-65": EXPLANATION, "D-71": REPLY}


def called_for(document: Document) -> str:
    """Return what the one who is served has to do in a time of law; empty when no such time begins.

    None begins where the paper names a time to reply of its own: nobody but its reader knows the last day.
    """
    call = _call(document)
    return "" if call == REPLY and _names_its_own_time(document) else call


def _call(document: Document) -> str:
    values = document.values
    match document.code:
        case "D-64":
            return ENFORCEMENT_REPLY if values.get("which") == d64.ENFORCEMENT else REPLY
        case "D-70":
            return URGENT_REPLY if values.get("urgency", "").strip() else PERFORMANCE
    return _ALWAYS.get(document.code, "")


def _names_its_own_time(document: Document) -> bool:
    return length_zh(document.matter, REPLY_PERIOD) not in document.values.get("reply", "")


def _begun(document: Document) -> bool:
    """Say whether the procedure the paper belongs to has begun its time to reply already."""
    rows = document.matter.deadlines.filter(rule=REPLY_PERIOD)
    return rows.filter(start_event__facts__document=document.pk).exists()


def ask_to_begin(document: Document, event: Event, *, actor: User) -> None:
    """Give the handler the task to begin the time to reply, where the served paper names its own (PRR 19)."""
    if _call(document) != REPLY or not _names_its_own_time(document) or _begun(document):
        return
    rule, kind = rulebook_of(document.matter).periods[REPLY_PERIOD], document.type
    tasks.open_task(
        matter=document.matter,
        kind=f"{BEGIN_PERIOD}:{event.pk}",
        title=gettext_noop(
            "Begin “%(period)s” (%(code)s) by hand: “%(title)s” names a time to reply of its own"
        ),
        values={
            "period": {"zh": rule.title_zh, "en": rule.title_en},
            "code": rule.id,
            "title": {"zh": kind.title_zh, "en": kind.title_en},
        },
        article="PRR 19",
        owner=lead_handler(document.matter) or actor,
        created_by=actor,
        event=event,
    )
