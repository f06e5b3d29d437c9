"""What the clients of a mixed load were told, to be compared with the record afterwards."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Failure:
    """A request without a good answer: when it was sent and given up (`time.monotonic`), and why."""

    begun: float
    ended: float
    what: str
    why: str


class Ledger:
    """Everything that was acknowledged, kind by kind, and every request that was not.

    Attributes:
        acknowledged: by kind, what names each write that was answered with success.
        failures: no answer, or one of the server's own trouble (5xx).
        refusals: answers that a rule refused, of which there should be none.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.acknowledged: defaultdict[str, list[Any]] = defaultdict(list)
        self.answered: Counter[str] = Counter()
        self.failures: list[Failure] = []
        self.refusals: list[str] = []

    def add(self, kind: str, name: Any) -> Any:
        """Write down that `name` was acknowledged; return it."""
        with self.lock:
            self.acknowledged[kind].append(name)
        return name

    def answer(self, what: str) -> None:
        """Count a request that was answered as expected."""
        with self.lock:
            self.answered[what] += 1

    def fail(self, begun: float, what: str, why: str) -> None:
        """Write down a request nobody answered."""
        with self.lock:
            self.failures.append(Failure(begun, time.monotonic(), what, why))

    def refuse(self, sentence: str) -> None:
        """Write down an answer that should not have been given."""
        with self.lock:
            self.refusals.append(sentence)
