"""How many statements a case page and a transition may take, session and record included.

The goals are 25 and 20; these are the numbers reached so far, which must not grow again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence.facts import GROUPS
from evidence.models import FactLink
from tests.support.days import on
from tests.support.matters import force, make_case, set_full_team

pytestmark = pytest.mark.django_db
COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE")
CASE_PAGE, TRANSITION = 60, 47
DAY = date(2026, 6, 24)


@contextmanager
def at_most(most: int) -> Iterator[None]:
    """Refuse more than so many statements, and name them all."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [query["sql"] for query in captured if query["sql"].startswith(COUNTED)]
    words = "\n".join(f"{n}. {sql[:200]}" for n, sql in enumerate(asked, start=1))
    assert len(asked) <= most, f"{len(asked)} statements, at most {most}:\n{words}"


@pytest.fixture
def case(cast):
    with on(2026, 6, 24):
        case = make_case(cast)
        set_full_team(cast, case)
        case.refresh_from_db()
        force(case, "T08", DAY, actor=cast.handler)
        FactLink.objects.bulk_create(
            FactLink(case=case, group=group, text="已查明。", stated_by=cast.handler)
            for group in GROUPS
        )
        yield case


def test_the_page_of_a_case_keeps_to_its_budget(client, cast, case):
    client.force_login(cast.handler)
    address = reverse("case_detail", args=[case.key])
    client.get(address)
    with at_most(CASE_PAGE):
        answer = client.get(address)
    assert answer.status_code == 200


def test_a_transition_keeps_to_its_budget_by_api(client, cast, case):
    client.force_login(cast.handler)
    client.get("/")
    facts = {"legal_day": DAY.isoformat(), "proposal": "announce", "conclusion": "已查清。"}
    address = f"/api/v1/cases/{case.key}/transitions/"
    body = {"transition": "T10", "facts": facts}
    with at_most(TRANSITION):
        answer = client.post(address, body, content_type="application/json")
    assert answer.status_code == 201, answer.content
