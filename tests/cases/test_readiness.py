"""The page and the API that say what a matter still needs for a state."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.html import conditional_escape

from audit.errors import Refusal
from audit.models import AuditEvent
from cases.models import ApprovalRoute, Case
from cases.registries import machines, requirements
from cases.selectors.readiness import Standing, readiness
from cases.services import checklists
from cases.services.parties import add_party
from cases.states import CaseState, LeadState
from cases.ways import reachable
from notices import services as notices
from tests.notices.matters import final
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import (
    announced_case,
    assess,
    assign,
    case_in_review,
    force,
    happen,
    make_case,
    make_lead,
    propose,
    stand_aside,
)

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "zh-hans")


@pytest.fixture
def case(cast) -> Case:
    return make_case(cast)


def seen_in(case: Case, state: str) -> Case:
    """Return the case as if it were in `state`; nothing is written."""
    vars(case)["state"] = state
    return case


def page_of(client, person, matter, target="", language="en") -> str:
    person.language = language
    person.save()
    client.force_login(person)
    address = reverse(f"{matter.relation}_readiness", args=[matter.key])
    answer = client.get(address, {"target": target} if target else {})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def only_way(plan):
    assert len(plan.ways) == 1
    return plan.ways[0]


# --- what it says -------------------------------------------------------------------------------


@pytest.mark.parametrize("state", CaseState.values)
def test_in_every_state_every_reachable_state_is_planned_and_every_guard_answers(cast, case, state):
    there = reachable(machines["case"], state)
    for target in CaseState.values:
        plan = readiness(seen_in(case, state), cast.handler, target)
        assert plan.reachable == (target in there or target == state)
        for way in plan.ways:
            for stretch in way.stretches:
                for step in stretch.steps:
                    said = [line.checked.code for line in step.lines]
                    assert said == checklists.lines_of(step.declaration)
        assert {choice.state: choice.reachable for choice in plan.choices} == {
            other: other in there for other in CaseState.values if other != state
        }


@pytest.mark.parametrize("state", CaseState.values)
def test_what_is_not_met_at_the_next_step_is_what_the_refusal_of_the_act_names(cast, case, state):
    seen_in(case, state)
    for target in machines["case"].moves(state):
        direct = readiness(case, cast.handler, target).ways[0]
        for step in direct.stretches[0].steps:
            unmet = [line.checked.unmet() for line in step.lines if line.standing != Standing.MET]
            try:
                checklists.require_met(step.declaration, case, {})
                refused = []
            except Refusal as refusal:
                refused = refusal.unmet
            assert unmet == refused, step.declaration.code


def test_a_guard_of_a_later_step_is_judged_now_unless_an_earlier_step_makes_what_it_reads(
    cast, case
):
    plan = readiness(case, cast.handler, CaseState.SUIT_DECIDED)
    way = next(way for way in plan.ways if way.usual)
    standing = {line.checked.code: line.standing for line in way.lines}
    assert standing["team_with_one_lead"] == Standing.MET
    assert standing["document:D-09"] == Standing.UNMET
    assert standing["document:D-43"] == Standing.UNMET  # it can be made already
    assert standing["harm_persists"] == Standing.ASKED
    assert standing["review_proposes_suit"] == Standing.LATER
    assert standing["announcement_elapsed"] == Standing.LATER
    later = next(line for line in way.lines if line.checked.code == "review_proposes_suit")
    assert (later.link, bool(later.checked.cure)) == ("", True)
    assert "document:D-09" in [line.checked.code for line in way.missing]


def test_what_can_be_recorded_now_is_missing_now_and_not_later(cast):
    with on(2026, 3, 2):
        case = announced_case(cast, date(2026, 1, 5))
    with on(2026, 3, 3):
        case = case_in_review(cast, date(2026, 1, 5))
        plan = readiness(case, cast.handler, CaseState.SUIT_SUBMITTED)
    first, second = plan.ways[0].stretches
    standing = {line.checked.code: line.standing for step in first.steps for line in step.lines}
    assert standing["review_proposes_suit"] == Standing.UNMET  # S03 is recorded in this state
    assert {item.declaration.code for item in second.steps} == {"T22"}
    claims = {line.checked.code: line for line in second.steps[0].lines}["claims_entered"]
    assert claims.standing == Standing.UNMET  # claims are entered in this state too


def test_a_guard_that_names_no_place_leads_to_the_entry_that_makes_what_it_reads(cast):
    with on(2026, 1, 12):
        case = announced_case(cast, date(2026, 1, 5))
        facts = {"name": "某消费者组织", "intention": "will_sue"}
        happen(case, "announcement_reply", date(2026, 1, 10), actor=cast.handler, facts=facts)
        plan = readiness(case, cast.handler, CaseState.REVIEW_FOR_PROSECUTION)
    lines = {line.checked.code: line for line in plan.ways[0].lines}
    for line in lines.values():
        kinds = set(re.findall(r"Event (\w+)", requirements[line.checked.code].reads))
        if line.standing == Standing.UNMET and not line.checked.verdict.link:
            code = "S01" if "announcement_reply_followed" in kinds else ""
            assert line.link == (
                reverse("transition_record", args=[case.key, code]) if code else ""
            ), line.checked.code


def test_the_route_is_the_one_the_office_chose(cast, case):
    def route() -> tuple[str, ...]:
        plan = readiness(case, cast.handler, CaseState.ANNOUNCING)
        return plan.ways[0].stretches[-1].steps[0].route

    assert route() == ("department_head", "chief")
    chosen = ["department_head", "deputy_chief"]
    ApprovalRoute.objects.create(
        office=cast.office, transition="T12", roles=chosen, set_by=cast.chief
    )
    assert route() == tuple(chosen)


def test_only_who_may_take_the_next_step_is_led_to_its_form(cast, case):
    plan = readiness(case, cast.handler, CaseState.INVESTIGATING)
    step = only_way(plan).stretches[0].steps[0]
    assert step.page == reverse("transition_record", args=[case.key, "T08"])
    assert (
        readiness(case, cast.head, CaseState.INVESTIGATING).ways[0].stretches[0].steps[0].page == ""
    )


def test_documents_are_told_with_where_they_stand(cast, case):
    def paper():
        plan = readiness(case, cast.handler, CaseState.INVESTIGATING)
        return only_way(plan).stretches[0].steps[0].needs[0]

    assert (paper().code, paper().state) == ("D-09", "none")
    draft = notices.draft_document(actor=cast.handler, matter=case, code="D-09")
    assert (paper().state, paper().documents[0].link) == ("draft", draft.get_absolute_url())
    final(case, "D-09", cast.handler)
    assert paper().state == "final"


def test_a_step_tells_which_documents_it_makes_and_what_it_does_to_the_periods(cast, case):
    plan = readiness(case, cast.handler, CaseState.REVIEW_FOR_PROSECUTION)
    steps = {
        step.declaration.code: step for stretch in plan.ways[0].stretches for step in stretch.steps
    }
    said = {code: {(line.code, line.does) for line in step.periods} for code, step in steps.items()}
    assert ("P-01", "starts") in said["T12"]
    assert {("P-01", "meets"), ("P-02", "starts")} <= said["T16"]
    terminated = readiness(case, cast.handler, CaseState.TERMINATED).ways[0].stretches[-1].steps[0]
    declared = terminated.declaration.makes_documents
    assert declared
    assert [(paper.code, paper.state) for paper in terminated.makes] == [
        (code, "none") for code in declared
    ]


def test_the_target_is_by_default_the_state_that_usually_follows(cast, case):
    assert readiness(case, cast.handler).target == CaseState.INVESTIGATING
    assert readiness(seen_in(case, CaseState.ARCHIVED), cast.handler).target == ""


# --- the page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_of_every_step_article_people_guards_cures_and_documents(
    client, cast, case, language
):
    page = page_of(client, cast.handler, case, CaseState.ANNOUNCING, language)
    with translation.override(language):
        plan = readiness(case, cast.handler, CaseState.ANNOUNCING)
        for stretch in plan.ways[0].stretches:
            assert str(stretch.target_title) in page
            for step in stretch.steps:
                shown = page[
                    page.index(f'<span class="muted num">{step.declaration.code}</span>') :
                ]
                shown = shown[: shown.index("</article>")]
                assert str(step.declaration.proposer.label) in shown
                assert step.approvers in shown
                for line in step.lines:
                    assert str(conditional_escape(line.checked.title)) in shown
                    if line.standing == Standing.UNMET:
                        assert str(conditional_escape(line.checked.verdict.why)) in shown
                        assert str(conditional_escape(line.checked.cure)) in shown
                for paper in (*step.needs, *step.makes):
                    assert str(conditional_escape(paper.title)) in shown
                for period in step.periods:
                    assert period.link in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_reached_is_said(client, cast, language):
    lead = make_lead(cast)
    vars(lead)["state"] = LeadState.MERGED
    plan = readiness(lead, cast.intake, LeadState.FILED)
    assert (plan.ways, plan.reachable) == ([], False)
    case = make_case(cast)
    for code in ("T08", "T10", "T11"):
        force(case, code, date(2026, 1, 6), actor=cast.handler)
    unreachable = CaseState.FILED
    assert unreachable not in reachable(machines["case"], case.state)
    page = page_of(client, cast.handler, case, unreachable, language)
    assert 'class="msg warn"' in page
    if language == "en":
        assert "cannot be reached from here" in page


def test_the_page_of_a_lead_tells_the_same(client, cast):
    lead = make_lead(cast)
    page = page_of(client, cast.intake, lead, LeadState.FILED)
    assert "T03" in page
    assert "T06" in page
    assert "In 2 steps" in page


def test_a_state_nobody_declared_is_refused_with_a_sentence(client, cast, case):
    client.force_login(cast.handler)
    address = reverse("case_readiness", args=[case.key])
    assert client.get(address, {"target": "nowhere"}).status_code == 400
    assert client.get(address, {"target": "nowhere\x00"}).status_code == 400


def test_the_case_page_and_the_lead_page_lead_to_it(client, cast, case):
    client.force_login(cast.handler)
    page = client.get(case.get_absolute_url()).content.decode()
    assert page.count(f'href="{reverse("case_readiness", args=[case.key])}"') == 2
    lead = make_lead(cast)
    client.force_login(cast.intake)
    page = client.get(lead.get_absolute_url()).content.decode()
    assert reverse("lead_readiness", args=[lead.key]) in page


def test_the_open_proposal_stands_at_its_step_and_no_other_may_be_proposed(client, cast):
    with on(2026, 3, 3):
        case = announced_case(cast, date(2026, 2, 2))
        plan = readiness(case, cast.handler, CaseState.SUPPORTING_PROSECUTION)
        assert plan.ways[0].stretches[0].steps[0].page
        lead = make_lead(cast)
        lead = assess(cast, assign(cast, lead))
        final(lead, "D-05", cast.handler)
        proposal = propose(lead, "T07", {"reason": "没有违法行为。"}, cast.handler)
        plan = readiness(lead, cast.handler, LeadState.NOT_FILED)
        assert plan.ways[0].stretches[0].steps[0].proposal == proposal
        # Two steps file: one against the violator, one against an authority.
        plan = readiness(lead, cast.handler, LeadState.FILED)
        assert [step.page for step in plan.ways[0].stretches[0].steps] == ["", ""]


# --- who sees it --------------------------------------------------------------------------------


@pytest.mark.norm("C018")
def test_whoever_does_not_see_the_matter_finds_no_page_and_no_answer(client, cast, case):
    case.team.create(user=cast.recused, position="handler")
    stand_aside(cast, case, cast.recused)
    address = reverse("case_readiness", args=[case.key])
    for person in (cast.stranger, cast.recused, cast.auditor):
        client.force_login(person)
        assert client.get(address).status_code == 404
        answer = program_of(person).get(f"/api/v1/cases/{case.key}/readiness/")
        assert answer.status_code == 404


@pytest.mark.norm("C131")
def test_that_it_was_looked_at_is_recorded(client, cast, case):
    page_of(client, cast.head, case)
    program_of(cast.head).ask(f"cases/{case.key}/readiness/")
    looks = AuditEvent.objects.filter(action="case.viewed", case_id=case.pk, actor_id=cast.head.pk)
    assert looks.count() == 2


# --- the API ------------------------------------------------------------------------------------


def test_programs_read_the_same_as_the_page_shows(cast, case):
    answer = program_of(cast.handler).ask(f"cases/{case.key}/readiness/", target="announcing")
    with translation.override("en"):
        plan = readiness(case, cast.handler, CaseState.ANNOUNCING)
    assert (answer["state"], answer["target"], answer["reachable"]) == (
        "filed",
        "announcing",
        True,
    )
    for shown, way in zip(answer["ways"], plan.ways, strict=True):
        assert shown["counts"] == way.counts
        for said, stretch in zip(shown["stretches"], way.stretches, strict=True):
            for item, step in zip(said["steps"], stretch.steps, strict=True):
                assert item["code"] == step.declaration.code
                assert item["route"] == list(step.route)
                assert [
                    (line["code"], line["standing"], line["cure"]) for line in item["lines"]
                ] == [(line.checked.code, line.standing, line.checked.cure) for line in step.lines]
                assert [(p["code"], p["state"]) for p in item["needs"]] == [
                    (paper.code, paper.state) for paper in step.needs
                ]
                assert [(p["code"], p["does"]) for p in item["periods"]] == [
                    (line.code, line.does) for line in step.periods
                ]


def test_a_program_is_told_when_a_state_cannot_be_reached_or_does_not_exist(cast, case):
    program = program_of(cast.handler)
    lead = make_lead(cast)
    answer = program_of(cast.intake).ask(f"leads/{lead.key}/readiness/", target="lead_registered")
    assert (answer["ways"], answer["reachable"]) == ([], True)
    refused = program.get(f"/api/v1/cases/{case.key}/readiness/", {"target": "nowhere"})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["target"])


# --- what it costs ------------------------------------------------------------------------------


def _queries(ask) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def test_it_costs_the_same_however_much_is_in_the_case_and_asks_no_guard_twice(
    cast, case, monkeypatch
):
    def ask():
        return readiness(Case.objects.get(pk=case.pk), cast.handler, CaseState.JUDGED_FIRST)

    # One party stands before: where there is none, what is asked of its name is never sent.
    add_party(
        actor=cast.handler, case=case, facts={"role": "violator", "kind": "person", "name": "张"}
    )
    before = _queries(ask)
    for number, code in enumerate(("D-09", "D-40", "D-41")):
        notices.draft_document(actor=cast.handler, matter=case, code=code)
        party = {"role": "violator", "kind": "person", "name": f"张{number}"}
        add_party(actor=cast.handler, case=case, facts=party)
    assert _queries(ask) <= before
    asked: list[str] = []
    judged = checklists.judged
    monkeypatch.setattr(
        checklists,
        "judged",
        lambda code, *rest, **more: (asked.append(code), judged(code, *rest, **more))[1],
    )
    plan = ask()
    assert len(asked) == len(set(asked))
    lines = {line.checked.code for way in plan.ways for line in way.lines}
    assert set(asked) == lines
    assert {code for code in lines if not re.match("document:", code)} <= set(requirements)
