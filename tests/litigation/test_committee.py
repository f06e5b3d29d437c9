"""The procuratorial committee (PCR 8, 11, 14, 21, 28, 32; POL 32)."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import Role
from audit.errors import Invalid, NotPermitted, Refusal
from cases.services import acts, checklists
from deadlines.models import Deadline
from notices.catalogue import TYPES
from notices.prefill import prefilled
from tests.support.days import on
from tests.support.matters import case_in_review, record, upload
from tests.support.people import make_user

pytestmark = pytest.mark.django_db
SUIT = {
    "harm_found_on": "2026-04-10",
    "harm_finding": "仍在公开。",
    "committee_required": True,
}


@pytest.fixture
def case(cast):
    with on(2026, 4, 2):
        return case_in_review(cast, date(2026, 3, 2))


@pytest.fixture
def secretary(cast):
    return make_user(cast.office, Role.COMMITTEE_SECRETARY, name="检委会秘书")


def decided(secretary, case, **facts):
    given = {
        "legal_day": "2026-04-10",
        "matter_decided": "suit",
        "question": "是否提起民事公益诉讼",
        "papers_sent_on": "2026-04-03",
        "members": 9,
        "present": 9,
        "votes_for": 5,
        "votes_against": 0,
    }
    with on(2026, 4, 10):
        return record(secretary, case, "S04", given | facts, {"minutes": upload("纪要.pdf")})


def committee_line(case):
    lines = checklists.checklist(acts.declaration_of(case, "T21"), case, SUIT)
    return next(x for x in lines if x.code == "committee_agreed").verdict.met


@pytest.mark.norm("C117")
def test_half_of_the_members_are_no_quorum(case, secretary):
    with pytest.raises(Refusal) as refused:
        decided(secretary, case, members=10, present=5, votes_for=5)
    assert [item.code for item in refused.value.unmet] == ["committee_quorum"]
    assert not case.events.filter(kind="committee_decided").exists()


@pytest.mark.parametrize(
    ("members", "present", "votes", "carried"),
    [(9, 9, 4, False), (9, 9, 5, True), (9, 5, 5, True), (10, 6, 5, False), (10, 6, 6, True)],
)
@pytest.mark.norm("C117")
def test_more_than_half_of_all_members_must_vote_for_it(
    case, secretary, members, present, votes, carried
):
    decided(secretary, case, members=members, present=present, votes_for=votes)
    assert committee_line(case) is carried


@pytest.mark.norm("C117")
def test_papers_less_than_three_days_before_are_a_warning(case, secretary):
    facts = {"members": 9, "present": 9, "votes_for": 9}
    declaration = acts.declaration_of(case, "S04")
    for days, warned in ((2, True), (3, False)):
        lines = checklists.checklist(declaration, case, facts | {"papers_days": days})
        assert lines[0].verdict.warning is warned
    event = decided(secretary, case, papers_sent_on="2026-04-08")
    assert event.facts["papers_days"] == 2


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"present": 10}, "present"),
        ({"present": 5, "votes_for": 6}, "votes_for"),
        ({"votes_against": 2}, "minority_views"),
        ({"papers_sent_on": "2026-04-11"}, "papers_sent_on"),
    ],
)
def test_votes_that_cannot_be_are_refused_at_their_field(case, secretary, facts, field):
    with pytest.raises(Invalid) as refused:
        decided(secretary, case, **facts)
    assert field in refused.value.errors


def test_only_the_secretary_of_the_committee_records_its_decision(case, cast):
    for person in (cast.handler, cast.head, cast.stranger):
        with pytest.raises(NotPermitted):
            decided(person, case)


@pytest.mark.norm("C118")
def test_the_feedback_is_due_five_days_after_the_execution(case, secretary, cast):
    event = decided(secretary, case)
    with on(2026, 4, 13):
        executed = {"legal_day": "2026-04-13", "decision": str(event.pk), "result": "已起诉"}
        record(cast.handler, case, "S05", executed, {"paper": upload("执行情况.pdf")})
        period = Deadline.objects.get(case=case, rule="P-79")
        # 18 April is a Saturday: the first day after it.
        assert (period.nominal_day, period.effective_day) == (date(2026, 4, 18), date(2026, 4, 20))
        record(
            cast.handler,
            case,
            "S06",
            {"legal_day": "2026-04-13", "decision": str(event.pk)},
            {"paper": upload("反馈.pdf")},
        )
    period.refresh_from_db()
    assert period.state == "met"


def test_feedback_comes_after_the_execution(case, secretary, cast):
    event = decided(secretary, case)
    with on(2026, 4, 13), pytest.raises(Refusal) as refused:
        record(
            cast.handler,
            case,
            "S06",
            {"legal_day": "2026-04-13", "decision": str(event.pk)},
            {"paper": upload("反馈.pdf")},
        )
    assert [item.code for item in refused.value.unmet] == ["committee_decision_executed"]


@pytest.mark.norm("C117")
def test_what_the_committee_decided_on_another_question_lets_nobody_sue(case, secretary):
    decided(secretary, case)
    assert committee_line(case)
    decided(secretary, case, votes_for=4, votes_against=5, minority_views="见纪要")
    assert not committee_line(case), "the last decision on this question counts"
    decided(secretary, case, matter_decided="other", question="是否公开听证")
    assert not committee_line(case)


def test_the_notice_of_a_decision_takes_over_the_votes_but_never_the_views_of_the_minority(
    case, secretary
):
    decided(
        secretary,
        case,
        votes_for=7,
        votes_against=2,
        minority_views="证据尚不充分。",
    )
    said = {name: item["value"] for name, item in prefilled(TYPES["D-84"], case).items()}
    assert said["attendance"] == "应到委员9人，实到9人；赞成7票，反对2票。"
    assert (said["question"], said["meeting"]) == ("是否提起民事公益诉讼", "2026年4月10日")
    assert said["feedback"] == "五日"
    assert "尚不充分" not in str(said)
