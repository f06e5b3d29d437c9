"""The Celery application: background work and its schedule, both from the settings."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procuracy.settings")

app = Celery("procuracy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def read_fonts(**kwargs: Any) -> None:
    """Read the fonts of documents once in each process of the worker."""
    from documents.typst_renderer import warm

    warm()


worker_process_init.connect(read_fonts, dispatch_uid="procuracy.fonts")
