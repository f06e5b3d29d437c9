"""What is counted of requests: how many, how long, and what they cost the database."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from prometheus_client import Counter, Gauge, Histogram

# Seconds; the goals for pages and API lie between 0.1 and 1.
BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"

REQUESTS = Counter("procuracy_requests", "Requests answered.", ("route", "method", "status"))
SECONDS = Histogram(
    "procuracy_request_seconds", "Time until the answer began.", ("route",), buckets=BUCKETS
)
DATABASE_SECONDS = Counter(
    "procuracy_database_seconds", "Time requests waited for the database.", ("route",)
)
DATABASE_STATEMENTS = Counter(
    "procuracy_database_statements", "Statements requests sent to the database.", ("route",)
)
IN_PROGRESS = Gauge(
    "procuracy_requests_in_progress", "Requests being answered.", multiprocess_mode="livesum"
)


class DatabaseTime:
    """Adds up what one request asks the database (`connection.execute_wrapper`)."""

    def __init__(self) -> None:
        self.seconds, self.statements = 0.0, 0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - begun
            self.statements += 1


def count(route: str, method: str | None, status: int, seconds: float, asked: DatabaseTime) -> None:
    """Count one answered request.

    Args:
        route: the name of its address in the URL conf, never the address.
        seconds: until its answer began; what streams after that is not in it.
    """
    REQUESTS.labels(route, method if method in METHODS else OTHER, status).inc()
    SECONDS.labels(route).observe(seconds)
    DATABASE_SECONDS.labels(route).inc(asked.seconds)
    DATABASE_STATEMENTS.labels(route).inc(asked.statements)
