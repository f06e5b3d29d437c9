"""Two sweepers that give the heads what nobody confirmed, at the same moment."""

from __future__ import annotations

import threading
from datetime import date

from django.db import connections, transaction

from cases.models import Task
from deadlines import services
from tests.support.days import on
from tests.support.matters import happen, make_case


def test_two_sweepers_at_once_give_one_task(committed_db, cast):
    case = make_case(cast)
    with on(2026, 3, 4):
        happen(case, "complaint_delivered", date(2026, 3, 2))
        happen(case, "complaint_reported", date(2026, 3, 4), actor=cast.handler)
    done = case.deadlines.get(rule="P-04")
    found = []

    def other_sweeper() -> None:
        try:
            with on(2026, 3, 9):
                found.append(services.give_unconfirmed_to_heads())
        finally:
            connections.close_all()

    with on(2026, 3, 9), transaction.atomic():
        # The first sweeper holds the row and has not committed yet.
        found.append(services.give_unconfirmed_to_heads())
        thread = threading.Thread(target=other_sweeper)
        thread.start()
        thread.join(timeout=10)
    assert found == [1, 0]
    assert Task.objects.filter(kind=f"completion_unconfirmed:{done.pk}").count() == 1
