"""Chosen columns, the filter a list opens with, and what becomes of filters that are kept."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases import list_columns
from cases.models import ListColumns, SavedFilter
from cases.services import lists
from tests.support.api import program_of
from tests.support.matters import make_case

pytestmark = pytest.mark.django_db
LIST = reverse("case_list")
COLUMNS = reverse("case_columns")


def heads(client, query: str = "") -> list[str]:
    return [column.code for column in client.get(f"{LIST}{query}").context["columns"]]


@pytest.fixture
def reader(cast, as_user):
    cast.handler.language = "en"
    cast.handler.save()
    make_case(cast)
    return as_user(cast.handler)


def places(*codes: str) -> dict[str, str]:
    return {code: str(number) for number, code in enumerate(codes, start=1)}


# --- columns -----------------------------------------------------------------------------------


def test_before_anybody_has_chosen_the_usual_columns_are_shown(reader):
    assert tuple(heads(reader)) == list_columns.USUAL


def test_chosen_columns_are_kept_for_their_reader_in_their_order(reader, cast, as_user):
    chosen = places("filed_on", "title", "tags", "updated_at")
    answer = reader.post(COLUMNS, chosen | {"how": "keep", "query": "q=x&evil=1"})
    assert answer["Location"] == f"{LIST}?q=x"
    assert heads(reader, "?all=1") == ["filed_on", "title", "tags", "updated_at"]
    page = reader.get(f"{LIST}?all=1").content.decode()
    assert page.index("Filed on</a>") < page.index("Latest entry</a>")
    assert tuple(heads(as_user(cast.head))) == list_columns.USUAL
    reader.post(COLUMNS, {"how": "usual"})
    assert tuple(heads(reader)) == list_columns.USUAL


def test_an_address_shows_the_columns_it_names_whoever_opens_it(reader, cast):
    lists.choose_columns(actor=cast.handler, list_name="cases", codes=["title", "tags"])
    assert heads(reader, "?columns=track,title,next_deadline") == [
        "track",
        "title",
        "next_deadline",
    ]
    # What opens a row is never missing, what nobody knows is left out, each stands once.
    assert heads(reader, "?columns=tags,evil,tags") == ["title", "tags"]
    assert tuple(heads(reader, "?columns=evil")) == list_columns.USUAL


def test_columns_are_tried_once_without_being_kept(reader):
    answer = reader.post(COLUMNS, places("title", "persons_concerned") | {"how": "once"})
    assert answer["Location"] == f"{LIST}?columns=title%2Cpersons_concerned"
    assert not ListColumns.objects.exists()


def test_the_page_of_columns_begins_with_those_seen_and_wants_the_opening_one(reader):
    form = reader.get(f"{COLUMNS}?columns=tags,title").context["form"]
    assert [form[code].initial for code in ("tags", "title", "key")] == [1, 2, None]
    assert reader.post(COLUMNS, {"key": "1", "how": "keep"}).status_code == 400
    assert reader.post(COLUMNS, {"title": "x", "how": "keep"}).status_code == 400


def test_every_column_of_the_page_is_drawn_and_every_sort_exists(reader):
    codes = [column.code for column in list_columns.SHOWN]
    page = reader.get(f"{LIST}?columns={','.join(codes)}").content.decode()
    row = page[page.index("<tbody>") : page.index("</tbody>")]
    assert row.count("<td") == len(codes) + 1
    for column in list_columns.SHOWN:
        if column.sort:
            assert f"sort={column.sort}" in page


def test_the_link_to_what_is_seen_names_filter_order_and_columns(reader, cast):
    lists.choose_columns(actor=cast.handler, list_name="cases", codes=["title", "key"])
    seen = reader.get(f"{LIST}?q=x&sort=filed_on").context["as_seen"]
    assert parse_qs(seen) == {"q": ["x"], "sort": ["filed_on"], "columns": ["title,key"]}


def test_a_list_without_columns_is_refused_by_the_database(cast):
    with pytest.raises(IntegrityError, match="list_shows_a_column"), transaction.atomic():
        ListColumns.objects.create(user=cast.handler, list_name="cases", columns=[])


# --- filters that are kept ---------------------------------------------------------------------


def keep(client, **given):
    data = {"name": "待查", "query": "state=filed", "columns": "title,tags"} | given
    return client.post(reverse("case_filter_save"), data)


def test_a_filter_keeps_the_columns_when_asked_to(reader):
    keep(reader, with_columns="on")
    assert SavedFilter.objects.get().query == "state=filed&columns=title%2Ctags"
    keep(reader)
    assert SavedFilter.objects.get().query == "state=filed"


def test_the_list_opens_with_the_filter_chosen_for_it_and_shows_everything_on_request(reader):
    keep(reader, opens_list="on")
    answer = reader.get(LIST)
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?state=filed")
    page = reader.get(answer["Location"])
    assert page.context["everything"] == f"{LIST}?all=1"
    # Taking the last chip away shows everything, not the filter again.
    assert page.context["chips"][0]["address"] == f"{LIST}?all=1"
    assert reader.get(f"{LIST}?all=1").status_code == 200


def test_one_filter_opens_a_list_the_later_choice_wins(reader, cast):
    keep(reader, opens_list="on")
    keep(reader, name="另一", query="q=x", opens_list="on")
    opening = SavedFilter.objects.filter(opens_list=True)
    assert [row.name for row in opening] == ["另一"]
    address = reverse("case_filter_change", args=[SavedFilter.objects.get(name="待查").pk])
    reader.post(address, {"name": "改名", "weight": "5", "opens_list": "on", "shared": "on"})
    assert [row.name for row in opening.all()] == ["改名"]
    with pytest.raises(IntegrityError, match="one_filter_opens_a_list"), transaction.atomic():
        SavedFilter.objects.filter(user=cast.handler).update(opens_list=True)


def test_the_opening_filter_of_a_colleague_opens_only_his_list(reader, cast, as_user):
    keep(reader, opens_list="on", shared="on")
    client = as_user(cast.colleague)
    answer = client.get(LIST)
    assert answer.status_code == 200
    assert [(kept.own, kept.opens_list) for kept in answer.context["saved"]] == [(False, False)]


def test_filters_stand_by_weight_then_by_name(reader, cast):
    for name, weight in (("丙", 100), ("乙", 100), ("甲", 200), ("丁", 1)):
        keep(reader, name=name)
        row = SavedFilter.objects.get(name=name)
        lists.change_filter(actor=cast.handler, pk=row.pk, facts={"weight": weight})
    saved = reader.get(f"{LIST}?all=1").context["saved"]
    # The two between them follow their characters.
    assert [kept.name for kept in saved] == ["丁", *sorted("丙乙"), "甲"]


def test_a_name_that_is_taken_is_refused_in_words(reader):
    keep(reader)
    keep(reader, name="另一")
    address = reverse("case_filter_change", args=[SavedFilter.objects.get(name="另一").pk])
    answer = reader.post(address, {"name": "待查", "weight": "1"})
    assert answer.status_code == 400
    assert "You keep a filter of this name already." in answer.content.decode()


@pytest.mark.parametrize("persona", ["stranger", "colleague"])
def test_nobody_changes_the_filter_of_another_not_even_a_shared_one(reader, cast, as_user, persona):
    keep(reader, shared="on")
    pk = SavedFilter.objects.get().pk
    client, program = as_user(getattr(cast, persona)), program_of(getattr(cast, persona))
    address = reverse("case_filter_change", args=[pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"name": "x", "weight": "1"}).status_code == 404
    answer = program.send(f"saved-filters/{pk}/", {"name": "x"}, method="patch")
    assert answer.status_code == 404
    assert SavedFilter.objects.get().name == "待查"


def test_a_filter_of_another_list_is_not_changed_on_the_page_of_this_one(reader, cast):
    row = lists.save_filter(actor=cast.handler, list_name="deadlines", name="x", query="")
    assert reader.get(reverse("case_filter_change", args=[row.pk])).status_code == 404
    assert reader.get(reverse("deadline_filter_change", args=[row.pk])).status_code == 200


def test_the_list_of_deadlines_opens_with_its_own_filter(reader, cast):
    lists.save_filter(
        actor=cast.handler, list_name="deadlines", name="x", query="when=overdue", opens_list=True
    )
    answer = reader.get(reverse("deadline_list"))
    assert urlsplit(answer["Location"]).query == "when=overdue"
    assert reader.get(LIST).status_code == 200


# --- by API ------------------------------------------------------------------------------------


def test_a_program_changes_a_filter_and_leaves_the_rest(cast):
    program = program_of(cast.handler)
    body = {"list_name": "cases", "name": "逾期", "query": "q=x", "opens_list": True}
    made = program.send("saved-filters/", body).json()
    answer = program.send(f"saved-filters/{made['id']}/", {"weight": 7}, method="patch").json()
    assert (answer["weight"], answer["name"], answer["opens_list"]) == (7, "逾期", True)


def test_a_program_asks_for_columns_and_orders(cast):
    first, second = make_case(cast), make_case(cast)
    program = program_of(cast.handler)
    rows = program.ask("cases/", columns="title,state", sort="key")["results"]
    assert [row["key"] for row in rows] == [first.key, second.key]
    assert set(rows[0]) == {
        *("key", "url", "official_number", "title", "confidential", "guard_in_doubt", "back_entry"),
        *("stage", "state", "state_title", "law_code", "state_since"),
    }
    rows = program.ask("cases/", sort="-key", size=1)
    assert [row["key"] for row in program.get(rows["next"]).json()["results"]] == [first.key]


@pytest.mark.parametrize("given", [{"columns": "evil"}, {"sort": "evil"}, {"deadline": "evil"}])
def test_a_column_or_an_order_there_is_not_is_a_problem(cast, given):
    answer = program_of(cast.handler).get("/api/v1/cases/", given)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, list(given))


def test_the_list_of_the_api_costs_little_however_many_rows(
    cast, client, django_assert_max_num_queries
):
    make_case(cast)
    client.force_login(cast.handler)
    for _time in range(2):
        with django_assert_max_num_queries(6):
            assert client.get("/api/v1/cases/").status_code == 200
        for _more in range(3):
            make_case(cast)
