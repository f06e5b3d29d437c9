"""What a request that only reads has already asked about rights.

One page asks a dozen times who its reader is and what he may see. Nothing it shows can be half of the
rights before a change and half of those after it, so each question is asked once a request. Whatever
writes asks every time anew: the rights must hold under the lock of the act.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, TypeVar, cast

Answer = TypeVar("Answer")

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("accounts_answers", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Inside the block nothing is written that depends on rights: `once` remembers."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def reading_on() -> AbstractContextManager[None]:
    """Return a `reading` for a part of an act that only reads; within one, that goes on.

    A matter is opened with the rights that came with the actor; the act that follows asks again.
    """
    return nullcontext() if is_reading() else reading()


def is_reading() -> bool:
    """Say whether nothing is written that depends on rights, so that `once` remembers."""
    return _answers.get() is not None


def known(question: Hashable) -> Any:
    """Return the answer to a question that was asked already, None where it was not."""
    return (_answers.get() or {}).get(question)


def once(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """Return the answer to `question`, asked once while only reading and every time elsewhere.

    The answer belongs to all who ask: whoever changes it takes a copy.
    """
    answers = _answers.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    return cast(Answer, answers[question])
