"""The daily digest: one e-mail a person and day, claimed as a single e-mail is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from audit import clock
from deadlines import mail, services
from deadlines.models import (
    Channel,
    Digest,
    Notification,
    NotificationKind,
    Reminder,
    ReminderState,
)
from deadlines.services import digests
from deadlines.services.reminder_settings import change_settings
from deadlines.services.trying import MOST_ATTEMPTS
from tests.support.days import on
from tests.support.matters import make_case, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(cast, with_mailbox):
    """Somebody who wants one digest a day, with two deadlines that end on 10 April 2026."""
    with_mailbox(cast.handler, language="en")
    with on(2026, 3, 5):
        change_settings(actor=cast.handler, manual_mail="digest", manual_in_app=False)
        for title in ("联系", "回访"):
            set_for(cast, title)
    return cast.handler


def set_for(cast, title="核对", day=date(2026, 4, 10)):
    return services.set_manual(actor=cast.handler, matter=make_case(cast), title=title, day=day)


def digest_rows(**chosen):
    return Reminder.objects.filter(channel=Channel.DIGEST, **chosen)


def test_everything_due_that_day_comes_in_one_email_and_once(reader, mailoutbox):
    with on(2026, 4, 7, 8, 31):
        services.sweep()
        services.sweep()
    assert len(mailoutbox) == 1
    body = mailoutbox[0].body
    for deadline in reader.deadlines.all():
        assert deadline.matter.key in body
        assert f"/deadlines/{deadline.pk}/" in body
    assert mailoutbox[0].subject == "Deadlines, 2026-04-07: 2 reminders"
    digest = Digest.objects.get()
    assert (digest.day, digest.state, digest.attempts) == (date(2026, 4, 7), "sent", 1)
    assert mailoutbox[0].extra_headers["Message-ID"] == digest.message_id
    assert digest_rows(state=ReminderState.SENT).count() == 2


def test_on_a_day_with_nothing_due_there_is_no_email(reader, mailoutbox):
    with on(2026, 4, 6, 8, 31):
        services.sweep()
    assert not mailoutbox
    assert not Digest.objects.exists()


def test_no_digest_goes_out_before_half_past_eight(reader, mailoutbox):
    with on(2026, 4, 7, 8, 29):
        services.sweep()
    assert not mailoutbox


def test_a_digest_names_no_person_and_no_title_set_by_hand(reader, mailoutbox):
    with on(2026, 4, 7, 8, 31):
        services.sweep()
    text = mailoutbox[0].subject + mailoutbox[0].body
    for name in ("联系", "回访", reader.name, "某科技公司"):
        assert name not in text


def test_what_is_closed_meanwhile_is_left_out_and_without_the_rest_nothing_goes(
    cast, reader, mailoutbox
):
    first, second = reader.deadlines.all()
    with on(2026, 4, 6):
        services.complete_manual(actor=reader, deadline=first, note="已办", files=[upload()])
    with on(2026, 4, 7, 8, 31):
        services.sweep()
    assert first.matter.key not in mailoutbox[0].body
    with on(2026, 4, 8):
        services.complete_manual(actor=reader, deadline=second, note="已办", files=[upload()])
    with on(2026, 4, 10):
        services.sweep()
    assert len(mailoutbox) == 1


def test_the_attempt_is_on_record_before_the_mail_server_is_called(reader, monkeypatch):
    seen = []

    def send(digest, rows, now):
        held = Digest.objects.get()
        seen.append((held.state, held.attempts, held.lease_until is not None))
        return ""

    monkeypatch.setattr(mail, "send_digest", send)
    with on(2026, 4, 7, 8, 31):
        services.sweep()
    assert seen == [("sending", 1, True)]


def test_a_worker_lost_between_sending_and_marking_leads_to_one_repeat_of_the_same_message(
    reader, mailoutbox, monkeypatch
):
    with on(2026, 4, 7, 8, 31), monkeypatch.context() as lost:
        lost.setattr(digests, "_finish", lambda *args: None)
        digests.deliver_digest()
        assert digests.deliver_digest() == 0, "the lease holds"
    with on(2026, 4, 7, 8, 40):
        services.sweep()
        services.sweep()
    assert len(mailoutbox) == 2
    assert len({message.extra_headers["Message-ID"] for message in mailoutbox}) == 1
    assert Digest.objects.get().attempts == 2


def test_what_comes_after_the_digest_of_its_day_is_sent_alone(cast, reader, mailoutbox):
    with on(2026, 4, 7, 8, 31):
        services.sweep()
    with on(2026, 4, 8, 10):
        late = set_for(cast)
        services.sweep()
        services.sweep()
    assert len(mailoutbox) == 2
    assert late.matter.key in mailoutbox[1].subject
    with on(2026, 4, 9, 8, 31):
        services.sweep()
    assert len(mailoutbox) == 3, "the digest of the day before the last day"
    assert Digest.objects.count() == 2


def test_the_digest_of_a_day_without_workers_comes_once_and_says_that_it_is_late(
    reader, mailoutbox
):
    with on(2026, 4, 8, 9):
        services.sweep()
    assert len(mailoutbox) == 1
    assert "Due at 2026-04-07 08:30 (Beijing time), delivered late." in mailoutbox[0].body


def test_a_digest_nobody_accepts_is_given_up_and_its_reader_told(reader, monkeypatch):
    monkeypatch.setattr(mail, "send_digest", lambda *args: "SMTPException")
    moment = clock.frozen
    with on(2026, 4, 7, 8, 31):
        start = clock.now()
    for number in range(MOST_ATTEMPTS + 1):
        with moment(start + timedelta(hours=2 * number)):
            services.sweep()
    assert Digest.objects.get().state == ReminderState.DEAD
    assert digest_rows(state=ReminderState.DEAD).count() == 2
    told = Notification.objects.filter(kind=NotificationKind.UNDELIVERABLE, recipient=reader)
    assert told.count() == 2


def test_the_database_keeps_one_digest_a_person_and_day(reader):
    values = {"recipient": reader, "day": date(2026, 4, 7), "next_try_at": clock.now()}
    Digest.objects.create(message_id="<1@test>", **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Digest.objects.create(message_id="<2@test>", **values)
