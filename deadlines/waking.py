"""Hints to the workers that something is due. A lost hint loses nothing: the sweep finds it.

Reaching a broker that is down takes seconds of retries, so a hint is sent beside the request and
never by it. One hint stands for all: while one is on its way, no second is needed.
"""

from __future__ import annotations

import logging
import threading

logger = logging.getLogger(__name__)
_on_its_way = threading.Lock()


def wake_sweep() -> None:
    """Ask a worker to sweep now; returns at once and never raises for an unreachable broker."""
    if _on_its_way.acquire(blocking=False):
        threading.Thread(target=_send, name="wake-sweep", daemon=True).start()


def _send() -> None:
    from kombu.exceptions import OperationalError
    from redis.exceptions import RedisError

    from deadlines.tasks import sweep_reminders

    try:
        sweep_reminders.apply_async(retry=False)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("No worker could be woken (%s); the next sweep will do it.", error)
    finally:
        _on_its_way.release()
