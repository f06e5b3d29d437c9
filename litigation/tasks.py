"""Celery entry points. Beat calls them; nothing depends on a message arriving."""

from __future__ import annotations

from celery import shared_task

from litigation.services.effectiveness import ask_for_effect
from litigation.services.expiry import expire_announcements


@shared_task  # type: ignore[untyped-decorator]  # Celery ships no types
def sweep_expiry() -> None:
    """Move every case whose announcement is over to the review."""
    expire_announcements()


@shared_task  # type: ignore[untyped-decorator]  # Celery ships no types
def sweep_effect() -> None:
    """Ask for the confirmation of every judgment nobody can appeal against any more."""
    ask_for_effect()
