"""What must be true when everything is over."""

from __future__ import annotations

from deadlines.models import Notification, Reminder, ReminderState
from tests.support.reminders import states


def none_pending() -> bool:
    """Tell whether nothing waits for its delivery any more."""
    return not Reminder.objects.filter(state=ReminderState.PENDING).exists()


def all_sent() -> bool:
    """Tell whether everything has been delivered."""
    return states().keys() == {ReminderState.SENT}


def sent() -> int:
    """Return how many are delivered."""
    return states().get(ReminderState.SENT, 0)


def assert_each_delivered_once(number: int) -> None:
    """Assert that `number` reminders became as many notifications, one of each."""
    assert states() == {ReminderState.SENT: number}
    assert Notification.objects.count() == number
    assert Notification.objects.values("reminder").distinct().count() == number
