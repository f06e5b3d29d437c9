"""A year of the working calendar to look at: page and API (norm C125)."""

from __future__ import annotations

from datetime import date

import chinese_calendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deadlines.models import CalendarNotice
from deadlines.year_grid import DayKind, year_of
from tests.support.api import program_of
from tests.support.days import on

pytestmark = [pytest.mark.django_db, pytest.mark.norm("C125")]


def kinds(year: int) -> dict[date, DayKind]:
    return {item.day: item.kind for item in year_of(year).days}


def publish(cast, year: int, *rows: list[str]) -> None:
    CalendarNotice.objects.create(
        year=year, edition=1, source="某通知", source_en="A notice", sha256="0" * 64,
        published_by=cast.system_administrator, days=list(rows),
    )  # fmt: skip


def page_of(as_user, person, year: int, language: str = "en") -> str:
    person.language = language
    person.save()
    return as_user(person).get(reverse("calendar_year", args=[year])).content.decode()


def test_every_day_from_2004_to_2026_is_shown_as_the_published_notices_have_it():
    for year in range(2004, 2027):
        for day, kind in kinds(year).items():
            works = kind in (DayKind.WORKING, DayKind.MAKEUP)
            assert works == chinese_calendar.is_workday(day), day
            assert (kind is DayKind.MAKEUP) == (works and day.weekday() >= 5), day
            assert (kind is DayKind.WEEKEND) <= (day.weekday() >= 5), day


def test_a_make_up_day_bears_the_festival_it_makes_up_for():
    found = {item.day: item for item in year_of(2026).days}
    assert found[date(2026, 2, 14)].name == "春节"
    assert found[date(2026, 2, 17)].name_en == "Spring Festival"
    assert found[date(2026, 3, 7)].name == ""


def test_a_year_has_twelve_months_of_whole_weeks():
    for year in (2024, 2026):
        months = year_of(year).months
        assert [month.first.month for month in months] == list(range(1, 13))
        shown = [item.day for month in months for week in month.weeks for item in week if item]
        assert shown == [item.day for item in year_of(year).days]
        assert len(shown) == (366 if year == 2024 else 365)
        for month in months:
            for week in month.weeks:
                assert len(week) == 7
                assert all(item is None or item.day.weekday() == n for n, item in enumerate(week))


def test_a_year_without_a_notice_is_provisional_and_has_the_fixed_holidays():
    grid = year_of(2027)
    assert grid.notice is None
    assert all(item.provisional for item in grid.days)
    off = [item.day for item in grid.days if item.kind is DayKind.OFF]
    assert off == [
        date(2027, 1, 1), date(2027, 5, 1), date(2027, 5, 2),
        date(2027, 10, 1), date(2027, 10, 2), date(2027, 10, 3),
    ]  # fmt: skip


def test_the_last_days_of_a_year_wait_for_the_notice_of_the_next(cast):
    waiting = [item.day for item in year_of(2026).days if item.provisional]
    assert waiting == [date(2026, 12, day) for day in (29, 30, 31)]
    publish(cast, 2027, ["2026-12-31", "off", "元旦", "New Year's Day"])
    grid = year_of(2026)
    assert grid.settled
    assert grid.days[-1].kind is DayKind.OFF


def test_the_page_shows_signs_words_festivals_source_and_today(cast, as_user):
    with on(2026, 2, 17):
        text = page_of(as_user, cast.handler, 2026)
    assert text.count("休</small>") == 33
    assert text.count("班</small>") == 6
    assert "Spring Festival" in text
    assert "国务院办公厅关于2026年部分节假日安排的通知" in text
    today = text.partition('<time datetime="2026-02-17">')[2].partition("</td>")[0]
    assert "Day off" in today
    assert "Today" in today
    assert text.count(' today"><time') == 1
    for other in (2025, 2027):
        assert reverse("calendar_year", args=[other]) in text
    assert "The last days of December are provisional" in text


def test_the_page_of_a_year_that_is_not_published_says_so(cast, as_user):
    text = page_of(as_user, cast.handler, 2027)
    assert "No official notice of 2027 is known" in text
    assert "Provisional" in text


def test_a_year_published_here_is_marked(cast, as_user):
    publish(cast, 2027, ["2027-01-01", "off", "元旦", "New Year's Day"])
    text = page_of(as_user, cast.handler, 2027)
    assert "Published here" in text
    assert "某通知" in text


@pytest.mark.parametrize(("year", "status"), [(1949, 404), (1950, 200), (2100, 200), (2101, 404)])
def test_the_calendar_reaches_from_1950_to_2100(cast, as_user, year, status):
    assert as_user(cast.auditor).get(reverse("calendar_year", args=[year])).status_code == status
    program = program_of(cast.auditor)
    assert program.get(f"/api/v1/calendar-years/{year}/").status_code == status


def test_the_list_of_notices_leads_to_each_year(cast, as_user):
    with on(2026, 2, 17):
        text = as_user(cast.handler).get(reverse("calendar_year_list")).content.decode()
    for year in (2004, 2026):
        assert f'href="{reverse("calendar_year", args=[year])}"' in text


def test_programs_read_the_days_of_a_year(cast):
    told = program_of(cast.handler).ask("calendar-years/2026/")
    assert (told["year"], told["settled"], len(told["days"])) == (2026, False, 365)
    assert told["days"][0] == {
        "day": "2026-01-01", "kind": "off", "name": "元旦", "name_en": "New Year's Day",
        "provisional": False,
    }  # fmt: skip
    assert program_of(cast.handler).ask("calendar-years/2027/")["source"] is None


def test_a_year_asks_the_database_as_often_as_any_other(cast, as_user):
    client, counted = as_user(cast.handler), set()
    for year in (1950, 1950, 2026, 2027):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("calendar_year", args=[year]))
        counted.add(len(queries))
    assert len(counted) == 1
