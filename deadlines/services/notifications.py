"""Marking notifications as read."""

from __future__ import annotations

from accounts.models import User
from audit import clock
from audit.errors import NotVisible
from deadlines.models import Notification


def mark_read(*, actor: User, pk: int) -> Notification:
    """Mark one of the actor's own notifications as read; reading it again keeps the first time.

    Raises:
        NotVisible: the actor has no such notification.
    """
    row = Notification.objects.filter(recipient=actor, pk=pk).first()
    if row is None:
        raise NotVisible("")
    if row.read_at is None:
        row.read_at = clock.now()
        row.save(update_fields=["read_at"])
    return row


def mark_all_read(*, actor: User) -> int:
    """Mark all of the actor's own notifications as read; returns how many were unread."""
    unread = Notification.objects.filter(recipient=actor, read_at__isnull=True)
    return unread.update(read_at=clock.now())
