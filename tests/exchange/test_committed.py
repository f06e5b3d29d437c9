"""The register where transactions really commit: what the owner cannot delete, numbers under two at once."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connections

from exchange import services
from exchange.models import Paper
from tests.exchange.conftest import register
from tests.support.days import on


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("DELETE FROM exchange_paperfile", "append-only"),
        ("UPDATE exchange_paperfile SET name = 'x'", "append-only"),
        ("TRUNCATE exchange_paperfile", "append-only"),
        ("DELETE FROM exchange_paper", "never deleted"),
        ("TRUNCATE exchange_paper CASCADE", "never deleted"),
    ],
)
def test_even_the_owner_of_the_tables_deletes_nothing(committed_db, cast, statement, rule):
    register(cast.clerk)
    with (
        connections["owner"].cursor() as cursor,
        pytest.raises(DatabaseError, match=rule),
    ):
        cursor.execute(statement)
    assert Paper.objects.get().files.exists()


def test_two_who_register_at_once_get_the_next_two_numbers(committed_db, cast):
    persons, barrier, numbers = (cast.clerk, cast.intake), Barrier(2), []

    def run(person):
        try:
            for _round in range(5):
                barrier.wait(timeout=10)
                with on(2026, 3, 10):
                    numbers.append(register(person).number)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(person,)) for person in persons]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [f"收2026-{number:05}" for number in range(1, 11)]


def test_a_number_whose_paper_failed_is_given_to_the_next(committed_db, cast, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(services, "_record", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            register(cast.clerk)
    assert register(cast.clerk).number == "收2026-00001"
