"""How many statements a page and an act cost, those of the session and of the record among them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit import clock
from audit.prepared import ONE_PLAN
from tests.administrative.guard_scenes import SCENES as ADMINISTRATIVE
from tests.cases.scenes import SCENES
from tests.enforcement.scenes import ALL, begun
from tests.litigation.scenes import SCENES as LITIGATION
from tests.support.api import program_with_token
from tests.support.days import on
from tests.support.matters import announced_case, case_in_review, force, make_case

pytestmark = pytest.mark.django_db
COUNTED = re.compile(
    rf"\s*({re.escape(ONE_PLAN)})?\s*\(?\s*(SELECT|INSERT|UPDATE|DELETE|WITH|EXECUTE)\b",
    re.IGNORECASE,
)


# The design (performance 6).
CASE_PAGE = 25
TRANSITION = 20


class Statements(CaptureQueriesContext):
    """What was asked of the database, savepoints and transactions left out."""

    def __init__(self) -> None:
        super().__init__(connection)

    @property
    def told(self) -> list[str]:
        return [each["sql"] for each in self.captured_queries if COUNTED.match(each["sql"])]


def filed(cast):
    return make_case(cast)


def announcing(cast):
    return announced_case(cast, date(2026, 1, 12))


def in_review(cast):
    with on(2026, 3, 2):
        return case_in_review(cast, date(2026, 1, 12))


def assert_page_within_budget(client, cast, case) -> None:
    address = reverse("case_detail", args=[case.key])
    client.force_login(cast.handler)
    client.get(address)
    with Statements() as asked:
        assert client.get(address).status_code == 200
    assert len(asked.told) <= CASE_PAGE, asked.told


@pytest.mark.parametrize("make", [filed, announcing, in_review])
def test_the_page_of_a_case(client, cast, make):
    with on(2026, 3, 2):
        assert_page_within_budget(client, cast, make(cast))


# The states whose pages ask most: what a suit, a judgment, its performance and an authority bring along.
MUCH = {
    **{code: LITIGATION[code] for code in ("T22", "S26", "S21")},
    **{code: ADMINISTRATIVE[code] for code in ("A-6", "A-8", "A-9", "A-10")},
}


@pytest.mark.parametrize("code", MUCH)
def test_the_page_of_a_case_in_which_much_has_happened(client, cast, code):
    with clock.frozen(MUCH[code].at):
        assert_page_within_budget(client, cast, MUCH[code].prepare(cast))


def test_the_page_of_a_case_that_is_being_performed(client, cast):
    with on(2026, 7, 13):
        assert_page_within_budget(client, cast, begun(cast, *ALL))


def test_the_page_of_a_case_asks_no_more_when_more_has_happened(client, cast):
    with on(2026, 3, 2):
        case = announcing(cast)
        address = reverse("case_detail", args=[case.key])
        client.force_login(cast.handler)
        counted = []
        for _round in range(3):
            client.get(address)
            with Statements() as asked:
                client.get(address)
            counted.append(len(asked.told))
            for day in (12, 13, 14):
                facts = {"replier": "public", "name": f"某甲{day}", "intention": "none"}
                force(case, "S01", date(2026, 1, day), actor=cast.handler, **facts)
    assert len(set(counted[1:])) == 1, counted


def test_a_transition_by_a_program(cast):
    scene = SCENES["T08"]
    with clock.frozen(scene.at):
        case = scene.prepare(cast)
        program = program_with_token(cast.handler)
        facts = {"legal_day": str(scene.at.date())}
        with Statements() as asked:
            answer = program.send(
                f"cases/{case.key}/transitions/", {"transition": "T08", "facts": facts}
            )
        assert answer.status_code == 201
    assert len(asked.told) <= TRANSITION, asked.told
