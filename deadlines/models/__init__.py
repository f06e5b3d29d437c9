"""Deadlines of leads and cases, the reminders of them and what people are told.

A statutory deadline is a function of events, rulebook and calendar (design 4); its row keeps the
result with the derivation. Reminders are rows, never timers in a broker (safety 3.7).
"""

from deadlines.models.check import CompletionCheck, EntryCheck
from deadlines.models.deadline import Confirmation, Deadline, DeadlineKind, DeadlineState
from deadlines.models.notice import CalendarNotice
from deadlines.models.reminding import (
    Channel,
    Notification,
    NotificationKind,
    Reminder,
    ReminderAttempt,
    ReminderState,
)

__all__ = [
    "CalendarNotice",
    "Channel",
    "CompletionCheck",
    "Confirmation",
    "Deadline",
    "DeadlineKind",
    "DeadlineState",
    "EntryCheck",
    "Notification",
    "NotificationKind",
    "Reminder",
    "ReminderAttempt",
    "ReminderState",
]
