"""What was done late looks late everywhere; what a correction moves is told by its corrected day."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from icalendar import Calendar

from audit import clock
from cases.models import Case
from deadlines import services
from deadlines.calendar_file import calendar_file
from deadlines.explain import source_words
from deadlines.mail import message
from deadlines.models import Deadline, DeadlineState, Notification
from deadlines.register import Register, as_document
from deadlines.rulebook import RulebookError, parse
from deadlines.selectors import notifications_of
from tests.deadlines.test_rulebook import TEXT
from tests.litigation import suit
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import announce, happen, make_case, upload

pytestmark = pytest.mark.django_db

# P-04: five days from Monday, 2 March 2026; 7 March is a Saturday, so the last day is Monday, 9 March.
DELIVERED, LAST, AFTER = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 10)


@pytest.fixture
def case(cast) -> Case:
    case = make_case(cast)
    with on(2026, 3, 2):
        happen(case, "complaint_delivered", DELIVERED, actor=cast.handler)
    return case


def reported(cast, case, day: date) -> Deadline:
    """The record with the next-higher office (P-04), sent on `day` and entered on 10 March."""
    with on(2026, 3, 10):
        happen(case, "complaint_reported", day, actor=cast.handler)
    return case.deadlines.get(rule="P-04")


@pytest.fixture
def late(cast, case) -> Deadline:
    return reported(cast, case, AFTER)


def put_right(event, day: date) -> None:
    with on(2026, 3, 11):
        happen(event.case, "event_corrected", day, corrects=event, reason="误录日期")


# --- what is late -------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "is_late"), [(LAST, False), (AFTER, True)])
def test_a_duty_done_on_its_last_day_is_in_time_and_done_the_day_after_is_late(
    cast, case, day, is_late
):
    row = reported(cast, case, day)
    assert (row.state, row.done_on, row.met_late) == (DeadlineState.MET, day, is_late)


def test_a_correction_of_the_day_decides_anew_whether_it_was_late(late):
    put_right(late.ended_by, LAST)
    row = Deadline.objects.get(pk=late.pk)
    assert (row.done_on, row.met_late) == (LAST, False)


def test_what_runs_or_is_no_longer_needed_is_not_done_late(cast, case):
    running = case.deadlines.get(rule="P-04")
    assert (running.done_on, running.met_late) == (None, False)
    with on(2026, 3, 5):
        row = services.set_manual(actor=cast.handler, matter=case, title="x", day=date(2026, 3, 6))
    with on(2026, 3, 10):
        services.cancel_manual(actor=cast.handler, deadline=row, note="已无需要")
    row.refresh_from_db()
    assert (row.done_on, row.met_late) == (AFTER, False)


def test_one_set_by_hand_is_late_by_the_day_of_the_entry_that_proves_it_else_of_its_closing(
    cast, case
):
    with on(2026, 3, 5):
        proven = services.set_manual(
            actor=cast.handler, matter=case, title="x", day=date(2026, 3, 6)
        )
        closed = services.set_manual(
            actor=cast.handler, matter=case, title="y", day=date(2026, 3, 6)
        )
    # Three in the morning in Beijing is still the day before in UTC.
    with on(2026, 3, 10, 3, 0):
        proof = case.events.get(kind="complaint_delivered")
        services.complete_manual(actor=cast.handler, deadline=proven, note="已办", proof=proof)
        services.complete_manual(actor=cast.handler, deadline=closed, note="已办", files=[upload()])
    rows = [Deadline.objects.get(pk=row.pk) for row in (proven, closed)]
    assert [(row.done_on, row.met_late) for row in rows] == [(DELIVERED, False), (AFTER, True)]


@pytest.mark.parametrize(
    ("start", "facts", "end", "told", "rule"),
    [
        # 30 days for others, then the announcement is over (T16).
        ("announcement_published", {}, "announcement_expired", {}, "P-01"),
        # "At least thirty days" have passed when the court issues its document (T31).
        ("settlement_published", {}, "mediation_effective", {"document_number": "1"}, "P-28"),
    ],
)
def test_what_shows_that_a_time_is_over_is_no_late_act(cast, start, facts, end, told, rule):
    case = make_case(cast)
    with on(2026, 3, 2):
        happen(case, start, DELIVERED, facts=facts)
    with on(2026, 6, 1):
        happen(case, end, date(2026, 6, 1), facts=told)
    row = case.deadlines.get(rule=rule)
    assert (row.state, row.met_late) == (DeadlineState.MET, False)


def test_a_judgment_that_takes_effect_when_no_party_appealed_is_no_late_act(cast):
    with on(2026, 8, 3):
        case = suit.effective(cast)
    rows = case.deadlines.filter(rule="P-30")
    assert rows
    assert all(row.state == DeadlineState.MET and not row.met_late for row in rows)


def test_a_court_that_acted_late_is_shown_so_too(cast, case):
    with on(2026, 3, 16):
        happen(case, "suit_accepted", date(2026, 3, 16))
    assert case.deadlines.get(rule="P-20").met_late


def test_a_rulebook_that_lets_another_event_show_the_end_is_refused():
    wrong = TEXT.replace('over_with = ["announcement_expired"]', 'over_with = ["judged"]', 1)
    with pytest.raises(RulebookError, match="P-01: 'over_with' names kinds of events of 'met_by'"):
        parse(wrong, "test.toml")


# --- where it is told ---------------------------------------------------------------------------


def english(client, person):
    person.language = "en"
    person.save()
    client.force_login(person)


@pytest.mark.parametrize("page", ["list", "detail", "matter", "register", "confirmations"])
def test_every_page_marks_it_as_late_and_not_one_done_in_time(client, cast, case, page):
    english(client, cast.head)
    address = {
        "list": f"{reverse('deadline_list')}?state=met&rule=P-04",
        "matter": reverse("deadline_matter_list", args=[case.key]),
        "register": f"{reverse('deadline_register')}?day=2026-03-10",
        "confirmations": reverse("confirmation_list"),
    }
    row = reported(cast, case, AFTER)
    address["detail"] = reverse("deadline_detail", args=[row.pk])
    with on(2026, 3, 10):
        assert ">late<" in client.get(address[page]).text
    put_right(row.ended_by, LAST)
    with on(2026, 3, 11):
        text = client.get(address[page]).text
    assert row.title_en in text
    assert ">late<" not in text


def test_the_paper_of_the_register_marks_it(cast, late):
    ended = as_document(Register(cast.head, AFTER)).blocks[-1].rows
    assert [row[3] for row in ended if "P-04" in row[1]] == ["2026-03-10（逾期）"]
    put_right(late.ended_by, LAST)
    ended = as_document(Register(cast.head, AFTER)).blocks[-1].rows
    assert [row[3] for row in ended if "P-04" in row[1]] == ["2026-03-09"]


def test_the_workbook_has_a_column_for_it(client, cast, late):
    english(client, cast.handler)
    with on(2026, 3, 10):
        answer = client.get(reverse("deadline_export"), {"state": "met", "rule": "P-04"})
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    head, line = ([cell.value for cell in row] for row in sheet.iter_rows())
    told = dict(zip(head, line, strict=True))
    assert (told["Done on"].date(), told["Late"]) == (AFTER, "yes")


def test_programs_are_told(cast, case, late):
    told = program_of(cast.handler).ask(f"deadlines/{late.pk}/")
    assert (told["done_on"], told["met_late"]) == ("2026-03-10", True)
    running = program_of(cast.handler).ask(f"deadlines/{case.deadlines.get(rule='P-20').pk}/")
    assert (running["done_on"], running["met_late"]) == (None, False)


def test_the_list_costs_the_same_for_few_and_for_many(client, cast, django_assert_max_num_queries):
    for _number in range(6):
        case = make_case(cast)
        with on(2026, 3, 2):
            happen(case, "complaint_delivered", DELIVERED, actor=cast.handler)
        reported(cast, case, AFTER)
    client.force_login(cast.head)
    with on(2026, 3, 10):
        client.get(reverse("deadline_list"))
        with django_assert_max_num_queries(20):
            page = client.get(reverse("deadline_list"), {"state": "met"})
    assert page.text.count("P-04") >= 1


# --- which event, on which day ------------------------------------------------------------------


@pytest.fixture
def announced(cast) -> Deadline:
    """An announcement entered for 5 March and put right to 3 March: it ends on 2 April."""
    case = make_case(cast)
    with on(2026, 3, 5):
        event = announce(case, date(2026, 3, 5))
        happen(case, "event_corrected", date(2026, 3, 3), corrects=event, reason="误录日期")
    return case.deadlines.get(rule="P-01")


def test_a_reminder_names_the_corrected_day_of_the_event_beside_the_last_day(cast, announced):
    cast.handler.language = "en"
    cast.handler.save()
    with on(2026, 4, 2, 9, 0):
        for reminder in announced.reminders.filter(for_day=date(2026, 4, 2)):
            body = message(reminder, clock.now()).body
            assert "2026-04-02" in body
            assert "on 2026-03-03" in body
            assert "2026-03-05" not in body
        services.sweep()
    program = program_of(cast.handler)
    causes = [row["cause"] for row in program.ask("notifications/")["results"]]
    assert Notification.objects.count() == len(causes) > 0
    assert all(cause.endswith("on 2026-03-03") for cause in causes)


@pytest.mark.parametrize("number", [1, 4])
def test_telling_of_many_asks_the_database_no_oftener(cast, number, django_assert_max_num_queries):
    for _each in range(number):
        case = make_case(cast)
        with on(2026, 3, 5):
            announce(case, date(2026, 3, 5))
    with on(2026, 4, 7, 9, 0):
        services.sweep()
    with django_assert_max_num_queries(12):
        rows = list(notifications_of(cast.handler))
        assert [source_words(row.deadline) for row in rows]


def test_a_calendar_program_reads_the_corrected_day_of_the_event(cast, announced):
    cast.handler.language = "en"
    text = calendar_file([announced], reader=cast.handler, name="x")
    (entry,) = Calendar.from_ical(text).walk("VEVENT")
    assert "2026-03-03" in entry["description"]
    assert "2026-03-05" not in entry["description"]


def test_the_page_of_a_deadline_shows_the_corrected_day_on_which_it_ended(client, cast, late):
    put_right(late.ended_by, LAST)
    english(client, cast.handler)
    text = client.get(reverse("deadline_detail", args=[late.pk])).text
    ended = text.split("Ended on</dt>", 1)[1].split("</dd>", 1)[0]
    assert "2026-03-09" in ended


def test_the_entry_that_may_prove_a_deadline_is_offered_by_its_corrected_day(client, cast, case):
    event = case.events.get(kind="complaint_delivered")
    put_right(event, date(2026, 2, 27))
    with on(2026, 3, 11):
        day = date(2026, 3, 12)
        row = services.set_manual(actor=cast.handler, matter=case, title="x", day=day)
        english(client, cast.handler)
        text = client.get(reverse("deadline_detail", args=[row.pk])).text
    assert ">2026-02-27 " in text
