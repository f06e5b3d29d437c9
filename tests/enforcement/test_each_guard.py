"""Each guard from T41 on: what makes the step possible, and what makes that guard alone unmet."""

from __future__ import annotations

from datetime import date

import pytest

from audit import clock
from audit.errors import Invalid
from cases.lifecycle.closing import Closing
from cases.lifecycle.enforcement import Enforcement
from cases.machine import declarations_of
from cases.services import acts, checklists
from deadlines import by_hand
from enforcement.selectors import missing_returns
from tests.enforcement import scenes
from tests.enforcement.scenes import owed
from tests.enforcement.situations import (
    ALONE,
    ELSEWHERE,
    LATER,
    NO_INJUNCTION,
    POSSIBLE,
    answer_by_hand_missing,
    one_ended,
    reported,
    urged,
)
from tests.support.days import on
from tests.support.documents import final
from tests.support.matters import happen, propose, record, send_case_to, upload

pytestmark = pytest.mark.django_db


def unmet(case, code: str, facts) -> list[str]:
    """Return the codes of the guards that do not hold."""
    case.refresh_from_db()
    lines = checklists.checklist(acts.declaration_of(case, code), case, facts)
    return [line.code for line in lines if not line.verdict.met]


def test_what_ended_without_performance_leads_out_by_the_end_of_the_enforcement(cast, case):
    with clock.frozen(LATER):
        one_ended(cast, case)
        assert unmet(case, "T47", {}) == ["all_obligations_verified"]
        today = clock.today().isoformat()
        given = {"legal_day": today, "ground": "other", "explanation": "销案。"}
        record(cast.handler, case, "T46", given, {"ruling": upload()})
        assert case.state == "enf_terminated"


def test_before_the_court_enforces_no_obligation_ends_without_performance(case):
    assert "S34" not in {
        step.code for step in declarations_of(Enforcement).values() if case.state in step.sources
    }


def test_each_guard_of_these_steps_is_tried_alone():
    tried = {*ALONE, *ELSEWHERE}
    closings = {"T61", "T62", "T63"}
    steps = declarations_of(Enforcement) | declarations_of(Closing)
    for code, declaration in steps.items():
        documents = [f"document:{name}" for name in declaration.needs_documents]
        for guard in (*declaration.requirements, *documents):
            known = (code, guard) in tried or (code in closings and ("T50", guard) in tried)
            assert known, (code, guard)


def test_a_duty_begun_by_hand_is_missing_until_it_is_completed_by_hand(cast, case):
    with clock.frozen(LATER):
        facts = NO_INJUNCTION | answer_by_hand_missing(cast, case)
        assert unmet(case, "T50", facts) == ["returns_are_in"]
        # What the other office owes is no report of this one.
        assert [text.partition(" ")[0] for text in missing_returns(case)] == ["P-38c"]
        row = case.deadlines.get(rule="P-38c")
        done = {"clock": by_hand.clock_name(row.rule, row.start_event), "outcome": "done"}
        happen(case, by_hand.COMPLETED, clock.today(), actor=cast.handler, facts=done)
        assert unmet(case, "T50", facts) == []


@pytest.mark.parametrize("code", POSSIBLE)
def test_where_every_guard_holds_the_step_is_possible(cast, case, code):
    moment, arrange = POSSIBLE[code]
    with clock.frozen(moment):
        assert unmet(case, code, arrange(cast, case)) == []
        assert case.state in acts.declaration_of(case, code).sources


@pytest.mark.parametrize(("code", "guard"), ALONE)
def test_one_guard_alone_refuses_the_step_and_says_why(cast, case, code, guard):
    moment, arrange = ALONE[code, guard]
    with clock.frozen(moment):
        facts = arrange(cast, case)
        assert unmet(case, code, facts) == [guard]
        assert case.state in acts.declaration_of(case, code).sources
        line = next(
            line
            for line in checklists.checklist(acts.declaration_of(case, code), case, facts)
            if line.code == guard
        )
    assert str(line.verdict.why)
    assert line.cure


@pytest.mark.norm("C079")
def test_the_letter_that_urges_the_court_is_recorded_and_enforcement_begins_when_it_transfers(
    cast, case
):
    with clock.frozen(LATER):
        given = urged(cast, case) | {"legal_day": clock.today().isoformat()}
        record(cast.handler, case, "S70", given, {"receipt": upload()})
        assert case.state == "performance_period"
        assert not case.deadlines.filter(rule__in=("P-41", "P-43", "P-47")).exists()
        scenes.enforce(cast.handler, case, owed(case, "EI-1"))
        assert case.state == "enforcement"
        assert case.deadlines.filter(rule="P-41").exists()


def test_a_decision_without_paragraphs_begins_no_performance_and_one_with_them_is_not_closed(cast):
    with on(2026, 8, 3):
        empty, ordering = scenes.decided(cast), scenes.decided(cast, scenes.STOP)
        for case in (empty, ordering):
            scenes.papers(cast, case, "D-85")
        assert unmet(empty, "T41", {}) == ["decision_orders_something"]
        assert unmet(ordering, "T41", {}) == []
        assert unmet(empty, "T62", NO_INJUNCTION) == []
        assert unmet(ordering, "T62", NO_INJUNCTION) == ["decision_orders_nothing"]


def test_a_case_with_an_injunction_is_closed_on_a_signed_statement_that_it_is_over(cast, case):
    with clock.frozen(LATER):
        reported(cast, case)
        assert unmet(case, "T50", {"injunctions": "ended"}) == ["injunctions_over"]
        given = {"legal_day": clock.today().isoformat(), "statement": "禁令已被判决吸收。"}
        with pytest.raises(Invalid) as refused:
            record(cast.handler, case, "S71", given)
        assert list(refused.value.errors) == ["paper"]
        record(cast.handler, case, "S71", given, {"paper": upload()})
        assert unmet(case, "T50", {"injunctions": "ended"}) == []
        lines = checklists.checklist(
            acts.declaration_of(case, "T50"), case, {"injunctions": "ended"}
        )
        line = next(line for line in lines if line.code == "injunctions_over")
    assert line.by_statement
    assert cast.handler.name in line.verdict.why


def test_none_was_ordered_is_refused_while_a_period_of_a_measure_begun_by_hand_is_open(cast, case):
    begun = {"period": "P-61", "legal_day": "2026-08-05", "event_text": "收到保全裁定"}
    with clock.frozen(LATER):
        reported(cast, case)
        acts.record_fact(
            actor=cast.handler,
            matter=case,
            kind="period_begun",
            data=begun,
            files={"paper": upload()},
        )
        assert unmet(case, "T50", NO_INJUNCTION) == ["injunctions_over"]
        lines = checklists.checklist(acts.declaration_of(case, "T50"), case, NO_INJUNCTION)
        why = next(line for line in lines if line.code == "injunctions_over").verdict.why
        assert "P-61" in why
        assert "S71" in why
        period = case.deadlines.get(rule="P-61")
        acts.record_fact(
            actor=cast.handler,
            matter=case,
            kind="period_completed",
            data={
                "clock": by_hand.clock_name("P-61", period.start_event),
                "legal_day": "2026-08-10",
                "outcome": "not_needed",
                "result": "未申请复议。",
            },
            files={"paper": upload()},
        )
        assert unmet(case, "T50", NO_INJUNCTION) == []


def test_that_none_was_ordered_is_stated_in_words(cast, case):
    with clock.frozen(LATER):
        reported(cast, case)
        facts = {"summary": "已全部履行。", "injunctions": "none"}
        with pytest.raises(Invalid) as refused:
            propose(case, "T50", facts, cast.handler)
    assert list(refused.value.errors) == ["injunctions_statement"]


def test_a_transferred_case_is_closed_once_the_other_office_has_it(cast, case):
    with on(2026, 8, 3):
        transfer = send_case_to(cast)
        source = transfer.source
        sender = cast.stranger
        scenes.lead(source, sender)
        final(source, "D-85", sender)
        assert unmet(source, "T63", NO_INJUNCTION) == ["receiver_acknowledged"]
        transfer.received_on, transfer.received_case = date(2026, 8, 3), case
        transfer.save()
        assert unmet(source, "T63", NO_INJUNCTION) == []
