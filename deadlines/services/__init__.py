"""Every write of this room, a module a subject."""

from deadlines.services.confirming import (
    confirm,
    confirm_all,
    give_unconfirmed_to_heads,
    refuse,
)
from deadlines.services.delivery import sweep
from deadlines.services.lapses import lapse_due
from deadlines.services.manual import cancel_manual, complete_manual, set_manual
from deadlines.services.notifications import mark_all_read, mark_read
from deadlines.services.recomputing import recompute

__all__ = [
    "cancel_manual",
    "complete_manual",
    "confirm",
    "confirm_all",
    "give_unconfirmed_to_heads",
    "lapse_due",
    "mark_all_read",
    "mark_read",
    "recompute",
    "refuse",
    "set_manual",
    "sweep",
]
