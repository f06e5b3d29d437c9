"""Publishing the notice of a year: validation, what it moves, one act (CPL 85, CC 203; norm C125)."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import translation

from audit.errors import Conflict, Invalid, NotPermitted
from audit.models import AuditEvent
from deadlines.calendar import official
from deadlines.derive import compute
from deadlines.models import CalendarNotice, Deadline
from deadlines.rulebook import in_force
from deadlines.services.publishing import NoticeEntry, preview, publish
from deadlines.yearbook import calendar, known_notices
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import announce, make_case

pytestmark = [pytest.mark.django_db, pytest.mark.norm("C125")]
HEADER = "day,kind,name,name_en"
# What 2027 may look like; the State Council had not announced it when this was written.
LINES = (
    "2027-01-01,off,元旦,New Year's Day",
    "2027-01-02,off,元旦,New Year's Day",
    "2027-01-03,off,元旦,New Year's Day",
    "2027-01-04,off,元旦,New Year's Day",
    "2027-01-09,work,元旦,New Year's Day",
    "2027-02-06,off,春节,Spring Festival",
    "2027-04-05,off,清明节,Tomb-sweeping Day",
    "2027-05-01,放假,劳动节,Labour Day",
    "2027-05-02,放假,劳动节,Labour Day",
    "2027-05-08,上班,劳动节,Labour Day",
    "2027-06-09,off,端午节,Dragon Boat Festival",
    "2027-09-15,off,中秋节,Mid-Autumn Festival",
    "2027-10-01,off,国庆节,National Day",
    "2027-10-02,off,国庆节,National Day",
    "2027-10-03,off,国庆节,National Day",
)
SOURCE, SOURCE_EN = "某通知", "A notice"


def entry(*lines: str, year: int = 2027, source: str = SOURCE) -> NoticeEntry:
    return NoticeEntry(year, source, SOURCE_EN, "\n".join([HEADER, *(lines or LINES)]))


def without(start: str) -> list[str]:
    return [line for line in LINES if not line.startswith(start)]


def do_publish(actor, given: NoticeEntry) -> CalendarNotice:
    return publish(actor=actor, entry=given, digest=preview(actor=actor, entry=given).digest)


@pytest.fixture
def admin(cast):
    return cast.system_administrator


@pytest.fixture
def waiting(cast):
    """An announcement whose thirty days end on 2 January 2027, in a year without a notice."""
    case = make_case(cast)
    with on(2026, 12, 3):
        announce(case, date(2026, 12, 3))
        yield Deadline.objects.get(case=case, rule="P-01")


def faults_of(admin, given: NoticeEntry) -> list[str]:
    with translation.override("en"), pytest.raises(Invalid) as refused:
        preview(actor=admin, entry=given)
    return [str(text) for texts in refused.value.errors.values() for text in texts]


def test_a_published_year_is_no_longer_provisional(admin, waiting):
    book = in_force(date(2026, 12, 3))
    before = compute(book.periods["P-01"], date(2026, 12, 3), book)
    assert (before.effective, before.provisional) == (date(2027, 1, 4), True)
    do_publish(admin, entry())
    after = compute(book.periods["P-01"], date(2026, 12, 3), book)
    assert (after.effective, after.provisional) == (date(2027, 1, 5), False)
    assert calendar().is_working(date(2027, 1, 9))
    assert not calendar().is_working(date(2027, 1, 4))


def test_the_shipped_2026_published_again_gives_the_same_worked_examples(admin):
    """E2, E4, E16 of law 6.3 from an uploaded file."""
    shipped = next(notice for notice in known_notices() if notice.year == 2026)
    lines = [
        f"{day},{kind},{festival.name},{festival.name_en}"
        for festival in shipped.festivals
        for kind, days in (("off", festival.off), ("work", festival.work))
        for day in days
    ]
    do_publish(admin, entry(*lines, year=2026, source=shipped.source))
    book = in_force(date(2026, 1, 15))
    announcement = book.periods["P-01"]
    for published, last in ((date(2026, 1, 15), 14), (date(2026, 4, 9), 9)):
        assert compute(announcement, published, book).effective.day == last
    for day in (date(2026, 2, 14), date(2026, 5, 9)):
        assert calendar().is_working(day) == official().is_working(day)
        assert calendar().add_working_days(day, 3) == official().add_working_days(day, 3)


def test_a_preview_names_what_moves_and_moves_nothing(admin, waiting):
    outcome = preview(actor=admin, entry=entry())
    [row] = outcome.moved
    assert (row.deadline, row.before, row.after) == (waiting, date(2027, 1, 4), date(2027, 1, 5))
    waiting.refresh_from_db()
    assert (waiting.effective_day, waiting.provisional) == (date(2027, 1, 4), True)
    assert not CalendarNotice.objects.exists()


def test_publishing_moves_the_deadlines_and_their_reminders_as_one_act(admin, waiting):
    notice = do_publish(admin, entry())
    waiting.refresh_from_db()
    assert (waiting.effective_day, waiting.provisional) == (date(2027, 1, 5), False)
    assert waiting.nominal_day == date(2027, 1, 2)
    standing = waiting.reminders.filter(state="pending").values_list("for_day", flat=True)
    assert set(standing) == {date(2027, 1, 5)}
    [record] = AuditEvent.objects.filter(action="calendar.published")
    assert (record.actor_id, record.object_id) == (admin.pk, "2027")
    told = json.loads(bytes(record.canonical))["details"]
    assert told["deadlines"] == [[waiting.pk, "2027-01-04", "2027-01-05"]]
    assert (told["edition"], told["sha256"]) == (1, notice.sha256)


def test_a_later_edition_stands_and_the_first_one_is_kept(admin, waiting):
    do_publish(admin, entry())
    do_publish(admin, entry(*without("2027-01-04"), source="更正通知"))
    waiting.refresh_from_db()
    assert waiting.effective_day == date(2027, 1, 4)
    assert list(CalendarNotice.objects.values_list("edition", flat=True)) == [1, 2]
    assert [n.source for n in known_notices() if n.year == 2027] == ["更正通知"]


def test_a_deadline_that_is_met_and_one_set_by_hand_stay(cast, admin, waiting):
    from deadlines import services

    with on(2026, 12, 4):
        own = services.set_manual(
            actor=cast.handler, matter=waiting.case, title="核对", day=date(2027, 1, 4)
        )
    do_publish(admin, entry())
    own.refresh_from_db()
    assert own.effective_day == date(2027, 1, 4)


def test_what_was_shown_is_what_is_done(cast, admin, waiting):
    digest = preview(actor=admin, entry=entry()).digest
    with on(2026, 12, 4):
        announce(make_case(cast), date(2026, 12, 3))
    with pytest.raises(Conflict) as refused:
        publish(actor=admin, entry=entry(), digest=digest)
    assert refused.value.code == "moves_differ"
    waiting.refresh_from_db()
    assert waiting.effective_day == date(2027, 1, 4)
    assert not CalendarNotice.objects.exists()


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["2027-02-30,off,春节,Spring Festival"], "Line 2: “2027-02-30” is no day"),
        (["2027-02-08,rest,春节,Spring Festival"], "Line 2: the kind must be off or work"),
        (["2027-02-08,off,春节"], "Line 2: four values are needed"),
        (["2027-02-08,off,,Spring Festival"], "Line 2: the festival needs"),
        (["2028-02-08,off,春节,Spring Festival"], "Line 2: 2028-02-08 does not belong"),
        (["2027-02-08,work,春节,Spring Festival"], "is neither a Saturday nor a Sunday"),
        ([*LINES, LINES[0]], "Line 17: 2027-01-01 is named twice"),
        (without("2027-10-02"), "2027-10-02 (国庆节) is missing among the days off"),
    ],
)
def test_a_file_at_fault_is_refused_line_by_line_and_changes_nothing(admin, lines, fault):
    [told] = faults_of(admin, entry(*lines))
    assert fault in told
    assert not CalendarNotice.objects.exists()


def test_all_faults_are_told_at_once(admin):
    told = faults_of(
        admin, entry("x,off,春节,Spring Festival", "2027-02-08,y,春节,Spring Festival")
    )
    assert len(told) == 2


def test_a_day_another_year_has_named_is_refused(admin):
    do_publish(admin, entry(*LINES, "2026-12-31,off,元旦,New Year's Day"))
    shipped = next(notice for notice in known_notices() if notice.year == 2026)
    lines = [
        f"{day},off,{festival.name},{festival.name_en}"
        for festival in shipped.festivals
        for day in festival.off
    ]
    again = entry(*lines, "2026-12-31,off,元旦,New Year's Day", year=2026)
    [told] = faults_of(admin, again)
    assert "the notice of 2027 names 2026-12-31 already" in told


@pytest.mark.parametrize("text", ["", "day;kind\n", "day,kind,name\n2027-01-01,off,元旦\n"])
def test_a_file_without_the_right_first_line_is_refused(admin, text):
    [told] = faults_of(admin, NoticeEntry(2027, SOURCE, SOURCE_EN, text))
    assert HEADER in told


def test_a_year_outside_the_calendar_and_a_notice_without_a_name_are_refused(admin):
    told = faults_of(admin, NoticeEntry(1999, " ", "", HEADER))
    assert len(told) == 3


def test_nobody_but_a_system_administrator_publishes(cast):
    for person in (cast.handler, cast.chief, cast.auditor, cast.security_administrator):
        with pytest.raises(NotPermitted):
            preview(actor=person, entry=entry())
        with pytest.raises(NotPermitted):
            publish(actor=person, entry=entry(), digest="")
    assert not CalendarNotice.objects.exists()


def test_a_published_notice_is_never_changed(admin):
    notice = do_publish(admin, entry())
    rows = CalendarNotice.objects.filter(pk=notice.pk)
    for change in (lambda: rows.update(days=[]), lambda: rows._raw_delete("default")):
        with pytest.raises(DatabaseError) as refused, transaction.atomic():
            change()
        assert refused.value.__cause__.pgcode == "42501"


# --- page and API ---------------------------------------------------------------------------------


def upload(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("2027.csv", entry(*lines).text.encode("utf-8-sig"), "text/csv")


def filled(*lines: str) -> dict:
    return {"year": 2027, "source": SOURCE, "source_en": SOURCE_EN, "file": upload(*lines)}


def test_an_administrator_publishes_in_the_browser_after_seeing_what_moves(admin, waiting, as_user):
    client, page = as_user(admin), reverse("calendar_publish")
    assert page in client.get(reverse("calendar_year_list")).content.decode()
    shown = client.post(page, filled())
    text = shown.content.decode()
    assert "2027-01-05" in text
    assert waiting.case.key not in text
    assert not CalendarNotice.objects.exists()
    form = shown.context["form"]
    done = client.post(page, {name: form[name].value() for name in form.fields}, follow=True)
    assert done.redirect_chain == [(reverse("calendar_year_list"), 302)]
    assert SOURCE in done.content.decode()
    waiting.refresh_from_db()
    assert waiting.effective_day == date(2027, 1, 5)


def test_what_moved_meanwhile_is_shown_again_before_anything_is_done(cast, admin, waiting, as_user):
    client, page = as_user(admin), reverse("calendar_publish")
    form = client.post(page, filled()).context["form"]
    given = {name: form[name].value() for name in form.fields}
    with on(2026, 12, 4):
        announce(make_case(cast), date(2026, 12, 3))
    again = client.post(page, given)
    assert again.status_code == 409
    assert len(again.context["outcome"].moved) == 2
    assert not CalendarNotice.objects.exists()
    form = again.context["form"]
    client.post(page, {name: form[name].value() for name in form.fields})
    assert CalendarNotice.objects.count() == 1


def test_the_page_tells_each_line_at_fault_and_keeps_the_rest(admin, as_user):
    admin.language = "en"
    admin.save()
    answer = as_user(admin).post(
        reverse("calendar_publish"), filled("2027-02-30,off,<b>春节</b>,Spring Festival")
    )
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Line 2: “2027-02-30” is no day" in text
    assert f'value="{SOURCE}"' in text


@pytest.mark.parametrize("content", [b"\xff\xfe1,2", b"x" * 100_001])
def test_a_file_that_is_no_text_or_too_long_is_refused(admin, as_user, content):
    given = filled() | {"file": SimpleUploadedFile("2027.csv", content)}
    answer = as_user(admin).post(reverse("calendar_publish"), given)
    assert answer.status_code == 400
    assert not CalendarNotice.objects.exists()


def test_nobody_else_finds_the_page(cast, as_user):
    for person in (cast.handler, cast.chief, cast.stranger, cast.auditor):
        client = as_user(person)
        assert client.get(reverse("calendar_publish")).status_code == 404
        assert client.post(reverse("calendar_publish"), filled()).status_code == 404
        listed = client.get(reverse("calendar_year_list")).content.decode()
        assert reverse("calendar_publish") not in listed


def test_programs_preview_and_publish(cast, admin, waiting):
    program = program_of(admin)
    told = program.send("calendar/preview/", filled(), format="multipart").json()
    assert [(row["rule"], row["before"], row["after"]) for row in told["moved"]] == [
        ("P-01", "2027-01-04", "2027-01-05")
    ]
    wrong = program.send("calendar/publish/", filled() | {"digest": "0" * 64}, format="multipart")
    assert (wrong.status_code, wrong.json()["code"]) == (409, "moves_differ")
    given = filled() | {"digest": told["digest"]}
    answer = program.send("calendar/publish/", given, format="multipart")
    assert answer.status_code == 201
    assert answer.json()["festivals"][0]["work"] == ["2027-01-09"]
    assert program_of(cast.handler).ask("calendar/")[-1]["year"] == 2027
    refused = program_of(cast.handler).send("calendar/preview/", filled(), format="multipart")
    assert refused.status_code == 404


def test_two_publications_wait_for_one_another(admin):
    with transaction.atomic():
        preview(actor=admin, entry=entry())
        do_publish(admin, entry())
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7210405 AND pid = pg_backend_pid()"
            )
            assert cursor.fetchone()[0] == 1
