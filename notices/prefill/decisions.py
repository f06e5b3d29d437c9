"""The contents that follow from law or record and are never typed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.models import Case, Lead
from cases.selectors.events import corrected, latest
from notices.prefill.said import Prefilled, said
from notices.prefill.words import announcement_period_zh, length_zh, suit_zh

if TYPE_CHECKING:
    Matter = Lead | Case

# The event whose day a decision bears (norm C013).
DECISIONS = {
    "D-06": "case_filed",
    "D-07": "filing_refused",
    "D-44": "case_terminated",
    "D-49": "support_withdrawn",
}
# The same in a case against an authority (law 3.9).
AGAINST_AUTHORITY = {"D-06": "case_opened", "D-44": "administrative_case_terminated"}


def day_of_decision(matter: Matter, code: str) -> Prefilled:
    """Return the day on which the decision was taken that this document puts into words."""
    own = AGAINST_AUTHORITY if matter.machine == "administrative" else {}
    event = latest(matter, own.get(code, DECISIONS[code]))
    return {"decision_day": said(corrected(event)[0].isoformat() if event else "", "event")}


def reply_terms(matter: Matter) -> Prefilled:
    """Return the two terms in which an authority answers a recommendation (JI 21; P-53, P-54)."""
    return {
        "reply": said(length_zh(matter, "P-53"), "law"),
        "urgent_reply": said(length_zh(matter, "P-54"), "law"),
    }


def fixed(matter: Matter, code: str) -> Prefilled:
    """Return the contents of a type that follow from law or record."""
    if code == "D-41":
        return {"period": said(announcement_period_zh(matter), "law")}
    if code == "D-70":
        return reply_terms(matter)
    if code == "D-84":
        return {"feedback": said(length_zh(matter, "P-79"), "law")}
    if code == "D-45":
        return {"suit": said(suit_zh(matter), "case")}
    if code in DECISIONS:
        return day_of_decision(matter, code)
    return {}
