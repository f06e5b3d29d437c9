"""The day a document is served starts the period of law that runs from its receipt (law 6.1; norm C128)."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Task
from notices import services
from notices.catalogue.supervision import d64_recommendation_to_court as d64
from notices.prefill.words import length_zh
from tests.deadlines.test_by_hand import begin, refused
from tests.notices.matters import (
    approve_text,
    case_against_authority,
    filing_of,
    issue,
    upload,
)
from tests.notices.serving import SENT, end, send, try_it
from tests.support.days import on
from tests.support.documents import final

pytestmark = pytest.mark.django_db
COURT = {"addressee": "court", "name": "江州市中级人民法院"}
OFFICE = {"addressee": "office", "name": "某区人民检察院"}


def issued(cast, case, code, **texts):
    """Return a document of the type, approved and issued on 24 June 2026."""
    row = final(case, code, cast.handler, **texts)
    approve_text(row, cast)
    return issue(cast, row)


def recommended(cast, case, **texts):
    """Return a recommendation on governance with the time to reply of the law, unless told otherwise."""
    return issued(cast, case, "D-71", **{"reply": length_zh(case, "P-57")} | texts)


# Document, what it says, whom it is served on, and the periods that begin with their last days.
STARTING = [
    ("D-27", {}, OFFICE, {"P-10": date(2026, 7, 24)}),
    ("D-53", {"received_on": "2026-06-22"}, COURT, {"P-62": date(2026, 7, 6)}),
    ("D-64", {"which": d64.ENFORCEMENT}, COURT, {"P-49": date(2026, 9, 24)}),
    ("D-64", {"which": d64.TRIAL, "reply": "两个月"}, COURT, {"P-57": date(2026, 8, 24)}),
    ("D-65", {}, COURT, {"P-48": date(2026, 7, 9)}),
    ("D-70", {"urgency": ""}, {}, {"P-52": date(2026, 6, 29), "P-53": date(2026, 8, 24)}),
    (
        "D-70",
        {"urgency": "侵害仍在扩大。"},
        {},
        {"P-52": date(2026, 6, 29), "P-54": date(2026, 7, 9)},
    ),
    ("D-71", {"reply": "两个月"}, {}, {"P-57": date(2026, 8, 24)}),
]


@pytest.mark.norm("C128")
@pytest.mark.parametrize(("code", "texts", "to", "clocks"), STARTING)
def test_the_day_of_valid_service_starts_the_period_of_the_document_and_nothing_before_does(
    cast, case, code, texts, to, clocks
):
    if code == "D-70":
        case = case_against_authority(cast)
    paper = issued(cast, case, code, **texts)
    rules = ("P-10", "P-48", "P-49", "P-52", "P-53", "P-54", "P-57", "P-62")
    running = case.deadlines.filter(rule__in=rules)
    assert not running.exists()
    end(cast, send(cast, paper, **to), "returned")
    assert not running.exists()
    with on(2026, 6, 25):
        service = send(cast, paper, **to)
        try_it(cast, service, 2026, 6, 24, 9)
        assert not running.exists()
        outcome = end(cast, service)
    assert {row.rule: row.effective_day for row in running} == clocks
    assert {row.start_event for row in running} == {outcome.event}
    assert {row.start_day for row in running} == {SENT}


@pytest.mark.norm("C128")
def test_a_document_no_period_runs_from_starts_none(cast, case, decision):
    before = case.deadlines.count()
    end(cast, send(cast, issue(cast, decision)))
    assert case.deadlines.count() == before


@pytest.mark.norm("C128")
def test_each_of_two_recommended_units_has_its_own_time_to_reply(cast, case):
    first, second = recommended(cast, case), recommended(cast, case)
    end(cast, send(cast, first, name="甲公司"))
    with on(2026, 6, 26):
        end(cast, send(cast, second, name="乙公司"), day=date(2026, 6, 26))
    days = case.deadlines.filter(rule="P-57").values_list("effective_day", flat=True)
    assert sorted(days) == [date(2026, 8, 24), date(2026, 8, 26)]


@pytest.mark.norm("C112")
def test_a_recommendation_with_a_time_to_reply_of_its_own_asks_the_handler_to_begin_it(cast, case):
    end(cast, send(cast, recommended(cast, case, reply="十日")))
    assert not case.deadlines.filter(rule="P-57").exists()
    task = Task.objects.get(case=case, article="PRR 19", kind__startswith="begin_period:")
    assert (task.owner, task.event.kind) == (cast.handler, "document_served")
    row = begin(
        cast,
        case,
        period="P-57",
        legal_day="2026-06-24",
        event_text="收到检察建议书",
        ends_on="2026-07-06",
        urgency="侵害持续扩大",
    )
    assert row.effective_day == date(2026, 7, 6)


def test_what_service_started_is_not_begun_by_hand_once_more(cast, case):
    end(cast, send(cast, recommended(cast, case)))
    again = {"period": "P-57", "legal_day": "2026-06-24", "event_text": "收到检察建议书"}
    assert set(refused(cast, case, "period_begun", again)) == {"period"}
    assert begin(cast, case, **again, concerns="另一单位").rule == "P-57"


def test_of_a_paper_filed_as_an_upload_nobody_knows_the_time_it_names(cast, case):
    paper = services.register_document(
        actor=cast.clerk,
        matter=case,
        filing=filing_of("D-71", number="江云检社建〔2026〕9号", signer=cast.chief),
        upload=upload(),
    )
    end(cast, send(cast, paper))
    assert not case.deadlines.filter(rule="P-57").exists()
    assert Task.objects.filter(case=case, kind__startswith="begin_period:").exists()
