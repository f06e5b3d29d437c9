"""The log: one line for each thing that happened, JSON where a program reads it.

Everything logs by Python's `logging`; structlog puts the lines together. A line names people and offices by
their numbers and codes and carries the request it belongs to, also in the work a request asked a worker for.
What could be somebody's data is masked before it is written (`procuracy.log_masking`), so a log holds no
name, no identity number and nothing anybody typed.
"""

from __future__ import annotations

import copy
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

import structlog
from structlog.stdlib import ExtraAdder, ProcessorFormatter
from structlog.typing import EventDict

from audit import context
from audit.clock import BEIJING
from procuracy.log_masking import mask, nameless

# What a line may carry beside its sentence; everything else is left out, whoever adds it.
FIELDS = ("route", "method", "status", "duration_ms", "user", "office", "task", "outcome")
# Who says more than the office wants to read, at any level of its own.
QUIET = ("django.db.backends", "celery", "kombu", "amqp", "fontTools", "asyncio")
_request: ContextVar[str] = ContextVar("procuracy_logged_request", default="")


@contextmanager
def work_for(request_id: str) -> Iterator[None]:
    """Let every line inside the block say which request asked for this work.

    The audit record does not: what a worker finds due is nobody's act.
    """
    token = _request.set(request_id)
    try:
        yield
    finally:
        _request.reset(token)


def current_request() -> str:
    """Return the id of the request that runs now or asked for what runs now; empty when none did."""
    return context.current().request_id or _request.get()


def configuration(*, readable: bool, level: str) -> dict[str, Any]:
    """Return the configuration of `logging`, the same for Django, gunicorn and Celery.

    Args:
        readable: for people at a terminal instead of one JSON object a line.
        level: the lowest level that is written, as `INFO`.
    """
    quiet = {name: {"level": "WARNING"} for name in QUIET}
    # Both write by the one handler below instead of their own, in gunicorn's master too.
    gunicorn = {
        name: {"level": "WARNING", "handlers": [], "propagate": True}
        for name in ("gunicorn.error", "gunicorn.access")
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "procuracy.logs.Lines", "readable": readable}},
        "filters": {"once": {"()": "procuracy.logs.Once"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "lines",
                "filters": ["once"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": quiet | gunicorn,
    }


class Once(logging.Filter):
    """Leaves out what Django says of an answer below 500: the line of the request says the same and more."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.name != "django.request" or record.levelno >= logging.ERROR


class Lines(ProcessorFormatter):
    """Formats a record of `logging` as one line."""

    def __init__(self, *, readable: bool) -> None:
        render = (
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
            if readable
            else structlog.processors.JSONRenderer(ensure_ascii=False)
        )
        super().__init__(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                _add_time,
                ExtraAdder(allow=FIELDS),
                _add_request,
            ],
            processors=[
                ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _mask_texts,
                render,
            ],
        )

    def format(self, record: logging.LogRecord) -> str:
        copied = copy.copy(record)
        copied.args = nameless(_without_address(record))
        return super().format(copied)


def _without_address(record: logging.LogRecord) -> Any:
    """Return the arguments of a line about a request, with its route in the place of its address."""
    request = getattr(record, "request", None)
    path, match = getattr(request, "path", None), getattr(request, "resolver_match", None)
    if path is None or not isinstance(record.args, tuple):
        return record.args
    route = match.view_name if match else "no address of ours"
    return tuple(route if argument == path else argument for argument in record.args)


def _add_time(logger: Any, method: str, line: EventDict) -> EventDict:
    moment = datetime.fromtimestamp(line["_record"].created, BEIJING)
    return {**line, "timestamp": moment.isoformat(timespec="milliseconds")}


def _add_request(logger: Any, method: str, line: EventDict) -> EventDict:
    found = current_request()
    return {**line, "request_id": found} if found else line


def _mask_texts(logger: Any, method: str, line: EventDict) -> EventDict:
    return {name: mask(value) if isinstance(value, str) else value for name, value in line.items()}
