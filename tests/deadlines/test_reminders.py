from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import psycopg2
import pytest
from django.db import connections, transaction

from deadlines import services
from deadlines.models import (
    Channel,
    Deadline,
    Notification,
    NotificationKind,
    Reminder,
    ReminderState,
)
from deadlines.services.delivery import deliver_in_app
from deadlines.services.reminding import synchronise
from deadlines.services.trying import MOST_ATTEMPTS
from tests.support import database
from tests.support.days import on
from tests.support.matters import make_case
from tests.support.reminders import DUE, counting_server, reminders_due, states


@pytest.fixture
def mail_server():
    with counting_server() as counting:
        yield counting


def test_two_sweepers_share_the_work_and_neither_waits(committed_db, cast):
    reminders_due(cast, 60)
    claimed = []
    with on(2026, 4, 1), transaction.atomic():
        # The first sweeper holds fifty rows and has not committed yet.
        first = deliver_in_app()
        other = threading.Thread(
            target=lambda: claimed.append(_in_other_connection(deliver_in_app))
        )
        other.start()
        other.join(timeout=10)
    assert (first, claimed) == (50, [10])
    assert Notification.objects.count() == 60


def _in_other_connection(function):
    try:
        with on(2026, 4, 1):
            return function()
    finally:
        connections.close_all()


def test_a_reminder_that_cannot_be_delivered_does_not_hold_up_the_others(committed_db, cast):
    reminders_due(cast, 50)
    poison = Reminder.objects.get(offset=25)
    with psycopg2.connect(database.url_for(database.OWNER_URL, committed_db)) as owner:
        owner.cursor().execute(
            "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'poison'; END $$;"
            " CREATE TRIGGER poison BEFORE INSERT ON deadlines_notification FOR EACH ROW"
            f" WHEN (NEW.reminder_id = {poison.pk}) EXECUTE FUNCTION poison()"
        )
    owner.close()
    with on(2026, 4, 1):
        services.sweep()
    assert states() == {ReminderState.SENT: 49, ReminderState.PENDING: 1}
    poison.refresh_from_db()
    assert poison.next_try_at > poison.due_at
    for day in range(2, 2 + MOST_ATTEMPTS):
        with on(2026, 4, day):
            services.sweep()
    poison.refresh_from_db()
    assert (poison.state, poison.attempts) == (ReminderState.DEAD, MOST_ATTEMPTS)


@pytest.mark.django_db
def test_a_refused_address_is_given_up_and_its_owner_told(settings, mail_server, cast):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    cast.handler.email = "poison@example.test"
    cast.handler.save()
    reminders_due(cast, 1, Channel.EMAIL)
    for day in range(1, 2 + MOST_ATTEMPTS):
        with on(2026, 4, day):
            services.sweep()
    reminder = Reminder.objects.get()
    assert (reminder.state, reminder.attempts) == (ReminderState.DEAD, MOST_ATTEMPTS)
    assert reminder.tries.count() == MOST_ATTEMPTS
    told = Notification.objects.get()
    assert (told.kind, told.recipient) == (NotificationKind.UNDELIVERABLE, cast.handler)


@pytest.mark.django_db
def test_the_email_names_day_and_key_but_no_person_and_no_title(
    settings, mailoutbox, cast, with_mailbox
):
    with_mailbox(cast.handler)
    deadline = reminders_due(cast, 1, Channel.EMAIL)
    Deadline.objects.filter(pk=deadline.pk).update(article="Rules 91", about="某科技公司")
    with on(2026, 4, 1):
        services.sweep()
    mail = mailoutbox[0]
    text = mail.subject + mail.body
    assert "2026-04-07" in text
    assert Reminder.objects.get().deadline.matter.key in text
    assert "侵害" not in text
    assert "某科技公司" not in text
    assert cast.handler.name not in text
    assert "公益诉讼办案规则第91条" in text, "in the language of the recipient"
    assert mail.extra_headers["Message-ID"] == "<0@test>"


@pytest.mark.django_db
def test_a_reminder_of_a_time_when_no_worker_ran_is_sent_once_with_its_true_time(cast):
    reminders_due(cast, 1)
    with on(2026, 4, 2, 9):
        services.sweep()
        services.sweep()
    told = Notification.objects.get()
    assert told.reminder.due_at == DUE
    assert told.created_at > DUE + timedelta(hours=24)


@pytest.mark.django_db
def test_nothing_is_sent_before_it_is_due(cast):
    reminders_due(cast, 1)
    with on(2026, 4, 1, 8, 29):
        services.sweep()
    assert states() == {ReminderState.PENDING: 1}


def test_two_who_make_the_same_reminder_make_it_once(committed_db, cast):
    deadline = reminders_due(cast, 0)
    with on(2026, 4, 1):
        for _ in range(2):
            synchronise(deadline, recipients=[cast.handler])
    assert Reminder.objects.count() == 3


SET_A_DEADLINE = """
import sys, time, django
django.setup()
from datetime import date
from cases.models import Case
from deadlines import services, waking
case = Case.objects.get()
services.set_manual(actor=case.created_by, matter=case, title="联系", day=date(2026, 4, 6))
sys.stdout.write("unanswered" if waking._on_its_way["deadlines.tasks.sweep_reminders"].locked() else "answered")
sys.stdout.flush()
time.sleep(1)
"""


def an_act_with_the_broker_at(port: int, committed_db: str, clock_file: Path) -> str:
    """Set a deadline in a process of its own; return whether its hint was answered when it was done."""
    clock_file.write_text("2026-04-06T10:00:00+08:00")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "procuracy.settings",
        "DATABASE_URL": database.url_for(database.APPLICATION_URL, committed_db),
        "TEST_CLOCK_FILE": str(clock_file),
        "REDIS_URL": f"redis://127.0.0.1:{port}/0",
    }
    command = [sys.executable, "-c", SET_A_DEADLINE]
    act = subprocess.run(
        command, cwd=database.ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert act.returncode == 0, act.stderr
    return act.stdout


def test_an_act_succeeds_while_the_broker_is_down_and_the_sweep_finds_its_reminder(
    committed_db, tmp_path, cast
):
    make_case(cast)
    an_act_with_the_broker_at(1, committed_db, tmp_path / "clock")
    assert states() == {ReminderState.PENDING: 1}
    with on(2026, 4, 6):
        services.sweep()
    assert states() == {ReminderState.SENT: 1}


def test_an_act_does_not_wait_for_a_broker_that_is_silent(committed_db, tmp_path, cast):
    make_case(cast)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        done = an_act_with_the_broker_at(port, committed_db, tmp_path / "clock")
    assert done == "unanswered"
    assert states() == {ReminderState.PENDING: 1}
