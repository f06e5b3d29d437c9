"""How an addressee stands to the office (PRR 3)."""

from __future__ import annotations

import pytest

from accounts.models import Office, OfficeLevel
from administrative.bodies.level import region_of, relation_of
from administrative.models import Body, Relation
from tests.support.days import on

pytestmark = pytest.mark.norm("C110")
LEVELS = {
    "supreme": OfficeLevel.SUPREME,
    "province": OfficeLevel.PROVINCIAL,
    "city": OfficeLevel.CITY,
    "district": OfficeLevel.GRASSROOTS,
}
OFFICES = {
    "supreme": "",
    "province": "330000",
    "city": "330100",
    "district": "330106",
}


def office(name):
    return Office(code="1", name=f"{name}人民检察院", level=LEVELS[name], region_code=OFFICES[name])


def body(level, region, kind="education"):
    return Body(name="某教育部门", kind=kind, level=level, region=region)


@pytest.mark.parametrize(
    ("of", "level", "region", "relation"),
    [
        ("district", "county", "330106", Relation.OWN_LEVEL),
        ("district", "township", "330106", Relation.OWN_LEVEL),
        ("district", "city", "330100", Relation.SUPERIOR),
        ("district", "provincial", "330000", Relation.SUPERIOR),
        ("district", "national", "", Relation.SUPERIOR),
        ("district", "county", "330105", Relation.OTHER_PLACE),
        ("district", "city", "330200", Relation.OTHER_PLACE),
        ("district", "provincial", "320000", Relation.OTHER_PLACE),
        ("city", "city", "330100", Relation.OWN_LEVEL),
        ("city", "county", "330106", Relation.LOWER),
        ("city", "township", "330106", Relation.LOWER),
        ("city", "county", "330203", Relation.OTHER_PLACE),
        ("city", "city", "330200", Relation.OTHER_PLACE),
        ("city", "provincial", "330000", Relation.SUPERIOR),
        ("province", "provincial", "330000", Relation.OWN_LEVEL),
        ("province", "city", "330200", Relation.LOWER),
        ("province", "county", "429004", Relation.OTHER_PLACE),
        ("province", "national", "", Relation.SUPERIOR),
        ("supreme", "national", "", Relation.OWN_LEVEL),
        ("supreme", "provincial", "330000", Relation.LOWER),
        ("supreme", "county", "330106", Relation.LOWER),
    ],
)
def test_the_relation_follows_from_level_and_region(of, level, region, relation):
    found = relation_of(office(of), body(level, region))
    assert found.relation == relation
    assert "某教育部门" in found.why


def test_a_unit_in_the_area_is_addressed_directly_and_elsewhere_after_consultation():
    for level in ("county", "city", "provincial"):
        unit = body(level, "330106", kind="unit")
        assert relation_of(office("city"), unit).relation == Relation.OWN_LEVEL
        assert relation_of(office("supreme"), unit).relation == Relation.OWN_LEVEL
    elsewhere = relation_of(office("city"), body("county", "320106", kind="unit"))
    assert elsewhere.relation == Relation.OTHER_PLACE


def test_another_place_names_the_place_that_is_consulted():
    why = relation_of(office("district"), body("county", "320106")).why
    assert "江苏省南京市鼓楼区" in why


def test_what_cannot_be_known_is_asked_of_the_person():
    nowhere = Office(code="700001", name="某人民检察院", level=OfficeLevel.GRASSROOTS)
    found = relation_of(nowhere, body("county", "330106"))
    assert found.relation is None
    assert "某人民检察院" in found.why
    found = relation_of(office("district"), body("county", ""))
    assert found.relation is None
    assert "某教育部门" in found.why
    # Above everybody is above this one as well.
    assert relation_of(nowhere, body("national", "")).relation == Relation.SUPERIOR


@pytest.mark.parametrize(
    ("code", "level", "region"),
    [
        ("330106", OfficeLevel.GRASSROOTS, "330106"),
        ("33010600", OfficeLevel.GRASSROOTS, "330106"),
        ("330100", OfficeLevel.CITY, "330100"),
        ("330000", OfficeLevel.PROVINCIAL, "330000"),
        ("330100", OfficeLevel.GRASSROOTS, ""),
        ("330106", OfficeLevel.CITY, ""),
        ("330103", OfficeLevel.GRASSROOTS, ""),
        ("700001", OfficeLevel.GRASSROOTS, ""),
        ("ABC", OfficeLevel.GRASSROOTS, ""),
    ],
)
def test_the_area_of_an_office_is_read_from_its_code_only_where_it_fits_the_level(
    code, level, region
):
    with on(2026, 6, 1):
        assert region_of(Office(code=code, name="某院", level=level)) == region


def test_the_region_code_of_an_office_goes_before_its_own_code():
    row = Office(code="330106", name="某院", level=OfficeLevel.GRASSROOTS, region_code="330105")
    assert region_of(row) == "330105"
