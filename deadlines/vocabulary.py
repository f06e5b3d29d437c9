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
    "office_period": _("Office's own period"),
    "office_period.entered": _("Office's own period entered"),
    "office_period.ended": _("Office's own period ended"),
    "deadline.settled": _("Deadlines that passed during back-entry"),
}
