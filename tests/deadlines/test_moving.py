"""A changed calendar carried through all deadlines gives what recomputing each matter from its events gives."""

from __future__ import annotations

import importlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Role
from audit import clock, details
from cases.selectors.back_entry import is_running, running_among
from cases.services import back_entry
from deadlines import services
from deadlines.calendar import calendar_of
from deadlines.models import CalendarNotice, Deadline, DeadlineState, Reminder
from deadlines.notice_file import rows_of
from deadlines.periods import Interval, Period, Unit
from deadlines.rulebook import DIRECTORY, named, parse
from deadlines.services import moving, publishing
from deadlines.services.publishing import NoticeEntry, preview, publish
from deadlines.terms import Terms
from deadlines.yearbook import known_notices
from tests.support import old_cases as old
from tests.support.days import on
from tests.support.matters import announce, happen, make_case, make_lead
from tests.support.people import make_user
from tests.support.statements import Questions

pytestmark = [pytest.mark.django_db, pytest.mark.norm("C125")]
HEADER = "day,kind,name,name_en"
FIXED = ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")
FESTIVALS = "春节、清明节、端午节、中秋节"
YEAR = [date(2026, 12, 1) + timedelta(days=number) for number in range(396)]


def notice_text(off: set[date], work: set[date]) -> str:
    """Return a notice in which every day off is a festival of its own: so nothing is missing between two."""
    days = off | {date.fromisoformat(f"2027-{day}") for day in FIXED}
    lines = [f"{day},off,{FESTIVALS}{day:%y%m%d},Festivals" for day in sorted(days)]
    lines += [f"{day},work,{FESTIVALS}270101,Festivals" for day in sorted(work - days)]
    return "\n".join([HEADER, *lines])


def notice_2027(off: set[date], work: set[date] = frozenset()) -> NoticeEntry:
    return NoticeEntry(2027, "某通知", "A notice", notice_text(off, set(work)))


def do_publish(actor, entry: NoticeEntry) -> CalendarNotice:
    return publish(actor=actor, entry=entry, digest=preview(actor=actor, entry=entry).digest)


def snapshot() -> tuple[list, list]:
    """Everything of all deadlines and their reminders, apart from new ids and the moment of a change."""
    fields = [field.attname for field in Deadline._meta.concrete_fields]
    fields.remove("revised_at")
    rows = list(Deadline.objects.order_by("pk").values_list(*fields))
    told = ("deadline", "recipient", "channel", "offset", "for_day", "due_at", "state")
    return rows, list(Reminder.objects.values_list(*told).order_by(*told))


def after(change) -> tuple[list, list]:
    """What stands after `change`, which is undone."""
    with transaction.atomic():
        change()
        found = snapshot()
        transaction.set_rollback(True)
    return found


def from_events(entry: NoticeEntry, actor, matters):
    """Keep the notice and recompute each matter from its events, as an event recorded on it does."""

    def change() -> None:
        days = rows_of(entry.text, entry.year, known_notices())
        CalendarNotice.objects.create(
            year=entry.year,
            edition=1,
            source=entry.source,
            source_en=entry.source_en,
            days=[[day.isoformat(), *rest] for day, *rest in days],
            published_by=actor,
        )
        for matter in matters:
            services.recompute(matter=matter)

    return change


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "announcement_published",
                "recusal_applied",
                "recusal_decided",
                "case_filed",
                "case_terminated",
                "work_commissioned",
                "annulled",
            ]
        ),
        st.integers(-120, 5),
        st.integers(1, 2),
    ),
    min_size=1,
    max_size=6,
)
OFF = st.sets(st.sampled_from(YEAR), max_size=60)
WORK = st.sets(st.sampled_from([day for day in YEAR if day.weekday() > 4]), max_size=20)


def play(case, events) -> None:
    """Record `events` of a case, days counted from 5 January 2027; "annulled" annuls the one before."""
    latest = None
    for kind, days, recusal in events:
        day = date(2027, 1, 5) + timedelta(days=days - 5)
        if kind != "annulled":
            latest = happen(case, kind, day, facts={"recusal": recusal})
        elif latest is not None:
            happen(case, "transition_annulled", day, annuls=latest, reason="误录")
            latest = None


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(histories=st.lists(EVENTS, min_size=1, max_size=3), off=OFF, work=WORK, lapsed=st.booleans())
def test_the_fast_way_gives_exactly_what_recomputing_from_events_gives(
    cast, histories, off, work, lapsed
):
    admin, _chief = cast.system_administrator, cast.chief
    entry = notice_2027(off, work)
    with transaction.atomic(), on(2027, 1, 6):
        cases = [make_case(cast) for _ in histories]
        for case, events in zip(cases, histories, strict=True):
            play(case, events)
        if lapsed:
            services.lapse_due()
        for row in Deadline.objects.filter(terms__isnull=False):
            known = calendar_of(known_notices(), named(row.rulebook).practice)
            terms = Terms.read(row.start_day, row.terms, backwards=row.backwards)
            assert terms.computed(known).derivation() == row.derivation
        shown = preview(actor=admin, entry=entry)
        before = {row.pk: row.effective_day for row in Deadline.objects.all()}
        slow = after(from_events(entry, admin, cases))
        publish(actor=admin, entry=entry, digest=shown.digest)
        assert snapshot() == slow
        moved = [
            (row.pk, before[row.pk], row.effective_day)
            for row in Deadline.objects.filter(state__in=("open", "lapsed")).order_by("pk")
            if row.effective_day != before[row.pk]
        ]
        assert [(row.deadline.pk, row.before, row.after) for row in shown.moved] == moved
        assert shown.number == len(moved)
        transaction.set_rollback(True)


LENGTHS = st.builds(
    Period, st.integers(1, 400), st.sampled_from([unit for unit in Unit if unit != Unit.HOUR])
)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(
    start=DAYS,
    period=LENGTHS,
    backwards=st.booleans(),
    extensions=st.lists(LENGTHS, max_size=2),
    typed_end=st.none() | DAYS,
    exclusions=st.lists(st.tuples(DAYS, st.none() | st.integers(0, 90)), max_size=3),
)
def test_terms_are_read_as_they_were_written(
    start, period, backwards, extensions, typed_end, exclusions
):
    intervals = [
        Interval(first, None if days is None else first + timedelta(days=days))
        for first, days in exclusions
    ]
    terms = Terms(start, period, backwards, tuple(extensions), typed_end, tuple(intervals))
    assert Terms.read(start, terms.as_json(), backwards=backwards) == terms


@pytest.mark.parametrize(
    ("terms", "start"),
    [
        ({"period": "P30D"}, date(2026, 3, 5)),
        ({"period": "15WD"}, date(2026, 9, 20)),
        ({"period": "P3M", "extensions": ["P1M", "P1M"]}, date(2026, 3, 5)),
        ({"period": "P3M", "typed_end": "2026-09-01"}, date(2026, 3, 5)),
        ({"period": "P3M", "exclusions": [["2026-04-01", "2026-04-11"]]}, date(2026, 3, 5)),
        ({"period": "P3M", "exclusions": [["2026-04-01", None]]}, date(2026, 3, 5)),
        ({"period": "P3D"}, date(2026, 10, 9)),
    ],
)
def test_the_terms_of_rows_from_before_are_read_from_their_derivation(terms, start):
    migration = importlib.import_module("deadlines.migrations.0005_terms")
    backwards = start == date(2026, 10, 9)
    read = Terms.read(start, terms, backwards=backwards)
    derivation = read.computed(calendar_of(known_notices())).derivation()
    assert migration.terms_of(derivation) == terms


@pytest.fixture
def admin(cast):
    return cast.system_administrator


@pytest.fixture
def late_2026(cast):
    with on(2026, 12, 4):
        yield


def announced(cast, **who):
    """An announcement whose thirty days end on 2 January 2027."""
    case = make_case(cast, **who)
    announce(case, date(2026, 12, 3))
    return case


MONDAY_OFF = {date(2027, 1, 4)}


def test_a_deadline_set_by_hand_and_one_withdrawn_have_no_terms_and_stay(cast, admin, late_2026):
    case = make_case(cast)
    event = announce(case, date(2026, 12, 3))
    happen(case, "transition_annulled", date(2026, 12, 4), annuls=event, reason="误录")
    own = services.set_manual(actor=cast.handler, matter=case, title="核对", day=date(2027, 1, 4))
    withdrawn = case.deadlines.get(manual=False)
    do_publish(admin, notice_2027(MONDAY_OFF))
    for row in (own, withdrawn):
        row.refresh_from_db()
        assert (row.terms, row.effective_day) == (None, date(2027, 1, 4))


def test_the_last_day_of_an_ended_deadline_follows_but_nothing_running_is_told_to_move(
    cast, admin, late_2026
):
    case = announced(cast)
    happen(case, "case_terminated", date(2026, 12, 4))
    shown = preview(actor=admin, entry=notice_2027(MONDAY_OFF))
    assert (shown.number, list(shown.moved)) == (0, [])
    publish(actor=admin, entry=notice_2027(MONDAY_OFF), digest=shown.digest)
    row = case.deadlines.get()
    assert (row.state, row.effective_day) == (DeadlineState.CANCELLED, date(2027, 1, 5))
    assert not row.reminders.filter(state="pending").exists()


def test_a_lapsed_deadline_moved_to_the_future_runs_again_and_reminds(cast, admin):
    with on(2026, 12, 4):
        case = announced(cast)
    with on(2027, 1, 5):
        services.lapse_due()
        assert case.deadlines.get().state == DeadlineState.LAPSED
        do_publish(admin, notice_2027({date(2027, 1, 4), date(2027, 1, 5), date(2027, 1, 6)}))
        row = case.deadlines.get()
        assert (row.state, row.effective_day) == (DeadlineState.OPEN, date(2027, 1, 7))
        assert row.reminders.filter(for_day=date(2027, 1, 7)).exists()


def test_an_open_deadline_moved_into_the_past_is_left_to_the_sweep(cast, admin):
    with on(2026, 12, 4):
        case = announced(cast)
    do_publish(admin, notice_2027({date(2027, 1, 4), date(2027, 1, 5)}))
    with on(2027, 1, 6):
        do_publish(admin, notice_2027(set()))
        row = case.deadlines.get()
        assert (row.state, row.effective_day) == (DeadlineState.OPEN, date(2027, 1, 4))
        assert services.lapse_due() == 1


def test_a_period_of_hours_keeps_its_instant(cast, admin, monkeypatch):
    text = (DIRECTORY / "2024-01-01.toml").read_text(encoding="utf-8")
    hours = parse(text.replace('length = "P30D"', 'length = "PT48H"', 1), "test.toml")
    monkeypatch.setattr("deadlines.derive.named", lambda version: hours)
    case = make_case(cast)
    instant = datetime(2026, 12, 29, 21, 40, tzinfo=UTC)
    with on(2026, 12, 30):
        happen(case, "announcement_published", date(2026, 12, 30), legal_instant=instant)
        before = snapshot()
        do_publish(admin, notice_2027(MONDAY_OFF))
        assert snapshot() == before


def test_nobody_is_told_of_a_moment_past_for_a_case_in_back_entry(cast, admin):
    with on(2026, 6, 24):
        case = old.announced_old_case(cast)
    with on(2026, 12, 30):
        announce(case, date(2026, 12, 3))
        made = Reminder.objects.filter(deadline__case=case)
        due = made.filter(due_at__date__lt=date(2026, 12, 30))
        do_publish(admin, notice_2027(MONDAY_OFF))
        assert case.deadlines.get(start_day=date(2026, 12, 3)).effective_day == date(2027, 1, 5)
        assert not due.exists()
        assert running_among([case]) == {case}


def test_a_lead_and_its_case_are_in_back_entry_together(cast):
    with on(2026, 6, 24):
        case = make_case(cast)
        case.lead = make_lead(cast)
        case.save()
        other = make_case(cast)
        matters = [case, case.lead, other, make_lead(cast)]
        back_entry.ask_for_back_entry(actor=cast.handler, matter=case, reason=old.REASON)
        assert running_among(matters) == set()
        back_entry.agree_to_back_entry(actor=cast.head, matter=case)
    assert running_among(matters) == {m for m in matters if is_running(m)} == {case, case.lead}


def test_reminders_go_to_whoever_holds_the_duty(cast, admin, late_2026):
    handler = make_user(cast.office, Role.PROSECUTOR, department=cast.department)
    cases = [announced(cast), announced(cast, handler=handler), make_case(cast)]
    cast.chief  # noqa: B018 - decides on the recusal
    happen(cases[2], "recusal_applied", date(2026, 12, 2), facts={"recusal": 1})
    orphan = announced(cast)
    orphan.team.update(until=clock.now())
    for case in (*cases, orphan):
        services.recompute(matter=case)
    slow = after(from_events(notice_2027(MONDAY_OFF), admin, [*cases, orphan]))
    do_publish(admin, notice_2027(MONDAY_OFF))
    assert snapshot() == slow
    reminded = Reminder.objects.filter(for_day=date(2027, 1, 5)).values_list("recipient", flat=True)
    assert {handler.pk, cast.handler.pk, cast.head.pk} == set(reminded)


def test_publishing_takes_as_many_queries_for_many_deadlines_as_for_one(cast, admin, late_2026):
    def queries() -> int:
        digest = preview(actor=admin, entry=notice_2027(MONDAY_OFF)).digest
        with (
            CaptureQueriesContext(
                connection,
            ) as caught,
            transaction.atomic(),
        ):
            publish(actor=admin, entry=notice_2027(MONDAY_OFF), digest=digest)
            transaction.set_rollback(True)
        return len(caught)

    announced(cast)
    one = queries()
    for _ in range(4):
        announced(cast)
    assert queries() == one


def test_chunks_make_no_difference(cast, admin, late_2026, monkeypatch):
    for _ in range(5):
        announced(cast)
    whole = after(lambda: do_publish(admin, notice_2027(MONDAY_OFF)))
    digest = preview(actor=admin, entry=notice_2027(MONDAY_OFF)).digest
    monkeypatch.setattr(moving, "CHUNK", 2)
    monkeypatch.setattr(moving, "MOST_KEPT", 1)
    assert preview(actor=admin, entry=notice_2027(MONDAY_OFF)).digest == digest
    assert after(lambda: do_publish(admin, notice_2027(MONDAY_OFF))) == whole


def test_the_first_thousand_are_shown_and_all_are_counted(cast, admin, late_2026, monkeypatch):
    monkeypatch.setattr("deadlines.services.publishing.MOST_TOLD", 2)
    for _ in range(3):
        announced(cast)
    shown = preview(actor=admin, entry=notice_2027(MONDAY_OFF))
    assert (shown.number, len(shown.moved)) == (3, 2)
    digest = shown.digest
    monkeypatch.setattr("deadlines.services.publishing.MOST_TOLD", 1)
    assert preview(actor=admin, entry=notice_2027(MONDAY_OFF)).digest == digest


def test_the_audit_record_has_room_for_what_it_names_and_a_digest_of_the_rest():
    day = moving.Result(date(2027, 1, 2), date(2027, 1, 4), None, False, False, "[]")
    later = day._replace(effective_day=date(2027, 1, 5))
    tally = publishing._Tally(CalendarNotice(year=2027, edition=1, sha256="0" * 64))
    tally.add(moving.Change(10**12 + number, day, "open", later, "open") for number in range(3000))
    assert tally.number == 3000
    recorded = {"deadlines": tally.recorded(), "digest": tally.digest, "sha256": "0" * 64}
    assert details.checked(recorded) == recorded


def test_a_preview_writes_nothing(cast, admin, late_2026):
    announced(cast)
    with Questions() as caught:
        preview(actor=admin, entry=notice_2027(MONDAY_OFF))
    assert {text.split()[0] for text in caught.texts} == {"SELECT"}


def test_nothing_is_computed_while_the_calendar_is_being_replaced(cast, admin, late_2026):
    case = announced(cast)

    def shared() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7210405"
                " AND mode = 'ShareLock' AND pid = pg_backend_pid()"
            )
            return cursor.fetchone()[0]

    with transaction.atomic():
        services.recompute(matter=case)
        assert shared() == 1
