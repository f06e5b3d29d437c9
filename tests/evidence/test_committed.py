"""Where transactions really commit: records of looks, people at the same time, the owner's role."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections
from django.urls import reverse

from audit import clock
from evidence import services
from evidence.models import Exhibit
from tests.evidence.conftest import TODAY, add
from tests.evidence.test_pages import addresses, signed_in


def test_pages_keep_their_word_where_every_transaction_really_commits(
    committed_db, client, cast, case
):
    exhibit = add(cast, case)
    services.state_fact(
        actor=cast.handler, case=case, group="act", text="公开个人信息", exhibits=[exhibit]
    )
    signed_in(client, cast.handler)
    for verb, path in addresses(case):
        if verb == "get":
            assert client.get(path).status_code == 200, path
    assert client.post(reverse("exhibit_check", args=[case.key, 1])).status_code == 302
    withdraw = reverse("exhibit_withdraw", args=[case.key, 1])
    assert client.post(withdraw, {"reason": "来源存疑"}).status_code == 302


def test_exhibits_added_at_the_same_time_leave_no_gap_and_no_twin(committed_db, cast, case):

    def add_one(number: int) -> None:
        try:
            with clock.frozen(TODAY):
                add(cast, type(case).objects.get(pk=case.pk), b"the same content")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_one, range(16)))
    numbers = Exhibit.objects.filter(case=case).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 17))
    assert Exhibit.objects.values("sha256").distinct().count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence_exhibit SET sha256 = repeat('0', 64)",
        "DELETE FROM evidence_exhibit",
        "TRUNCATE evidence_exhibit CASCADE",
        pytest.param("UPDATE evidence_factlink SET text = 'x'", marks=pytest.mark.norm("C034")),
        pytest.param("DELETE FROM evidence_factlink", marks=pytest.mark.norm("C034")),
        "TRUNCATE evidence_withdrawal CASCADE",
    ],
)
def test_even_the_owner_of_the_tables_changes_no_evidence(committed_db, statement, cast, case):
    services.state_fact(
        actor=cast.handler, case=case, group="act", text="事实", exhibits=[add(cast, case)]
    )
    with (
        connections["owner"].cursor() as cursor,
        pytest.raises(IntegrityError, match="append-only"),
    ):
        cursor.execute(statement)
