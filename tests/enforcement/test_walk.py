"""The way from the effective decision to the archived file (C9, E1 to E9; law 3.2, 3.10a)."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import Role
from audit.errors import Conflict, Invalid, Refusal
from cases.models import Event, Lead, Task
from cases.selectors.facts import blank_form, event_lines
from cases.services.facts import form_class
from cases.states import CaseState
from deadlines.models import Deadline
from enforcement.models import ArchiveIndex, WayOfEnding
from tests.enforcement import scenes
from tests.enforcement.scenes import ALL, APOLOGISE, DELETE, PAY, STOP
from tests.support.days import on
from tests.support.matters import record, upload

pytestmark = pytest.mark.django_db
PERFORMED = {"legal_day": "2026-08-03", "summary": "全部履行。"}


def deadline(case, rule: str, **values) -> Deadline:
    return Deadline.objects.get(case=case, rule=rule, **values)


@pytest.mark.norm("C152")
def test_each_paragraph_becomes_an_obligation_with_its_last_day(cast):
    with on(2026, 7, 13):
        case = scenes.begun(cast, *ALL)
    assert case.state == CaseState.PERFORMANCE_PERIOD
    rows = {row.type: row for row in case.obligations.all()}
    assert [row.number for row in case.obligations.all()] == [1, 2, 3, 4]
    assert rows["EI-1"].due_on == date(2026, 7, 20)
    assert rows["EI-4"].due_on == date(2026, 8, 10)  # 9 August is a Sunday
    assert rows["EI-4"].amount == 100000
    assert rows["EI-3"].due_on == date(2026, 7, 31)
    assert rows["EI-2"].due_on == scenes.EFFECT  # at once
    assert {row.state for row in rows.values()} == {"pending"}
    assert case.documents.get(code="D-67").values["items"].startswith("1．删除")


@pytest.mark.norm("C080")
def test_the_two_years_run_by_item_from_its_last_day_and_the_office_only_watches(cast):
    with on(2026, 7, 13):
        case = scenes.begun(cast, DELETE, STOP)
        delete, stop = case.obligations.all()
    periods = Deadline.objects.filter(case=case, rule="P-42").order_by("effective_day")
    at_once, after = periods
    assert at_once.start_event.facts["obligation"] == stop.pk
    assert (at_once.start_day, at_once.effective_day) == (date(2026, 7, 10), date(2028, 7, 10))
    assert after.start_event.facts["obligation"] == delete.pk
    assert (after.start_day, after.effective_day) == (date(2026, 7, 20), date(2028, 7, 20))
    own = Deadline.objects.get(case=case, rule="P-40")  # none where it is owed at once
    assert own.effective_day == date(2026, 7, 20)
    assert (own.about, at_once.about) == (str(delete), str(stop)), "each says whose it is"
    with on(2026, 7, 20):
        scenes.perform(cast, case, delete)
    after.refresh_from_db()
    own.refresh_from_db()
    assert (after.state, own.state) == ("met", "met")
    at_once.refresh_from_db()
    assert at_once.state == "open"


def test_a_case_is_performed_looked_back_on_closed_and_archived(cast, settings):
    settings.LOOK_BACK_MONTHS = [3]
    with on(2026, 8, 3):
        case = scenes.begun(cast, DELETE, PAY, APOLOGISE)
        for row in case.obligations.all():
            scenes.perform(cast, case, row)
        record(cast.handler, case, "T42", PERFORMED, {"record": upload("履行核查记录.txt")})
        assert case.state == CaseState.PERFORMED
        entry = scenes.pay(cast.handler, case, scenes.owed(case, "EI-4"))
        scenes.confirm(cast.assistant, case, entry)
        plan = {"legal_day": "2026-08-03", "plan": "复测。", "check_1": "2026-11-03"}
        assert Task.objects.get(case=case, kind="plan_look_back").owner == cast.head
        record(cast.head, case, "T48", plan, {"paper": upload("回头看方案.txt")})
    assert case.state == CaseState.LOOK_BACK
    assert Task.objects.get(case=case, kind="look_back:2026-11-03").due_on == date(2026, 11, 3)
    with on(2026, 11, 3):
        given = {
            "legal_day": "2026-11-03",
            "planned": "2026-11-03",
            "tested": "抽查。",
            "relapse": "no",
        }
        record(cast.handler, case, "S42", given, {"report": upload()})
        scenes.papers(cast, case, "D-67", "D-86")
        scenes.close(cast, case)
        assert case.state == CaseState.CLOSED
        record(cast.case_manager, case, "S43", {})
        given = {
            "legal_day": "2026-11-03",
            "archive_number": "2026-民公-1",
            "retention": "permanent",
        }
        record(cast.case_manager, case, "T51", given, {"receipt": upload()})
    assert case.state == CaseState.ARCHIVED
    index = ArchiveIndex.objects.get(case=case)
    assert {entry.volume for entry in index.entries.all()} >= {"documents", "proofs"}


def test_a_case_goes_through_enforcement_and_its_interruptions(cast):
    with on(2026, 8, 3):
        case = scenes.in_enforcement(cast)
        row = case.obligations.get()
        assert (case.state, row.state) == (CaseState.ENFORCEMENT, "enforcing")
        for rule, day in (("P-41", (8, 13)), ("P-47", (8, 10))):
            assert deadline(case, rule).effective_day == date(2026, *day)
        record(cast.handler, case, "S35", {"legal_day": "2026-08-03", "number": "执1"}, paper())
        record(cast.handler, case, "S36", {"legal_day": "2026-08-03"}, paper())
    assert deadline(case, "P-41").state == deadline(case, "P-47").state == "met"
    assert deadline(case, "P-47a").effective_day == date(2027, 2, 3)
    with on(2026, 9, 1):
        step(cast, case, "T44", "ruling", ground="objection", legal_day="2026-08-10")
        assert case.state == CaseState.ENF_SUSPENDED
        step(cast, case, "T44-2", "notice", ground="异议驳回。", legal_day="2026-08-20")
        # ten days of suspension are deducted: 3 February becomes the 13th, a Saturday of the
        # Spring Festival, so it rolls on
        assert deadline(case, "P-47a").nominal_day == date(2027, 2, 13)
        facts = {"investigation": "查无财产。", "ground": "confirmed", "legal_day": "2026-08-25"}
        step(cast, case, "T45", "ruling", **facts)
        assert case.state == CaseState.ENF_ROUND_TERMINATED
        assert case.obligations.get().state == "enforcing"  # it stands: the round can be opened
        step(cast, case, "T58", "notice", found="发现存款。", legal_day="2026-09-01")
    assert case.state == CaseState.ENFORCEMENT
    assert deadline(case, "P-47a", state="open").start_event.kind == "enforcement_reopened"
    with on(2026, 9, 2):
        row = case.obligations.get()
        scenes.perform(cast, case, row, "2026-09-01")
        step(cast, case, "T47", "notice", number="执结1", legal_day="2026-09-01")
    assert case.state == CaseState.PERFORMED
    assert deadline(case, "P-45").effective_day == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("code", "ground", "word"),
    [
        ("T44", "other", "other ground"),
        ("T44", "heirs_awaited", "natural person"),
        ("T46", "no_estate", "natural person"),
        ("T46", "other", "other ground"),
    ],
)
def test_a_ground_of_the_court_needs_its_words_or_the_party_it_speaks_of(cast, code, ground, word):
    with on(2026, 8, 3):
        case = scenes.in_enforcement(cast)
        with pytest.raises(Refusal) as refused:
            step(cast, case, code, "ruling", ground=ground, legal_day="2026-08-03")
        assert word in refused.value.unmet[0].message
        case.parties.filter(role="violator").update(kind="person")
        words = {"explanation": "被执行人下落不明。"} if ground == "other" else {}
        step(cast, case, code, "ruling", ground=ground, legal_day="2026-08-03", **words)


@pytest.mark.parametrize("kind", ["enforcement_suspended", "enforcement_terminated"])
def test_a_ground_that_was_entered_in_words_before_is_shown_in_those_words(cast, case, kind):
    form = blank_form(form_class(kind), case, cast.handler)
    lines = event_lines(form, {"ground": "案外人异议。"})
    assert [(line.name, line.value) for line in lines] == [("ground", "案外人异议。")]


@pytest.mark.norm("C084")
def test_a_terminated_enforcement_ends_what_is_owed_and_the_case_can_be_closed(cast):
    with on(2026, 8, 3):
        case = scenes.in_enforcement(cast)
        ended = {"ground": "other", "explanation": "被执行人主体终止。"}
        step(cast, case, "T46", "ruling", **ended, legal_day="2026-08-03")
        row = case.obligations.get()
        assert (row.state, row.way) == ("ended", WayOfEnding.TERMINATED)
        assert deadline(case, "P-45").state == "open"  # obstruction is watched for six months
        # The court enforced it in time: that is what the two years were for.
        assert deadline(case, "P-42").state == "met"
        scenes.papers(cast, case, "D-67")
        scenes.close(cast, case, "T61")
    assert case.state == CaseState.CLOSED


def test_without_its_paper_neither_performance_nor_look_back_is_recorded(cast):
    with on(2026, 8, 3):
        case = scenes.begun(cast, DELETE)
        scenes.perform(cast, case, case.obligations.get())
        with pytest.raises(Invalid) as refused:
            record(cast.handler, case, "T42", PERFORMED)
        assert list(refused.value.errors) == ["record"]
        done = record(cast.handler, case, "T42", PERFORMED, {"record": upload("核查记录.txt")})
        assert [proof.name for proof in done.proofs.all()] == ["核查记录.txt"]
        plan = {"legal_day": "2026-08-03", "plan": "复测。", "check_1": "2026-11-03"}
        with pytest.raises(Invalid) as refused:
            record(cast.head, case, "T48", plan)
        assert list(refused.value.errors) == ["paper"]
    assert case.state == CaseState.PERFORMED


def test_a_decision_that_orders_nothing_is_closed_at_once(cast):
    with on(2026, 8, 3):
        case = scenes.decided(cast)
        scenes.close(cast, case, "T62")
    assert case.state == CaseState.CLOSED


@pytest.mark.norm("C160")
def test_a_relapse_becomes_a_new_lead_linked_to_the_case(cast):
    with on(2026, 8, 3):
        case = scenes.performed(cast)
        record(
            cast.head,
            case,
            "T48",
            {"legal_day": "2026-08-03", "plan": "复测。", "check_1": "2026-08-03"},
            {"paper": upload("回头看方案.txt")},
        )
        given = {
            "legal_day": "2026-08-03",
            "planned": "2026-08-03",
            "tested": "复测。",
            "relapse": "yes",
        }
        record(cast.handler, case, "S42", given, {"report": upload()})
        facts = {
            "legal_day": "2026-08-03",
            "title": "再次收集",
            "summary": "又见该应用收集个人信息。",
        }
        record(cast.handler, case, "T49", facts)
    lead = Lead.objects.get(title="再次收集")
    assert lead.source == "own_casework"
    assert case.key in lead.source_detail
    assert case.relapses.get().lead == lead
    assert case.state == CaseState.LOOK_BACK
    assert lead.state == "lead_registered"  # it needs an outcome of its own
    with on(2026, 8, 3), pytest.raises(Refusal):
        record(cast.handler, case, "T49", facts)  # one check, one lead


def paper() -> dict:
    return {"paper": upload()}


def step(cast, case, code: str, field: str, **facts) -> Event:
    return record(cast.handler, case, code, facts, {field: upload()})


def test_nobody_but_case_management_archives(cast):
    with on(2026, 8, 3):
        case = scenes.performed(cast)
        scenes.papers(cast, case, "D-67")
        scenes.close(cast, case)
        with pytest.raises(Exception, match="case management"):
            record(cast.handler, case, "S43", {})
        with pytest.raises(Conflict):
            record(cast.handler, case, "T42", PERFORMED, {"record": upload()})
    assert Role.CASE_MANAGEMENT in {grant.role for grant in cast.case_manager.role_grants.all()}
