"""Acknowledging a transfer and annulling its sending at once, where transactions really commit."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

from django.db import connections

from audit.errors import Conflict
from cases.states import CaseState
from litigation.services.transfers import acknowledge_transfer
from tests.litigation.receiving import Receiving, annul, sent
from tests.support.days import on
from tests.support.matters import case_in_review, upload


def test_of_acknowledging_and_annulling_at_once_exactly_one_counts(committed_db, cast):
    with on(2026, 4, 2):
        waiting = case_in_review(cast, date(2026, 3, 2))
    receiving = Receiving(cast)
    transfer = sent(cast, waiting, receiving)
    barrier, refusals = Barrier(2), []

    def run(act):
        try:
            barrier.wait(timeout=10)
            with on(2026, 4, 15):
                act()
        except Conflict as refusal:
            refusals.append(refusal.code)
        finally:
            connections.close_all()

    def take_in():
        acknowledge_transfer(
            actor=receiving.intake,
            transfer=transfer,
            received_on=date(2026, 4, 14),
            handler=receiving.prosecutor,
            receipt=[upload()],
        )

    threads = [Thread(target=run, args=(act,)) for act in (take_in, lambda: annul(cast, waiting))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    transfer.refresh_from_db()
    waiting.refresh_from_db()
    taken_in = transfer.received_case is not None
    assert refusals == ["others_go_on_from_it" if taken_in else "transfer_annulled"]
    assert (waiting.state == CaseState.TRANSFERRED_FOR_SUIT) == taken_in
