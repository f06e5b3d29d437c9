"""Who only reads sees exactly what he sees under the lock of an act; the database is asked another way."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.reading import reading
from audit.errors import NotVisible
from cases.models import Case, CaseKind, Lead, SuperiorAccess, TeamMember
from cases.selectors import matters
from cases.selectors.matters import (
    cases_visible_to,
    get_case,
    get_lead,
    leads_visible_to,
    seen_keys,
)
from tests.support.matters import ask_to_stand_aside, make_case, make_lead, stand_aside

pytestmark = pytest.mark.django_db
PERSONAS = (
    *("handler", "colleague", "recused", "assistant", "clerk", "head", "deputy", "chief"),
    *("case_manager", "intake", "auditor", "system_administrator", "stranger", "superior_handler"),
)


def keys(rows) -> set[int]:
    return set(rows.values_list("pk", flat=True))


@pytest.fixture
def many(cast):
    """Cases and leads of two offices: open and confidential, reported, with members and recusals."""
    chance = random.Random(7)
    people = [getattr(cast, name) for name in PERSONAS]
    for number in range(24):
        case, lead = make_case(cast), make_lead(cast)
        if number % 4 == 0:
            stand_aside(cast, case, cast.colleague)
        if number % 5 == 0:
            ask_to_stand_aside(cast, lead if number % 2 else case, cast.assistant)
        if number % 3 == 0:
            Case.objects.filter(pk=case.pk).update(lead=lead)
        facts = {"confidential": chance.random() < 0.3}
        if chance.random() < 0.4:
            facts |= {"office": cast.stranger.office, "department": cast.stranger.department}
        kind = CaseKind.SUPERVISION if chance.random() < 0.3 else CaseKind.PUBLIC_INTEREST
        Case.objects.filter(pk=case.pk).update(**facts, kind=kind)
        Lead.objects.filter(pk=lead.pk).update(
            **facts, handler=chance.choice([None, *people]), created_by=chance.choice(people)
        )
        if chance.random() < 0.5:
            TeamMember.objects.filter(case=case).delete()
        for person in chance.sample(people, 2):
            TeamMember.objects.get_or_create(
                case=case, user=person, defaults={"position": "assistant"}
            )
        if chance.random() < 0.4:
            SuperiorAccess.objects.create(office=cast.city_office, case=case, reason="Rules 25")
            SuperiorAccess.objects.create(office=cast.city_office, lead=lead, reason="Rules 25")


def opened(person) -> tuple[set[int], set[int]]:
    """The cases and leads whose pages open, and whose rows a page shows: each asked by its key."""
    with reading():
        cases = {case.pk for case in Case.objects.all() if found(get_case, person, case)}
        leads = {lead.pk for lead in Lead.objects.all() if found(get_lead, person, lead)}
    for case in Case.objects.filter(pk__in=cases, lead__isnull=False):
        with reading():
            shown = seen_keys(person, get_case(person, case.key))
        assert shown == (case.pk, case.lead_id if case.lead_id in leads else 0)
    return cases, leads


def found(get, person, matter) -> bool:
    try:
        get(person, matter.key)
    except NotVisible:
        return False
    return True


@pytest.mark.norm("C018")
@pytest.mark.parametrize("most", [matters.MOST_NAMED, 1, 0])
def test_it_is_the_same_for_everybody_however_many_can_be_named(cast, many, monkeypatch, most):
    monkeypatch.setattr(matters, "MOST_NAMED", most)
    seen_by_anybody = set()
    for name in PERSONAS:
        person = getattr(cast, name)
        under_lock = keys(cases_visible_to(person)), keys(leads_visible_to(person))
        with reading():
            assert (keys(cases_visible_to(person)), keys(leads_visible_to(person))) == under_lock
        assert opened(person) == under_lock
        seen_by_anybody |= under_lock[0]
    assert len(seen_by_anybody) > 10


def test_what_is_named_is_asked_once_a_request(cast, many):
    with reading(), CaptureQueriesContext(connection) as queries:
        for _time in range(3):
            cases_visible_to(cast.handler).count()
    # The roles, the delegations, the names; then three counts.
    assert len(queries) == 6


def test_who_reads_nothing_single_is_not_asked_row_by_row(cast, many):
    with reading():
        query = str(cases_visible_to(cast.case_manager).query)
    assert "cases_teammember" not in query
    assert "cases_superioraccess" not in query
