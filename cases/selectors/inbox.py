"""What waits for a person, gathered from every room."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from cases.registries import InboxItem, inbox


def waiting_for(user: User) -> list[InboxItem]:
    """Return everything that waits for `user`, the earliest day first, undated things last.

    Where a room says what is to be done about a period, its bare clock is left out: the same day of the
    same case would stand there twice, once without the way to the work.
    """
    items = [item for source in inbox.values() for item in source(user)]
    served = {(item.matter_key, period) for item in items for period in item.serves}
    told = [item for item in items if (item.matter_key, item.period) not in served]
    return sorted(told, key=lambda item: (item.due is None, item.due or date.max))
