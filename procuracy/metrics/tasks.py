"""What is counted of the worker's tasks, and the line each leaves in the log."""

from __future__ import annotations

import logging
import time
from contextlib import ExitStack
from typing import Any

from prometheus_client import Counter, Gauge, Histogram

from procuracy.logs import work_for

logger = logging.getLogger("procuracy.tasks")
BUCKETS = (0.05, 0.25, 1.0, 5.0, 30.0, 300.0)

TASKS = Counter("procuracy_tasks", "Tasks ended.", ("task", "outcome"))
RETRIES = Counter("procuracy_task_retries", "Tasks to be tried again.", ("task",))
SECONDS = Histogram("procuracy_task_seconds", "Time a task took.", ("task",), buckets=BUCKETS)
LAST_SUCCESS = Gauge(
    "procuracy_task_last_success_timestamp_seconds",
    "When a task last ended well; a sweep that is older than its pause is late.",
    ("task",),
    multiprocess_mode="max",
)
SENT = Counter("procuracy_tasks_sent", "Tasks given to the broker.", ("task",))
SUCCESS = "SUCCESS"
# A task of a worker runs in a process of its own, so one begins when the one before has ended.
_running: dict[str, tuple[float, ExitStack]] = {}


def begin(task: Any, task_id: str, request_id: str) -> None:
    """Note that a task begins, for the request that asked for it."""
    stack = ExitStack()
    stack.enter_context(work_for(request_id))
    _running[task_id] = time.perf_counter(), stack


def end(task: Any, task_id: str, state: str | None) -> None:
    """Count a task that ended in the state Celery gives it, and write its line."""
    begun, stack = _running.pop(task_id, (time.perf_counter(), ExitStack()))
    with stack:
        seconds, outcome = time.perf_counter() - begun, (state or "unknown").lower()
        TASKS.labels(task.name, outcome).inc()
        SECONDS.labels(task.name).observe(seconds)
        if state == SUCCESS:
            LAST_SUCCESS.labels(task.name).set(time.time())
        facts = {"task": task.name, "outcome": outcome, "duration_ms": round(seconds * 1000)}
        logger.info("task", extra=facts)
