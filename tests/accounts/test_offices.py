"""The tree of offices and what the database refuses of it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts import selectors, services
from accounts.models import Office, OfficeLevel, User
from audit.errors import Invalid, NotPermitted, NotVisible
from audit.models import AuditEvent
from tests.support.people import make_department, make_office, make_user


@pytest.fixture
def tree(db):
    province = make_office(OfficeLevel.PROVINCIAL)
    city = make_office(OfficeLevel.CITY, province)
    return [province, city, make_office(parent=city), make_office(parent=city)]


def test_the_tree_is_walked_in_both_directions(tree):
    province, city, first, second = tree
    assert set(selectors.subtree(city)) == {city, first, second}
    assert set(selectors.offices_below(province)) == {city, first, second}
    assert set(selectors.superiors(first)) == {province, city}
    assert selectors.is_superior(province, of=first)
    assert not selectors.is_superior(first, of=province)
    assert not selectors.is_superior(first, of=first)
    assert not selectors.is_superior(first, of=second)


def test_a_person_sees_the_offices_above_and_below_but_not_beside(tree):
    province, city, first, second = tree
    assert set(selectors.offices_visible_to(make_user(first))) == {province, city, first}
    assert set(selectors.offices_visible_to(make_user(city))) == {province, city, first, second}
    depths = [(depth, office) for depth, office in selectors.tree_of(make_user(city))]
    assert depths == [(0, province), (1, city), (2, first), (2, second)]


def test_an_office_stands_below_a_higher_level_only(tree):
    _province, city, first, second = tree
    with pytest.raises(Invalid):
        make_office(OfficeLevel.CITY, city)
    for office, parent in ((first, second), (city, first)):
        with pytest.raises(IntegrityError, match="higher level"), transaction.atomic():
            Office.objects.filter(pk=office.pk).update(parent=parent)
    with pytest.raises(IntegrityError, match="higher level"), transaction.atomic():
        Office.objects.filter(pk=city.pk).update(level=OfficeLevel.GRASSROOTS)


def test_a_department_belongs_to_the_office_of_its_people(tree):
    _province, city, first, _second = tree
    foreign, person = make_department(city), make_user(first)
    with pytest.raises(Invalid):
        services.change_user(actor=None, user=person, department=foreign)
    with pytest.raises(IntegrityError, match="another office"), transaction.atomic():
        User.objects.filter(pk=person.pk).update(department=foreign)


def test_offices_are_created_below_one_s_own_office_only(cast):
    facts = {"code": "330199", "name": "新", "short_name": "新", "level": OfficeLevel.GRASSROOTS}
    administrator = cast.system_administrator
    with pytest.raises(NotPermitted):
        services.create_office(actor=administrator, parent=None, **facts)
    with pytest.raises(NotPermitted):
        services.create_office(actor=administrator, parent=cast.city_office, **facts)
    with pytest.raises(NotVisible):
        services.create_office(actor=administrator, parent=make_office(OfficeLevel.CITY), **facts)
    office = services.create_office(
        actor=cast.superior_system_administrator, parent=cast.city_office, **facts
    )
    event = AuditEvent.objects.get(action="office.created", object_id=str(office.pk))
    assert event.actor_id == cast.superior_system_administrator.pk


def test_an_office_moves_only_between_parents_the_actor_administers(cast):
    elsewhere = make_office(OfficeLevel.CITY)
    with pytest.raises(NotPermitted):
        services.change_office(actor=cast.system_administrator, office=cast.office, parent=None)
    with pytest.raises(NotVisible):
        services.change_office(
            actor=cast.superior_system_administrator, office=cast.office, parent=elsewhere
        )
    cast.office.refresh_from_db()
    assert cast.office.parent == cast.city_office


def test_an_office_with_active_people_or_open_offices_below_stays_open(cast):
    actor = cast.superior_system_administrator
    last_day = date(2030, 12, 31)
    assert cast.handler
    with pytest.raises(NotPermitted):
        services.close_office(actor=actor, office=cast.office, last_day=last_day)
    with pytest.raises(NotPermitted):
        services.close_office(actor=None, office=cast.city_office, last_day=last_day)
    empty = make_office(parent=cast.city_office)
    services.close_office(actor=actor, office=empty, last_day=last_day)
    assert empty in selectors.offices_in_service(last_day)
    assert empty not in selectors.offices_in_service(date(2031, 1, 1))
