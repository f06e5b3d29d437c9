"""The clocks whose article lets the office itself lengthen them: by the chief, then the next-higher office.

The review for prosecution has steps of its own (T17). Every other such clock is lengthened by S62 and S62-2,
as proposals: who asks for more time does not grant it (law 2.2; Rules 47).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.selectors.events import corrected, standing
from deadlines import by_hand
from deadlines.derive import rule_of
from deadlines.models import RUNNING, Deadline
from deadlines.rulebook import PeriodRule
from deadlines.selectors import own_deadlines

if TYPE_CHECKING:
    from cases.models import Case, Lead

    Matter = Lead | Case

STEPS = ("S62", "S62-2")


def is_extended_by_step(rule: PeriodRule | None) -> bool:
    """Say whether S62 and S62-2 lengthen a clock of this period."""
    return rule is not None and rule.extended_by_office and not rule.extended_by


def clock_of(row: Deadline) -> str:
    """Return what events call the clock of a statutory deadline."""
    assert row.start_event is not None  # held by statutory_deadline_has_rule_and_start
    return by_hand.clock_name(row.rule, row.start_event)


def chosen(matter: Matter, clock: str) -> Deadline | None:
    """Return the running clock of that name, where those steps lengthen it; without a name the latest."""
    running = [row for row in own_deadlines(matter) if not row.manual and row.state in RUNNING]
    found = [row for row in reversed(running) if is_extended_by_step(rule_of(row))]
    return next((row for row in found if clock in ("", clock_of(row))), None)


def is_extended_by_chief(matter: Matter, row: Deadline) -> bool:
    """Say whether the chief has lengthened the clock, which he does once."""
    granted = standing(matter, by_hand.GRANTED)
    return any(corrected(event)[1].get("clock") == clock_of(row) for event in granted)
