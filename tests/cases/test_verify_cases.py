"""`manage.py verify_cases` finds what does not hang together, and nothing where everything does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case, CaseDates, CaseWords, Event
from cases.soundness import faults_of
from cases.together import together
from deadlines.derive import derive
from deadlines.models import Deadline
from litigation.models import Claim
from tests.enforcement.scenes import ALL, begun
from tests.litigation import suit
from tests.notices.matters import filed_case
from tests.support.days import on
from tests.support.matters import force, happen

pytestmark = pytest.mark.django_db


def verified(*keys: str) -> tuple[int, str]:
    """Return exit code and output of the command."""
    out = StringIO()
    try:
        call_command("verify_cases", *keys, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def change(cast, case: Case, before: str, after: str, **rest) -> Event:
    """Enter a change of state past the services."""
    return Event.objects.create(
        kind="investigation_closed",
        legal_day=date(2026, 6, 24),
        case=case,
        recorded_by=cast.handler,
        machine="case",
        object_id=case.pk,
        transition="T10",
        from_state=before,
        to_state=after,
        **rest,
    )


@pytest.fixture
def case(cast) -> Case:
    """A case filed and brought into the investigation by the services."""
    with on(2026, 6, 24):
        return filed_case(cast)


def test_what_the_services_wrote_is_clean(case):
    code, text = verified()
    assert (code, text) == (0, "Clean. 2 leads and cases checked.\n")
    assert verified(case.key) == (0, "Clean. 1 leads and cases checked.\n")


def test_a_case_before_the_court_is_clean(cast, case):
    with on(2026, 6, 24):
        force(case, "T08", date(2026, 6, 24), actor=cast.handler)
        assert list(faults_of(case)) == []


def test_a_deadline_moved_by_hand_is_named(cast):
    with on(2026, 5, 20):
        case = suit.in_preparation(cast)
        row = Deadline.objects.filter(case=case, rule="P-27").get()
        row.effective_day = date(2027, 1, 4)
        row.nominal_day = date(2027, 1, 4)
        row.save()
        faults = list(faults_of(case))
    assert (
        f"the deadline P-27 from event {row.start_event_id} ends on 2027-01-04, not 2026-11-09"
        in faults
    )


def test_a_deadline_without_an_owner_is_named(cast):
    with on(2026, 5, 20):
        case = suit.in_preparation(cast)
        row = Deadline.objects.filter(case=case, rule="P-27").get()
        row.duty_holder = None
        row.save()
        assert f"the deadline P-27 from event {row.start_event_id} has no owner" in list(
            faults_of(case)
        )


def test_a_claim_changed_by_hand_is_named(cast):
    with on(2026, 5, 20):
        case = suit.in_preparation(cast)
        Claim.objects.filter(case=case, number=1).update(text="别的请求")
        assert "the claims are not what the events say" in list(faults_of(case))
        assert Claim.objects.get(case=case, number=1).text == "别的请求", "asking changes nothing"


def test_an_event_without_its_audit_entry_is_named(cast, case):
    event = Event.objects.create(
        kind="case_note", legal_day=date(2026, 6, 24), case=case, recorded_by=cast.handler
    )
    code, text = verified(case.key)
    assert code == 1
    assert text == f"FAULT: {case.key}: event {event.pk} has no audit entry.\n"


def test_however_many_there_are_the_database_is_asked_as_often(cast):
    with on(2026, 6, 24):
        filed_case(cast)
        verified()
        with CaptureQueriesContext(connection) as of_one:
            assert verified()[1] == "Clean. 2 leads and cases checked.\n"
        for _ in range(3):
            filed_case(cast)
        with CaptureQueriesContext(connection) as of_four:
            assert verified()[1] == "Clean. 8 leads and cases checked.\n"
    assert len(of_four) <= len(of_one) + 2


def test_what_is_wrong_in_one_case_is_found_among_many(cast):
    with on(2026, 5, 20):
        cases = [suit.in_preparation(cast) for _ in range(3)]
        Claim.objects.filter(case=cases[1], number=1).update(text="别的请求")
        Deadline.objects.filter(case=cases[2], rule="P-27").update(duty_holder=None)
        with together(cases):
            many = [list(faults_of(case)) for case in cases]
        assert many == [list(faults_of(case)) for case in cases]
    wrong = "the claims are not what the events say"
    assert [wrong in faults for faults in many] == [False, True, False]
    assert [any("no owner" in one for one in faults) for faults in many] == [False, False, True]


def test_a_correction_counts_where_many_are_read_at_once(cast):
    with on(2026, 5, 20):
        first, second = suit.in_preparation(cast), suit.in_preparation(cast)
        start = Deadline.objects.get(case=second, rule="P-27").start_event
        assert start is not None
        day = start.legal_day - timedelta(days=2)
        happen(second, start.kind, day, actor=cast.handler, corrects=start, reason="误录")
        with together([first, second]):
            many = [[(d.rule.id, d.start.day) for d in derive(one)] for one in (first, second)]
        assert many == [[(d.rule.id, d.start.day) for d in derive(one)] for one in (first, second)]
    assert ("P-27", start.legal_day) in many[0]
    assert ("P-27", day) in many[1]


def test_a_state_no_event_led_to_is_named(cast, case):
    last = Event.objects.filter(machine="case", object_id=case.pk).exclude(to_state="").latest("pk")
    assert last.to_state == case.state
    change(cast, case, "investigating", "investigation_closed")
    faults = list(faults_of(case))
    assert any("leaves investigating where filed stood" in fault for fault in faults)
    assert "the state is filed, the last event says investigation_closed" in faults


def test_a_step_the_machine_does_not_know_is_named(cast, case):
    change(cast, case, "filed", "archived")
    assert any("from filed to archived, which is not declared" in one for one in faults_of(case))


def test_an_annulment_that_does_not_reverse_is_named(cast, case):
    with on(2026, 6, 24):
        force(case, "T08", date(2026, 6, 24), actor=cast.handler)
        last = Event.objects.get(case=case, transition="T08")
        change(cast, case, "investigating", "investigation_closed", annuls=last, reason="误录")
        faults = list(faults_of(case))
    assert any(f"does not reverse event {last.pk}" in one for one in faults)


@pytest.fixture
def suing(cast) -> Case:
    """A case whose deadline P-27 runs."""
    with on(2026, 5, 20):
        return suit.in_preparation(cast)


def faults_on(case: Case, *, year: int, month: int, day: int) -> list[str]:
    with on(year, month, day):
        return list(faults_of(case))


def test_a_deadline_that_is_missing_is_named(suing):
    row = Deadline.objects.get(case=suing, rule="P-27")
    start = row.start_event_id
    row.reminders.all().delete()
    Deadline.objects.filter(pk=row.pk).delete()
    faults = faults_on(suing, year=2026, month=5, day=20)
    assert f"the deadline P-27 from event {start} is missing" in faults


def test_a_deadline_that_follows_from_nothing_is_named(suing):
    row = Deadline.objects.get(case=suing, rule="P-27")
    row.pk, row.rule = None, "P-30"
    row.save(force_insert=True)
    faults = faults_on(suing, year=2026, month=5, day=20)
    assert f"the deadline P-30 from event {row.start_event_id} follows from nothing" in faults


def test_a_deadline_ended_by_hand_is_named(suing):
    row = Deadline.objects.get(case=suing, rule="P-27")
    Deadline.objects.filter(pk=row.pk).update(state="met", ended_by=row.start_event)
    faults = faults_on(suing, year=2026, month=5, day=20)
    assert f"the deadline P-27 from event {row.start_event_id} is met, not open" in faults


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("next_due", date(2030, 1, 1), "lists say that 2030-01-01 is due next, not"),
        ("state_since", date(2020, 1, 1), "lists say that the state holds since 2020-01-01, not"),
        (
            "updated_at",
            datetime(2030, 1, 1, tzinfo=UTC),
            "lists say that the latest entry is of 2030-01-01 00:00:00+00:00, not",
        ),
    ],
)
def test_what_lists_sort_by_wrongly_is_named(suing, field, value, said):
    before = faults_on(suing, year=2026, month=5, day=20)
    CaseDates.objects.filter(case=suing).update(**{field: value})
    [new] = set(faults_on(suing, year=2026, month=5, day=20)) - set(before)
    assert new.startswith(said)


@pytest.mark.parametrize("wrong", [{"text": "别的"}, {"pairs": ""}])
def test_words_by_which_a_case_is_found_wrongly_are_named(suing, wrong):
    said = "the search looks for the case by other words than it bears"
    assert said not in faults_on(suing, year=2026, month=5, day=20)
    CaseWords.objects.filter(case=suing).update(**wrong)
    assert said in faults_on(suing, year=2026, month=5, day=20)


@pytest.fixture
def performing(cast) -> Case:
    """A case in its performance period, with four obligations."""
    with on(2026, 7, 13):
        return begun(cast, *ALL)


def of_obligations(case: Case) -> list[str]:
    return [one for one in faults_on(case, year=2026, month=7, day=13) if "obligation" in one]


def test_obligations_that_stand_as_their_events_say_are_clean(performing):
    assert performing.obligations.count() == 4
    assert of_obligations(performing) == []


def test_an_obligation_that_does_not_say_what_was_decided_is_named(performing):
    performing.obligations.filter(number=1).update(text="别的")
    assert of_obligations(performing) == ["obligation 1 does not say what its paragraph says"]


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ([], "was not entered by an event"),
        ([("pending", "verified")], "was not entered by an event"),
        ([("", "pending"), ("pending", "verified")], "is pending, its last event says verified"),
    ],
)
def test_an_obligation_that_stands_elsewhere_than_its_events_say_is_named(
    performing, monkeypatch, moves, said
):
    # The database refuses such a row, so that it is the events that are changed here.
    monkeypatch.setattr("enforcement.soundness._moves", lambda row: moves)
    assert of_obligations(performing) == [f"obligation {n} {said}" for n in (1, 2, 3, 4)]
