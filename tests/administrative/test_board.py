"""Board and register of the recommendations: what stands where, what comes next, whose it is, who sees it."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import Role
from administrative.selectors.board import BoardStage, followed, shown
from audit import paging
from audit.models import AuditEvent
from tests.administrative import board_rows as rows
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import happen, propose
from tests.support.people import make_user

pytestmark = pytest.mark.django_db
BOARD = reverse("recommendation_board")
REGISTER = reverse("recommendation_register")
EXPORT = reverse("recommendation_export")
# A Wednesday, after the last day to answer of `rows`.
TODAY = (2026, 7, 15)


@pytest.fixture(autouse=True)
def today():
    with on(*TODAY), translation.override("en"):
        yield


@pytest.fixture
def case(cast):
    return rows.against(cast, rows.make_body("云山区网信办"))


def read(case, reader):
    """What the lists say of a case."""
    return shown(followed(reader).get(pk=case.pk))


def opened(client, person, page=REGISTER, **chosen):
    person.language = "en"
    person.save(update_fields=["language"])
    client.force_login(person)
    return client.get(page, chosen)


def listed(client, person, **chosen) -> list[str]:
    return [row.case.key for row in opened(client, person, **chosen).context["rows"]]


# --- where a case stands ------------------------------------------------------------------------------


def stage_after(cast, case, *acts) -> BoardStage:
    for act in acts:
        act(case)
    case.refresh_from_db()
    return read(case, cast.handler).stage


def test_a_case_is_prepared_until_its_recommendation_is_decided(cast, case):
    assert stage_after(cast, case) == BoardStage.PREPARE
    rows.prepare(case)
    assert stage_after(cast, case, rows.close_investigation) == BoardStage.PREPARE
    rows.step(case, "A-5", rows.DECIDED, why="督促履职")
    assert stage_after(cast, case) == BoardStage.SENT


def test_while_it_waits_the_day_and_the_reply_decide_the_column(cast, case):
    with on(2026, 7, 8):
        assert stage_after(cast, case, rows.wait) == BoardStage.AWAITING
        assert not read(case, cast.handler).reply_overdue
    with on(2026, 7, 9):
        assert stage_after(cast, case) == BoardStage.OVERDUE
        assert read(case, cast.handler).reply_overdue
    rows.reply(case, date(2026, 7, 10))
    row = read(case, cast.handler)
    assert (row.stage, row.answered_on) == (BoardStage.ANSWERED, date(2026, 7, 10))
    assert not row.reply_overdue


def test_follow_up_suspension_review_and_suit_have_columns_of_their_own(cast, case):
    rows.wait(case)
    day = date(2026, 7, 10)
    rows.follow_up(case, day)
    assert read(case, cast.handler).stage == BoardStage.FOLLOW_UP
    assert read(case, cast.handler).reply_overdue  # the answer is still missing
    rows.step(case, "A-7-2", day, obstacle="洪水", proof_of_obstacle="公告")
    assert read(case, cast.handler).stage == BoardStage.SUSPENDED
    rows.step(case, "A-7-3", day, why="障碍消除")
    rows.review(case, day)
    assert read(case, cast.handler).stage == BoardStage.REVIEW
    rows.sue(case, day)
    assert read(case, cast.handler).stage == BoardStage.SUIT


def test_a_case_that_ended_is_in_the_register_but_not_on_the_board(client, cast, case):
    rows.wait(case)
    rows.follow_up(case, date(2026, 7, 10))
    rows.review(case, date(2026, 7, 10))
    rows.step(case, "A-8-2", date(2026, 7, 10), ground="remedied", explanation="已整改")
    assert listed(client, cast.handler, stage="ended") == [case.key]
    assert case.key not in opened(client, cast.handler, BOARD).content.decode()


def test_the_register_counts_measures_looked_at_and_final_by_the_last_assessment(cast, case):
    rows.wait(case)
    rows.reply(case, date(2026, 6, 1))
    row = read(case, cast.handler)
    assert (row.asked, row.assessed, row.final, row.all_final) == (2, 0, 0, False)
    rows.assess(case, 1, "done", date(2026, 6, 2))
    rows.assess(case, 1, "partly", date(2026, 6, 3))
    row = read(case, cast.handler)
    assert (row.assessed, row.final) == (1, 0)
    rows.assess(case, 1, "done", date(2026, 6, 4))
    rows.assess(case, 2, "fallen_away", date(2026, 6, 4))
    row = read(case, cast.handler)
    assert (row.assessed, row.final, row.all_final) == (2, 2, True)


def test_the_days_are_those_of_the_events(cast, case):
    rows.wait(case)
    rows.record_with_superior(case, date(2026, 5, 12))
    rows.reply(case, date(2026, 6, 1))
    rows.reply(case, date(2026, 6, 20))
    rows.escalate(case, date(2026, 7, 13))
    row = read(case, cast.handler)
    assert (row.decided_on, row.served_on, row.recorded_on) == (
        rows.DECIDED,
        rows.SERVED,
        date(2026, 5, 12),
    )
    assert (row.due, row.answered_on, row.escalated_on) == (
        rows.DUE,
        date(2026, 6, 1),
        date(2026, 7, 13),
    )
    assert row.rectify_until == rows.DUE


def test_a_reply_that_was_annulled_is_none(cast, case):
    rows.wait(case)
    event = rows.reply(case, date(2026, 6, 1))
    happen(case, event.kind, event.legal_day, annuls=event, reason="误录", actor=cast.chief)
    assert read(case, cast.handler).answered_on is None


# --- what comes next, and whose it is ----------------------------------------------------------------


def card(client, person, case):
    """The next act the board shows for a case."""
    columns = opened(client, person, BOARD).context["columns"]
    cards = [pair for _column, pairs in columns for pair in pairs]
    return next(act for row, act in cards if row.case.pk == case.pk)


def test_the_board_says_what_comes_next_and_whose_turn_it_is(client, cast, case):
    rows.decide(case)
    act = card(client, cast.handler, case)
    assert "serve it on the authority" in act.title
    assert act.whose == cast.handler.name
    rows.serve(case)
    act = card(client, cast.handler, case)
    assert "next-higher office" in act.title
    assert (act.period, act.day) == ("P-52", date(2026, 5, 13))
    rows.record_with_superior(case)
    assert "A-6" in card(client, cast.handler, case).title
    rows.step(case, "A-6", rows.SERVED, rectification_ends="2026-08-10", urgent=False)
    with on(2026, 6, 1):
        act = card(client, cast.handler, case)
        assert (act.whose, act.day) == ("云山区网信办", rows.DUE)


@pytest.mark.norm("C032")
@pytest.mark.norm("C115")
def test_of_an_overdue_reply_the_board_says_that_the_chief_decides_to_escalate(client, cast, case):
    rows.wait(case)
    rows.record_with_superior(case)
    act = card(client, cast.handler, case)
    assert "propose to the chief procurator to escalate (A-7-4)" in act.title
    assert act.law == "Rules 45, 77; PRR 20, 25"
    page = opened(client, cast.handler, BOARD).content.decode()
    for told in ("the body above", "congress", "the supervision commission"):
        assert told in page
    with on(2026, 7, 1):
        assert "escalate" not in card(client, cast.handler, case).title


def test_a_proposal_that_waits_for_its_decision_comes_first(client, cast, case):
    rows.wait(case)
    proposal = propose(
        case,
        "A-7-4",
        {"to": ["congress"], "name": "区人大常委会", "why": "逾期未回复。"},
        cast.handler,
    )
    act = card(client, cast.head, case)
    assert act.link == proposal.get_absolute_url()
    assert act.whose == str(Role.DEPARTMENT_HEAD.label)


def test_who_does_not_work_on_the_case_is_led_to_the_case_and_not_to_the_step(client, cast, case):
    rows.decide(case)
    assert card(client, cast.head, case).link == case.get_absolute_url()
    assert card(client, cast.handler, case).link != case.get_absolute_url()


def test_the_follow_up_waits_for_the_end_of_the_rectification_period(client, cast, case):
    rows.decide(case)
    rows.serve(case)
    rows.step(case, "A-6", rows.SERVED, rectification_ends="2026-08-10", urgent=False)
    rows.record_with_superior(case)
    rows.assess(case, 1, "partly", date(2026, 7, 10), next_test_on="2026-07-14")
    rows.assess(case, 2, "done", date(2026, 7, 10))
    rows.follow_up(case, date(2026, 7, 10))
    assert "again" in card(client, cast.handler, case).title
    with on(2026, 7, 13):
        act = card(client, cast.handler, case)
        assert (act.day, "S82" in act.title) == (date(2026, 8, 10), True)
    rows.assess(case, 1, "done", date(2026, 7, 15))
    with on(2026, 8, 11):
        assert "A-8" in card(client, cast.handler, case).title


@pytest.mark.parametrize(
    ("proposal", "said"), [("terminate", "A-4-2"), ("recommend", "Prepare the recommendation")]
)
def test_after_the_closing_report_its_proposal_decides_what_comes(
    client, cast, case, proposal, said
):
    rows.close_investigation(case, proposal=proposal)
    assert said in card(client, cast.handler, case).title


def test_a_review_ends_the_case_only_when_every_measure_is_final(client, cast, case):
    rows.wait(case)
    rows.record_with_superior(case)
    rows.follow_up(case, date(2026, 7, 10))
    rows.review(case, date(2026, 7, 10))
    assert "Not every measure is final" in card(client, cast.handler, case).title


def test_a_column_shows_the_most_pressing_and_leads_to_the_rest(client, cast, case, monkeypatch):
    monkeypatch.setattr("administrative.selectors.board.MOST_IN_COLUMN", 1)
    rows.wait(case)
    later = rows.against(cast)
    rows.wait(later, date(2026, 5, 12))
    [(column, cards)] = opened(client, cast.handler, BOARD).context["columns"]
    assert [row.case.key for row, _act in cards] == [case.key]
    assert (column.number, column.more) == (2, 1)
    assert f"{REGISTER}?stage=overdue" in opened(client, cast.handler, BOARD).content.decode()


# --- filters -----------------------------------------------------------------------------------------


def test_the_register_is_narrowed_by_stage_body_person_and_words(client, cast, case):
    other = rows.against(
        cast, rows.make_body("临江教育局", kind="education"), handler=cast.colleague
    )
    rows.wait(case)
    rows.prepare(other)
    person = cast.head
    assert listed(client, person) == [other.key, case.key]
    assert listed(client, person, stage="overdue") == [case.key]
    assert listed(client, person, stage="prepare") == [other.key]
    assert listed(client, person, body=other.authority_of.body.pk) == [other.key]
    assert listed(client, person, handler=cast.colleague.pk) == [other.key]
    assert listed(client, person, overdue="on") == [case.key]
    assert listed(client, person, q="教育") == [other.key]
    assert listed(client, person, q=case.key) == [case.key]
    assert listed(client, person, mine="on") == []
    assert listed(client, cast.handler, mine="on") == [case.key]


def test_the_board_can_be_narrowed_to_ones_own_cases(client, cast, case):
    assert opened(client, cast.head, BOARD).context["columns"]
    assert opened(client, cast.head, BOARD, mine="on").context["columns"] == []


@pytest.mark.parametrize("chosen", [{"stage": "lost"}, {"body": "0"}, {"handler": "x"}])
def test_a_choice_that_is_none_is_refused_with_a_sentence(client, cast, case, chosen):
    rows.prepare(case)
    answer = opened(client, cast.handler, **chosen)
    assert answer.status_code == 400
    assert answer.context["rows"] == []
    assert "Select a valid choice" in answer.content.decode()
    reply = program_of(cast.handler).get("/api/v1/recommendation-register/", chosen)
    assert reply.status_code == 400
    assert list(reply.json()["errors"]) == list(chosen)


def test_the_pages_of_the_register_follow_one_another(client, cast, case, monkeypatch):
    monkeypatch.setattr(paging, "SIZE", 1)
    other = rows.against(cast)
    rows.prepare(case)
    rows.prepare(other)
    first = opened(client, cast.handler)
    assert [row.case.key for row in first.context["rows"]] == [other.key]
    assert listed(client, cast.handler, after=first.context["page"].next) == [case.key]


# --- who sees what -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["stranger", "colleague", "intake", "auditor"])
def test_who_does_not_see_the_case_finds_nothing_of_it(client, cast, case, who):
    rows.wait(case)
    person = getattr(cast, who)
    for page in (BOARD, REGISTER):
        answer = opened(client, person, page).content.decode()
        assert case.key not in answer
        assert "云山区网信办" not in answer
    assert listed(client, person) == []
    program = program_of(person)
    assert program.ask("recommendation-register/")["results"] == []
    assert {row["number"] for row in program.ask("recommendation-board/")} == {0}


def test_the_authority_of_a_foreign_case_is_no_choice(client, cast, case):
    rows.prepare(case)
    body = case.authority_of.body.pk
    assert opened(client, cast.handler, body=body).status_code == 200
    assert opened(client, cast.stranger, body=body).status_code == 400


def test_a_leader_of_another_office_sees_its_own_recommendations_alone(client, cast, case):
    rows.prepare(case)
    elsewhere = make_user(cast.stranger.office, Role.CHIEF, name="外院检察长")
    own = rows.against(cast, handler=cast.stranger)
    rows.prepare(own)
    assert listed(client, elsewhere) == [own.key]


def test_nobody_logged_in_is_sent_to_the_login(client, db):
    for page in (BOARD, REGISTER, EXPORT):
        assert client.get(page).status_code == 302


# --- at what cost ------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [BOARD, REGISTER])
def test_the_lists_cost_the_same_for_one_case_and_for_many(client, cast, case, page):
    rows.wait(case)
    counts = []
    for more in (0, 4):
        for number in range(more):
            other = rows.against(cast)
            rows.wait(other)
            if number:
                rows.reply(other, date(2026, 6, 1))
        opened(client, cast.handler, page)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page)
        counts.append(len(queries))
    assert answer.status_code == 200
    assert counts[0] == counts[1]


def test_the_api_costs_the_same_for_one_case_and_for_many(cast, case):
    rows.wait(case)
    program = program_of(cast.handler)
    counts = []
    for more in (0, 3):
        for _number in range(more):
            rows.wait(rows.against(cast))
        with CaptureQueriesContext(connection) as queries:
            found = program.ask("recommendation-register/")["results"]
        counts.append(len(queries))
    assert len(found) == 4
    assert counts[0] == counts[1]


# --- for programs, and out of the house --------------------------------------------------------------


def test_programs_read_the_register_with_what_comes_next(cast, case):
    rows.wait(case)
    rows.record_with_superior(case)
    [found] = program_of(cast.handler).ask("recommendation-register/", stage="overdue")["results"]
    assert (found["case"], found["due"], found["answered_on"]) == (case.key, "2026-07-08", None)
    assert (found["measures"], found["assessed"], found["final"]) == (2, 0, 0)
    assert found["reply_overdue"] is True
    assert found["next"]["whose"] == cast.handler.name
    columns = program_of(cast.handler).ask("recommendation-board/")
    assert {row["stage"]: row["number"] for row in columns}["overdue"] == 1


def sheet_of(answer):
    content = b"".join(answer.streaming_content)
    return [list(row) for row in openpyxl.load_workbook(BytesIO(content)).active.values]


def test_the_register_leaves_as_a_workbook_and_that_is_recorded(client, cast, case):
    rows.wait(case)
    rows.prepare(rows.against(cast))
    head, line = sheet_of(opened(client, cast.handler, EXPORT, stage="overdue"))
    said = dict(zip(head, line, strict=True))
    assert (said["Key"], said["Authority"]) == (case.key, "云山区网信办")
    assert said["Reply due"].date() == rows.DUE
    entry = AuditEvent.objects.get(action="recommendation.exported")
    assert b'"filters":["stage"]' in bytes(entry.canonical)
    assert b'"rows":1' in bytes(entry.canonical)
    api = program_of(cast.handler).get("/api/v1/recommendation-register/export/")
    assert len(sheet_of(api)) == 3
    assert sheet_of(opened(client, cast.stranger, EXPORT))[1:] == []


def test_an_export_of_a_wrong_filter_leads_back_to_its_sentence(client, cast):
    answer = opened(client, cast.handler, EXPORT, stage="lost")
    assert answer["Location"] == f"{REGISTER}?stage=lost"
    assert not AuditEvent.objects.filter(action="recommendation.exported").exists()
