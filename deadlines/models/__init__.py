"""Deadlines of leads and cases, the reminders of them and what people are told.

A statutory deadline is a function of events, rulebook and calendar (design 4); its row keeps the
result with the derivation. Reminders are rows, never timers in a broker (safety 3.7).
"""

from deadlines.models.deadline import Deadline, DeadlineKind, DeadlineState
from deadlines.models.digest import Digest, Escalation
from deadlines.models.notice import CalendarNotice
from deadlines.models.reminder_settings import Mailing, ReminderSettings
from deadlines.models.reminding import (
    BY_MAIL,
    Channel,
    Notification,
    NotificationKind,
    Reminder,
    ReminderAttempt,
    ReminderState,
)

__all__ = [
    "BY_MAIL",
    "CalendarNotice",
    "Channel",
    "Deadline",
    "DeadlineKind",
    "DeadlineState",
    "Digest",
    "Escalation",
    "Mailing",
    "Notification",
    "NotificationKind",
    "Reminder",
    "ReminderAttempt",
    "ReminderSettings",
    "ReminderState",
]
