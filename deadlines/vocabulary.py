"""What the acts of this room are called in the audit record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WORDS = {
    "deadline": _("Deadline"),
    "deadline.set": _("Deadline set by hand"),
    "deadline.met": _("Deadline met"),
    "deadline.cancelled": _("Deadline cancelled"),
    "calendar": _("Working calendar"),
    "calendar.published": _("Notice of a year published"),
    "deadline.lapsed": _("Deadline lapsed"),
    "event.rulebook_kept": _("Rulebook decided"),
    "calendar_feed": _("Calendar feed"),
    "calendar_feed.made": _("Calendar feed made"),
    "calendar_feed.revoked": _("Calendar feed revoked"),
    "deadline.completion_confirmed": _("Completed duty confirmed"),
    "deadline.completion_refused": _("Completed duty not confirmed"),
    "register": _("Register of the day"),
    "register.checked": _("Register of a day checked"),
    "event.period_begun": _("Period begun by hand"),
    "event.period_completed": _("Period completed by hand"),
    "event.completion_refused": _("Completion not confirmed"),
    "event.period_extended": _("Period extended by decision"),
    "event.period_extension_granted": _("Period extended by the chief procurator"),
    "event.period_extension_approved": _("Period extended by the next-higher office"),
    "event.period_suspended": _("Period suspended"),
    "event.period_resumed": _("Period resumed"),
    "event.obstacle_ended": _("Obstacle to acting in time ended"),
    "event.more_time_requested": _("More time asked for"),
    "deadline.exported": _("List of deadlines exported"),
    "idle_days": _("Days until a matter counts as idle"),
    "idle_days.set": _("Days until a matter counts as idle set"),
    "office_period": _("Office's own period"),
    "office_period.entered": _("Office's own period entered"),
    "office_period.ended": _("Office's own period ended"),
    "deadline.escalated": _("Late duty told to the chief procurator"),
    "reminder_settings": _("Reminders"),
    "reminder_settings.changed": _("Settings of reminders changed"),
    "deadline.settled": _("Deadlines that passed during back-entry"),
}
