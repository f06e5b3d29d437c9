"""The list of cases as a board: a column for each stage, counts that open the list, nothing to move."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import pytest
from django.urls import reverse
from django.utils.html import escape

from cases.forms.case_list import CaseFilterForm
from cases.models import Case
from cases.states import CASE_STATE_LAW, AdministrativeState, CaseState, Stage
from tests.cases.test_case_list import keys, login, set_deadline
from tests.support import matters
from tests.support.days import on

pytestmark = pytest.mark.django_db
LIST = reverse("case_list")
BOARD = f"{LIST}?layout=board"


def in_state(cast, state: str, **given) -> Case:
    case = matters.make_case(cast, **given)
    return matters.bring(case, state)


def entries(answer) -> dict[str, tuple[str, str]]:
    """Return what the board says: by the title of each stage and state its count and address."""
    columns = answer.context["board"]
    found = [entry for column in columns for entry in (column.stage, *column.states)]
    return {entry.title: (str(entry.count), entry.address) for entry in found}


def counted(answer) -> dict[str, str]:
    columns = answer.context["board"]
    return {entry.title: str(entry.count) for column in columns for entry in column.states}


# --- what is counted ---------------------------------------------------------------------------


def test_a_column_for_each_stage_tells_how_many_cases_stand_in_each_state(client, cast):
    for state in ("filed", "filed", CaseState.TRIAL, CaseState.CLOSED):
        in_state(cast, state)
    answer = login(client, cast.handler).get(BOARD)
    assert [column.stage.title for column in answer.context["board"]] == [
        str(stage.label) for stage in Stage
    ]
    assert counted(answer) == {"Filed": "2", "Trial": "1", "Closed": "1"}
    page = answer.content.decode()
    assert "only by a proposal" in page
    assert "draggable" not in page


@pytest.mark.parametrize("query", ["", "&track=civil&sort=filed_on&columns=title", "&q=银杏"])
def test_each_count_is_the_list_it_opens_with_every_other_filter_kept(client, cast, query):
    for state in ("filed", "filed", CaseState.INVESTIGATING, CaseState.TRIAL):
        in_state(cast, state)
    in_state(cast, CaseState.CLOSED, title="银杏案")
    matters.make_administrative_case(cast)
    answer = login(client, cast.handler).get(f"{BOARD}{query}")
    for count, address in entries(answer).values():
        if count == "0":
            continue
        listed = client.get(address)
        assert str(listed.context["count"]) == count
        assert "board" not in listed.context
        assert set(parse_qsl(query)) <= set(parse_qsl(address.partition("?")[2]))
        assert escape(address) in answer.content.decode()


def test_what_the_reader_may_not_see_is_not_counted(client, cast):
    hidden, _seen = in_state(cast, CaseState.TRIAL), in_state(cast, "filed")
    matters.stand_aside(cast, hidden, cast.head)
    assert counted(login(client, cast.head).get(BOARD)) == {"Filed": "1"}
    assert counted(login(client, cast.chief).get(BOARD)) == {"Filed": "1", "Trial": "1"}
    for person in (cast.stranger, cast.colleague, cast.auditor):
        answer = login(client, person).get(BOARD)
        assert answer.context["board"] == []
        assert "You see no case yet." in answer.content.decode()


def test_filters_narrow_the_board_as_they_narrow_the_list(client, cast):
    late, trial = in_state(cast, "filed"), in_state(cast, CaseState.TRIAL)
    with on(2026, 3, 1):
        set_deadline(cast, late, late.filed_on.replace(month=3))
    login(client, cast.handler)
    with on(2026, 3, 20):
        assert counted(client.get(f"{BOARD}&deadline=overdue")) == {"Filed": "1"}
        assert counted(client.get(f"{BOARD}&stage=litigation")) == {"Trial": "1"}
        assert counted(client.get(f"{BOARD}&state=trial&state=closed")) == {"Trial": "1"}
        assert counted(client.get(f"{BOARD}&state=trial&stage=pre_litigation")) == {}
        assert counted(client.get(f"{BOARD}&q={trial.key}")) == {"Trial": "1"}


def test_a_wrong_filter_is_said_and_counts_nothing(client, cast):
    matters.make_case(cast)
    answer = login(client, cast.handler).get(f"{BOARD}&filed_from=2026-02-30")
    assert (answer.status_code, answer.context["board"]) == (400, [])
    assert "no day" in answer.content.decode()


def test_every_state_a_case_can_be_filtered_by_has_its_column(client, cast):
    form = login(client, cast.handler).get(LIST).context["form"]
    codes = [code for code, _title in form.fields["state"].choices]
    for code in codes:
        authority = code in AdministrativeState.values
        make = matters.make_administrative_case if authority else matters.make_case
        matters.bring(make(cast), code)
    columns = client.get(BOARD).context["board"]
    shown = [entry for column in columns for entry in column.states]
    assert {entry.address for entry in shown} == {f"{LIST}?state={code}" for code in codes}
    assert {str(entry.count) for entry in shown} == {"1"}
    assert set(codes) <= set(CASE_STATE_LAW)


# --- the way between list and board ------------------------------------------------------------


def test_list_board_and_cards_lead_to_one_another_with_the_filters_kept(client, cast):
    matters.make_case(cast)
    query = "q=%E6%A1%88&state=filed&sort=-filed_on"
    listed = login(client, cast.handler).get(f"{LIST}?{query}")
    page = listed.content.decode()
    ways = [(way["address"], way["current"]) for way in listed.context["layouts"]]
    assert ways == [
        (f"{LIST}?{query}", True),
        (f"{LIST}?{query}&layout=board", False),
        (f"{LIST}?q=%E6%A1%88&state=filed&sort=-filed_on&layout=cards", False),
    ]
    assert all(escape(address) in page for address, _current in ways)
    board = client.get(f"{LIST}?{query}&layout=board")
    assert [way["current"] for way in board.context["layouts"]] == [False, True, False]
    assert board.context["everything"] == BOARD
    chip, _second = board.context["chips"]
    assert chip["address"] == f"{LIST}?state=filed&sort=-filed_on&layout=board"
    assert '<input type="hidden" name="layout" value="board">' in board.content.decode()


def test_only_the_cards_are_of_open_cases_unless_states_are_chosen(client, cast):
    case, ended = matters.make_case(cast), in_state(cast, CaseState.CLOSED)
    login(client, cast.handler)

    def way(query: str, layout: str) -> str:
        ways = client.get(f"{LIST}?{query}").context["layouts"]
        return next(way["address"] for way in ways if way["address"].endswith(layout))

    cards = way("q=%E6%A1%88", "layout=cards")
    assert cards == f"{LIST}?q=%E6%A1%88&open=on&layout=cards"
    there = client.get(cards)
    assert [each.case.key for each in there.context["cards"]] == [case.key]
    assert way("q=%E6%A1%88&open=on&layout=cards", "layout=board") == (
        f"{LIST}?q=%E6%A1%88&layout=board"
    )
    chosen = client.get(way(f"state={CaseState.CLOSED}", "layout=cards"))
    assert [each.case.key for each in chosen.context["cards"]] == [ended.key]


def test_filtering_again_loses_none_of_the_filters_that_are_set(client, cast):
    """Whatever the address carries has a field in the form, so that it is sent again."""
    matters.make_case(cast)
    page = login(client, cast.handler).get(f"{LIST}?open=on&layout=cards").content.decode()
    form = page.split('action="/cases/"', 1)[1].split("</form>", 1)[0]
    for name in CaseFilterForm.base_fields:
        assert f'name="{name}"' in form or name == "tag", name
    assert 'name="open" id="id_open" checked' in form


def test_the_cards_stand_in_the_order_that_was_asked_for(client, cast):
    later, sooner = matters.make_case(cast), matters.make_case(cast)
    set_deadline(cast, later, date(2031, 2, 1))
    set_deadline(cast, sooner, date(2031, 1, 1))
    login(client, cast.handler)
    for sort, order in (("next_deadline", [sooner, later]), ("-next_deadline", [later, sooner])):
        answer = client.get(f"{LIST}?sort={sort}&layout=cards")
        shown = [each.case.key for each in answer.context["cards"]]
        assert shown == [case.key for case in order]


def test_a_board_is_kept_as_a_filter_and_may_open_the_list(client, cast):
    matters.make_case(cast)
    login(client, cast.handler)
    given = {"name": "看板", "query": "state=filed&layout=board", "opens_list": "on"}
    client.post(reverse("case_filter_save"), given)
    answer = client.get(LIST, follow=True)
    assert answer.redirect_chain[-1][0] == f"{LIST}?state=filed&layout=board"
    assert counted(answer) == {"Filed": "1"}


def test_another_layout_is_the_list(client, cast):
    case = matters.make_case(cast)
    assert keys(login(client, cast.handler).get(f"{LIST}?layout=wall")) == {case.key}


# --- how much it costs -------------------------------------------------------------------------


@pytest.mark.parametrize("persona", ["handler", "head", "chief", "case_manager"])
def test_the_board_costs_the_same_however_many_cases_and_states(
    client, cast, django_assert_max_num_queries, persona
):
    in_state(cast, "filed")
    login(client, getattr(cast, persona))
    counts = set()
    for state in (CaseState.TRIAL, CaseState.CLOSED):
        # As the list: session, person, what stands around, the single cases he sees, the counts, the frame's.
        with django_assert_max_num_queries(6) as queries:
            client.get(BOARD)
        counts.add(len(queries))
        in_state(cast, state)
    assert len(counts) == 1


def test_of_very_many_cases_one_statement_more_counts_each_state(
    client, cast, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr("audit.keyset.FEW", 1)
    for state in ("filed", "filed", CaseState.TRIAL):
        in_state(cast, state)
    login(client, cast.chief)
    with django_assert_max_num_queries(7):
        answer = client.get(BOARD)
    assert counted(answer) == {"Filed": "2", "Trial": "1"}
