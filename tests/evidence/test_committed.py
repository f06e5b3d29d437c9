"""Pages where transactions really commit: what a page records needs a transaction of its own."""

from __future__ import annotations

from django.urls import reverse

from evidence import services
from tests.evidence.conftest import add, make_case, start_investigation
from tests.evidence.test_pages import addresses, signed_in
from tests.support.people import Cast


def test_pages_keep_their_word_where_every_transaction_really_commits(committed_db, client, plan):
    cast = Cast()
    case = start_investigation(make_case(cast), cast)
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
