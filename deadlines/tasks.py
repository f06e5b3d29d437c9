"""Celery entry points. Beat calls both; nothing depends on a message arriving."""

from __future__ import annotations

from celery import shared_task

from deadlines import services


@shared_task  # type: ignore[untyped-decorator]  # Celery ships no types
def sweep_reminders() -> None:
    """Deliver every reminder that is due."""
    services.sweep()


@shared_task  # type: ignore[untyped-decorator]  # Celery ships no types
def sweep_lapses() -> None:
    """Lapse every deadline whose last day has passed, and give the heads what nobody has confirmed."""
    services.lapse_due()
    services.give_unconfirmed_to_heads()
