"""The list of leads: chosen columns, orders, kept filters, what it costs, and who sees nothing of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.lead_columns import LEADS
from cases.models import Lead, ListColumns, SavedFilter
from cases.selectors.lead_list import ORDERS
from cases.services import lists, tags
from tests.support.api import program_of
from tests.support.matters import assess, assign, make_lead

pytestmark = pytest.mark.django_db
LIST, COLUMNS = reverse("lead_list"), reverse("lead_columns")
SAVE = reverse("lead_filter_save")
CONTACT = {"reporter_name": "欧阳举报", "reporter_contact": "13800000000"}


def english(person):
    person.language = "en"
    person.save()
    return person


@pytest.fixture
def reader(cast, as_user):
    return as_user(english(cast.head))


def keys(answer) -> list[str]:
    return [lead.key for lead in answer.context["page"].items]


def heads(client, query: str = "") -> list[str]:
    return [column.code for column in client.get(f"{LIST}{query}").context["columns"]]


def places(*codes: str) -> dict[str, str]:
    return {code: str(number) for number, code in enumerate(codes, start=1)}


# --- columns -----------------------------------------------------------------------------------


def test_chosen_columns_are_kept_for_their_reader_and_for_this_list_alone(reader, cast, as_user):
    make_lead(cast)
    assert tuple(heads(reader)) == LEADS.usual
    chosen = places("received_on", "title", "department")
    answer = reader.post(COLUMNS, chosen | {"how": "keep", "query": "q=x&evil=1"})
    assert answer["Location"] == f"{LIST}?q=x"
    assert heads(reader, "?all=1") == ["received_on", "title", "department"]
    assert tuple(heads(as_user(cast.chief))) == LEADS.usual
    assert ListColumns.objects.get().list_name == "leads"
    reader.post(COLUMNS, {"how": "usual"})
    assert tuple(heads(reader)) == LEADS.usual


def test_columns_are_tried_once_and_an_address_names_them(reader):
    answer = reader.post(COLUMNS, places("title", "sender") | {"how": "once"})
    assert answer["Location"] == f"{LIST}?columns=title%2Csender"
    assert not ListColumns.objects.exists()
    # What opens a row is never missing; what is a column of cases is none here.
    assert heads(reader, "?columns=source,next_deadline") == ["title", "source"]


def test_every_column_of_the_page_is_drawn_and_every_sort_exists(reader, cast):
    lead = assess(cast, assign(cast, make_lead(cast)))
    department = cast.department
    Lead.objects.filter(pk=lead.pk).update(sender_department=department, sent_on=date(2026, 1, 4))
    codes = [column.code for column in LEADS.shown]
    page = reader.get(f"{LIST}?columns={','.join(codes)}").content.decode()
    row = page[page.index("<tbody>") : page.index("</tbody>")]
    assert row.count("<td") == len(codes) + 1
    sorts = {column.sort for column in LEADS.every if column.sort}
    assert {f"-{sort}" for sort in sorts} | sorts == set(ORDERS)
    assert all(f"sort={sort}" in page for sort in sorts)


def test_the_page_of_columns_begins_with_those_seen_and_wants_the_opening_one(reader):
    form = reader.get(f"{COLUMNS}?columns=source,title").context["form"]
    assert [form[code].initial for code in ("source", "title", "key")] == [1, 2, None]
    assert reader.post(COLUMNS, {"key": "1", "how": "keep"}).status_code == 400


# --- filters -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=lead_assessing&state=lead_registered", "one two"),
        ("state=lead_assessing", "one"),
        ("source=complaint&source=transfer", "two"),
        ("received_from=2026-01-06", "two"),
        ("received_until=2026-01-05", "one"),
        ("major=on", "two"),
        ("open=on", "one two"),
    ],
)
def test_every_filter_narrows_the_list(reader, cast, query, found):
    one = assign(cast, make_lead(cast))
    two = make_lead(cast, source="complaint", received_on=date(2026, 1, 7), major=True)
    expected = {"one": one.key, "two": two.key}
    assert set(keys(reader.get(f"{LIST}?{query}"))) == {expected[name] for name in found.split()}


def test_handler_and_department_narrow_the_list(reader, cast):
    mine, other = assign(cast, make_lead(cast)), assign(cast, make_lead(cast), cast.colleague)
    assert keys(reader.get(LIST, {"handler": cast.colleague.pk})) == [other.key]
    assert keys(reader.get(LIST, {"department": cast.department.pk})) == [other.key, mine.key]
    rows = program_of(cast.head).ask("leads/", department=cast.department.pk)["results"]
    assert [row["key"] for row in rows] == [other.key, mine.key]


def test_what_makes_no_sense_is_said_and_left_out(reader, cast):
    lead = make_lead(cast)
    answer = reader.get(f"{LIST}?received_from=2026-02-02&received_until=2026-02-01&major=")
    assert "The last day lies before the first" in answer.content.decode()
    assert keys(answer) == []  # from the second of February on
    assert keys(reader.get(f"{LIST}?handler=999999")) == [lead.key]


def test_each_filter_is_a_chip_that_leads_to_the_list_without_it(reader):
    first, second = reader.get(f"{LIST}?state=filed&open=on&sort=-key").context["chips"]
    assert first["address"] == f"{LIST}?open=on&sort=-key"
    assert second["text"] == "Open leads only"


# --- filters that are kept ---------------------------------------------------------------------


def keep(client, **given):
    data = {"name": "待查", "query": "state=filed&after=x", "columns": "title,source"} | given
    return client.post(SAVE, data)


def test_the_list_opens_with_the_filter_chosen_for_it_with_its_columns(reader):
    keep(reader, opens_list="on", with_columns="on")
    address = f"{LIST}?state=filed&columns=title%2Csource"
    assert reader.get(LIST)["Location"] == address
    assert heads(reader, "?all=1") == list(LEADS.usual)
    assert reader.get(reverse("case_list")).status_code == 200


def test_a_shared_filter_is_read_in_the_office_and_changed_by_its_owner_alone(
    reader, cast, as_user
):
    keep(reader, shared="on")
    row = SavedFilter.objects.get()
    address = reverse("lead_filter_change", args=[row.pk])
    for person, seen in ((cast.colleague, True), (cast.stranger, False)):
        client = as_user(person)
        assert ("待查" in client.get(LIST).content.decode()) is seen
        assert client.post(address, {"name": "x", "weight": "1"}).status_code == 404
        client.post(reverse("lead_filter_delete", args=[row.pk]))
    assert SavedFilter.objects.get().name == "待查"
    client = as_user(cast.head)
    client.post(address, {"name": "改名", "weight": "1", "shared": "on"})
    assert SavedFilter.objects.get().name == "改名"
    client.post(reverse("lead_filter_delete", args=[row.pk]))
    assert not SavedFilter.objects.exists()


def test_a_filter_of_cases_is_not_changed_on_the_page_of_leads(reader, cast):
    row = lists.save_filter(actor=cast.head, list_name="cases", name="x", query="")
    assert reader.get(reverse("lead_filter_change", args=[row.pk])).status_code == 404


# --- order and pages ---------------------------------------------------------------------------


@pytest.mark.parametrize("sort", ["", *ORDERS])
def test_pages_follow_one_another_in_every_order_and_lead_back(reader, cast, monkeypatch, sort):
    monkeypatch.setattr("audit.paging.SIZE", 2)
    first = date(2026, 1, 5)
    days = [first + timedelta(days=number) for number in (3, 0, 3, 1, 2)]
    made = [make_lead(cast, received_on=day) for day in days]
    by = {"key": lambda lead: lead.key, "received_on": lambda lead: (lead.received_on, lead.pk)}
    name = sort.removeprefix("-")
    expected = sorted(made, key=by.get(name, lambda lead: -lead.pk), reverse=sort.startswith("-"))
    pages, after = [], ""
    while after is not None:
        shown = reader.get(LIST, {"sort": sort, "after": after}).context["page"]
        pages.append(shown)
        after = shown.next
    assert [lead.key for page in pages for lead in page.items] == [lead.key for lead in expected]
    back = reader.get(LIST, {"sort": sort, "after": pages[2].previous}).context["page"]
    assert [lead.key for lead in back.items] == [lead.key for lead in pages[1].items]


def test_the_link_to_what_is_seen_names_filter_order_and_columns(reader, cast):
    lists.choose_columns(actor=cast.head, list_name="leads", codes=["title", "key"])
    seen = reader.get(f"{LIST}?q=x&sort=key").context["as_seen"]
    assert seen == "q=x&sort=key&columns=title%2Ckey"


# --- what it costs, who sees it ----------------------------------------------------------------


@pytest.mark.parametrize("persona", ["intake", "head", "chief", "handler"])
def test_the_list_costs_the_same_however_many_rows(
    cast, as_user, django_assert_max_num_queries, persona
):
    every = ",".join(column.code for column in LEADS.shown)
    tag = tags.create_tag(actor=cast.head, facts={"name": "人脸识别", "use": "field"})
    assess(cast, assign(cast, make_lead(cast)))
    client, counted = as_user(getattr(cast, persona)), set()
    for _time in range(2):
        # Session, person with his rights, what stands around the list, the single leads he sees, the page
        # with its number, and the frame's: whether he has a matter to make a document in.
        with django_assert_max_num_queries(6) as queries:
            client.get(LIST, {"columns": every})
        counted.add(len(queries))
        for _more in range(3):
            lead = assess(cast, assign(cast, make_lead(cast)))
            tags.tag_matter(actor=cast.handler, matter=lead, put_on=[tag])
    assert len(counted) == 1


def test_the_list_of_the_api_costs_little_however_many_rows(
    cast, client, django_assert_max_num_queries
):
    make_lead(cast)
    client.force_login(cast.head)
    for _time in range(2):
        with django_assert_max_num_queries(5):
            assert client.get("/api/v1/leads/").status_code == 200
        for _more in range(3):
            assess(cast, assign(cast, make_lead(cast)))


def test_the_number_of_leads_is_counted_to_its_cap(reader, cast):
    for _time in range(2):
        make_lead(cast)
    answer = reader.get(LIST, {"q": "群组"})
    assert str(answer.context["count"]) == "2"
    assert "Entries: 2" in answer.content.decode()


@pytest.mark.norm("C131")
@pytest.mark.parametrize("persona", ["stranger", "auditor", "colleague", "system_administrator"])
def test_who_sees_no_lead_finds_an_empty_list(cast, as_user, persona):
    lead = assign(cast, make_lead(cast))
    answer = as_user(getattr(cast, persona)).get(LIST)
    assert keys(answer) == []
    assert str(answer.context["count"]) == "0"
    assert lead.key not in answer.content.decode()
    assert lead.title not in answer.content.decode()


def test_who_reported_is_in_no_column(reader, cast):
    make_lead(cast, **CONTACT)
    every = ",".join(column.code for column in LEADS.every)
    page = reader.get(f"{LIST}?columns={every}").content.decode()
    assert not any(word in page for word in CONTACT.values())


# --- by API ------------------------------------------------------------------------------------


def test_a_program_asks_for_columns_and_orders(cast):
    first = make_lead(cast, received_on=date(2026, 1, 6))
    second = make_lead(cast, received_on=date(2026, 1, 4))
    program = program_of(cast.head)
    rows = program.ask("leads/", columns="title,sender", sort="received_on")["results"]
    assert [row["key"] for row in rows] == [second.key, first.key]
    titled = {"key", "url", "title", "suspected_processor", "confidential"}
    assert set(rows[0]) == titled | {"sender_department", "sent_on"}
    rows = program.ask("leads/", sort="-received_on", size=1)
    following = program.get(rows["next"]).json()
    assert [row["key"] for row in following["results"]] == [second.key]
    before = program.get(following["previous"]).json()
    assert [row["key"] for row in before["results"]] == [first.key]


def test_every_column_stands_for_members_of_the_answer(cast):
    make_lead(cast)
    (row,) = program_of(cast.head).ask("leads/")["results"]
    assert {name for column in LEADS.every for name in column.names} <= set(row)


@pytest.mark.parametrize("given", [{"columns": "evil"}, {"sort": "next_deadline"}])
def test_a_column_or_an_order_there_is_not_is_a_problem(cast, given):
    answer = program_of(cast.head).get("/api/v1/leads/", given)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, list(given))
