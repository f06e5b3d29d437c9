"""What people record about a single clock: begun, completed, extended, suspended, resumed by hand.

The law knows periods that no act of the lifecycle starts, such as the query on a delay in enforcement. A
member of the handling team records the event with its proof, and the period is computed like every other.
A clock goes by the period and the event that started it, for example ``P-48:1207``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.clock import BEIJING
from cases.registries import machines
from cases.selectors.events import reference_of

if TYPE_CHECKING:
    from cases.models import Event
    from deadlines.derive import Happening
    from deadlines.rulebook import PeriodRule

BEGUN = "period_begun"
COMPLETED = "period_completed"
REFUSED = "completion_refused"
EXTENDED = "period_extended"
SUSPENDED = "period_suspended"
RESUMED = "period_resumed"
OBSTACLE = "obstacle_ended"
REQUESTED = "more_time_requested"
# By an approved proposal (S62, S62-2), and like EXTENDED about one clock alone.
GRANTED = "period_extension_granted"
APPROVED = "period_extension_approved"


LENGTHENING = (EXTENDED, GRANTED, APPROVED)


class Outcome(models.TextChoices):
    """How a period was completed by hand."""

    DONE = "done", _("Done")
    NOT_NEEDED = "not_needed", _("No longer needed")


class ExtensionGround(models.TextChoices):
    """On what ground a period is lengthened to a day that a decision names."""

    RULE = "rule", _("The article of the period itself provides for it")
    OBSTACLE = "obstacle", _("Force majeure or another proper reason (CPL 86)")


def clock_name(rule_id: str, start: Event) -> str:
    """Return what the facts of events call one clock; a copied event goes by its original."""
    return f"{rule_id}:{reference_of(start)}"


def is_start(rule_id: str, happening: Happening) -> bool:
    """Say whether somebody recorded by hand that the period began."""
    return happening.event.kind == BEGUN and happening.facts.get("period") == rule_id


def is_completed_by_hand(rule: PeriodRule | None, start: Event) -> bool:
    """Say whether a clock ends with an entry of its own: where no event meets it, or it was begun by hand."""
    if rule is None or rule.also_ended_by_hand:
        return True
    return not rule.met_by or start.kind == BEGUN or _met_elsewhere(rule, start)


def _met_elsewhere(rule: PeriodRule, start: Event) -> bool:
    """Say whether only steps against an authority meet a clock of a civil case (law 3.9).

    A civil case may have served a recommendation before such cases had a track of their own.
    """
    administrative, civil = (
        {item.event_kind for item in machines[code].declarations.values()}
        for code in ("administrative", "case")
    )
    own = set(rule.met_by) <= administrative - civil
    return own and start.case is not None and start.case.machine == "case"


def day_of(facts: Mapping[str, Any], day: date) -> date:
    """Return the day a period begun by hand is counted from: the one its article names, else the event's."""
    counted_from = facts.get("counted_from")
    return date.fromisoformat(counted_from) if counted_from else day


def moment_of(facts: Mapping[str, Any], day: date) -> date | datetime:
    """Return from when a period begun by hand is counted: the hour where one is stated, else the day."""
    start, at = day_of(facts, day), facts.get("at")
    return datetime.combine(start, time.fromisoformat(at), tzinfo=BEIJING) if at else start


def acted_on(facts: Mapping[str, Any], day: date) -> date:
    """Return the day on which an act counts as done: of its posting where it went by post (CPL 85)."""
    posted = facts.get("posted_on")
    return date.fromisoformat(posted) if posted else day


def about(clock: str, happenings: Iterable[Happening], kind: str) -> list[Happening]:
    """Return what was recorded of `kind` about one clock, in the order of recording."""
    return [h for h in happenings if h.event.kind == kind and h.facts.get("clock") == clock]


def refused_completions(happenings: Iterable[Happening]) -> set[str]:
    """Return the references of completions that a second person did not confirm."""
    return {str(h.facts.get("completion")) for h in happenings if h.event.kind == REFUSED}


def resumed_on(suspension: Happening, happenings: Iterable[Happening]) -> date | None:
    """Return the day on which a clock ran on, None while it stands still."""
    reference = reference_of(suspension.event)
    for item in happenings:
        if item.event.kind == RESUMED and item.facts.get("suspension") == reference:
            return item.day
    return None


def extensions(rule: PeriodRule, clock: str, later: Iterable[Happening]) -> list[Happening]:
    """Return what lengthened a clock, in the order of recording: by its rule, or by a decision about it."""
    return [
        item
        for item in later
        if item.event.kind in rule.extended_by
        or (item.event.kind in LENGTHENING and item.facts.get("clock") == clock)
    ]
