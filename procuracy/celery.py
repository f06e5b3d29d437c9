"""The Celery application: background work and its schedule, both from the settings."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procuracy.settings")

app = Celery("procuracy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
