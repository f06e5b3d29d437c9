from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from audit.models import AuditEvent
from cases.models import Case, SavedFilter, SuperiorAccess
from cases.selectors import case_list as rows_of
from deadlines import services
from tests.support.days import on
from tests.support.matters import make_case

pytestmark = pytest.mark.django_db
LIST = reverse("case_list")
EXPORT = reverse("case_export")


def login(client, person, language="en"):
    person.language = language
    person.save()
    client.force_login(person)
    return client


def keys(answer) -> set[str]:
    return {case.key for case in answer.context["page"].items}


def set_deadline(cast, case, day):
    services.set_manual(actor=cast.handler, matter=case, title="回访", day=day)


# --- who sees what -----------------------------------------------------------------------------


def test_each_sees_the_cases_of_his_place_and_nobody_else_any(client, cast):
    case = make_case(cast)
    for person in (cast.handler, cast.head, cast.chief, cast.case_manager):
        assert keys(login(client, person).get(LIST)) == {case.key}
    hidden_from = (
        cast.stranger,
        cast.colleague,
        cast.superior_handler,
        cast.auditor,
        cast.system_administrator,
        cast.security_administrator,
    )
    for person in hidden_from:
        assert keys(login(client, person).get(LIST)) == set()


def test_a_superior_office_sees_only_what_was_reported_to_it(client, cast):
    reported, _other = make_case(cast), make_case(cast)
    SuperiorAccess.objects.create(office=cast.city_office, case=reported, reason="Rules 25")
    assert keys(login(client, cast.superior_handler).get(LIST)) == {reported.key}


# --- filters -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=银杏", "one"),
        ("q=某药房", "two"),
        ("state=investigating", ""),
        ("state=filed&state=investigating", "one two"),
        ("stage=litigation", ""),
        ("filed_from=2026-02-01", "two"),
        ("filed_to=2026-01-31", "one"),
        ("basis=CPL+58", "two"),
        ("basis=PIPL+70", "one"),
        ("deadline=overdue", "one"),
        ("deadline=near", "two"),
        ("deadline=none", ""),
    ],
)
def test_every_filter_narrows_the_list(client, cast, query, found):
    one, two = make_case(cast, title="银杏案"), make_case(cast)
    Case.objects.filter(pk=two.pk).update(legal_bases=["CPL 58"], filed_on=date(2026, 2, 2))
    two.parties.create(role="violator", kind="organisation", name="某药房", created_by=cast.handler)
    with on(2026, 3, 1):
        set_deadline(cast, one, date(2026, 3, 2))
        set_deadline(cast, two, date(2026, 3, 12))
    with on(2026, 3, 10):
        answer = login(client, cast.handler).get(f"{LIST}?{query}")
    expected = {"one": one.key, "two": two.key}
    assert keys(answer) == {expected[name] for name in found.split()}


def test_handler_and_department_narrow_the_list(client, cast):
    mine, other = make_case(cast), make_case(cast, handler=cast.colleague)
    login(client, cast.head)
    assert keys(client.get(LIST, {"handler": cast.handler.pk})) == {mine.key}
    everything = client.get(LIST, {"department": cast.department.pk})
    assert keys(everything) == {mine.key, other.key}


def test_each_filter_is_a_chip_that_leads_to_the_list_without_it(client, cast):
    make_case(cast)
    answer = login(client, cast.handler).get(f"{LIST}?q=x&state=filed&stage=&sort=-filed_on")
    first, second = answer.context["chips"]
    assert first["address"] == f"{LIST}?state=filed&sort=-filed_on"
    assert second["address"] == f"{LIST}?q=x&sort=-filed_on"
    assert second["text"] == "State: Filed"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("filed_from=2026-02-30", "no day"),
        ("filed_from=2026-02-02&filed_to=2026-02-01", "The last day lies before the first"),
        ("state=nonsense", "Select a valid choice"),
        ("handler=999999", "Select a valid choice"),
    ],
)
def test_a_wrong_filter_is_said_and_shows_nothing(client, cast, query, sentence):
    make_case(cast)
    answer = login(client, cast.handler).get(f"{LIST}?{query}")
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert keys(answer) == set()


def test_pages_follow_one_another_without_gap_or_twin(client, cast, monkeypatch):
    monkeypatch.setattr("audit.paging.SIZE", 2)
    made = {make_case(cast).key for _number in range(5)}
    login(client, cast.handler)
    for sort in ("", *rows_of.ORDERS):
        seen: list[str] = []
        after = ""
        while after is not None:
            shown = client.get(LIST, {"sort": sort, "after": after}).context["page"]
            seen += [case.key for case in shown.items]
            after = shown.next
        assert len(seen) == 5
        assert set(seen) == made
    assert client.get(LIST, {"after": "forged"}).status_code == 200


def test_days_in_state_count_from_the_last_change_of_state(client, cast):
    make_case(cast)
    with on(2026, 1, 15):
        page = login(client, cast.handler).get(LIST).content.decode()
    assert "10 days" in page


@pytest.mark.parametrize("persona", ["handler", "head", "chief", "case_manager"])
def test_the_list_costs_the_same_however_many_rows(
    client, cast, django_assert_max_num_queries, persona
):
    make_case(cast)
    login(client, getattr(cast, persona))
    counted = set()
    for _number in range(2):
        # Session, person with his rights, what stands around the list, the single cases he sees, the page
        # with its number, and the frame's: whether he has a matter to make a document in.
        with django_assert_max_num_queries(6) as queries:
            client.get(LIST)
        counted.add(len(queries))
        for _more in range(4):
            make_case(cast).parties.create(
                role="violator", kind="person", name="甲", created_by=cast.handler
            )
    assert len(counted) == 1


def test_markup_in_a_title_and_in_the_filter_stays_text(client, cast):
    make_case(cast, title="<script>x</script>")
    page = login(client, cast.handler).get(LIST, {"q": "<script>x"}).content.decode()
    assert "<script>x" not in page
    assert page.count("&lt;script&gt;x") >= 3


# --- saved filters -----------------------------------------------------------------------------


def test_a_saved_filter_keeps_only_filters_and_may_be_shared(client, cast):
    login(client, cast.handler)
    saving = reverse("case_filter_save")
    given = {"name": "待查", "query": "state=filed&after=x&evil=1", "shared": "on"}
    assert client.post(saving, given).status_code == 302
    row = SavedFilter.objects.get()
    assert row.query == "state=filed"
    assert "待查" in login(client, cast.colleague).get(LIST).content.decode()
    assert "待查" not in login(client, cast.stranger).get(LIST).content.decode()
    client.post(reverse("case_filter_delete", args=[row.pk]))
    assert SavedFilter.objects.exists()
    login(client, cast.handler).post(reverse("case_filter_delete", args=[row.pk]))
    assert not SavedFilter.objects.exists()


# --- export ------------------------------------------------------------------------------------


def sheet_of(answer):
    return openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_of_an_export_is_computed(client, cast, start):
    title = f"{start}HYPERLINK(1)"
    make_case(cast, title=title)
    sheet = sheet_of(login(client, cast.handler).get(EXPORT))
    cell = sheet["C2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (title, "s", True)
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_numbers_and_days_of_an_export_can_be_computed_with(client, cast):
    case = make_case(cast)
    case.persons_concerned = 800
    case.save()
    set_deadline(cast, case, date(2027, 1, 31))
    line = dict(zip(*sheet_of(login(client, cast.handler).get(EXPORT)).values, strict=True))
    assert line["Persons concerned"] == 800
    assert line["Items of information"] is None
    assert line["Filed on"] == datetime(2026, 1, 5)
    assert line["Next deadline"] == datetime(2027, 1, 31)
    assert line["Key"] == case.key


def test_an_export_holds_what_the_filter_leaves_and_is_recorded(client, cast):
    make_case(cast, title="银杏案")
    make_case(cast)
    answer = login(client, cast.handler).get(EXPORT, {"q": "银杏"})
    assert answer["Content-Disposition"].startswith('attachment; filename="cases-')
    assert [row[2].value for row in sheet_of(answer).iter_rows(min_row=2)] == ["银杏案"]
    entry = AuditEvent.objects.get(action="case.exported")
    assert entry.actor_id == cast.handler.pk
    assert b'"filters":["q"]' in bytes(entry.canonical)


def test_a_control_character_does_not_break_the_export(client, cast):
    make_case(cast, title="坏\x0b字符")
    assert sheet_of(login(client, cast.handler).get(EXPORT))["C2"].value == "坏字符"


def test_an_export_beyond_the_limit_says_so(client, cast, monkeypatch):
    monkeypatch.setattr("cases.services.exports.MOST_EXPORTED", 2)
    for _number in range(3):
        make_case(cast)
    sheet = sheet_of(login(client, cast.handler).get(EXPORT))
    assert sheet.max_row == 4
    assert "Only the first 2 cases" in sheet["A4"].value


def test_the_stranger_takes_no_case_out(client, cast):
    make_case(cast)
    assert sheet_of(login(client, cast.stranger).get(EXPORT)).max_row == 1
    assert rows_of.case_rows(cast.stranger).count() == 0
