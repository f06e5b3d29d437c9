"""How each person is reminded, and what nobody can switch off."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.errors import Invalid
from audit.models import AuditEvent
from deadlines import services
from deadlines.models import Channel, ReminderSettings, ReminderState
from deadlines.services.reminder_settings import change_settings
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import announce, happen, make_case

pytestmark = pytest.mark.django_db

FORM = {
    f"{sort}_{name}": value
    for sort in ("own", "watched", "manual")
    for name, value in {"which": "rulebook", "in_app": "on", "mail": "at_once"}.items()
}


def pending(deadline, person):
    rows = deadline.reminders.filter(recipient=person, state=ReminderState.PENDING)
    return sorted(rows.values_list("offset", "channel"))


@pytest.fixture
def handler(cast, with_mailbox):
    return with_mailbox(cast.handler)


@pytest.fixture
def watched(cast, handler):
    """The announcement: a period in which others may act; the rulebook reminds 3, 1 and 0 days before."""
    case = make_case(cast)
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
    return case.deadlines.get()


def by_hand(cast, day=date(2026, 4, 10)):
    with on(2026, 3, 5):
        return services.set_manual(
            actor=cast.handler, matter=make_case(cast), title="联系", day=day
        )


def test_without_settings_the_rulebook_speaks_in_the_application_and_by_email(handler, watched):
    law = {offset for offset, _channel in pending(watched, handler)}
    assert 0 in law
    assert pending(watched, handler) == sorted(
        (offset, channel) for offset in law for channel in ("in_app", "email")
    )


def test_own_days_take_the_place_of_the_rulebooks_and_the_pending_reminders_follow(cast, handler):
    deadline = by_hand(cast)
    with on(2026, 3, 6):
        change_settings(actor=handler, manual_days=[5, 2], manual_mail="none", manual_in_app=True)
    assert pending(deadline, handler) == [(2, "in_app"), (5, "in_app")]
    with on(2026, 3, 7):
        change_settings(actor=handler, manual_days=None, manual_mail="at_once")
    assert {offset for offset, _ in pending(deadline, handler)} == {3, 1, 0}


def test_what_is_set_by_hand_can_be_switched_off_wholly(cast, handler):
    deadline = by_hand(cast)
    with on(2026, 3, 6):
        change_settings(actor=handler, manual_days=[])
    assert pending(deadline, handler) == []


def test_the_last_reminder_of_a_period_of_law_cannot_be_switched_off(cast, handler, with_mailbox):
    case = make_case(cast)
    with_mailbox(cast.chief)
    with on(2026, 6, 17):
        happen(case, "recusal_applied", date(2026, 6, 17), facts={"recusal": 1})
    deadline = case.deadlines.get()
    with on(2026, 6, 17, 11):
        change_settings(actor=cast.chief, own_days=[], own_in_app=False, own_mail="none")
        assert pending(deadline, cast.chief) == [(0, "in_app")]
        services.recompute(matter=case)
    assert pending(deadline, cast.chief) == [(0, "in_app")]


def test_the_last_reminder_of_a_watched_period_stays_too(handler, watched):
    with on(2026, 3, 6):
        change_settings(
            actor=handler, watched_days=[7], watched_in_app=False, watched_mail="digest"
        )
    assert pending(watched, handler) == [(0, "digest"), (0, "in_app"), (7, "digest")]


def test_a_change_sends_nothing_for_a_moment_past_and_keeps_what_is_on_its_way(cast, handler):
    deadline = by_hand(cast)
    with on(2026, 4, 7, 8, 31):  # the reminder three days before is due and not swept yet
        change_settings(actor=handler, manual_days=[5, 0], manual_mail="none")
    assert pending(deadline, handler) == [(0, "in_app"), (3, "email"), (3, "in_app")]


def test_a_change_leaves_the_reminders_of_others_alone(cast, handler):
    deadline = by_hand(cast)
    with on(2026, 3, 6):
        change_settings(actor=cast.colleague, manual_days=[])
    assert len(pending(deadline, handler)) == 6


@pytest.mark.parametrize(
    ("change", "field"), [({"own_days": [4]}, "own_days"), ({"own_mail": "sms"}, "own_mail")]
)
def test_what_is_not_offered_is_refused_and_nothing_changes(handler, change, field):
    with pytest.raises(Invalid) as refusal:
        change_settings(actor=handler, **change)
    assert field in refusal.value.errors
    assert not ReminderSettings.objects.exists()


def test_the_change_is_on_record_and_the_same_again_is_not(handler):
    for _ in range(2):
        change_settings(actor=handler, own_days=[1, 0])
    assert AuditEvent.objects.filter(action="reminder_settings.changed").count() == 1


def test_hundreds_of_deadlines_follow_with_a_handful_of_queries(cast, handler):
    case = make_case(cast)
    with on(2026, 3, 5):
        for _ in range(30):
            services.set_manual(actor=handler, matter=case, title="联系", day=date(2026, 4, 10))
    with (
        on(2026, 3, 6),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        change_settings(actor=handler, manual_days=[2])
    assert case.deadlines.count() == 30
    assert len(asked) < 30
    assert all(
        pending(row, handler) == [(2, "email"), (2, "in_app")] for row in case.deadlines.all()
    )


# --- the page and the API ---------------------------------------------------------------------


def test_the_page_shows_what_cannot_be_switched_off_with_its_reason(client, handler):
    handler.language = "en"
    handler.save()
    client.force_login(handler)
    page = client.get(reverse("reminder_settings")).content.decode()
    assert page.count("checked disabled") == 2
    assert "no period of law ends without a word" in page


def test_the_page_saves_the_choice(client, handler):
    client.force_login(handler)
    entered = FORM | {"own_which": "own", "own_days": ["5", "1"], "own_mail": "digest"}
    response = client.post(reverse("reminder_settings"), entered)
    assert response.status_code == 302
    row = handler.reminder_settings
    assert (row.own_days, row.own_mail, row.watched_days) == ([5, 1], "digest", None)
    page = client.get(reverse("reminder_settings")).content.decode()
    assert 'value="digest" selected' in page


def test_a_choice_that_is_not_offered_is_said_at_its_field(client, handler):
    client.force_login(handler)
    response = client.post(reverse("reminder_settings"), FORM | {"own_days": ["4"]})
    assert response.status_code == 400
    assert not ReminderSettings.objects.exists()


def test_a_program_reads_and_changes_the_settings_of_its_own_person(cast, handler):
    program = program_of(handler)
    assert program.ask("reminder-settings/mine/")["own_mail"] == "at_once"
    response = program.send(
        "reminder-settings/mine/",
        {"own_days": [3, 0], "own_mail": "digest", "user": cast.colleague.pk},
        method="patch",
    )
    assert response.status_code == 200, response.content
    assert response.json()["own_days"] == [3, 0]
    assert ReminderSettings.objects.get().user == handler
    refused = program.send("reminder-settings/mine/", {"own_days": [4]}, method="patch")
    assert refused.status_code == 400
    assert program.get(f"/api/v1/reminder-settings/{cast.colleague.pk}/").status_code == 404


def test_a_program_reads_the_reminders_of_a_deadline_it_may_see(cast, handler, watched):
    with on(2026, 4, 6):
        services.sweep()
    rows = program_of(handler).ask(f"deadlines/{watched.pk}/reminders/")
    assert {row["channel"] for row in rows} == {Channel.IN_APP, Channel.EMAIL}
    assert any(row["late"] for row in rows)
    stranger = program_of(cast.stranger)
    assert stranger.get(f"/api/v1/deadlines/{watched.pk}/reminders/").status_code == 404
