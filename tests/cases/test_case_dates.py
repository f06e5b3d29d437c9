"""The days lists sort by are always what the events and deadlines say, whoever writes those, and when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Max, Min
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit import keyset
from cases.models import Case, CaseDates, Event
from cases.models.listing import AFTER_ALL_DAYS, BEFORE_ALL_DAYS
from cases.selectors.case_list import FILLED, ORDERS, case_rows, in_order
from cases.soundness import faults_of
from deadlines.models import Deadline, DeadlineState
from deadlines.services import manual
from tests.support import matters
from tests.support.days import on
from tests.support.matters import make_case

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
# What is done, to which of the two cases, which deadline or event there, and a number of days.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            (
                "set",
                "close",
                "move",
                "several",
                "delete",
                "state",
                "correct",
                "annul",
                "event",
                "file",
            )
        ),
        st.integers(0, 1),
        st.integers(0, 5),
        st.integers(-40, 400),
    ),
    min_size=1,
    max_size=9,
)


def due(case: Case) -> date | None:
    """Return the earliest running deadline, asked as the list asked before its day was kept."""
    running = Deadline.objects.filter(case=case, state=DeadlineState.OPEN)
    day: date | None = running.aggregate(day=Min("effective_day"))["day"]
    return day


def assert_kept(*cases: Case) -> None:
    for case in cases:
        kept = CaseDates.objects.get(case=case)
        assert kept.next_due == due(case)
        assert kept.due_rising == (kept.next_due or AFTER_ALL_DAYS)
        assert kept.due_falling == (kept.next_due or BEFORE_ALL_DAYS)
        fresh = Case.objects.get(pk=case.pk)
        mine = [fault for fault in faults_of(fresh) if fault.startswith("lists say")]
        assert mine == []


class Doing:
    """Each step past the services, as SQL of anybody might do it."""

    def __init__(self, cast: Any, cases: list[Case]) -> None:
        self.cast, self.cases = cast, cases

    def do(self, what: str, case: Case, which: int, days: int) -> None:
        getattr(self, f"_{what}")(case, which, DAY + timedelta(days=days))

    def _deadline(self, case: Case, which: int) -> Any:
        rows = list(Deadline.objects.filter(case=case).order_by("pk").values_list("pk", flat=True))
        return Deadline.objects.filter(pk=rows[which % len(rows)] if rows else 0)

    def _change(self, case: Case, which: int) -> Event | None:
        rows = list(case.events.exclude(to_state="").filter(annulled_by=None, annuls=None))
        return rows[which % len(rows)] if rows else None

    def _set(self, case: Case, which: int, day: date) -> None:
        Deadline.objects.create(
            case=case, kind="manual", manual=True, title_zh="回访", nominal_day=day,
            effective_day=day, created_by=self.cast.handler,
        )  # fmt: skip

    def _close(self, case: Case, which: int, day: date) -> None:
        self._deadline(case, which).update(state=DeadlineState.CANCELLED)

    def _move(self, case: Case, which: int, day: date) -> None:
        self._deadline(case, which).update(nominal_day=day, effective_day=day)

    def _several(self, case: Case, which: int, day: date) -> None:
        Deadline.objects.filter(case__in=self.cases).update(
            state=DeadlineState.OPEN, nominal_day=day, effective_day=day
        )

    def _delete(self, case: Case, which: int, day: date) -> None:
        self._deadline(case, which).delete()

    def _state(self, case: Case, which: int, day: date) -> None:
        self._record(case, day, to_state="investigating", machine="case", object_id=case.pk)

    def _event(self, case: Case, which: int, day: date) -> None:
        self._record(case, day)

    def _correct(self, case: Case, which: int, day: date) -> None:
        if event := self._change(case, which):
            self._record(case, day, corrects=event, reason="误录")

    def _annul(self, case: Case, which: int, day: date) -> None:
        if event := self._change(case, which):
            again = {"machine": "case", "object_id": case.pk, "to_state": "filed"}
            self._record(case, day, annuls=event, reason="误录", **again)

    def _file(self, case: Case, which: int, day: date) -> None:
        Case.objects.filter(pk=case.pk).update(filed_on=day)

    def _record(self, case: Case, day: date, **rest: Any) -> None:
        Event.objects.create(
            case=case,
            kind="direction_recorded",
            legal_day=day,
            recorded_by=self.cast.handler,
            **rest,
        )


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_whatever_is_written_the_days_are_those_of_the_events_and_deadlines(cast, steps):
    with transaction.atomic():
        cases = [make_case(cast), make_case(cast)]
        doing = Doing(cast, cases)
        for what, number, which, days in steps:
            doing.do(what, cases[number], which, days)
        assert_kept(*cases)
        transaction.set_rollback(True)


def test_what_the_services_do_is_kept_too(cast):
    case = make_case(cast)
    with on(2026, 6, 10):
        row = manual.set_manual(
            actor=cast.handler, matter=case, title="回访", day=date(2026, 6, 20)
        )
        matters.force(case, "T08", date(2026, 6, 9), actor=cast.handler)
        assert_kept(case)
        assert CaseDates.objects.get(case=case).state_since == date(2026, 6, 9)
        manual.cancel_manual(actor=cast.handler, deadline=row, note="不再需要")
        assert_kept(case)


def test_an_event_that_moves_no_day_writes_none(cast):
    case = make_case(cast)
    row = CaseDates.objects.get(case=case)
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin FROM cases_casedates WHERE case_id = %s", [case.pk])
        before = cursor.fetchone()
        cursor.execute("UPDATE deadlines_deadline SET note = 'x'")
        cursor.execute("SELECT xmin FROM cases_casedates WHERE case_id = %s", [case.pk])
        assert cursor.fetchone() == before
    assert CaseDates.objects.get(case=case).next_due == row.next_due


def test_cases_without_a_deadline_stand_last_in_both_directions(cast):
    early, late, none = make_case(cast), make_case(cast), make_case(cast)
    for case, day in ((early, date(2026, 6, 20)), (late, date(2026, 7, 20))):
        Doing(cast, []).do("set", case, 0, (day - DAY).days)
    for sort, first in (("next_deadline", early), ("-next_deadline", late)):
        rows, order = in_order(case_rows(cast.handler), sort)
        found = keyset.page(rows, order=[order], after=None, size=3, filled=FILLED).items
        assert (found[0], found[-1]) == (first, none)


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        # Of a handful of rows every plan reads the table; told not to, it shows whether an index has the order.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN (COSTS OFF) {sql}")
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.parametrize("sort", ORDERS)
def test_every_order_is_a_walk_along_an_index_that_is_entered_at_the_cursor(cast, sort):
    for _number in range(3):
        make_case(cast)
    rows, order = in_order(case_rows(cast.chief), sort)
    rows = rows.values("pk", order.removeprefix("-"))
    first = keyset.page(rows, order=[order], after=None, size=1, filled=FILLED)
    with CaptureQueriesContext(connection) as asked:
        keyset.page(rows, order=[order], after=first.next, size=1, filled=FILLED)
    plan = _plan(asked[-1]["sql"])
    indexes = {
        "key": "cases_case_key", "filed_on": "case_filed_on",
        "next_deadline": "case_dates_due_rising", "-next_deadline": "case_dates_due_falling",
        "state_since": "case_dates_state_since", "updated": "case_dates_updated",
    }  # fmt: skip
    index = indexes.get(sort) or indexes[sort.removeprefix("-")]
    walked = plan[plan.index(f"using {index}") :] if f"using {index}" in plan else ""
    assert walked, plan
    assert "Index Cond" in walked, plan
    assert "Sort Key" not in plan or "Presorted Key" in plan, plan


def test_the_latest_entry_is_the_latest_recorded(cast):
    case = make_case(cast)
    with on(2026, 6, 10):
        matters.happen(case, "direction_recorded", date(2026, 6, 9), actor=cast.handler)
    latest = Event.objects.filter(case=case).aggregate(at=Max("recorded_at"))["at"]
    assert CaseDates.objects.get(case=case).updated_at == max(latest, case.created_at)
