"""Why a deadline ends on its day: start and proof, extensions, time not counted, in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from cases.services.attachments import store
from deadlines import reasons
from deadlines.explain import in_both_languages
from tests.deadlines.test_api import client_of
from tests.support.days import on
from tests.support.matters import happen, make_case

pytestmark = pytest.mark.django_db


def proof_of(case, person, *, purpose="announcement_published", name="公告.pdf"):
    upload = SimpleUploadedFile(name, b"%PDF-1.4 " + name.encode(), "application/pdf")
    with transaction.atomic():
        return store(upload, actor=person, matter=case, purpose=purpose)


@pytest.fixture
def reviewed(cast):
    """A case in review: extended by the chief and above, and an appraisal of 30 days."""
    case = make_case(cast)
    with on(2026, 4, 8):
        happen(case, "announcement_expired", date(2026, 4, 7), actor=cast.handler)
    with on(2026, 5, 6):
        facts = {"work": "appraisal", "institution": "某鉴定所"}
        sent = happen(case, "work_commissioned", date(2026, 5, 6), facts=facts)
    with on(2026, 6, 5):
        facts = {"commission": str(sent.pk), "result": "已鉴定"}
        happen(case, "work_reported", date(2026, 6, 5), facts=facts)
    with on(2026, 7, 1):
        happen(case, "review_extended", date(2026, 7, 1), facts={"ground": "complex"})
    return case


def _english(row):
    return [line.text for line in in_both_languages(row.why).en]


@pytest.mark.norm("C124")
def test_a_derivation_names_the_event_who_extended_it_and_which_work_was_not_counted(reviewed):
    said = _english(reviewed.deadlines.get())
    assert said[0] == "It follows from this event: Announcement expired, 2026-04-07."
    assert (
        "Extended by 1 month by the chief procurator on 2026-07-01 "
        "(major, difficult or complex case), counted from the start: 2026-08-07."
    ) in said
    assert "2026-05-06 to 2026-06-05 is not counted (30 days, Appraisal): 2026-09-06." in said


def test_the_chinese_derivation_names_them_too_whoever_reads(reviewed):
    steps = {step["code"]: step for step in reviewed.deadlines.get().why}
    assert steps["event"]["title_zh"] == "公告期满"
    assert (steps["extension"]["by_zh"], steps["extension"]["reason_zh"]) == (
        "检察长",
        "重大、疑难、复杂案件",
    )
    assert steps["exclusion"]["reason_zh"] == "鉴定"


def test_an_approval_of_the_next_higher_office_is_told_with_the_day_it_names(reviewed):
    with on(2026, 8, 3):
        facts = {"until": "2026-10-12", "approval_number": "1号"}
        happen(reviewed, "review_extended_further", date(2026, 8, 3), facts=facts)
    said = _english(reviewed.deadlines.get())
    assert any("The approval of the next-higher procuratorate of 2026-08-03" in s for s in said)


def test_more_time_of_the_court_names_its_president_or_the_superior_court(cast):
    case = make_case(cast)
    with on(2026, 2, 2):
        happen(case, "suit_accepted", date(2026, 2, 2))
    with on(2026, 7, 1):
        facts = {"by": "president", "until": "2027-01-15"}
        happen(case, "trial_extended", date(2026, 7, 1), facts=facts)
    assert any("of the president of the court" in s for s in _english(_trial(case)))
    with on(2027, 1, 5):
        facts = {"by": "superior", "until": "2027-03-15"}
        happen(case, "trial_extended", date(2027, 1, 5), facts=facts)
    assert any("of the superior court" in s for s in _english(_trial(case)))


def _trial(case):
    return case.deadlines.get(rule="P-27")


def test_overlapping_works_are_one_step_that_names_both(cast):
    case = make_case(cast)
    with on(2026, 4, 8):
        happen(case, "announcement_expired", date(2026, 4, 7))
    with on(2026, 5, 20):
        happen(case, "work_commissioned", date(2026, 5, 6), facts={"work": "audit"})
        happen(case, "work_commissioned", date(2026, 5, 11), facts={"work": "translation"})
    said = _english(case.deadlines.get())
    assert any("The time since 2026-05-06 (Audit; Translation) is not counted" in s for s in said)


def test_a_party_abroad_has_the_longer_period_and_is_told_why(cast):
    case = make_case(cast)
    with on(2026, 5, 6):
        facts = {"party": "7", "abroad": True}
        happen(case, "judgment_served", date(2026, 5, 6), facts=facts)
    row = case.deadlines.get(rule="P-30")
    assert row.effective_day == date(2026, 6, 5)
    assert "the party has no domicile in the PRC: 30 days instead of 15 days." in _english(row)


def test_the_page_shows_both_days_the_reason_between_them_and_the_start_with_its_proof(
    client, cast
):
    case = make_case(cast)
    with on(2026, 3, 5):
        file = proof_of(case, cast.handler)
        event = happen(
            case, "announcement_published", date(2026, 3, 5), actor=cast.handler, proofs=[file]
        )
    row = case.deadlines.get()
    cast.handler.language = "en"
    cast.handler.save()
    client.force_login(cast.handler)
    page = client.get(reverse("deadline_detail", args=[row.pk])).content.decode()
    assert 'datetime="2026-04-04"' in page
    assert 'datetime="2026-04-07"' in page
    assert (
        "2026-04-04 is a day off (Tomb-sweeping Day); the period ends on the first working day "
        "after it, 2026-04-07." in page
    )
    assert reverse("event_detail", args=[event.pk]) in page
    assert reverse("attachment_download", args=[file.pk]) in page
    # The same in Chinese, for who reads over the shoulder.
    assert "清明节" in page


def test_minutes_the_reader_may_not_read_are_no_proof_on_the_page(cast):
    case = make_case(cast)
    with on(2026, 3, 5):
        shown = proof_of(case, cast.handler)
        closed = proof_of(case, cast.clerk, purpose="committee_minutes", name="记录.pdf")
        happen(case, "announcement_published", date(2026, 3, 5), proofs=[shown, closed])
    row = case.deadlines.get()
    assert set(reasons.start_of(cast.handler, row).files) == {shown, closed}
    assert reasons.start_of(cast.head, row).files == [shown]
    assert reasons.start_of(cast.stranger, row) is None


def test_a_corrected_start_is_shown_as_it_stands_with_the_files_of_the_correction(cast):
    case = make_case(cast)
    with on(2026, 3, 6):
        event = happen(case, "announcement_published", date(2026, 3, 5))
        file = proof_of(case, cast.handler)
        happen(
            case,
            "event_corrected",
            date(2026, 3, 3),
            corrects=event,
            reason="误录",
            proofs=[file],
        )
    start = reasons.start_of(cast.handler, case.deadlines.get())
    assert (start.day, start.corrected, start.files) == (date(2026, 3, 3), True, [file])


@pytest.mark.parametrize(
    ("published", "sentence"),
    [
        ((2026, 1, 15), "2026-02-14 is a make-up working day, so nothing moves."),
        ((2026, 5, 6), "2026-06-05 is a working day, so nothing moves."),
    ],
)
def test_a_day_that_stays_is_told_too(cast, published, sentence):
    case = make_case(cast)
    with on(*published):
        happen(case, "announcement_published", date(*published))
    with translation.override("en"):
        assert reasons.rollover(case.deadlines.get()) == sentence


def test_programs_get_the_steps_as_data_with_a_sentence_in_both_languages(reviewed, cast):
    row = reviewed.deadlines.get()
    answer = client_of(cast.handler).get(f"/api/v1/deadlines/{row.pk}/").json()
    assert answer["start_event"] == row.start_event_id
    step = next(step for step in answer["derivation"] if step["code"] == "rest_day")
    assert (step["day"], step["law"], step["reason"], step["reason_zh"]) == (
        "2026-09-06",
        "CPL 85; CC 203",
        "Sunday",
        "星期日",
    )
    assert step["sentence_en"] == "2026-09-06 is skipped: Sunday."
    assert "星期日" in step["sentence_zh"]
    assert "Sunday" not in step["sentence_zh"]
    assert len(answer["why_zh"]) == len(answer["why_en"]) == len(answer["derivation"])
    assert answer["why_en"] == answer["why"]
