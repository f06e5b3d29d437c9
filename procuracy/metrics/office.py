"""The state of the office as a whole, asked from the database and the broker whenever somebody looks.

Every web process tells the same, so that figures of several machines are not to be added up.
"""

from __future__ import annotations

import platform
import tomllib
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache

import django
import redis
from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Min
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from audit import clock
from audit.models import AuditEvent
from deadlines.models import Digest, Reminder, ReminderState
from notices.models import BatchItem
from notices.models.batch import ItemState
from procuracy.metrics import verification

QUEUE = "celery"
Metrics = Iterator[Metric]


@lru_cache(maxsize=1)
def version() -> str:
    """Return the version of the program."""
    text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"procuracy_{name}", meaning, value=value)


def _program() -> Metrics:
    labels = {
        "version": version(),
        "django": django.get_version(),
        "python": platform.python_version(),
    }
    info = GaugeMetricFamily("procuracy_program_info", "What runs here.", labels=list(labels))
    info.add_metric(list(labels.values()), 1)
    yield info


def _waiting() -> Metrics:
    """Tell what is due and not done; all of it is found by the next sweep."""
    waiting = GaugeMetricFamily(
        "procuracy_waiting", "What is due and waits for a worker.", labels=["kind"]
    )
    oldest = GaugeMetricFamily(
        "procuracy_oldest_waiting_timestamp_seconds",
        "Since when the oldest of what waits is due.",
        labels=["kind"],
    )
    for kind, (number, since) in _backlog(clock.now()).items():
        waiting.add_metric([kind], number)
        if since:
            oldest.add_metric([kind], since.timestamp())
    yield waiting
    yield oldest


def _backlog(now: datetime) -> dict[str, tuple[int, datetime | None]]:
    due = {"state": ReminderState.PENDING, "next_try_at__lte": now}
    found: dict[str, tuple[int, datetime | None]] = {}
    for kind, model in (("reminder", Reminder), ("digest", Digest)):
        row = model._default_manager.filter(**due).aggregate(
            number=Count("pk"), since=Min("next_try_at")
        )
        found[kind] = row["number"], row["since"]
    items = BatchItem.objects.filter(state=ItemState.WAITING)
    row = items.aggregate(number=Count("pk"), since=Min("batch__created_at"))
    return found | {"batch_item": (row["number"], row["since"])}


def _audit() -> Metrics:
    if newest := AuditEvent.objects.order_by("-pk").values_list("pk", "at").first():
        number, at = newest
        yield _gauge("audit_newest_entry", "Number of the newest entry of the record.", number)
        yield _gauge(
            "audit_newest_entry_timestamp_seconds",
            "When the newest entry of the record was made.",
            at.timestamp(),
        )


def _verified() -> Metrics:
    """Tell when the nightly verification last looked at what, and what it found."""
    at = GaugeMetricFamily(
        "procuracy_verified_timestamp_seconds", "When it was last verified.", labels=["what"]
    )
    clean = GaugeMetricFamily(
        "procuracy_verified_clean", "1: clean, 0: somebody must look.", labels=["what"]
    )
    for what, found in verification.last(settings.HOME).items():
        at.add_metric([what], datetime.fromisoformat(found["at"]).timestamp())
        clean.add_metric([what], not found["exit_code"])
    yield at
    yield clean


def _queue() -> Metrics:
    with redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1
    ) as client:
        length = client.llen(QUEUE)
    yield _gauge("queue_length", "Tasks the broker holds for a worker.", float(str(length)))


PARTS: dict[str, tuple[Callable[[], Metrics], ...]] = {
    "database": (_waiting, _audit),
    "broker": (_queue,),
}


class Office:
    """Collects what is asked anew each time; a part that cannot be reached is told and left out."""

    def collect(self) -> Metrics:
        yield from _program()
        yield from _verified()
        up = GaugeMetricFamily("procuracy_up", "1: the part answers.", labels=["part"])
        for part, asked in PARTS.items():
            try:
                found = [metric for ask in asked for metric in ask()]
            except (DatabaseError, redis.RedisError, OSError):
                up.add_metric([part], 0)
            else:
                up.add_metric([part], 1)
                yield from found
        yield up
