"""Deadlines of leads and cases, the reminders of them and what people are told.

A statutory deadline is a function of events, rulebook and calendar (design 4); its row keeps the
result with the derivation. Reminders are rows, never timers in a broker (safety 3.7).
"""

from deadlines.models.check import CompletionCheck, EntryCheck
from deadlines.models.deadline import RUNNING, Confirmation, Deadline, DeadlineKind, DeadlineState
from deadlines.models.digest import Digest, Escalation
from deadlines.models.feed import CalendarFeed, FeedScope
from deadlines.models.idle import MOST_DAYS, IdleDays
from deadlines.models.notice import CalendarNotice
from deadlines.models.office_period import OfficeDuty, OfficePeriod
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
    "MOST_DAYS",
    "RUNNING",
    "CalendarFeed",
    "CalendarNotice",
    "Channel",
    "CompletionCheck",
    "Confirmation",
    "Deadline",
    "DeadlineKind",
    "DeadlineState",
    "Digest",
    "EntryCheck",
    "Escalation",
    "FeedScope",
    "IdleDays",
    "Mailing",
    "Notification",
    "NotificationKind",
    "OfficeDuty",
    "OfficePeriod",
    "Reminder",
    "ReminderAttempt",
    "ReminderSettings",
    "ReminderState",
]
