"""The e-mail of a reminder: which day, which key, where to look; no person and no content."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from audit.articles import written
from audit.clock import BEIJING
from deadlines.models import Reminder

logger = logging.getLogger(__name__)


def message(reminder: Reminder) -> EmailMessage:
    """Compose the message in the recipient's language; every attempt bears the same Message-ID."""
    deadline = reminder.deadline
    matter = deadline.matter
    with translation.override(reminder.recipient.language):
        values = {
            "period": deadline.marked_title if deadline.rule else _("a deadline set by hand"),
            "day": reminder.for_day.isoformat(),
            "key": matter.key,
            "law": written(deadline.article),
            "due": f"{reminder.due_at.astimezone(BEIJING):%Y-%m-%d %H:%M}",
        }
        subject = _("%(key)s: last day %(day)s") % values
        body = _(
            "The last day of “%(period)s” (%(law)s) in %(key)s is %(day)s.\n"
            "This reminder was due at %(due)s (Beijing time)."
        )
        if not deadline.article:
            body = _(
                "The last day of %(period)s in %(key)s is %(day)s.\n"
                "This reminder was due at %(due)s (Beijing time)."
            )
    address = reverse("deadline_detail", args=[deadline.pk])
    return EmailMessage(
        subject=subject,
        body=f"{body % values}\n\n{settings.BASE_URL}{address}",
        to=[reminder.recipient.email],
        headers={"Message-ID": reminder.message_id, "Auto-Submitted": "auto-generated"},
    )


def send(reminder: Reminder) -> str:
    """Send the message; returns an empty text, or what went wrong (never an address)."""
    try:
        message(reminder).send()
    except Exception as error:  # any fault of one reminder must not stop the others
        logger.warning("Reminder %s was not sent: %s", reminder.pk, type(error).__name__)
        return type(error).__name__
    return ""
