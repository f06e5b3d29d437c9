"""Calendar feeds: what a calendar program reads, and who may make, read and revoke them (RFC 5545)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from icalendar import Calendar

from audit.errors import Conflict, Invalid, NotPermitted, NotVisible
from audit.models import AuditEvent
from deadlines import services
from deadlines.models import CalendarFeed, Deadline, FeedScope
from deadlines.services.feeds import (
    MOST_FEEDS,
    MOST_FETCHES,
    digest_of,
    make_feed,
    revoke_feed,
)
from tests.deadlines.feeds import entries, entry, feed_of, fetch, path_of
from tests.support.days import on
from tests.support.matters import announce, make_case, stand_aside

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 5)


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    """The day of the announcement: its thirty days end on 7 April."""
    with on(2026, 3, 5):
        yield


# --- what a calendar program reads ------------------------------------------------------------------


def test_a_calendar_program_reads_the_last_day_the_article_and_the_start(case, running, cast):
    cast.handler.language = "zh-hans"
    cast.handler.save()
    found = entry(fetch(feed_of(cast.handler)))
    assert found["dtstart"].params["VALUE"] == "DATE"
    assert found.decoded("dtstart") == running.effective_day == date(2026, 4, 7)
    assert str(found["summary"]) == f"{running.title_zh} · {case.key}"
    assert "办案规则第91条" in found["description"]
    assert "2026-03-05" in found["description"]
    assert str(found["uid"]) == f"deadline-{running.pk}@localhost"
    assert str(found["url"]).endswith(reverse("deadline_detail", args=[running.pk]))
    with translation.override("zh-hans"):
        assert list(found["categories"].cats) == [running.get_kind_display()]
    assert (found["status"], found["class"]) == ("CONFIRMED", "CONFIDENTIAL")
    assert found["sequence"] == 0
    assert found["dtstamp"].dt == found["last-modified"].dt == running.created_at


def test_no_name_leaves_the_house(case, running, cast):
    cast.handler.language = "en"
    cast.handler.save()
    Deadline.objects.filter(pk=running.pk).update(about="张三与某科技有限公司")
    services.set_manual(
        actor=cast.handler, matter=case, title="约谈李四", day=date(2026, 3, 20), note="王五"
    )
    text = fetch(feed_of(cast.handler)).content.decode().replace("\r\n ", "")
    for name in ("张三", "李四", "王五", "某科技", case.title, cast.handler.name):
        assert name not in text
    assert f"a deadline set by hand · {case.key}" in text


def test_each_offset_of_the_reminders_rings_when_the_reminder_is_due(running, cast):
    found = entry(fetch(feed_of(cast.handler)))
    midnight = datetime(2026, 4, 6, 16, tzinfo=UTC)  # of 7 April in Beijing
    ringing = {midnight + alarm["trigger"].dt for alarm in found.walk("VALARM")}
    due = set(
        running.reminders.filter(recipient=running.duty_holder).values_list("due_at", flat=True)
    )
    assert due
    assert ringing == due
    assert {str(alarm["action"]) for alarm in found.walk("VALARM")} == {"DISPLAY"}


def test_a_deadline_of_hours_is_an_instant_in_universal_time(running, cast):
    last = datetime(2026, 4, 7, 7, 0, tzinfo=UTC)
    Deadline.objects.filter(pk=running.pk).update(effective_instant=last)
    answer = fetch(feed_of(cast.handler))
    assert b"DTSTART:20260407T070000Z" in answer.content
    ringing = {last + alarm["trigger"].dt for alarm in entry(answer).walk("VALARM")}
    assert min(ringing).astimezone(UTC).strftime("%H:%M") == "00:30"


def test_a_provisional_day_says_so(running, cast):
    cast.handler.language = "en"
    cast.handler.save()
    Deadline.objects.filter(pk=running.pk).update(provisional=True, at_least=True)
    found = entry(fetch(feed_of(cast.handler)))
    assert str(found["summary"]).endswith("(at least until) (provisional)")
    assert "the official notice on the holidays is not published yet" in found["description"]
    assert found["status"] == "TENTATIVE"


def test_lines_are_folded_and_signs_escaped_so_that_the_program_reads_what_was_written(
    running, cast
):
    title = "为了充分证明折行在汉字之间也不会断开一个字符；含逗号,分号;反斜线\\以及更多更多的文字"
    Deadline.objects.filter(pk=running.pk).update(title_zh=title, title_en=title)
    answer = fetch(feed_of(cast.handler))
    lines = answer.content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines[:-1])  # no character is cut
    assert rb"\," in answer.content
    assert rb"\;" in answer.content
    assert str(entry(answer)["summary"]).startswith(title)


def test_a_moved_day_has_a_higher_sequence_and_a_later_stamp(running, cast):
    path = feed_of(cast.handler)
    before = entry(fetch(path))
    Deadline.objects.filter(pk=running.pk).update(effective_day=date(2026, 4, 8), note="x")
    after = entry(fetch(path))
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["last-modified"].dt > before["last-modified"].dt


def test_the_database_counts_only_what_a_calendar_shows_and_no_writer_can_undo_it(running):
    Deadline.objects.filter(pk=running.pk).update(effective_day=date(2026, 4, 8))
    Deadline.objects.filter(pk=running.pk).update(closing_note="nothing new")
    running.refresh_from_db()
    assert running.revision == 1
    Deadline.objects.filter(pk=running.pk).update(revision=0, revised_at=None)
    running.refresh_from_db()
    assert running.revision == 1
    assert running.revised_at is not None


# --- which deadlines ----------------------------------------------------------------------------------


def test_each_feed_holds_what_it_was_made_for(case, running, cast):
    other = make_case(cast)
    announce(other, DAY)
    Deadline.objects.filter(case=other).update(duty_holder=cast.colleague)
    keys = {}
    for name, path in {
        "own": feed_of(cast.handler, FeedScope.OWN),
        "visible": feed_of(cast.handler),
        "case": feed_of(cast.handler, FeedScope.CASE, other),
    }.items():
        keys[name] = {summary.rpartition(" · ")[2] for summary in entries(fetch(path))}
    assert keys == {"own": {case.key}, "visible": {case.key, other.key}, "case": {other.key}}


def test_a_closed_deadline_and_an_ended_period_are_left_out_and_a_late_duty_stays(running, cast):
    path = feed_of(cast.handler)
    Deadline.objects.filter(pk=running.pk).update(state="lapsed")  # the time of others: it ended
    assert entries(fetch(path)) == {}
    Deadline.objects.filter(pk=running.pk).update(rule="P-02")
    assert not entry(fetch(path)).walk("VALARM")
    Deadline.objects.filter(pk=running.pk).update(state="cancelled")
    assert entries(fetch(path)) == {}


def test_the_file_of_a_case_calls_a_late_duty_open_and_an_ended_time_of_others_not(
    case, running, cast, as_user
):
    cast.handler.language = "en"
    cast.handler.save()
    address = reverse("deadline_matter_file", args=[case.key])
    Deadline.objects.filter(pk=running.pk).update(state="lapsed")
    assert "still open" not in entry(as_user(cast.handler).get(address))["description"]
    Deadline.objects.filter(pk=running.pk).update(rule="P-02")
    assert "still open" in entry(as_user(cast.handler).get(address))["description"]


def test_head_and_chief_read_what_they_see_and_a_stranger_nothing(case, cast):
    for person in (cast.head, cast.chief):
        assert entry(fetch(feed_of(person)))
    for person in (cast.stranger, cast.system_administrator, cast.auditor):
        assert entries(fetch(feed_of(person))) == {}


def test_whoever_has_to_stand_aside_reads_nothing_at_the_next_fetch(case, cast):
    path = feed_of(cast.head)
    assert entries(fetch(path))
    stand_aside(cast, case, cast.head)
    assert entries(fetch(path)) == {}


# --- who makes a feed and who ends it ----------------------------------------------------------------


def test_only_a_member_of_the_team_makes_a_feed_of_a_case(case, cast):
    with pytest.raises(NotPermitted) as refused:
        make_feed(actor=cast.head, scope=FeedScope.CASE, case=case)
    assert refused.value.code == "not_in_team"
    with pytest.raises(NotVisible):
        make_feed(actor=cast.stranger, scope=FeedScope.CASE, case=case)
    for scope, named in ((FeedScope.CASE, None), (FeedScope.OWN, case)):
        with pytest.raises(Invalid):
            make_feed(actor=cast.handler, scope=scope, case=named)
    assert not CalendarFeed.objects.exists()


def test_the_feed_of_a_case_ends_for_good_when_its_owner_loses_sight_of_the_case(case, cast):
    path = feed_of(cast.handler, FeedScope.CASE, case)
    assert entries(fetch(path))
    stand_aside(cast, case, cast.handler)
    assert fetch(path).status_code == 404
    feed = CalendarFeed.objects.get()
    assert feed.revoked_at is not None
    record = AuditEvent.objects.get(action="calendar_feed.revoked")
    assert (record.actor_id, record.object_id, record.case_id) == (None, str(feed.pk), case.pk)


def test_nobody_has_more_than_ten_feeds(cast):
    made = [make_feed(actor=cast.handler, scope=FeedScope.OWN)[0] for _ in range(MOST_FEEDS)]
    with pytest.raises(Conflict) as refused:
        make_feed(actor=cast.handler, scope=FeedScope.OWN)
    assert refused.value.code == "too_many_feeds"
    revoke_feed(actor=cast.handler, pk=made[0].pk)
    make_feed(actor=cast.handler, scope=FeedScope.OWN)


def test_a_revoked_an_unknown_and_a_closed_account_answer_alike(running, cast):
    revoked, closed, first = (make_feed(actor=cast.handler, scope=FeedScope.OWN) for _ in range(3))
    revoke_feed(actor=cast.handler, pk=revoked[0].pk)
    answers = [fetch(path_of(revoked[1])), fetch("/feeds/unknown.ics"), fetch("/feeds/%00.ics")]
    cast.handler.is_active = False
    cast.handler.save()
    answers.append(fetch(path_of(closed[1])))
    cast.handler.is_active, cast.handler.must_change_password = True, True
    cast.handler.save()
    answers.append(fetch(path_of(first[1])))
    kept = [{k: v for k, v in a.headers.items() if k != "X-Request-ID"} for a in answers]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert kept == kept[:1] * len(kept)


def test_nobody_revokes_the_feed_of_somebody_else(cast, as_user):
    feed, _token = make_feed(actor=cast.handler, scope=FeedScope.OWN)
    for person in (cast.colleague, cast.system_administrator):
        with pytest.raises(NotVisible):
            revoke_feed(actor=person, pk=feed.pk)
        assert as_user(person).post(reverse("feed_revoke", args=[feed.pk])).status_code == 404
    revoke_feed(actor=cast.handler, pk=feed.pk)
    with pytest.raises(NotVisible):
        revoke_feed(actor=cast.handler, pk=feed.pk)


def test_making_and_revoking_are_on_the_record_and_fetching_is_not(case, cast):
    before = AuditEvent.objects.count()
    feed, token = make_feed(actor=cast.handler, scope=FeedScope.OWN)
    fetch(path_of(token))
    revoke_feed(actor=cast.handler, pk=feed.pk)
    new = AuditEvent.objects.order_by("pk")[before:]
    assert [(row.action, row.object_id) for row in new] == [
        ("calendar_feed.made", str(feed.pk)),
        ("calendar_feed.revoked", str(feed.pk)),
    ]


def test_only_the_digest_of_the_token_is_stored(cast):
    feed, token = make_feed(actor=cast.handler, scope=FeedScope.OWN)
    assert len(token) == 43
    values = CalendarFeed.objects.filter(pk=feed.pk).values().get()
    assert values["digest"] == digest_of(token)
    assert token not in str(values)


def test_the_token_is_in_no_log_and_in_no_record(cast, caplog, as_user):
    feed, token = make_feed(actor=cast.handler, scope=FeedScope.OWN)
    revoke_feed(actor=cast.handler, pk=feed.pk)
    with caplog.at_level(logging.DEBUG):
        as_user(cast.handler).get(path_of(token))
        logging.getLogger("gunicorn.access").warning(
            '%(h)s "%(r)s" %(s)s', {"h": "::1", "r": f"GET {path_of(token)} HTTP/1.1", "s": 404}
        )
    assert "Not Found: /feeds/…" in caplog.text
    assert '"GET /feeds/… HTTP/1.1" 404' in caplog.text
    assert token not in caplog.text
    for row in AuditEvent.objects.all():
        assert token not in bytes(row.canonical).decode()


def test_the_answer_sets_no_cookie_and_is_kept_by_nobody_else(running, cast):
    for path in (feed_of(cast.handler), "/feeds/unknown.ics"):
        answer = fetch(path)
        assert not answer.cookies
        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Content-Type-Options"] == "nosniff"


# --- asking again --------------------------------------------------------------------------------------


def test_an_unchanged_calendar_is_not_sent_again(running, cast):
    path = feed_of(cast.handler)
    first = fetch(path)
    assert fetch(path).content == first.content
    for headers in (
        {"if-none-match": first["ETag"]},
        {"if-modified-since": first["Last-Modified"]},
    ):
        again = fetch(path, **headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cache-Control"] == "private, no-cache"
    assert Client().head(path).status_code == 200


def test_a_deadline_that_is_gone_makes_the_calendar_a_new_one(running, cast):
    path = feed_of(cast.handler)
    first = fetch(path)
    Deadline.objects.filter(pk=running.pk).update(state="cancelled")
    assert fetch(path, **{"if-none-match": first["ETag"]}).status_code == 200
    assert fetch(path, **{"if-modified-since": first["Last-Modified"]}).status_code == 200


def test_whoever_fetches_too_often_waits(running, cast):
    path = feed_of(cast.handler)
    CalendarFeed.objects.update(
        fetches=MOST_FETCHES - 1, window_began_at=datetime(2026, 3, 5, 2, tzinfo=UTC)
    )
    assert fetch(path).status_code == 200
    refused = fetch(path)
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    with on(2026, 3, 5, 11):
        assert fetch(path).status_code == 200


def test_a_fetch_asks_the_database_as_often_for_one_deadline_as_for_many(running, case, cast):
    path = feed_of(cast.handler)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert fetch(path).status_code == 200
        return len(queries)

    few = asked()
    for number in range(5):
        services.set_manual(
            actor=cast.handler, matter=case, title="核对", day=DAY + timedelta(days=20 + number)
        )
    another = make_case(cast)
    announce(another, DAY)
    assert asked() == few
    assert len(Calendar.from_ical(fetch(path).content).events) == 7


def test_a_post_to_a_feed_is_refused(cast):
    assert Client().post(feed_of(cast.handler)).status_code == 405
