"""Celery entry points. Beat calls them; nothing depends on a message arriving."""

from __future__ import annotations

from celery import shared_task

from notices.batch import services


@shared_task  # type: ignore[untyped-decorator]  # Celery ships no types
def sweep_batches() -> None:
    """Make the documents of batches that wait."""
    services.sweep()
