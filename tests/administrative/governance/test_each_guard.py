"""Each guard of G-1 to G-12: what makes the step possible, and what makes that guard alone unmet."""

from __future__ import annotations

import pytest

from accounts.models import DepartmentKind
from cases.lifecycle.governance import Governance
from cases.machine import declarations_of
from cases.services import acts, checklists
from tests.administrative.governance import scenes
from tests.administrative.governance.scenes import again, of
from tests.support.guards import unmet
from tests.support.matters import record

pytestmark = pytest.mark.django_db
STEPS = declarations_of(Governance)


def to_begin(cast, case, unit):
    return scenes.facts_to_begin(unit)


def in_no_situation(cast, case, unit):
    return scenes.facts_to_begin(unit, situation="")


def at_the_wrong_level(cast, case, unit):
    return scenes.facts_to_begin(scenes.authority(cast, "city"))


def drafting(cast, case, unit):
    return of(scenes.begun(cast, case, unit))


def decided_already(cast, case, unit):
    return of(scenes.decided(cast, case, unit))


def investigated(cast, case, unit):
    return of(scenes.decide(cast, scenes.begun(cast, case, unit), "G-1-2", reasons="查看。"))


def written(cast, case, unit):
    return scenes.opinion(cast, scenes.write(cast, scenes.begun(cast, case, unit)))


def nothing_written(cast, case, unit):
    return scenes.opinion(cast, scenes.begun(cast, case, unit))


def reviewed_by_nobody(cast, case, unit):
    return written(cast, case, unit) | {"reviewer": None}


def reviewed(cast, case, unit):
    return of(scenes.reviewed(cast, case, unit))


def without_objection_period(cast, case, unit):
    return of(scenes.reviewed(cast, case, unit, objection_days=None))


def without_review(cast, case, unit):
    return of(scenes.write(cast, scenes.begun(cast, case, unit)))


def moved_since(cast, case, unit):
    facts = reviewed(cast, case, unit)
    # The directory was put right after the beginning: the body is one of a higher level.
    type(unit).objects.filter(pk=unit.pk).update(kind="housing", level="city")
    return facts


def decided_after_review(cast, case, unit):
    return of(scenes.decided(cast, case, unit))


def to_issue(cast, case, unit):
    row = scenes.decided(cast, case, unit)
    return of(row, document=scenes.paper(cast, row).pk, way="service")


def paper_not_issued(cast, case, unit):
    row = scenes.decided(cast, case, unit)
    return of(row, document=row.document_id)


def issued_already(cast, case, unit):
    row = scenes.issued(cast, case, unit)
    return of(row, document=row.document_id)


def to_record(cast, case, unit):
    return of(scenes.issued(cast, case, unit), department="record_legal_policy")


def recorded_there(cast, case, unit):
    row = scenes.issued(cast, case, unit)
    scenes.record_with(cast, row, "record_legal_policy")
    return of(row, department="record_legal_policy")


def not_out(cast, case, unit):
    return of(scenes.decided(cast, case, unit), department="record_legal_policy")


def with_the_unit(cast, case, unit):
    return of(scenes.served(cast, case, unit))


def not_served(cast, case, unit):
    return of(scenes.issued(cast, case, unit))


def objected(cast, case, unit):
    return of(scenes.object_to(cast, scenes.served(cast, case, unit)))


def to_tell(cast, case, unit):
    row = scenes.served(cast, case, unit)
    return of(scenes.decide(cast, row, "G-8", outcome="withdraw", findings="情况变化。"))


def answered(cast, case, unit):
    return of(scenes.answer(cast, scenes.served(cast, case, unit)))


def adopted(cast, case, unit):
    row = scenes.answer(cast, scenes.served(cast, case, unit))
    return of(scenes.assess(cast, row, "adopted"), ending="adopted")


def adopted_in_part(cast, case, unit):
    row = scenes.answer(cast, scenes.served(cast, case, unit))
    return of(scenes.assess(cast, row, "partly"), ending="adopted")


POSSIBLE = {
    "G-1": to_begin,
    "G-1-2": drafting,
    "G-1-3": investigated,
    "G-1-4": drafting,
    "G-2": written,
    "G-3": reviewed,
    "G-4": to_issue,
    "G-5": to_record,
    "G-6": with_the_unit,
    "G-7": objected,
    "G-8": with_the_unit,
    "G-8-2": to_tell,
    "G-9": with_the_unit,
    "G-10": answered,
    "G-11": adopted_in_part,
    "G-12": adopted,
}
ALONE = {
    ("G-1", "governance_situation"): in_no_situation,
    ("G-1", "governance_level_rule"): at_the_wrong_level,
    ("G-1-2", "governance_in_preparation"): decided_already,
    ("G-1-2", "governance_investigated_once"): investigated,
    ("G-1-3", "governance_investigation_runs"): drafting,
    ("G-1-4", "governance_in_preparation"): decided_already,
    ("G-2", "governance_written"): nothing_written,
    ("G-2", "governance_reviewer_fits"): reviewed_by_nobody,
    ("G-3", "governance_in_preparation"): decided_after_review,
    ("G-3", "governance_contents_complete"): without_objection_period,
    ("G-3", "governance_legal_review_made"): without_review,
    ("G-3", "governance_level_rule"): moved_since,
    ("G-4", "governance_is_decided"): issued_already,
    ("G-4", "governance_document_issued"): paper_not_issued,
    ("G-5", "governance_is_out"): not_out,
    ("G-5", "governance_record_is_due"): recorded_there,
    ("G-6", "governance_is_with_the_unit"): not_served,
    ("G-6", "governance_objection_in_time"): objected,
    ("G-7", "governance_is_objected_to"): with_the_unit,
    ("G-8", "governance_may_change"): reviewed,
    ("G-8-2", "governance_unit_to_be_told"): with_the_unit,
    ("G-9", "governance_is_with_the_unit"): not_served,
    ("G-10", "governance_has_an_answer"): with_the_unit,
    ("G-11", "governance_not_followed"): adopted,
    ("G-12", "governance_may_close"): adopted_in_part,
}
# What only warns, shown where each is told of: test_walk.py and below.
WARNS = {("G-11", "governance_time_to_reply_over"), ("G-12", "governance_records_made")}


def test_each_guard_of_these_steps_is_tried_alone():
    for code, declaration in STEPS.items():
        for guard in declaration.requirements:
            assert (code, guard) in {*ALONE, *WARNS}, (code, guard)


@pytest.mark.parametrize("code", POSSIBLE)
def test_where_every_guard_holds_the_step_is_possible(cast, case, unit, code):
    facts = POSSIBLE[code](cast, case, unit)
    case.refresh_from_db()
    assert unmet(acts.declaration_of(case, code), case, facts) == []


@pytest.mark.parametrize(("code", "guard"), ALONE)
def test_one_guard_alone_refuses_the_step_and_says_why_and_what_to_do(
    cast, case, unit, code, guard
):
    facts = ALONE[code, guard](cast, case, unit)
    case.refresh_from_db()
    step = acts.declaration_of(case, code)
    assert unmet(step, case, facts) == [guard]
    line = next(line for line in checklists.checklist(step, case, facts) if line.code == guard)
    assert str(line.verdict.why)
    assert line.article
    assert line.cure


@pytest.mark.parametrize(
    "guard", sorted({guard for step in STEPS.values() for guard in step.requirements})
)
def test_without_facts_or_for_the_recommendation_of_another_case_no_guard_fails(case, guard):
    for facts in ({}, {"recommendation": 0}, {"recommendation": 987654321}):
        assert checklists.judged(guard, case, facts).verdict is not None


@pytest.mark.norm("C113")
def test_closing_without_the_records_is_warned_of(cast, case, unit):
    facts = adopted(cast, case, unit)
    step = acts.declaration_of(case, "G-12")
    lines = {line.code: line.verdict for line in checklists.checklist(step, case, facts)}
    assert lines["governance_records_made"].warning
    assert "PRR 21" in str(lines["governance_records_made"].why)


def test_the_handler_of_the_legal_policy_department_does_not_review_his_own_case(cast, case, unit):
    facts = written(cast, case, unit)
    department = cast.office.departments.get(kind=DepartmentKind.LEGAL_POLICY)
    cast.handler.department = department
    cast.handler.save(update_fields=["department"])
    step = acts.declaration_of(case, "G-2")
    assert unmet(step, case, facts | {"reviewer": cast.handler.pk}) == ["governance_reviewer_fits"]


def test_a_paper_of_another_recommendation_is_not_issued_once_more(cast, case, unit):
    first = scenes.served(cast, case, unit)
    second = scenes.decided(cast, case, scenes.body(cast, name="乙公司"))
    facts = of(second, document=first.document_id)
    step = acts.declaration_of(case, "G-4")
    assert unmet(step, case, facts) == ["governance_document_issued"]
    record(
        cast.clerk, case, "G-4", of(second, document=scenes.paper(cast, second).pk, way="service")
    )
    assert again(second).state == "issued"
