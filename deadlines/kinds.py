"""How a period binds and what its lapse brings about (law 6.1); pure Python without Django."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """How a length binds (law 6.1: M, Min, Max, I); NONE where the law sets no period.

    OFFICE is the kind of a period an office sets itself (P-15); no rulebook holds one.
    """

    MANDATORY = "mandatory"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    INTERNAL = "internal"
    OFFICE = "office"
    NONE = "none"


class Lapse(StrEnum):
    """What the application does when the last day has passed; it never blocks (law 14.2).

    PERIOD_OVER: a time in which others may act is over, the handler is told. ALERT: a duty of the
    office is late, the one who owes it is told and the department head gets a task.
    """

    PERIOD_OVER = "period_over"
    ALERT = "alert"
