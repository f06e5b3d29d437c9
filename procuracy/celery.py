"""The Celery application: background work and its schedule, both from the settings."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procuracy.settings")
# Django's checks load every middleware, and with them what counts, before it is said where it does.
# `manage.py prepare` has run them.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("procuracy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Which request asked for a task; a header of the message, no argument of the task.
REQUEST_HEADER = "procuracy_request"


def read_fonts(**kwargs: Any) -> None:
    """Read the fonts of documents once in each process of the worker."""
    from documents.typst_renderer import warm

    warm()


def begin_counting(role: str) -> None:
    """Let this process and its children count in files, where the metrics are read."""
    from django.conf import settings

    from procuracy.metrics import folder

    folder.begin(settings.HOME, role)


def begin_worker(**kwargs: Any) -> None:
    """Count in files, and give memory back; the processes forked from here do the same."""
    from procuracy import memory

    memory.give_back()
    begin_counting("worker")


def begin_beat(**kwargs: Any) -> None:
    begin_counting("beat")


def set_up_logging(**kwargs: Any) -> None:
    """Let Celery write its lines as the rest of the house does."""
    import logging.config

    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


def name_request(headers: dict[str, Any], sender: str, **kwargs: Any) -> None:
    """Count a task that is given away, and write on it which request asks for it."""
    from procuracy.logs import current_request
    from procuracy.metrics import tasks

    tasks.SENT.labels(sender).inc()
    if found := current_request():
        headers[REQUEST_HEADER] = found


def begin_task(task_id: str, task: Any, **kwargs: Any) -> None:
    from procuracy.metrics import tasks

    tasks.begin(task, task_id, task.request.get(REQUEST_HEADER) or "")


def end_task(task_id: str, task: Any, state: str | None = None, **kwargs: Any) -> None:
    from procuracy.metrics import tasks

    tasks.end(task, task_id, state)


def count_retry(sender: Any, **kwargs: Any) -> None:
    from procuracy.metrics import tasks

    tasks.RETRIES.labels(sender.name).inc()


for _signal, _receiver in (
    (signals.celeryd_init, begin_worker),
    (signals.beat_init, begin_beat),
    (signals.setup_logging, set_up_logging),
    (signals.worker_process_init, read_fonts),
    (signals.before_task_publish, name_request),
    (signals.task_prerun, begin_task),
    (signals.task_postrun, end_task),
    (signals.task_retry, count_retry),
):
    _signal.connect(_receiver, dispatch_uid=f"procuracy.{_receiver.__name__}")
