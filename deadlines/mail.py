"""The e-mail of a reminder: which rule, which event, which day, where to look; no person and no content."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.clock import BEIJING
from deadlines.explain import days_left_words, source_words, with_weekday
from deadlines.models import Digest, Reminder

logger = logging.getLogger(__name__)


def message(reminder: Reminder, now: datetime) -> EmailMessage:
    """Compose the message in the recipient's language; every attempt bears the same Message-ID.

    Args:
        now: when it goes out; from it the days left are counted, and whether it is late.
    """
    with translation.override(reminder.recipient.language):
        values = {"key": reminder.deadline.matter.key, "day": reminder.for_day.isoformat()}
        subject = _("%(key)s: last day %(day)s") % values
        if reminder.escalation:
            subject = _("%(key)s: a duty of the office is late, last day %(day)s") % values
        body = "\n".join(_lines(reminder, now))
    return _to(reminder.recipient.email, subject, body, reminder.message_id)


def _to(address: str, subject: str, body: str, message_id: str) -> EmailMessage:
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject=subject, body=body, to=[address], headers=headers)


def _lines(reminder: Reminder, now: datetime) -> list[str]:
    deadline = reminder.deadline
    title = deadline.marked_title if deadline.rule else _("A deadline set by hand")
    lines = [f"{deadline.matter.key} · {title}"]
    if reminder.escalation:
        lines.append(_("This duty of the office is late. Its department head was told before."))
    values = {
        "day": with_weekday(reminder.for_day),
        "left": days_left_words((reminder.for_day - now.astimezone(BEIJING).date()).days),
    }
    lines.append(_("Last day: %(day)s (%(left)s)") % values)
    if source := source_words(deadline):
        lines.append(source)
    if reminder.for_whom_id is not None:
        lines.append(_("You are told because you stand in for a colleague."))
    lines.append(_due_line(reminder, now))
    lines.append(settings.BASE_URL + reverse("deadline_detail", args=[deadline.pk]))
    return lines


def _due_line(reminder: Reminder, now: datetime) -> str:
    values = {"due": f"{reminder.due_at.astimezone(BEIJING):%Y-%m-%d %H:%M}"}
    if reminder.is_late_at(now):
        return _("Due at %(due)s (Beijing time), delivered late.") % values
    return _("This reminder was due at %(due)s (Beijing time).") % values


def digest_message(digest: Digest, rows: Sequence[Reminder], now: datetime) -> EmailMessage:
    """Compose the one message of a day, the earliest last day first, in the recipient's language."""
    with translation.override(digest.recipient.language):
        count = len(rows)
        values = {"day": digest.day.isoformat(), "count": count}
        subject = ngettext(
            "Deadlines, %(day)s: %(count)d reminder",
            "Deadlines, %(day)s: %(count)d reminders",
            count,
        )
        parts = ["\n".join(_lines(row, now)) for row in rows]
    return _to(digest.recipient.email, subject % values, "\n\n".join(parts), digest.message_id)


def send(reminder: Reminder, now: datetime) -> str:
    """Send the message; returns an empty text, or what went wrong (never an address)."""
    try:
        message(reminder, now).send()
    except Exception as error:  # any fault of one reminder must not stop the others
        logger.warning("Reminder %s was not sent: %s", reminder.pk, type(error).__name__)
        return type(error).__name__
    return ""


def send_digest(digest: Digest, rows: Sequence[Reminder], now: datetime) -> str:
    """Send the digest; returns an empty text, or what went wrong (never an address)."""
    try:
        digest_message(digest, rows, now).send()
    except Exception as error:  # any fault of one digest must not stop the others
        logger.warning("Digest %s was not sent: %s", digest.pk, type(error).__name__)
        return type(error).__name__
    return ""
