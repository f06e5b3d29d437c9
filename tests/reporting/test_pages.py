"""The page of figures, the lists behind them and the workbooks, as people open them."""

from __future__ import annotations

import re
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from accounts.models import Role
from audit.models import AuditEvent
from cases.models import Case, Event
from cases.registries import statistical_items
from reporting.blocks import BLOCKS
from tests.administrative import board_rows as rows
from tests.reporting.asking import figures, scope_of
from tests.support.matters import happen, make_case
from tests.support.people import make_user

pytestmark = pytest.mark.django_db
PAGE = reverse("statistics")
EXPORT = reverse("statistics_export")


def opened(client, person, page=PAGE, **asked):
    person.language = "en"
    person.save(update_fields=["language"])
    client.force_login(person)
    return client.get(page, asked)


def text_of(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def list_of(client, person, figure, **asked):
    return opened(client, person, reverse("statistics_figure", args=[figure]), **asked)


# --- the page ----------------------------------------------------------------------------------------


def test_the_page_shows_every_block_with_drawing_table_definition_and_workbook(client, cast):
    page = text_of(opened(client, cast.chief))
    for code in BLOCKS:
        section = page[page.index(f'id="{code}"') :]
        section = section[: section.index("</section>")]
        assert re.search(
            r'<svg class="chart"[^>]*><svg role="img"><title>[^<]+</title>', section
        ), code
        for part in ('class="muted definition"', "<details>", f"/statistics/blocks/{code}/export/"):
            assert part in section
    assert "style=" not in page
    assert "<script>" not in page


def test_the_scope_is_always_said(client, cast, superior_chief):
    pages = (
        text_of(opened(client, cast.chief, first="2026-03-01", last="2026-06-30", track="civil")),
        text_of(list_of(client, cast.chief, "funnel.filed", first="2026-03-01", last="2026-06-30")),
    )
    for page in pages:
        said = page[page.index('class="sub scope"') :]
        said = re.sub(r"<[^>]+>", "", said[: said.index("</p>")])
        assert cast.office.name in said
        for part in ("1 March 2026 – 30 June 2026", "Data as of 3 August 2026"):
            assert part in said
    assert "Civil" in pages[0]
    assert "The matters you may see" in text_of(opened(client, cast.handler))
    asked = {"office": cast.office.pk, "below": "on"}
    assert "With the offices below it" in text_of(opened(client, superior_chief, **asked))


def test_every_figure_of_the_page_leads_to_its_list_with_the_same_question(client, cast):
    page = text_of(opened(client, cast.chief, first="2026-03-01", track="civil"))
    links = set(re.findall(r'href="(/statistics/figures/[^"]+)"', page))
    assert len(links) > 30
    for link in links:
        address = urlsplit(link.replace("&amp;", "&"))
        asked = parse_qs(address.query)
        assert asked["first"] == ["2026-03-01"]
        assert asked["track"] == ["civil"]
    numbers = {
        code
        for code, number in figures(scope_of(cast.chief, first="2026-03-01", track="civil")).items()
        if number
    }
    led_to = {urlsplit(link).path.split("/")[3] for link in links}
    assert numbers <= led_to


def test_a_wrong_question_is_answered_with_what_is_wrong(client, cast):
    wrong = (
        ({"first": "gestern"}, "first"),
        ({"first": "2026-05-01", "last": "2026-04-01"}, "The last day lies before the first."),
        ({"first": "2020-01-01", "last": "2026-01-01"}, "at most 36 months"),
        ({"track": "maritime"}, "maritime"),
    )
    for asked, said in wrong:
        answer = opened(client, cast.chief, **asked)
        assert answer.status_code == 400
        assert said in answer.content.decode()
        for page in (EXPORT, reverse("statistics_block_export", args=["funnel"])):
            assert client.get(page, asked)["Location"].startswith(PAGE)


def test_the_page_asks_so_many_questions_however_much_there_is_to_count(client, cast):
    asked = {"first": "2026-01-01"}
    with CaptureQueriesContext(connection) as before:
        opened(client, cast.chief, **asked)
    for _time in range(2):
        case = make_case(cast, after=600)
        happen(case, "investigation_started", case.filed_on, actor=cast.handler)
        rows.wait(rows.against(cast))
    with CaptureQueriesContext(connection) as after:
        opened(client, cast.chief, **asked)
    assert len(after) <= len(before)
    assert len(after) < 50


def test_administrators_find_no_statistics(client, cast):
    for person in (cast.system_administrator, cast.security_administrator):
        for page in (PAGE, EXPORT, reverse("statistics_figure", args=["funnel.filed"])):
            assert opened(client, person, page).status_code == 404
        assert "/statistics/" not in client.get("/").content.decode()
    both = make_user(cast.office, Role.CHIEF, Role.SYSTEM_ADMINISTRATOR, name="双重角色")
    assert opened(client, both).status_code == 404


# --- the lists ---------------------------------------------------------------------------------------


def test_a_row_leads_to_its_event_and_its_matter(client, cast):
    page = text_of(list_of(client, cast.chief, "items.investigations"))
    assert "<span>Statistical items</span>" in page
    event = Event.objects.filter(kind="investigation_started", case__office=cast.office).last()
    assert reverse("event_detail", args=[event.pk]) in page
    assert event.case.get_absolute_url() in page
    assert text_of(client.get(reverse("event_detail", args=[event.pk])))


def test_the_pages_of_a_list_hold_every_row_once(client, cast):
    case = make_case(cast, after=700)
    for _time in range(60):
        happen(case, "investigative_act", case.filed_on, actor=cast.handler)
    figure = "items.investigative_acts"
    page = text_of(list_of(client, cast.chief, figure))
    seen = re.findall(r'href="(/events/\d+/)"', page)
    following = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    address = reverse("statistics_figure", args=[figure])
    seen += re.findall(r'href="(/events/\d+/)"', text_of(client.get(f"{address}{following}")))
    number = figures(scope_of(cast.chief))[figure]
    assert len(seen) == len(set(seen)) == number


def test_a_list_asks_so_many_questions_however_long_it_is(client, cast):
    case = make_case(cast, after=800)
    figure, kind = "items.investigative_acts", "investigative_act"
    happen(case, kind, case.filed_on, actor=cast.handler)
    with CaptureQueriesContext(connection) as short:
        list_of(client, cast.chief, figure)
    for _time in range(5):
        happen(case, kind, case.filed_on, actor=cast.handler)
    with CaptureQueriesContext(connection) as long:
        list_of(client, cast.chief, figure)
    assert len(long) <= len(short)


@pytest.mark.parametrize("code", ["funnel.filed", "money.paid", "replies.measure.unseen"])
def test_what_is_counted_and_not_seen_is_said_for_the_own_office_alone(
    client, cast, superior_chief, code
):
    number = figures(scope_of(cast.chief))[code]
    assert f"{number} entr" in text_of(list_of(client, cast.auditor, code))
    assert "that you may not see" in text_of(list_of(client, cast.auditor, code))
    for case in Case.objects.all():
        assert (
            case.key not in client.get(reverse("statistics_figure", args=[code])).content.decode()
        )
    page = text_of(list_of(client, superior_chief, code, office=cast.office.pk))
    assert "that you may not see" not in page
    assert "only what you may see is listed" in page


def test_no_figure_of_that_name_is_not_found(client, cast):
    for figure in ("items.x", "x", "load.led.1"):
        assert list_of(client, cast.handler, figure).status_code == 404
    assert list_of(client, cast.handler, f"load.led.{cast.handler.pk}").status_code == 404
    export = reverse("statistics_block_export", args=["load"])
    assert opened(client, cast.handler, export).status_code == 404


def test_a_list_says_what_its_figure_counts(client, cast):
    page = text_of(list_of(client, cast.chief, "items.investigations"))
    for said in (statistical_items["investigations"].definition_en, BLOCKS["items"].definition):
        assert escape(str(said)) in page
    assert str(BLOCKS["funnel"].definition) in text_of(list_of(client, cast.chief, "funnel.filed"))


# --- workbooks ---------------------------------------------------------------------------------------


def table_of(answer) -> list[tuple]:
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    return list(sheet.iter_rows(values_only=True))


def test_a_block_leaves_as_a_workbook_with_its_scope_and_definition_and_is_recorded(client, cast):
    address = reverse("statistics_block_export", args=["funnel"])
    table = table_of(opened(client, cast.chief, address, first="2026-03-01"))
    assert table[0][:3] == ("Step", "Number", "Of the step before")
    numbers = {row[0]: row[1] for row in table[1:]}
    assert (
        numbers["Cases filed"] == figures(scope_of(cast.chief, first="2026-03-01"))["funnel.filed"]
    )
    said = " ".join(str(row[0]) for row in table)
    for part in (cast.office.name, "From 2026-03-01 until 2026-08-03", "Data as of", "No ranking"):
        assert part in said
    entry = AuditEvent.objects.get(action="statistics.exported")
    assert entry.actor_id == cast.chief.pk
    assert b'"filters":["first"]' in bytes(entry.canonical)


def test_all_figures_leave_as_one_workbook_and_a_name_stays_a_text(client, cast):
    cast.handler.name = "=1+1"
    cast.handler.save(update_fields=["name"])
    answer = opened(client, cast.chief, EXPORT)
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    named = [cell for cell in cells if cell.value == "=1+1"]
    assert named
    assert {(cell.data_type, cell.quotePrefix) for cell in named} == {("s", True)}
    blocks = {row[0] for row in book.active.iter_rows(min_row=2, values_only=True)}
    assert {str(maker.title) for maker in BLOCKS.values()} <= blocks
