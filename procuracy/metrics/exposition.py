"""All figures as text in the format of Prometheus."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

from procuracy.metrics import folder

ATTEMPTS = 3


class Processes:
    """Adds up what the processes of a home have counted."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def collect(self) -> Iterator[Metric]:
        for left in reversed(range(ATTEMPTS)):
            try:
                yield from MultiProcessCollector.merge(folder.files(self.home))  # type: ignore[no-untyped-call]
            except (FileNotFoundError, struct.error):
                # A process has just begun or ended, its file with it.
                if not left:
                    raise
            else:
                return


def of_processes(home: Path) -> bytes:
    """Return what the web processes, the worker and beat of a home have counted."""
    registry = CollectorRegistry()
    registry.register(Processes(home))
    # Where nobody counts in files, this process tells what it has counted itself.
    return generate_latest(registry) if folder.files(home) else generate_latest(REGISTRY)


def of_office() -> bytes:
    """Return the state of the office."""
    from procuracy.metrics.office import Office

    registry = CollectorRegistry()
    registry.register(Office())
    return generate_latest(registry)
