"""Hints to the workers that something is due. A lost hint loses nothing: the sweep finds it."""

from __future__ import annotations

import logging

logger = logging.getLogger(__name__)


def wake_sweep() -> None:
    """Ask a worker to sweep now; when the broker is down, the next sweep of beat does it.

    Never raises for an unreachable broker: what made the reminder has already committed.
    """
    from kombu.exceptions import OperationalError
    from redis.exceptions import RedisError

    from deadlines.tasks import sweep_reminders

    try:
        sweep_reminders.apply_async(retry=False)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("No worker could be woken (%s); the next sweep will do it.", error)
