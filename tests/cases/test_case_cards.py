"""The list of cases by what their cards lack (案卡): a page at a time, each figure leading to its card."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.selectors.card import card_of
from cases.states import CaseState
from tests.cases.test_case_list import login
from tests.support import matters

pytestmark = pytest.mark.django_db
LIST = reverse("case_list")
CARDS = f"{LIST}?open=on&layout=cards"


def lacking(answer) -> dict[str, set[str]]:
    """Return the codes of what the card of each case lacks, by its key."""
    return {row.case.key: {item.code for item in row.missing} for row in answer.context["cards"]}


def test_each_case_stands_with_what_its_card_lacks(client, cast):
    first = matters.make_case(cast)
    second = matters.bring(matters.make_case(cast), CaseState.TRIAL)
    answer = login(client, cast.case_manager).get(CARDS)
    for case in (first, second):
        missing = {line.item.code for line in card_of(cast.case_manager, case).missing}
        assert lacking(answer)[case.key] == missing
    assert "violators" in lacking(answer)[first.key]
    assert "court" in lacking(answer)[second.key] - lacking(answer)[first.key]
    page = answer.content.decode()
    assert f'href="{reverse("case_card", args=[first.key])}"' in page
    assert "Violator" in page


def test_only_open_cases_stand_there_until_the_filter_is_taken_away(client, cast):
    running = matters.make_case(cast)
    ended = matters.bring(matters.make_case(cast), CaseState.CLOSED)
    answer = login(client, cast.handler).get(CARDS)
    assert set(lacking(answer)) == {running.key}
    [chip] = answer.context["chips"]
    assert set(lacking(client.get(chip["address"]))) == {running.key, ended.key}


def test_what_the_reader_may_not_see_has_no_card_there(client, cast):
    hidden, seen = matters.make_case(cast), matters.make_case(cast)
    matters.stand_aside(cast, hidden, cast.head)
    answer = login(client, cast.head).get(CARDS)
    assert set(lacking(answer)) == {seen.key}
    assert str(answer.context["count"]) == "1"
    answer = login(client, cast.stranger).get(CARDS)
    assert lacking(answer) == {}
    assert "No case fits the filter." in answer.content.decode()


def test_a_wrong_filter_reads_no_card(client, cast):
    matters.make_case(cast)
    answer = login(client, cast.handler).get(f"{CARDS}&filed_from=2026-02-30")
    assert (answer.status_code, lacking(answer)) == (400, {})


def test_pages_of_cards_follow_one_another(client, cast, monkeypatch):
    monkeypatch.setattr("cases.views.case_list.CARDS_AT_ONCE", 2)
    made = [matters.make_case(cast).key for _number in range(5)]
    login(client, cast.handler)
    seen: list[str] = []
    after = ""
    while after is not None:
        answer = client.get(CARDS, {"open": "on", "layout": "cards", "after": after})
        seen += lacking(answer)
        after = answer.context["page"].next
    assert seen == made[::-1]


def test_a_page_of_cards_costs_the_same_however_many_cases(client, cast):
    matters.bring(matters.make_case(cast), CaseState.TRIAL)
    login(client, cast.chief).get(CARDS)
    asked = []
    for _number in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(CARDS)
        asked.append(len(queries))
        for _more in range(3):
            case = matters.bring(matters.make_case(cast), CaseState.TRIAL)
            case.parties.create(role="violator", kind="person", name="甲", created_by=cast.handler)
    assert asked[0] == asked[1] <= 20
