"""The address of a calendar feed bears a secret: its digest alone comes in, and no log keeps it."""

from __future__ import annotations

import logging
import re

from django.conf import settings
from django.urls import register_converter, reverse

from deadlines.services.feeds import digest_of

# Whoever may write an address into a log: Django when it answers 4xx or 5xx, and the web servers.
LOGGERS = ("django.request", "django.server", "gunicorn.access", "gunicorn.error")
_ADDRESS = re.compile(r"(/feeds/)[^/\s\"'?]+")
MASK = r"\1…"


class FeedTokenConverter:
    """Hands a view the digest of the token, so that neither a record nor a report can hold the token."""

    regex = r"[^/]+"

    def to_python(self, value: str) -> str:
        return digest_of(value)

    def to_url(self, value: str) -> str:
        return value


class MaskFeedAddresses(logging.Filter):
    """Replaces the token in the address of a feed; the rest of the line stays."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if "/feeds/" in text:
            record.msg, record.args = _ADDRESS.sub(MASK, text), ()
        return True


def address_of(token: str) -> str:
    """Return the whole address a calendar program subscribes to."""
    return f"{settings.BASE_URL}{reverse('calendar_feed', args=[token])}"


def register() -> None:
    """Make the converter known, and put the mask before every log an address may reach."""
    register_converter(FeedTokenConverter, "feed_token")
    mask = MaskFeedAddresses()
    for name in LOGGERS:
        logging.getLogger(name).addFilter(mask)
