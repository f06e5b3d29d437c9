"""A period an office sets itself, for tests; its names are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from accounts.models import User
from deadlines.models import OfficePeriod
from deadlines.services.office_periods import OfficePeriodEntry, enter

TITLE, TITLE_EN = "线索评估期限", "Assessment of a lead"
BASIS = "《线索管理办法（示例）》第3条"
# Assessing a lead has no period by law (P-15).
ENTRY = OfficePeriodEntry(
    title_zh=TITLE,
    title_en=TITLE_EN,
    basis=BASIS,
    length="P10D",
    start="lead_registered",
    met_by=("case_filed", "filing_refused"),
    cancelled_by=("lead_transferred",),
    duty="handler",
    reminders=(3, 1, 0),
    valid_from=date(2026, 3, 2),
)


def entry(**changes: Any) -> OfficePeriodEntry:
    """Return the entry with other values in some of its fields."""
    return replace(ENTRY, **changes)


def enter_period(actor: User, **changes: Any) -> OfficePeriod:
    """Enter the period with those changes; the clock stands at or before its first day."""
    return enter(actor=actor, entry=entry(**changes))
