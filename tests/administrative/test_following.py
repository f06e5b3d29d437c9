"""Replies, assessments, suspension and escalation (Rules 45, 77-79; JI 21; PRR 25)."""

from __future__ import annotations

from datetime import date

import pytest

from administrative.models import Answer, Assessment, Reply
from audit import clock
from audit.errors import NotPermitted, Refusal
from cases.models import Task
from cases.registries import machines
from cases.services import checklists
from deadlines.models import Deadline, DeadlineState
from notices.models import Document
from tests.administrative import scenes
from tests.administrative.scenes import moment
from tests.support.guards import codes
from tests.support.matters import approve, propose, record, upload

pytestmark = pytest.mark.django_db


def reply(case, day: str, **more):
    return {"text": "已部署。", "legal_day": day} | more


@pytest.mark.norm("C104")
def test_a_reply_older_than_the_service_is_refused_with_the_day_of_the_service(cast):
    with clock.frozen(moment(3, 23)):
        case = scenes.waiting(cast)
        with pytest.raises(Refusal) as refused:
            record(cast.handler, case, "A-6-2", reply(case, "2026-03-19"), {"letter": [upload()]})
    assert codes(refused) == ["reply_after_the_service"]
    assert "2026-03-20" in str(refused.value.unmet[0].message)


def test_a_reply_is_kept_measure_by_measure_and_meets_the_clock(cast):
    with clock.frozen(moment(5, 18)):
        case = scenes.waiting(cast)
        first, _second = scenes.measures(case)
        told = reply(
            case,
            "2026-05-18",
            **{f"answer_{first.pk}": "已检查三家。", f"proven_{first.pk}": "on"},
        )
        record(cast.handler, case, "A-6-2", told, {"letter": [upload("回复函.pdf")]})
    kept = Reply.objects.get(recommendation__case=case)
    assert [(row.measure, row.with_proof) for row in Answer.objects.filter(reply=kept)] == [
        (first, True)
    ]
    assert Deadline.objects.get(case=case, rule="P-53").state == DeadlineState.MET


def test_without_a_receipt_no_clock_of_the_authority_runs(cast):
    with clock.frozen(moment(3, 23)):
        case = scenes.decided(cast)
        assert not Deadline.objects.filter(
            case=case, rule__in=("P-52", "P-53", "P-54", "P-55")
        ).exists()
        with pytest.raises(Refusal) as refused:
            record(cast.handler, case, "A-6", {"legal_day": "2026-03-20"})
    assert "recommendation_is_served" in codes(refused)
    assert "JI 21" in refused.value.unmet[0].law


def test_what_was_done_is_shown_and_its_next_test_is_a_task(cast):
    with clock.frozen(moment(5, 22)):
        case = scenes.following(cast)
        first = scenes.measures(case)[0]
        found = {
            "measure": first.pk,
            "result": "done",
            "findings": "五家网点均使用隐私面单。",
            "next_test_on": "2026-08-20",
            "legal_day": "2026-05-22",
        }
        with pytest.raises(Refusal) as refused:
            record(cast.handler, case, "S80", found)
        assert codes(refused) == ["assessment_rests_on_proof"]
        record(cast.handler, case, "S80", found, {"proof": [upload("照片.jpg")]})
        task = Task.objects.get(case=case, kind=f"retest_measure:{first.pk}")
        assert (task.due_on, task.owner) == (date(2026, 8, 20), cast.handler)
        again = found | {"result": "paper_only", "next_test_on": "", "findings": "仅有制度。"}
        record(cast.handler, case, "S80", again)
    task.refresh_from_db()
    assert task.state == "done"
    assert Assessment.objects.filter(measure=first).count() == 2
    first.refresh_from_db()
    assert first.retest_on is None


@pytest.mark.norm("C105")
@pytest.mark.norm("C106")
def test_a_suspension_stops_the_review_and_nothing_else(cast):
    with clock.frozen(moment(5, 22)):
        case = scenes.following(cast)
        before = Deadline.objects.get(case=case, rule="P-55")
        # A month from the end of the rectification period on 20 May: Saturday 20 June, a day of the
        # Dragon Boat holidays of 19 to 21 June.
        assert before.effective_day == date(2026, 6, 22)
        told = {"obstacle": "汛期网点停业。", "proof_of_obstacle": "停业公告。"}
        approve(propose(case, "A-7-2", told, cast.handler), cast.head, cast.chief)
        case.refresh_from_db()
        assert case.state == "adm_suspended"
        assert Document.objects.filter(case=case, code="D-74").count() == 1
        task = Task.objects.get(case=case, kind="record_suspension")
        given = {"legal_day": "2026-05-22", "receipt_number": "备1"}
        record(cast.handler, case, "S83", given, {"receipt": [upload()]})
        task.refresh_from_db()
        assert task.state == "done"
        assert Deadline.objects.get(case=case, rule="P-55").at_least
    with clock.frozen(moment(6, 1)):
        approve(propose(case, "A-7-3", {"why": "恢复营业。"}, cast.handler), cast.head, cast.chief)
    case.refresh_from_db()
    assert case.state == "adm_follow_up"
    after = Deadline.objects.get(case=case, rule="P-55")
    # Ten days stood still: 20 June + 10 = 30 June.
    assert after.effective_day == date(2026, 6, 30)
    assert Deadline.objects.get(case=case, rule="P-53").effective_day == date(2026, 5, 20)
    assert Document.objects.filter(case=case, code="D-74").count() == 2


@pytest.mark.norm("C032")
@pytest.mark.norm("C115")
def test_escalation_needs_the_chief_and_warns_while_the_authority_has_time(cast):
    told = {"to": ["congress", "supervision"], "name": "区人大常委会", "why": "拒绝整改。"}
    with clock.frozen(moment(4, 1)):
        case = scenes.waiting(cast)
        with pytest.raises(NotPermitted) as direct:
            record(cast.handler, case, "A-7-4", told)
        assert direct.value.code == "needs_proposal"
        proposal = propose(case, "A-7-4", told, cast.handler)
        step = machines["administrative"].declarations["A-7-4"]
        lines = {line.code: line.verdict for line in checklists.checklist(step, case, told)}
        assert lines["reply_time_is_over"].warning
        approve(proposal, cast.head)
        assert not case.events.filter(kind="recommendation_escalated").exists()
        approve(proposal, cast.chief)
    event = case.events.get(kind="recommendation_escalated")
    assert event.facts["to"] == ["congress", "supervision"]
    assert Document.objects.filter(case=case, code="D-75").count() == 1
    case.refresh_from_db()
    assert case.state == "adm_awaiting_reply"
