from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from cases.services import acts
from deadlines import selectors, services
from deadlines.documentation import periods_page
from deadlines.explain import error_text
from deadlines.models import DeadlineState
from deadlines.periods import PeriodError
from deadlines.workplace import inbox_items, panel_context, timeline_entries
from tests.support.days import on
from tests.support.matters import make_case, upload

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "zh-hans")


def _login(client, person, language="en"):
    person.language = language
    person.save()
    client.force_login(person)
    return client


def _ask(client, **question):
    return client.get(reverse("deadline_calculator"), question)


def test_the_calculator_shows_the_day_the_skipped_days_and_the_articles(client, cast):
    page = _ask(_login(client, cast.auditor), start="2026-03-05", rule="P-01").content.decode()
    assert "2026-04-07" in page
    assert "2026-04-05 is skipped: Tomb-sweeping Day." in page
    assert "CC 203" in page
    assert "30 days end on 2026-04-04." in page


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ({"start": "2026-06-18", "hour": "14:20", "period": "PT48H"}, "2026-06-20 15:00"),
        ({"start": "2026-06-23", "rule": "P-81"}, "Last day: 2026-06-18."),
        ({"start": "2026-06-23", "period": "P3D", "before": "on"}, "Last day: 2026-06-18."),
        ({"start": "2026-04-07", "rule": "P-02", "extension": "P1M"}, "Last day: 2026-08-07."),
        ({"start": "2026-02-13", "period": "3WD"}, "3 working days end on 2026-02-25."),
        (
            {
                "start": "2026-04-07",
                "rule": "P-02",
                "excluded_from": "2026-05-06",
                "excluded_to": "2026-06-05",
            },
            "Last day: 2026-08-06.",
        ),
        ({"start": "2026-04-07", "rule": "P-02", "excluded_from": "2026-05-06"}, "at least until"),
        ({"start": "2026-08-31", "period": "P6M"}, "Provisional"),
    ],
)
def test_the_calculator_answers(client, cast, question, shown):
    assert shown in _ask(_login(client, cast.handler), **question).content.decode()


def test_what_if_is_never_overdue(client, cast):
    with on(2026, 11, 28):
        page = _ask(_login(client, cast.handler), start="2026-01-27", period="P1M")
    text = page.content.decode()
    assert "274 days ago" in text
    assert "overdue" not in text


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ({"start": "2026-02-30", "rule": "P-01"}, "month 2 of 2026 has 28 days"),
        ({"start": "2026-03-05"}, "Choose an event or a period of law, or write a length."),
        ({"start": "2026-03-05", "rule": "P-01", "period": "P1D"}, "not both"),
        ({"start": "2026-03-05", "rule": "P-15"}, "Select a valid choice"),
        ({"start": "2026-03-05", "period": "soon"}, "This is no period"),
        ({"start": "2026-03-05", "period": "PT48H"}, "needs the time of its start"),
        ({"start": "2026-03-05", "period": "P100000D"}, "reaches from 1950 to 2100"),
        ({"start": "2026-03-05", "period": "P100000Y"}, "outside the calendar"),
        ({"start": "1949-01-01", "rule": "P-01"}, "greater than or equal to"),
        (
            {
                "start": "2026-03-05",
                "rule": "P-01",
                "excluded_from": "2026-03-09",
                "excluded_to": "2026-03-08",
            },
            "cannot end before it began",
        ),
    ],
)
def test_the_calculator_refuses_bad_input_with_a_sentence(client, cast, question, sentence):
    answer = _ask(_login(client, cast.handler), **question)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_markup_in_a_question_stays_text(client, cast):
    answer = _ask(_login(client, cast.handler), start="2026-03-05", period="<script>")
    assert "<script>alert" not in answer.content.decode()
    assert "&lt;script&gt;" in answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name",
    ["deadline_list", "deadline_calculator", "rulebook", "calendar_year_list", "notification_list"],
)
def test_every_page_opens_in_both_languages(client, case, cast, name, language):
    assert _login(client, cast.handler, language).get(reverse(name)).status_code == 200


def test_a_deadline_shows_why_and_the_stranger_finds_nothing(client, case, cast):
    row = case.deadlines.get()
    for name, argument in (("deadline_detail", row.pk), ("deadline_matter_list", case.key)):
        address = reverse(name, args=[argument])
        page = _login(client, cast.handler).get(address)
        assert "2026-04-05 is skipped" in page.content.decode()
        assert _login(client, cast.stranger).get(address).status_code == 404
    closing = reverse("deadline_close", args=[row.pk])
    assert _login(client, cast.stranger).post(closing, {"outcome": "met"}).status_code == 404


def test_the_head_sees_the_deadline_but_cannot_close_it(client, case, cast):
    row = case.deadlines.get()
    answer = _login(client, cast.head).post(
        reverse("deadline_close", args=[row.pk]), {"outcome": "met"}
    )
    assert answer.status_code == 409
    assert "Record the event instead" in answer.content.decode()


def test_the_team_sets_and_closes_a_deadline_in_the_browser(client, case, cast):
    _login(client, cast.handler)
    address = reverse("deadline_matter_list", args=[case.key])
    with on(2026, 4, 1):
        wrong = client.post(address, {"title": "回访", "day": "2026-03-31"})
        assert wrong.status_code == 400
        assert "This day has passed" in wrong.content.decode()
        client.post(address, {"title": "<b>回访</b>", "day": "2026-04-10"})
        row = case.deadlines.get(manual=True)
        assert "&lt;b&gt;" in client.get(address).content.decode()
        done = {"outcome": "met", "note": "已办", "paper": upload()}
        client.post(reverse("deadline_close", args=[row.pk]), done)
    row.refresh_from_db()
    assert row.state == DeadlineState.MET


def test_notifications_are_read_by_their_own_recipient_only(client, case, cast):
    with on(2026, 4, 8):
        services.lapse_due()
    row = selectors.notifications_of(cast.handler).get()
    address = reverse("notification_read", args=[row.pk])
    assert _login(client, cast.colleague).post(address).status_code == 404
    assert (
        "Pre-suit announcement ended on 2026-04-07."
        in _login(client, cast.handler).get(reverse("notification_list")).content.decode()
    )
    client.post(address)
    assert selectors.unread_count(cast.handler) == 0


def test_panel_inbox_and_timeline_show_the_deadline(case, cast):
    with on(2026, 4, 1), translation.override("en"):
        ((_row, lines),) = panel_context(case, cast.handler)["deadlines"]
        assert lines[-1].text == "Last day: 2026-04-07."
        (item,) = inbox_items(cast.handler)
        assert (item.group, item.due, item.matter_key) == ("todo", date(2026, 4, 7), case.key)
        assert timeline_entries(case, cast.handler) == []
    with on(2026, 4, 8):
        services.lapse_due()
        # The announcement has run out; that is no duty of anybody, only something to know.
        assert {item.group for item in inbox_items(cast.handler)} == {"notice"}
        with translation.override("zh-hans"):
            (entry,) = timeline_entries(case, cast.handler)
        assert entry.day == date(2026, 4, 7)
        assert "公益诉讼办案规则第91条" in entry.text


def test_the_generated_page_names_every_period_and_every_notice():
    page = periods_page()
    assert "| P-01 | 公告期间" in page
    assert "国务院办公厅关于2004年部分节假日安排的通知" in page
    with translation.override("zh-hans"):
        assert periods_page() == page


def test_the_proposal_screen_announces_the_period_before_anything_is_recorded(cast):
    case = make_case(cast)
    announcing = acts.declaration_of(case, "T12")
    with on(2026, 3, 5), translation.override("en"):
        lines = [str(line.text) for line in acts.preview(announcing, case, {})]
    assert any("P-01" in line and "2026-04-07" in line for line in lines)
    assert case.deadlines.count() == 0


@pytest.mark.parametrize(
    "code",
    [
        *("period", "unit", "length", "needs_hour", "mixed", "hours_back", "hours_changed"),
        *("back_changed", "interval", "typed_end", "end", "calendar"),
    ],
)
def test_every_fault_of_a_period_says_what_is_wrong_and_what_to_do(code):
    with translation.override("en"):
        said = error_text(PeriodError(code, "raw"))
    assert "raw" not in said
    assert len(said.split(". ")) > 1
