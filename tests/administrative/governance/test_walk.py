"""A recommendation on governance from its beginning to its end (PRR 11-25)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from administrative.governance import selectors
from administrative.governance.requirements import governance_legal_review_made
from administrative.governance.requirements_of_the_unit import (
    governance_objection_in_time,
    governance_time_to_reply_over,
)
from administrative.governance.workplace import recommendations_follow
from audit.errors import Invalid, NotPermitted, Refusal
from audit.models import AuditEvent
from cases.models import Event, Task
from cases.services import acts, approvals
from deadlines import services as deadlines
from deadlines.models import DeadlineState
from notices.models import Document
from tests.administrative.governance import scenes
from tests.administrative.governance.scenes import again, of
from tests.support.days import on
from tests.support.guards import codes, unmet
from tests.support.matters import propose, record, upload

pytestmark = pytest.mark.django_db


def clock(row, rule):
    return next((item for item in selectors.clocks_of(row) if item.rule == rule), None)


def states(row) -> list[str]:
    events = Event.objects.filter(machine="governance", object_id=row.pk).exclude(to_state="")
    return list(events.order_by("id").values_list("to_state", flat=True))


def test_from_beginning_to_end_the_case_stays_as_it_is(cast, case, unit):
    before = case.state
    row = scenes.served(cast, case, unit)
    row = scenes.assess(cast, scenes.answer(cast, row), "adopted")
    for department in ("record_same_business", "record_legal_policy"):
        scenes.record_with(cast, row, department)
    record(cast.handler, case, "G-12", of(row, ending="adopted", result="已采纳。"))
    row = again(row)
    assert states(row) == [
        "drafting", "reviewed", "decided", "issued", "served", "answered", "assessed", "closed",
    ]  # fmt: skip
    assert row.case.state == before
    assert row.final


# --- who is addressed ------------------------------------------------------------------------------


@pytest.mark.norm("C110")
@pytest.mark.parametrize(
    ("level", "relation"),
    [("city", "superior"), ("county", "own_level"), ("township", "own_level")],
)
def test_the_level_of_an_authority_decides_the_way_to_it(cast, case, level, relation):
    office = scenes.authority(cast, level)
    other = "own_level" if relation != "own_level" else "superior"
    with pytest.raises(Refusal) as refused:
        scenes.begun(cast, case, office, relation=other, relation_shown="已协商。")
    assert codes(refused) == ["governance_level_rule"]
    assert "PRR 3" in refused.value.unmet[0].message
    shown = {} if relation == "own_level" else {"relation_shown": "经江州市人民检察院提出。"}
    assert scenes.begun(cast, case, office, relation=relation, **shown).relation == relation


@pytest.mark.norm("C110")
def test_a_unit_of_another_place_needs_the_consultation_of_the_procuratorate_there(cast, case):
    cast.office.region_code = "330106"
    cast.office.save()
    case.refresh_from_db()
    elsewhere = scenes.body(cast, name="外地公司", region="330108")
    for wrong in ({"relation": "own_level"}, {"relation": "other_place"}):
        with pytest.raises(Refusal) as refused:
            scenes.begun(cast, case, elsewhere, **wrong)
        assert codes(refused) == ["governance_level_rule"]
    row = scenes.begun(
        cast, case, elsewhere, relation="other_place", relation_shown="已征求当地检察院意见，同意。"
    )
    assert row.relation_shown


# --- preparation and decision ----------------------------------------------------------------------


@pytest.mark.norm("C111")
def test_without_an_objection_period_nothing_is_decided(cast, case, unit):
    row = scenes.reviewed(cast, case, unit, objection_days=None)
    with pytest.raises(Refusal) as refused:
        propose(case, "G-3", {"recommendation": row.pk}, cast.handler)
    assert codes(refused) == ["governance_contents_complete"]
    assert "objection period" in refused.value.unmet[0].message
    assert "PRR 16" in refused.value.unmet[0].message


@pytest.mark.norm("C111")
def test_what_the_legal_policy_department_has_not_reviewed_is_not_decided(cast, case, unit):
    row = scenes.write(cast, scenes.begun(cast, case, unit))
    with pytest.raises(Refusal) as refused:
        propose(case, "G-3", {"recommendation": row.pk}, cast.handler)
    assert codes(refused) == ["governance_legal_review_made"]
    row = scenes.write(cast, scenes.review(cast, row), content="另一项建议。")
    assert row.state == "drafting"
    step = acts.declaration_of(case, "G-3")
    assert unmet(step, case, {"recommendation": row.pk}) == ["governance_legal_review_made"]
    row = scenes.review(cast, row)
    assert unmet(step, case, {"recommendation": row.pk}) == []


@pytest.mark.norm("C111")
def test_the_reviewer_is_of_the_department_and_does_not_handle_the_case(cast, case, unit):
    row = scenes.write(cast, scenes.begun(cast, case, unit))
    files = {"paper": upload()}
    # This office has no such department yet: somebody is named in words.
    words = scenes.opinion(cast, row) | {"reviewer": ""}
    cast.office.departments.filter(kind="legal_policy").update(kind="other")
    with pytest.raises(Refusal) as refused:
        record(cast.clerk, case, "G-2", words, files)
    assert codes(refused) == ["governance_reviewer_fits"]
    record(
        cast.clerk, case, "G-2", words | {"reviewer_in_words": "检察官张某"}, {"paper": upload()}
    )
    assert again(row).state == "reviewed"


@pytest.mark.norm("C111")
def test_who_handles_the_case_reviews_nothing_and_an_opinion_against_it_is_shown(cast, case, unit):
    row = scenes.write(cast, scenes.begun(cast, case, unit))
    facts = scenes.opinion(cast, row)
    with pytest.raises(Invalid) as refused:
        record(cast.clerk, case, "G-2", facts | {"reviewer": cast.handler.pk}, {"paper": upload()})
    assert set(refused.value.errors) == {"reviewer"}
    row = scenes.review(cast, row, outcome="against")
    verdict = governance_legal_review_made(case, {"recommendation": row.pk})
    assert (verdict.met, verdict.warning) == (True, True)


def test_the_chief_decides_and_what_is_decided_stands(cast, case, unit):
    row = scenes.reviewed(cast, case, unit)
    proposal = propose(case, "G-3", {"recommendation": row.pk}, cast.handler)
    with pytest.raises(NotPermitted):
        approvals.decide(
            actor=cast.chief,
            proposal=proposal,
            decision="approve",
            opinion="同意",
            digest=proposal.digest,
        )
    assert again(row).state == "reviewed"


def test_the_paper_is_drawn_from_what_was_decided(cast, case, unit):
    row = scenes.decided(cast, case, unit)
    values = row.document.values
    assert values["addressee"] == unit.name
    assert values["content"] == scenes.CONTENTS["content"]
    assert values["hazard"] == scenes.CONTENTS["hazard"]
    assert (values["objection"], values["reply"]) == ("十日", "两个月")


@pytest.mark.norm("C116")
def test_a_second_recommendation_of_the_case_has_a_paper_and_a_number_of_its_own(cast, case, unit):
    first = scenes.served(cast, case, unit)
    other = scenes.body(cast, name="某快递公司")
    second = scenes.served(cast, case, other)
    assert second.document.values["addressee"] == "某快递公司"
    numbers = {first.document.number, second.document.number}
    assert len(numbers) == 2
    assert all("社建" in number for number in numbers)
    assert [clock(row, "P-57").state for row in (again(first), second)] == ["open", "open"]
    told = AuditEvent.objects.filter(object_type="event", action="event.governance_decided")
    assert told.count() == 2


# --- investigation ---------------------------------------------------------------------------------


def test_the_investigation_the_chief_decides_takes_two_months(cast, case, unit):
    row = scenes.begun(cast, case, unit)
    with pytest.raises(Refusal) as refused:
        record(cast.handler, case, "G-1-3", of(row, findings="查明。"), {"record": upload()})
    assert codes(refused) == ["governance_investigation_runs"]
    row = scenes.decide(cast, row, "G-1-2", reasons="需实地查看。")
    assert clock(row, "P-16").effective_day == date(2026, 8, 24)
    record(cast.handler, case, "G-1-3", of(row, findings="查明。"), {"record": upload()})
    assert clock(row, "P-16").state == DeadlineState.MET


# --- issue, record, service ------------------------------------------------------------------------


@pytest.mark.norm("C113")
def test_the_issue_begins_the_five_days_and_both_departments_end_them(cast, case, unit):
    row = scenes.issued(cast, case, unit)
    due = clock(row, "P-59")
    assert due.effective_day == date(2026, 6, 29)
    tasks = Task.objects.filter(case=case, article="PRR 21")
    assert [task.due_on for task in tasks] == [due.effective_day] * 2
    scenes.record_with(cast, row, "record_same_business")
    assert clock(row, "P-59").state == DeadlineState.OPEN
    assert tasks.filter(state="open").count() == 1
    with pytest.raises(Refusal) as refused:
        scenes.record_with(cast, row, "record_same_business")
    assert codes(refused) == ["governance_record_is_due"]
    scenes.record_with(cast, row, "record_legal_policy")
    assert clock(row, "P-59").state == DeadlineState.MET
    assert not tasks.filter(state="open").exists()


@pytest.mark.norm("C112")
def test_the_unit_has_two_months_from_its_service_to_answer(cast, case, unit):
    row = scenes.issued(cast, case, unit)
    with pytest.raises(Invalid) as refused:
        scenes.answer(cast, row)
    assert set(refused.value.errors) == {"recommendation"}
    scenes.serve(cast, row)
    row = again(row)
    assert (row.state, row.served_on) == ("served", date(2026, 6, 24))
    assert row.objection_until == date(2026, 7, 6)  # ten days end on a Saturday
    assert clock(row, "P-57").effective_day == date(2026, 8, 24)
    with on(2026, 7, 20):
        row = scenes.answer(cast, row)
    assert row.state == "answered"
    assert clock(row, "P-57").state == DeadlineState.MET


@pytest.mark.norm("C112")
def test_where_it_is_urgent_the_time_the_recommendation_sets_runs_from_service(cast, case, unit):
    row = scenes.served(cast, case, unit, reply_days=15, urgency="泄露持续。")
    assert row.document.values["reply"] == "十五日"
    assert clock(row, "P-57").effective_day == date(2026, 7, 9)
    assert not Task.objects.filter(case=case, kind__startswith="begin_period:").exists()


def test_declared_on_the_spot_with_consent_the_unit_has_it(cast, case, unit):
    row = scenes.decided(cast, case, unit)
    facts = of(row, document=scenes.paper(cast, row).pk, way="declared")
    with pytest.raises(Invalid) as refused:
        record(cast.clerk, case, "G-4", facts)
    assert set(refused.value.errors) == {"consent", "record"}
    record(cast.clerk, case, "G-4", facts | {"consent": "总经理同意。"}, {"record": upload()})
    row = again(row)
    assert row.state == "served"
    assert clock(row, "P-57").effective_day == date(2026, 8, 24)


def test_a_served_paper_nobody_said_went_out_went_out_by_its_service(cast, case, unit):
    row = scenes.decided(cast, case, unit)
    scenes.paper(cast, row)
    scenes.serve(cast, again(row))
    row = again(row)
    assert row.state == "served"
    assert clock(row, "P-59").effective_day == date(2026, 6, 29)


def test_an_answer_of_a_day_before_the_service_is_refused(cast, case, unit):
    row = scenes.served(cast, case, unit)
    with pytest.raises(Refusal) as refused:
        scenes.answer(cast, row, legal_day="2026-06-23")
    assert codes(refused) == ["governance_is_with_the_unit"]


@pytest.mark.norm("C151")
def test_a_missing_answer_becomes_a_task_of_the_handler_once_the_two_months_are_over(
    cast, case, unit
):
    row = scenes.served(cast, case, unit)
    tasks = Task.objects.filter(case=case, article="POL 21; PRR 19")
    with on(2026, 8, 24, 23, 0):
        deadlines.lapse_due()
    assert not tasks.exists()
    with on(2026, 8, 25, 9, 0):
        deadlines.lapse_due()
        deadlines.lapse_due()
        task = tasks.get()
        assert (task.owner, task.state, task.due_on) == (cast.handler, "open", date(2026, 8, 26))
        assert "2026-08-24" in task.heading
        scenes.answer(cast, row)
    task.refresh_from_db()
    assert task.state == "done"
    assert clock(again(row), "P-57").met_late


# --- objection, change, withdrawal -----------------------------------------------------------------


@pytest.mark.norm("C114")
@pytest.mark.parametrize("answered", [False, True])
def test_an_objection_is_examined_again_and_the_unit_is_told(cast, case, unit, answered):
    row = scenes.served(cast, case, unit)
    row = scenes.answer(cast, row) if answered else row
    row = scenes.object_to(cast, row)
    assert row.state == "objected"
    row = scenes.decide(cast, row, "G-7", outcome="upheld", findings="事实清楚。")
    assert row.state == ("answered" if answered else "served")
    tasks = Task.objects.filter(case=case, article="PRR 22-23", state="open")
    assert tasks.count() == 1
    given = of(row, account="书面告知。")
    record(cast.clerk, case, "G-8-2", given, {"paper": upload("告知书.txt")})
    assert not tasks.exists()
    with pytest.raises(Refusal) as refused:
        record(cast.clerk, case, "G-8-2", given, {"paper": upload("告知书.txt")})
    assert codes(refused) == ["governance_unit_to_be_told"]


@pytest.mark.norm("C114")
def test_a_changed_recommendation_is_written_reviewed_and_decided_anew(cast, case, unit):
    old = scenes.object_to(cast, scenes.served(cast, case, unit))
    old = scenes.decide(cast, old, "G-7", outcome="change", findings="部分事实有误。")
    assert old.state == "changed"
    assert clock(old, "P-57").state == DeadlineState.CANCELLED
    new = case.governance.get(replaces=old)
    assert (new.state, new.content, new.body) == ("drafting", old.content, unit)
    new = scenes.write(cast, new, content="只开展培训。")
    new = scenes.served_from(cast, scenes.decide(cast, scenes.review(cast, new)))
    assert new.document.values["content"] == "只开展培训。"
    assert clock(new, "P-57").state == DeadlineState.OPEN


@pytest.mark.norm("C114")
def test_it_is_withdrawn_without_an_objection_by_the_chief_alone(cast, case, unit):
    row = scenes.served(cast, case, unit)
    facts = of(row, outcome="withdraw", findings="情况已变化。")
    with pytest.raises(NotPermitted) as refused:
        record(cast.handler, case, "G-8", facts)
    assert refused.value.code == "needs_proposal"
    row = scenes.decide(cast, row, "G-8", outcome="withdraw", findings="情况已变化。")
    assert row.state == "withdrawn"
    assert clock(row, "P-57").state == DeadlineState.CANCELLED


@pytest.mark.norm("C114")
def test_a_late_objection_is_warned_of_and_not_refused(cast, case, unit):
    row = scenes.served(cast, case, unit)
    for day, late in (("2026-07-06", False), ("2026-07-07", True)):
        verdict = governance_objection_in_time(case, {"recommendation": row.pk, "legal_day": day})
        assert (verdict.met, verdict.warning) == (True, late)
    with on(2026, 7, 20):
        assert scenes.object_to(cast, row).state == "objected"


# --- the end ---------------------------------------------------------------------------------------


@pytest.mark.norm("C115")
def test_only_the_chief_lets_it_be_carried_further(cast, case, unit):
    row = scenes.served(cast, case, unit)
    facts = {"to": ["superior"], "names": "某区住建局", "findings": "逾期未整改。"}
    with pytest.raises(NotPermitted) as refused:
        record(cast.handler, case, "G-11", of(row, **facts))
    assert refused.value.code == "needs_proposal"
    with on(2026, 8, 25):
        row = scenes.decide(cast, row, "G-11", **facts)
    assert Document.objects.filter(case=case, code="D-75").exists()
    with on(2026, 9, 25):
        record(cast.handler, case, "G-12", of(row, ending="carried_further", result="已督办。"))
    assert again(row).state == "closed"


@pytest.mark.norm("C115")
def test_before_the_time_to_reply_ends_carrying_it_further_is_warned_of(cast, case, unit):
    row = scenes.served(cast, case, unit)
    for day, early in (("2026-08-24", True), ("2026-08-25", False)):
        verdict = governance_time_to_reply_over(case, {"recommendation": row.pk, "legal_day": day})
        assert (verdict.met, verdict.warning) == (True, early)
    row = scenes.answer(cast, row)
    assert not governance_time_to_reply_over(case, {"recommendation": row.pk}).warning


def test_a_recommendation_that_is_not_made_is_closed_and_one_with_the_unit_is_not(cast, case, unit):
    row = scenes.decide(cast, scenes.begun(cast, case, unit), "G-1-2", reasons="需查看。")
    record(cast.handler, case, "G-12", of(row, ending="not_made", result="无需建议。"))
    assert again(row).state == "closed"
    assert clock(row, "P-16").state == DeadlineState.CANCELLED
    other = scenes.served(cast, case, unit)
    for ending in ("adopted", "not_made", "carried_further"):
        with pytest.raises(Refusal) as refused:
            record(cast.handler, case, "G-12", of(other, ending=ending, result="—"))
        assert codes(refused) == ["governance_may_close"]


def test_the_database_refuses_what_no_event_tells(cast, case, unit):
    row = scenes.object_to(cast, scenes.served(cast, case, unit))
    assert list(recommendations_follow(case)) == []
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute(
            "UPDATE administrative_governancerecommendation SET state = 'closed' WHERE id = %s",
            [row.pk],
        )


def test_what_is_decided_is_kept_by_the_database(cast, case, unit):
    row = scenes.decided(cast, case, unit)
    for change in ({"content": "别的建议。"}, {"objection_days": 30}):
        with pytest.raises(IntegrityError, match="decided and stands"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**change)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).delete()
