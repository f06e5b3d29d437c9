from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Role
from audit import clock
from audit.clock import BEIJING
from cases.models import TeamMember
from cases.services import acts
from deadlines import services
from deadlines.models import Deadline, DeadlineState, Reminder, ReminderState
from deadlines.rulebook import DIRECTORY, parse
from tests.cases.scenes import SCENES
from tests.litigation import suit
from tests.support.days import on
from tests.support.matters import announce, happen, make_case, make_lead
from tests.support.people import make_user
from tests.support.statements import Questions

pytestmark = pytest.mark.django_db


def snapshot(matter) -> list:
    """Everything of the matter's deadlines and reminders, row ids included."""
    fields = [f.attname for f in Deadline._meta.concrete_fields]
    rows = list(matter.deadlines.order_by("pk").values_list(*fields))
    reminders = Reminder.objects.filter(deadline__in=matter.deadlines.all()).order_by("pk")
    return rows + list(reminders.values_list("pk", "state", "due_at", "recipient"))


@pytest.mark.norm("C039")
def test_the_announcement_runs_thirty_days_from_its_publication(cast):
    case = make_case(cast)
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
    row = case.deadlines.get()
    assert (row.rule, row.start_day, row.nominal_day, row.effective_day) == (
        "P-01",
        date(2026, 3, 5),
        date(2026, 4, 4),
        date(2026, 4, 7),
    )
    assert row.article == "Rules 91; JI 13; CPL 58"
    assert row.duty_holder == cast.handler
    assert [s["code"] for s in row.derivation][-2:] == ["rest_day", "end"]


@pytest.mark.norm("C039")
def test_the_announcement_runs_from_the_day_of_publication_and_not_of_its_recording(cast):
    case = make_case(cast)
    with on(2026, 3, 6):
        announce(case, date(2026, 3, 3))
    row = case.deadlines.get()
    assert (row.start_day, row.effective_day) == (date(2026, 3, 3), date(2026, 4, 2))


@pytest.mark.norm("C039")
@pytest.mark.parametrize(
    ("published", "nominal", "effective"),
    [
        # E2 and E4 of law 6.3: a Saturday worked to make up for a festival is no rest day.
        ((2026, 1, 15), (2026, 2, 14), (2026, 2, 14)),
        ((2026, 4, 9), (2026, 5, 9), (2026, 5, 9)),
        # An ordinary Saturday: the period ends on the Monday.
        ((2026, 2, 12), (2026, 3, 14), (2026, 3, 16)),
    ],
)
def test_the_announcement_ends_on_a_working_day_of_the_official_calendar(
    cast, published, nominal, effective
):
    case = make_case(cast)
    with on(*published):
        announce(case, date(*published))
    row = case.deadlines.get()
    assert (row.nominal_day, row.effective_day) == (date(*nominal), date(*effective))


@pytest.mark.norm("C127")
def test_a_period_of_hours_runs_from_the_hour_in_beijing_and_ends_on_a_rest_day(cast, monkeypatch):
    text = (DIRECTORY / "2024-01-01.toml").read_text(encoding="utf-8")
    hours = parse(text.replace('length = "P30D"', 'length = "PT48H"', 1), "test.toml")
    monkeypatch.setattr("deadlines.derive.named", lambda version: hours)
    case = make_case(cast)
    # 21:40 of 17 June in Greenwich is 05:40 of 18 June in Beijing.
    instant = datetime(2026, 6, 17, 21, 40, tzinfo=UTC)
    with on(2026, 6, 18):
        happen(case, "announcement_published", date(2026, 6, 18), legal_instant=instant)
    row = case.deadlines.get()
    assert row.start_instant == instant
    assert row.effective_instant == datetime(2026, 6, 20, 6, 0, tzinfo=BEIJING)
    # In Greenwich it is still the day before.
    assert (row.start_day, row.effective_day) == (date(2026, 6, 18), date(2026, 6, 20))


@pytest.mark.parametrize(("since", "begins"), [("2026-03-05", True), ("2026-03-06", False)])
def test_an_event_before_an_article_came_into_force_starts_nothing(
    cast, monkeypatch, since, begins
):
    text = (DIRECTORY / "2024-01-01.toml").read_text(encoding="utf-8")
    later = parse(text.replace('length = "P30D"', f'length = "P30D"\nsince = {since}', 1))
    monkeypatch.setattr("deadlines.derive.named", lambda version: later)
    case = make_case(cast)
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
    assert case.deadlines.exists() is begins


def test_the_announcement_of_june_2024_ends_on_24_july(cast):
    case = make_case(cast)
    with on(2024, 6, 24):
        announce(case, date(2024, 6, 24))
    assert case.deadlines.get().effective_day == date(2024, 7, 24)


def test_a_corrected_publication_day_moves_the_deadline_and_its_reminders(cast):
    case = make_case(cast)
    with on(2026, 3, 6):
        event = announce(case, date(2026, 3, 5))
        before = case.deadlines.get()
        happen(case, "event_corrected", date(2026, 3, 3), corrects=event, reason="误录日期")
    after = case.deadlines.get()
    assert after.pk == before.pk
    assert after.effective_day == date(2026, 4, 2)
    days = after.reminders.filter(state=ReminderState.PENDING).values_list("for_day", flat=True)
    assert set(days) == {date(2026, 4, 2)}
    assert after.reminders.filter(state=ReminderState.SUPERSEDED, for_day=date(2026, 4, 7)).exists()


def test_a_deadline_that_moves_back_revives_its_reminders(cast):
    case = make_case(cast)
    with on(2026, 3, 6):
        event = announce(case, date(2026, 3, 5))
        happen(case, "event_corrected", date(2026, 3, 3), corrects=event, reason="误录")
        happen(case, "event_corrected", date(2026, 3, 5), corrects=event, reason="原录正确")
    row = case.deadlines.get()
    pending = row.reminders.filter(state=ReminderState.PENDING)
    assert {r.for_day for r in pending} == {date(2026, 4, 7)}
    assert pending.count() == 3


def test_an_annulled_publication_cancels_the_deadline(cast):
    case = make_case(cast)
    with on(2026, 3, 6):
        event = announce(case, date(2026, 3, 5))
        happen(case, "transition_annulled", date(2026, 3, 6), annuls=event, reason="误录")
    row = case.deadlines.get()
    assert row.state == DeadlineState.CANCELLED
    assert not row.reminders.filter(state=ReminderState.PENDING).exists()


def test_a_new_announcement_supersedes_the_one_before(cast):
    case = make_case(cast)
    with on(2026, 3, 20):
        announce(case, date(2026, 3, 5))
        announce(case, date(2026, 3, 20))
    first, second = case.deadlines.order_by("start_day")
    assert (first.state, second.state) == (DeadlineState.SUPERSEDED, DeadlineState.OPEN)


def test_the_end_of_the_case_ends_the_announcement(cast):
    case = make_case(cast)
    with on(2026, 3, 20):
        announce(case, date(2026, 3, 5))
        happen(case, "case_terminated", date(2026, 3, 20))
    assert case.deadlines.get().state == DeadlineState.CANCELLED


@pytest.mark.norm("C018")
def test_a_recusal_is_decided_within_three_days_by_the_chief(cast):
    chief, case = cast.chief, make_case(cast)
    with on(2026, 6, 9):
        happen(case, "recusal_applied", date(2026, 6, 9), facts={"recusal": 7})
    row = case.deadlines.get()
    # A Tuesday and a Friday, so that no day of rest hides the length.
    assert (row.rule, row.effective_day, row.duty_holder) == ("P-08", date(2026, 6, 12), chief)


@pytest.mark.norm("C018")
def test_each_decision_meets_its_own_recusal_deadline(cast):
    case = make_case(cast)
    with on(2026, 6, 18):
        happen(case, "recusal_applied", date(2026, 6, 16), facts={"recusal": 1})
        happen(case, "recusal_applied", date(2026, 6, 17), facts={"recusal": 2})
        happen(case, "recusal_decided", date(2026, 6, 18), facts={"recusal": 2})
    first, second = case.deadlines.order_by("start_day")
    assert (first.state, second.state) == (DeadlineState.OPEN, DeadlineState.MET)


@pytest.mark.norm("C018")
def test_the_review_of_a_recusal_takes_three_days_too(cast):
    case = make_case(cast)
    with on(2026, 6, 9):
        happen(case, "recusal_review_requested", date(2026, 6, 9), facts={"recusal": 1})
    row = case.deadlines.get()
    assert (row.rule, row.effective_day) == ("P-09", date(2026, 6, 12))
    with on(2026, 6, 10):
        happen(case, "recusal_review_decided", date(2026, 6, 10), facts={"recusal": 1})
    row.refresh_from_db()
    assert row.state == DeadlineState.MET


@pytest.mark.norm("C018")
def test_the_third_day_of_a_review_moves_to_the_next_working_day(cast):
    case = make_case(cast)
    with on(2026, 6, 24):
        happen(case, "recusal_review_requested", date(2026, 6, 24), facts={"recusal": 1})
    # The third day, 27 June 2026, is a Saturday.
    assert case.deadlines.get().effective_day == date(2026, 6, 29)


def test_a_recusal_of_the_chief_is_the_deputys_duty(cast):
    chief, deputy, case = cast.chief, cast.deputy, make_case(cast)
    with on(2026, 6, 17):
        happen(case, "recusal_applied", date(2026, 6, 17), facts={"recusal": 1, "person": chief.pk})
    assert case.deadlines.get().duty_holder == deputy


def test_a_question_on_the_lead_stays_the_leads(cast):
    lead = make_lead(cast)
    with on(2026, 1, 6):
        happen(lead, "recusal_applied", date(2026, 1, 6), facts={"recusal": 1})
    case = make_case(cast)
    case.lead = lead
    case.save()
    with on(2026, 1, 7):
        services.recompute(matter=case)
        happen(case, "recusal_decided", date(2026, 1, 7), facts={"recusal": 1})
    assert case.deadlines.count() == 0
    assert lead.deadlines.get().state == DeadlineState.MET


def test_a_step_of_the_case_looks_at_the_leads_deadlines_too(cast):
    scene = SCENES["T08"]
    with clock.frozen(scene.at):
        case = scene.prepare(cast)
        case.lead = lead = make_lead(cast)
        case.save()
        happen(lead, "recusal_applied", scene.at.date(), facts={"recusal": 1})
        right = lead.deadlines.get().effective_day
        lead.deadlines.update(effective_day=date(2030, 1, 1))
        data = {"legal_day": str(scene.at.date())}
        acts.record_directly(actor=cast.handler, matter=case, code="T08", data=data)
    assert lead.deadlines.get().effective_day == right


def test_a_hand_over_hands_the_reminders_over(cast):
    case, colleague = make_case(cast), cast.colleague
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
        TeamMember.objects.filter(case=case).delete()
        TeamMember.objects.create(case=case, user=colleague, position="lead")
        happen(case, "case_handed_over", date(2026, 3, 5))
    row = case.deadlines.get()
    assert row.duty_holder == colleague
    pending = row.reminders.filter(state=ReminderState.PENDING)
    assert {r.recipient for r in pending} == {colleague}


def test_nobody_is_reminded_of_a_moment_past_but_late_entry_still_warns_once(cast):
    case = make_case(cast)
    with on(2026, 4, 6):
        announce(case, date(2026, 3, 5))
    offsets = case.deadlines.get().reminders.order_by("offset").values_list("offset", "due_at")
    # Seven days and one day before have passed; the one due last is kept, the last day is to come.
    assert [offset for offset, _due in offsets] == [0, 1]


def test_a_deadline_long_past_makes_no_reminder(cast):
    case = make_case(cast)
    with on(2026, 11, 2):
        announce(case, date(2026, 3, 5))
    assert case.deadlines.get().reminders.count() == 0


def test_who_has_an_address_is_reminded_by_email_too(cast, with_mailbox):
    handler = make_user(cast.office, Role.PROSECUTOR, department=cast.department)
    with_mailbox(handler)
    case = make_case(cast, handler=handler)
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
    rows = case.deadlines.get().reminders
    assert rows.filter(channel="email").count() == rows.filter(channel="in_app").count() == 3
    assert len(set(rows.filter(channel="email").values_list("message_id", flat=True))) == 3


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["announcement_published", "recusal_applied", "recusal_decided", "case_terminated"]
        ),
        st.dates(date(2026, 1, 5), date(2026, 6, 30)),
        st.integers(1, 2),
    ),
    max_size=6,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(events=EVENTS)
def test_recomputing_again_changes_nothing(cast, events):
    cast.chief  # noqa: B018 - made before the first snapshot
    with transaction.atomic(), on(2026, 7, 1):
        case = make_case(cast)
        for kind, day, recusal in events:
            happen(case, kind, day, facts={"recusal": recusal})
        first = snapshot(case)
        services.recompute(matter=case)
        assert snapshot(case) == first


def test_who_handles_the_case_and_what_it_calls_for_is_asked_once_for_all_its_deadlines(cast):
    with on(2026, 6, 22):
        case = suit.in_trial(cast)
        with Questions() as asked:
            services.recompute(matter=case)
    assert case.deadlines.count() > 5
    questions = asked.texts
    for table in (
        *("cases_teammember", "cases_backentry"),
        *("deadlines_remindersettings", "deadlines_reminder"),
    ):
        assert sum(f'FROM "{table}"' in question for question in questions) == 1, table
    assert not any(question.startswith("UPDATE") for question in questions)


def test_the_database_refuses_a_second_row_for_one_start(cast):
    case = make_case(cast)
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
    row = case.deadlines.get()
    row.pk = None
    with (
        pytest.raises(IntegrityError, match="deadline_once_per_rule_and_start"),
        transaction.atomic(),
    ):
        row.save(force_insert=True)


def test_the_database_refuses_a_last_day_before_the_nominal_one(cast):
    case = make_case(cast)
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
    with pytest.raises(IntegrityError, match="deadline_rolls_the_right_way"), transaction.atomic():
        case.deadlines.update(effective_day=date(2026, 4, 3))
