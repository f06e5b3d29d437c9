"""A client that keeps its connection: so many requests, one at a time or eight at once."""

from __future__ import annotations

import http.client
import itertools
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

TIMEOUT_SECONDS = 120


@dataclass(frozen=True)
class Request:
    """What is sent, and the status that is expected."""

    path: str
    headers: dict[str, str]
    method: str = "GET"
    body: bytes | None = None
    status: int = 200


@dataclass
class Taken:
    """How long the answers of one operation took.

    Attributes:
        runs: the seconds of each answer, a list for each run, by the number of clients.
        spans: requests and seconds of each run, by the number of clients.
    """

    runs: dict[int, list[list[float]]] = field(default_factory=dict)
    spans: dict[int, list[tuple[int, float]]] = field(default_factory=dict)

    def add(self, clients: int, seconds: list[float], whole: float) -> None:
        """Add a run: the seconds of each answer and of all together."""
        self.runs.setdefault(clients, []).append(seconds)
        self.spans.setdefault(clients, []).append((len(seconds), whole))

    def _seconds(self, clients: int) -> list[float]:
        return sorted(itertools.chain.from_iterable(self.runs[clients]))

    def median(self, clients: int) -> float:
        """Return the median of the answers in seconds."""
        return statistics.median(self._seconds(clients))

    def p95(self, clients: int) -> float:
        """Return the time within which 95 of 100 answers came, in seconds."""
        ordered = self._seconds(clients)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]

    def rate(self, clients: int) -> float:
        """Return the answers a second."""
        spans = self.spans[clients]
        return sum(count for count, _ in spans) / sum(seconds for _, seconds in spans)

    def ratio(self, floor: Taken, clients: int) -> float:
        """Return how many times as long as the floor an answer took: the median over the runs of both."""
        # One that takes part in fewer rounds is compared in those.
        pairs = zip(self.runs[clients], floor.runs[clients], strict=False)
        return statistics.median(
            statistics.median(own) / statistics.median(other) for own, other in pairs
        )

    def rates(self, floor: Taken, clients: int) -> float:
        """Return how many times as many answers a second came as of the floor: the median over the runs."""
        pairs = zip(self.spans[clients], floor.spans[clients], strict=False)
        return statistics.median(
            (count / seconds) / (others / other) for (count, seconds), (others, other) in pairs
        )


class Wrong(RuntimeError):
    """An answer was not the one expected, so its time says nothing."""


def run(port: int, requests: Iterator[Request], count: int, clients: int, taken: Taken) -> None:
    """Send `count` requests through as many connections as there are clients.

    Raises:
        Wrong: an answer has another status than expected.
    """
    turn, lock, faults = itertools.count(), threading.Lock(), []
    answered: list[float] = []

    def following() -> Request | None:
        with lock:
            return next(requests) if next(turn) < count else None

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
        mine: list[float] = []
        try:
            while (request := following()) is not None:
                mine.append(_asked(connection, request))
        except (Wrong, OSError, http.client.HTTPException) as fault:
            faults.append(fault)
        finally:
            connection.close()
        with lock:
            answered.extend(mine)

    begun = time.perf_counter()
    _at_once(work, clients)
    whole = time.perf_counter() - begun
    if faults:
        raise faults[0]
    taken.add(clients, answered, whole)


def _at_once(work: Callable[[], None], clients: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _asked(connection: http.client.HTTPConnection, request: Request) -> float:
    begun = time.perf_counter()
    connection.request(request.method, request.path, body=request.body, headers=request.headers)
    answer = connection.getresponse()
    content = answer.read()
    seconds = time.perf_counter() - begun
    if answer.status != request.status:
        words = content[:500].decode(errors="replace")
        raise Wrong(f"{request.method} {request.path} answered {answer.status}: {words}")
    return seconds
