"""The clocks of the track that its guards ask for (law 6.1 F)."""

from __future__ import annotations

from datetime import date

from cases.models import Case
from cases.selectors.events import current_facts
from deadlines.models import Deadline, DeadlineState
from deadlines.models.deadline import RUNNING
from deadlines.selectors import own_deadlines

REPLY_PERIODS = ("P-53", "P-54")
# The review from the end of the rectification, or from the receipt of a transferred case (Rules 47).
REVIEW_PERIODS = ("P-55", "P-55-2")
APPEAL_PERIODS = ("P-58b", "P-58b-2")


def reply_clock(case: Case) -> Deadline | None:
    """Return the time of the authority to answer, the latest begun; None before the service."""
    ended = (DeadlineState.CANCELLED, DeadlineState.SUPERSEDED)
    rows = (
        row for row in own_deadlines(case) if row.rule in REPLY_PERIODS and row.state not in ended
    )
    return max(rows, key=lambda row: (row.effective_day, row.pk), default=None)


def rectification_end(case: Case) -> date | None:
    """Return the last day of the rectification period; None before the receipt is recorded."""
    said = current_facts(case, "recommendation_received").get("rectification_ends")
    return date.fromisoformat(said) if said else None


def running_appeals(case: Case, day: date) -> list[Deadline]:
    """Return the times to appeal that are not over on `day`."""
    running = (
        row for row in own_deadlines(case) if row.rule in APPEAL_PERIODS and row.state in RUNNING
    )
    left = [row for row in running if row.effective_day >= day]
    return sorted(left, key=lambda row: (row.effective_day, row.pk))
