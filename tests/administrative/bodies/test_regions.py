"""Codes of GB/T 2260: their names on a day, what lies above them, and how they are found."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from administrative.bodies import regions
from tests.support.api import program_of

TODAY = date(2026, 6, 1)
CODES = st.sampled_from(sorted(regions._rows()))
# The clock of a loaded machine is no fault of the codes.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(date(2000, 1, 1), date(2026, 12, 31))


def test_a_code_has_the_name_of_the_day():
    assert regions.name_on("420600", date(2009, 6, 1)) == "襄樊市"
    assert regions.name_on("420600", TODAY) == "襄阳市"
    assert regions.name_on("330106", TODAY) == "西湖区"


def test_a_division_that_ended_is_known_by_its_last_name():
    assert regions.name_on("330103", date(2020, 6, 1)) == "下城区"
    assert regions.name_on("330103", TODAY) == ""
    ended = regions.last_known("330103")
    assert (ended.name, ended.last_year) == ("下城区", 2021)
    assert regions.full_name("330103", TODAY) == "浙江省杭州市下城区"


def test_in_the_year_of_a_change_the_later_name_is_told():
    assert regions.name_on("330111", date(2014, 1, 1)) == "富阳区"
    assert regions.name_on("330183", date(2014, 12, 31)) == "富阳市"
    assert regions.name_on("330183", date(2015, 1, 1)) == ""


def test_what_lies_above_follows_from_the_code():
    assert [regions.above(code) for code in ("330106", "330100", "330000")] == [
        "330100",
        "330000",
        "",
    ]
    assert regions.above("429004") == "420000"
    assert regions.above("110105") == "110000"
    assert regions.full_name("110105", TODAY) == "北京市朝阳区"
    assert regions.full_name("990106", TODAY) == ""


@pytest.mark.parametrize(
    ("code", "area", "inside"),
    [
        ("330106", "330100", True),
        ("330106", "330106", True),
        ("331081", "331000", True),
        ("330106", "330000", True),
        ("330106", "330105", False),
        ("330100", "330106", False),
        ("330106", "310000", False),
        ("330106", "", False),
    ],
)
def test_an_area_holds_what_begins_as_it(code, area, inside):
    assert regions.lies_in(code, area) is inside


@pytest.mark.parametrize(
    "code", ["", "33010", "3301066", "３３０１０６", "33010x", "990000", "990106"]
)
def test_what_is_no_code_has_no_place(code):
    assert not regions.has_place(code)


def test_a_code_made_after_the_list_has_its_place_in_what_it_lies_in():
    assert regions.has_place("330199")
    assert regions.region_on("330199", TODAY) is None


def test_regions_are_found_by_code_and_by_name():
    assert [row.code for row in regions.search("杭州市西湖", TODAY)] == ["330106"]
    assert [row.name for row in regions.search("330106", TODAY)] == ["西湖区"]
    assert "330103" not in [row.code for row in regions.search("3301", TODAY)]
    assert len(regions.search("市", TODAY)) == regions.MOST_FOUND
    assert {row.code for row in regions.called("西湖区")} == {"330106", "360103"}
    assert [row.code for row in regions.called("浙江省杭州市西湖区")] == ["330106"]


@PATIENT
@given(code=CODES, day=DAYS)
def test_every_name_holds_on_its_day_and_ends_its_full_name(code, day):
    region = regions.region_on(code, day)
    if region is not None:
        assert region.holds_on(day)
        assert region.name
        assert regions.full_name(code, day).endswith(region.name)


@PATIENT
@given(code=CODES)
def test_what_is_above_is_wider_and_holds_the_code(code):
    wider = regions.above(code)
    assert wider == "" if code.endswith("0000") else wider
    if wider:
        assert regions.lies_in(code, wider)
        assert not regions.lies_in(wider, code)
        assert regions.last_known(wider) is not None


def test_every_code_of_the_list_lies_in_a_province_of_the_list():
    rows = regions._rows()
    assert len([code for code in rows if regions.region_on(code, TODAY)]) > 3000
    assert all(f"{code[:2]}0000" in rows for code in rows)
    assert all(
        first.last_year and later.first_year and first.last_year <= later.first_year
        for names in rows.values()
        for first, later in pairwise(names)
    )


@pytest.mark.django_db
def test_a_program_asks_for_a_region_of_a_day(cast):
    program = program_of(cast.stranger)
    (found,) = program.ask("regions/", q="杭州市西湖区")
    assert found == {
        "code": "330106", "name": "西湖区", "full_name": "浙江省杭州市西湖区", "above": "330100",
        "first_year": None, "last_year": None,
    }  # fmt: skip
    assert program.ask("regions/330103/", day="2020-06-01")["name"] == "下城区"
    assert program.get("/api/v1/regions/330103/").status_code == 404
    for wrong, field in (({}, "q"), ({"q": "x", "day": "soon"}, "day"), ({"q": "x" * 21}, "q")):
        answer = program.get("/api/v1/regions/", wrong)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
