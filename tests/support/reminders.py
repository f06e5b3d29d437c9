"""Reminders that are due, as rows, and a mail server that counts what it accepts."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from aiosmtpd.controller import Controller

from audit import clock
from deadlines.models import Channel, Deadline, DeadlineKind, Reminder
from tests.support.matters import make_case
from tests.support.people import Cast

DUE = datetime(2026, 4, 1, 8, 30, tzinfo=clock.BEIJING)
LAST_DAY = date(2026, 4, 7)


def reminders_due(
    cast: Cast, number: int, channel: str = Channel.IN_APP, *, at: datetime = DUE
) -> Deadline:
    """Make a deadline with `number` reminders of one channel, all due `at` one instant."""
    deadline = Deadline.objects.create(
        case=make_case(cast),
        manual=True,
        kind=DeadlineKind.MANUAL,
        title_zh="测试",
        nominal_day=LAST_DAY,
        effective_day=LAST_DAY,
        duty_holder=cast.handler,
        created_by=cast.handler,
    )
    Reminder.objects.bulk_create(
        Reminder(
            deadline=deadline,
            recipient=cast.handler,
            channel=channel,
            offset=offset,
            for_day=LAST_DAY,
            due_at=at,
            next_try_at=at,
            message_id=f"<{offset}@test>" if channel == Channel.EMAIL else "",
        )
        for offset in range(number)
    )
    return deadline


def states() -> dict[str, int]:
    """Return how many reminders are in each state."""
    return dict(Counter(Reminder.objects.values_list("state", flat=True)))


class CountingServer:
    """A mail server that counts how often it accepts each Message-ID and refuses poison@."""

    def __init__(self) -> None:
        self.accepted: Counter[str] = Counter()
        self.port = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("poison@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        headers = envelope.content.decode().split("\r\n\r\n")[0].split("\r\n")
        found = [
            line.split(": ", 1)[1] for line in headers if line.lower().startswith("message-id:")
        ]
        self.accepted.update(found)
        return "250 OK"

    @property
    def url(self) -> str:
        """Return the address as `EMAIL_URL` takes it."""
        return f"smtp://127.0.0.1:{self.port}"


@contextmanager
def counting_server() -> Iterator[CountingServer]:
    """Run a mail server of one's own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    counting = CountingServer()
    controller = Controller(counting, hostname="127.0.0.1", port=port)
    controller.start()
    counting.port = port
    try:
        yield counting
    finally:
        controller.stop()
