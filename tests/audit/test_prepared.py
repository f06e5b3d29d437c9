"""Questions that are written once (`audit.prepared`)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import Count, F, QuerySet
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from audit import clock, prepared
from audit.prepared import ALL, NotFixed
from cases.models import Case, TeamMember
from cases.models import Party as PartyOfCase
from tests.support.matters import make_case
from tests.support.people import Cast
from tests.support.statements import VALUES


@pytest.mark.parametrize("question", ALL, ids=lambda each: f"{each.__module__}.{each.__name__}")
def test_every_question_sends_what_the_orm_would_write_anew(question, db):
    values = [VALUES[kind] for kind in question.kinds]
    with clock.silent():
        assert question.text(*values) == question.fresh(*values)


def test_there_are_questions_to_compare():
    assert len(ALL) > 5


@prepared.prepared(int, str)
def _members(case: int, position: str) -> QuerySet[TeamMember]:
    rows = TeamMember.objects.filter(case=case, position=position).select_related("user")
    return rows.annotate(of_office=F("user__office__name")).order_by("id")


@prepared.prepared(list)
def _cases(keys: list[int]) -> QuerySet[Case]:
    return Case.objects.filter(pk__any_of=keys).prefetch_related("team").order_by("id")


@prepared.prepared(list)
def _numbers(keys: list[int]) -> QuerySet[Case, tuple[int, int]]:
    counted = Case.objects.filter(pk__any_of=keys).values("pk").annotate(number=Count("team"))
    return counted.order_by("pk").values_list("pk", "number")


def test_the_rows_are_those_of_the_queryset_with_all_that_hangs_on_them(
    cast: Cast, django_assert_num_queries
):
    case = make_case(cast)
    for _ in range(2):
        with django_assert_num_queries(1):
            [lead] = _members(case.pk, "lead")
            assert lead.user.name == cast.handler.name
            assert lead.of_office == cast.office.name
    assert _members(case.pk, "no such position") == []
    assert _members.one(case.pk, "no such position") is None


def known() -> list[str]:
    """The prepared statements of the connection, as PostgreSQL knows them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        return [name for (name,) in cursor.fetchall()]


def test_a_connection_that_stays_is_handed_the_statement_once(cast: Cast):
    case = make_case(cast)
    for _time in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert len(_members(case.pk, "lead")) == 1
        assert [each["sql"].split()[0] for each in asked.captured_queries] == ["EXECUTE"]
    assert sum("_members" in name for name in known()) == 1


def test_a_connection_that_does_not_stay_gets_the_whole_text(cast: Cast, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    case = make_case(cast)
    with CaptureQueriesContext(connection) as asked:
        assert [row.case_id for row in _members(case.pk, "lead")] == [case.pk]
    assert [each["sql"].split()[0] for each in asked.captured_queries] == ["SELECT"]


def test_every_connection_is_handed_its_own(db):
    def ask() -> list[int]:
        try:
            return [len(_members(0, "lead")) for _time in range(2)]
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        assert [*other.submit(ask).result(), len(_members(0, "lead"))] == [0, 0, 0]
        assert other.submit(ask).result() == [0, 0]


@prepared.prepared(int, one_plan=True)
def _places(person: int) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(user=person).order_by("case")


def test_a_question_with_one_plan_is_planned_once_and_the_next_as_ever(committed_db, cast: Cast):
    make_case(cast)
    connection.close()
    for _time in range(3):
        assert len(_places(cast.handler.pk)) == 1
        assert len(_members(0, "lead")) == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, generic_plans, custom_plans FROM pg_prepared_statements")
        told = {name.split(".")[-2]: plans for name, *plans in cursor.fetchall()}
        assert (told["_places"], told["_members"]) == ([3, 0], [0, 3])
        cursor.execute("SHOW plan_cache_mode")
        assert cursor.fetchone() == ("auto",)
    with transaction.atomic(), connection.cursor() as cursor:
        assert len(_places(cast.handler.pk)) == 1
        cursor.execute("SHOW plan_cache_mode")
        assert cursor.fetchone() == ("auto",)


def test_a_percent_sign_and_a_quote_in_what_stays_are_kept(cast: Cast):
    case = make_case(cast, title="100%的'个人信息'案")
    assert [found.pk for found in _of_title(case.pk)] == [case.pk]
    assert _of_title.text(case.pk) == _of_title.fresh(case.pk)


@prepared.prepared(int)
def _of_title(case: int) -> QuerySet[Case]:
    return Case.objects.filter(pk=case, title__startswith="100%的'个人")


def test_what_is_prefetched_comes_too(cast: Cast, django_assert_num_queries):
    cases = [make_case(cast), make_case(cast)]
    with django_assert_num_queries(2):
        found = _cases([case.pk for case in cases])
        members = [len(case.team.all()) for case in found]
    assert members == [case.team.count() for case in cases]
    assert _cases([]) == []
    assert _numbers([cases[0].pk]) == [(cases[0].pk, cases[0].team.count())]


@prepared.prepared(int)
def _held(case: int) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(case=case).select_for_update().order_by("id")


def test_a_question_that_locks_rows_locks_them_and_is_refused_outside_of_a_transaction(
    committed_db, cast: Cast
):
    case = make_case(cast)

    def try_to_lock() -> bool:
        try:
            with transaction.atomic():
                return bool(TeamMember.objects.select_for_update(nowait=True).filter(case=case))
        except OperationalError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            assert [member.user_id for member in _held(case.pk)] == [cast.handler.pk]
            assert not other.submit(try_to_lock).result()
        assert other.submit(try_to_lock).result()
    with pytest.raises(TransactionManagementError, match="outside of a transaction"):
        _held(case.pk)


def test_values_of_one_time_do_not_stay_for_the_next(cast: Cast):
    first, second = make_case(cast), make_case(cast)
    assert [case.pk for case in _cases([first.pk])] == [first.pk]
    assert [case.pk for case in _cases([second.pk])] == [second.pk]


def test_a_question_that_asks_the_clock_is_refused(db):
    @prepared.prepared(int)
    def today(case: int) -> QuerySet[Case]:
        return Case.objects.filter(pk=case, filed_on=clock.today())

    try:
        with pytest.raises(RuntimeError, match="may not depend on the time"):
            today(1)
    finally:
        ALL.remove(today)


def test_a_question_that_reckons_with_its_values_is_refused(db):
    @prepared.prepared(date)
    def filed_the_day_after(day: date) -> QuerySet[Case]:
        return Case.objects.filter(filed_on=day + timedelta(days=1))

    try:
        with pytest.raises(NotFixed, match="reckons with its values"):
            filed_the_day_after(date(2026, 1, 1))
    finally:
        ALL.remove(filed_the_day_after)


def test_a_question_whose_text_changes_with_its_values_is_refused(db):
    @prepared.prepared(int)
    def sometimes(case: int) -> QuerySet[PartyOfCase]:
        rows = PartyOfCase.objects.filter(case=case)
        return rows.filter(removed_at__isnull=True) if case % 2000 > 1000 else rows

    try:
        with pytest.raises(NotFixed):
            sometimes(1)
    finally:
        ALL.remove(sometimes)


def test_a_question_that_can_find_nothing_is_refused(db):
    @prepared.prepared(int)
    def nobody(case: int) -> QuerySet[User]:
        return User.objects.none()

    try:
        with pytest.raises(NotFixed, match="finds nothing"):
            nobody(1)
    finally:
        ALL.remove(nobody)
