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
    "deadline.escalated": _("Late duty told to the chief procurator"),
    "reminder_settings": _("Reminders"),
    "reminder_settings.changed": _("Settings of reminders changed"),
    "deadline.settled": _("Deadlines that passed during back-entry"),
}
