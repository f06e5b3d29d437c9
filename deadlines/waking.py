"""Hints to the workers that something is due. A lost hint loses nothing: the sweep finds it.

Reaching a broker that is down takes seconds of retries, so a hint is sent beside the request and
never by it. One hint of a kind stands for all: while one is on its way, no second is needed.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from contextvars import copy_context
from typing import Any

logger = logging.getLogger(__name__)
_on_its_way: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


def wake_sweep() -> None:
    """Ask a worker to sweep the reminders now."""
    from deadlines.tasks import sweep_reminders

    wake(sweep_reminders)


def wake(task: Any) -> None:
    """Ask a worker to do a task without arguments now; returns at once, never raises for the broker."""
    lock = _on_its_way[task.name]
    if lock.acquire(blocking=False):
        # The thread knows which request it serves.
        send = copy_context().run
        threading.Thread(target=send, args=(_send, task, lock), name="wake", daemon=True).start()


def _send(task: Any, lock: threading.Lock) -> None:
    from kombu.exceptions import OperationalError
    from redis.exceptions import RedisError

    try:
        task.apply_async(retry=False)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("No worker could be woken (%s); the next sweep will do it.", error)
    finally:
        lock.release()
