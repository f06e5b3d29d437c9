from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from accounts.models import Office
from audit import clock
from audit.models import AuditEvent
from cases.forms.case_list import CaseFilterForm
from cases.models import BackEntry, Case, SavedFilter, SuperiorAccess, TeamMember
from cases.selectors import case_list as rows_of
from deadlines import services
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import force, make_administrative_case, make_case

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


# `{member}` stands for the key of a person.
NARROWED = [
    ("q=银杏", "one"),
    ("q=某药房", "two"),
    ("state=investigating", ""),
    ("state=filed&state=investigating", "one two"),
    ("stage=litigation", ""),
    ("stage=pre_litigation", "one two three four"),
    ("stage=litigation&stage=pre_litigation", "one two three four"),
    # As a field that takes one choice sent it.
    ("stage=", "one two three four"),
    ("track=administrative", "three"),
    ("track=civil", "one two four"),
    ("member={member}", "two"),
    ("open=on", "one two three"),
    ("back_entry=yes", "one"),
    ("back_entry=no", "two three four"),
    ("region=33", "one two three four"),
    ("region=330100", "one two three four"),
    ("region=330107", ""),
    ("filed_from=2026-02-01", "two"),
    ("filed_to=2026-01-31", "one three four"),
    ("basis=CPL+58", "two"),
    ("basis=PIPL+70", "one three four"),
    ("deadline=overdue", "one"),
    ("deadline=near", "two"),
    ("deadline=none", "three four"),
]


@pytest.mark.parametrize(("query", "found"), NARROWED)
def test_every_filter_narrows_the_list(client, cast, query, found):
    cases = of_every_kind(cast)
    with on(2026, 3, 10):
        asked = query.format(member=cast.colleague.pk)
        answer = login(client, cast.handler).get(f"{LIST}?{asked}")
    assert keys(answer) == {cases[name].key for name in found.split()}


def test_no_filter_is_left_without_a_test():
    tested = {part.split("=")[0] for query, _found in NARROWED for part in query.split("&")}
    # These three are narrowed by in the tests after this one and in that of the labels.
    assert tested | {"handler", "department", "tag"} == set(CaseFilterForm.base_fields)


def of_every_kind(cast) -> dict[str, Case]:
    """A case in back-entry; one with another basis, a party and a member; an administrative one; an ended one."""
    one, two = make_case(cast, title="银杏案"), make_case(cast)
    Case.objects.filter(pk=two.pk).update(legal_bases=["CPL 58"], filed_on=date(2026, 2, 2))
    two.parties.create(role="violator", kind="organisation", name="某药房", created_by=cast.handler)
    TeamMember.objects.create(case=two, user=cast.colleague, position="handler")
    Office.objects.filter(pk=cast.office.pk).update(region_code="330106")
    with on(2026, 3, 1):
        set_deadline(cast, one, date(2026, 3, 2))
        set_deadline(cast, two, date(2026, 3, 12))
        BackEntry.objects.create(
            case=one, reason="系统启用前办理", asked_by=cast.handler, agreed_by=cast.head,
            agreed_at=clock.now(),
        )  # fmt: skip
    return {
        "one": one,
        "two": two,
        "three": make_administrative_case(cast),
        "four": ended(cast),
    }


def ended(cast) -> Case:
    case, day = make_case(cast), date(2026, 1, 6)
    force(case, "T08", day, actor=cast.handler)
    force(case, "T10", day, actor=cast.handler, proposal="terminate", conclusion="无损害")
    force(case, "T11", day, actor=cast.handler)
    return case


def test_a_superior_office_narrows_its_list_by_the_region_of_the_offices_below(client, cast):
    here, there = make_case(cast), make_case(cast)
    Case.objects.filter(pk=there.pk).update(office=cast.other_office, department=None)
    placed = [(here, cast.office, "330106"), (there, cast.other_office, "330182")]
    for case, office, code in placed:
        Office.objects.filter(pk=office.pk).update(region_code=code)
        SuperiorAccess.objects.create(office=cast.city_office, case=case, reason="Rules 25")
    login(client, cast.superior_handler)
    both = {here.key, there.key}
    inside = {"33": both, "3301": both, "330100": both, "330106": {here.key}, "330182": {there.key}}
    for region, found in (inside | {"3302": set(), "11": set()}).items():
        assert keys(client.get(LIST, {"region": region})) == found, region
        told = program_of(cast.superior_handler).ask("cases/", region=region)
        assert {row["key"] for row in told["results"]} == found, region


def test_an_office_that_states_no_region_lies_where_its_own_code_says(client, cast):
    case = make_case(cast)
    Office.objects.filter(pk=cast.office.pk).update(code="330106", region_code="")
    login(client, cast.head)
    for region, found in {"33": {case.key}, " 330106 ": {case.key}, "330182": set()}.items():
        assert keys(client.get(LIST, {"region": region})) == found, region
    # Neither letters nor a level that does not stand beside the division say where it lies.
    for code in ("33AB06", "330100"):
        Office.objects.filter(pk=cast.office.pk).update(code=code)
        assert Office.objects.get(pk=cast.office.pk).region == ""
        assert keys(client.get(LIST, {"region": "33"})) == set()


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


def test_each_of_several_stages_is_a_chip_of_its_own(client, cast):
    make_case(cast)
    query = "stage=litigation&stage=pre_litigation&region=33"
    answer = login(client, cast.handler).get(f"{LIST}?{query}")
    assert [chip["text"] for chip in answer.context["chips"]] == [
        *("Stage: Litigation", "Stage: Pre-litigation", "Region of the office (GB/T 2260): 33")
    ]
    assert answer.context["chips"][0]["address"] == f"{LIST}?stage=pre_litigation&region=33"
    client.post(reverse("case_filter_save"), {"name": "两个阶段", "query": query})
    assert SavedFilter.objects.get().query == query


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("filed_from=2026-02-30", "no day"),
        ("filed_from=2026-02-02&filed_to=2026-02-01", "The last day lies before the first"),
        ("state=nonsense", "Select a valid choice"),
        ("stage=litigation&stage=nonsense", "Select a valid choice"),
        ("region=3", "The code of a region has two, four or six digits"),
        ("region=00", "The code of a region has two, four or six digits"),
        ("handler=999999", "Select a valid choice"),
    ],
)
def test_a_wrong_filter_is_said_and_shows_nothing(client, cast, query, sentence):
    make_case(cast)
    answer = login(client, cast.handler).get(f"{LIST}?{query}")
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert keys(answer) == set()


@pytest.mark.parametrize("page", ["case_list", "lead_list"])
def test_what_was_drawn_for_one_reader_is_shown_to_nobody_who_is_offered_or_asks_for_something_else(
    client, cast, page
):
    address = reverse(page)

    def shown(person, query="", language="en"):
        return login(client, person, language).get(f"{address}?{query}").content.decode()

    assert "State" in shown(cast.handler)
    assert cast.handler.name in shown(cast.handler)
    stranger = shown(cast.stranger)
    assert cast.stranger.name in stranger
    assert cast.handler.name not in stranger
    assert "状态" in shown(cast.handler, language="zh-hans")
    chosen = f'<option value="{cast.handler.pk}" selected>'
    assert chosen in shown(cast.handler, f"handler={cast.handler.pk}")
    assert chosen not in shown(cast.handler)
    renamed = "改名后的承办人"
    type(cast.handler).objects.filter(pk=cast.handler.pk).update(name=renamed)
    cast.handler.refresh_from_db()
    assert renamed in shown(cast.colleague)


def test_a_wrong_filter_is_said_beside_its_field_after_the_fields_were_drawn_without_one(
    client, cast
):
    login(client, cast.handler)
    said = "The code of a region has two, four or six digits"
    for query, times in (("", 0), ("region=abc", 2), ("", 0), ("region=xyz", 2)):
        page = client.get(LIST, QUERY_STRING=query).content.decode()
        assert page.count(said) == times, query
        assert ('value="xyz"' in page) == (query == "region=xyz")


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


def test_pages_lead_back_to_the_first_in_every_order(client, cast, monkeypatch):
    monkeypatch.setattr("audit.paging.SIZE", 2)
    for _number in range(5):
        make_case(cast)
    login(client, cast.handler)
    for sort in ("", *rows_of.ORDERS):
        forth = list(walk(client, sort, "next"))
        last = forth[-1].next or forth[-2].next
        back = list(walk(client, sort, "previous", last))
        assert [len(page.items) for page in forth] == [2, 2, 1]
        assert [keys_of(page) for page in reversed(back)] == [keys_of(page) for page in forth], sort


def walk(client, sort, way, after=""):
    """Yield the pages from `after` on, as the links under the list lead."""
    while after is not None:
        answer = client.get(LIST, {"sort": sort, "after": after})
        shown, page = answer.context["page"], answer.content.decode()
        assert ('rel="prev"' in page) is (shown.previous is not None)
        assert ('rel="next"' in page) is (shown.next is not None)
        yield shown
        after = getattr(shown, way)


def keys_of(page) -> list[str]:
    return [case.key for case in page.items]


@pytest.mark.slow
def test_more_than_a_thousand_are_not_counted_to_the_end(client, cast):
    case = make_case(cast, title="同类案")
    given = {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields}
    del given["id"]
    for number, said in ((999, "1000"), (1, "1000+")):
        highest = Case.objects.count() + case.serial
        add_copies(given, highest, number)
        TeamMember.objects.bulk_create(
            TeamMember(case=row, user=cast.handler, position="lead")
            for row in Case.objects.filter(team__isnull=True)
        )
        for query in ({}, {"q": "同类"}):
            answer = login(client, cast.handler).get(LIST, query)
            assert str(answer.context["count"]) == said
            assert f"Entries: {said}<" in answer.content.decode()


def add_copies(given, highest, number):
    Case.objects.bulk_create(
        Case(**given | {"serial": serial, "key": f"{given['key'][:-5]}{serial:05}"})
        for serial in range(highest + 1, highest + number + 1)
    )


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
