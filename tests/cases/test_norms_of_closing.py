"""Norms of the end of the investigation: what its report proposes and what follows from it (Rules 89-91)."""

from __future__ import annotations

import pytest

from accounts.models import Role
from audit import clock
from audit.errors import Invalid, Refusal
from cases.forms.facts import CloseInvestigationFacts, TerminationGround
from cases.models import Case, Task
from cases.services import acts, checklists, corrections, proposals
from tests.support import matters
from tests.support.documents import final

pytestmark = pytest.mark.django_db
GROUND = {"ground": "no_unlawful_act", "explanation": "查明没有违法行为。"}


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.EVIDENCE_STORAGE = str(tmp_path)


def closed_case(cast, proposal: str) -> Case:
    """Return a case whose closing report proposes this."""
    case = matters.make_case(cast)
    matters.force(case, "T08", clock.today(), actor=cast.handler)
    facts = {"proposal": proposal, "conclusion": "事实清楚。"}
    matters.force(case, "T10", clock.today(), actor=cast.handler, **facts)
    return case


def says(case: Case, code: str, line: str, **facts) -> bool:
    """Return what one line of the checklist of a transition says."""
    lines = checklists.checklist(acts.declaration_of(case, code), case, facts)
    return next(item.verdict.met for item in lines if item.code == line)


@pytest.mark.norm("C035")
def test_a_closing_report_that_proposes_nothing_is_refused(cast):
    facts = {"conclusion": "事实清楚。", "legal_day": clock.today().isoformat()}
    form = CloseInvestigationFacts(facts, matter=matters.make_case(cast), actor=cast.handler)
    assert list(form.errors) == ["proposal"]


@pytest.mark.norm("C035")
@pytest.mark.parametrize("proposal", ["terminate", "announce"])
def test_the_case_goes_only_the_way_the_closing_report_proposes(cast, proposal):
    case = closed_case(cast, proposal)
    assert says(case, "T11", "report_proposes_termination") == (proposal == "terminate")
    assert says(case, "T12", "report_proposes_announcement") == (proposal == "announce")


@pytest.mark.norm("C035")
@pytest.mark.parametrize(
    ("proposal", "code", "facts", "line"),
    [
        (
            "terminate",
            "T12",
            {"medium_planned": "检察日报"},
            "report_proposes_announcement",
        ),
        ("announce", "T11", GROUND, "report_proposes_termination"),
    ],
)
def test_the_other_way_is_not_even_submitted(cast, proposal, code, facts, line):
    case = closed_case(cast, proposal)
    with pytest.raises(Refusal) as refused:
        matters.propose(case, code, facts, cast.handler)
    assert line in {item.code for item in refused.value.unmet}


@pytest.mark.norm("C036")
@pytest.mark.parametrize(
    ("ground", "met"),
    [
        ("", False),
        ("no_reason", False),
        ("ecological_damages", False),
        ("kin_object", False),
        ("no_unlawful_act", True),
        ("other_subject_sued", True),
        ("interest_protected", True),
        ("other", True),
    ],
)
def test_a_case_ends_only_on_a_ground_of_the_rules_that_fits(cast, ground, met):
    assert says(matters.make_case(cast), "T11", "termination_ground", ground=ground) is met


@pytest.mark.norm("C036")
def test_the_grounds_are_those_of_the_rules():
    assert set(TerminationGround.values) == {
        "no_unlawful_act", "ecological_damages", "kin_object", "other_subject_sued",
        "interest_protected", "other",
    }  # fmt: skip


@pytest.mark.norm("C036")
def test_whoever_says_that_the_office_will_support_the_suit_cannot_propose_to_end_the_case(cast):
    case = closed_case(cast, "terminate")
    final(case, "D-40", cast.handler)
    facts = GROUND | {"ground": "other_subject_sued", "office_will_support": "on"}
    with pytest.raises(Refusal) as refused:
        matters.propose(case, "T11", facts, cast.handler)
    assert [item.code for item in refused.value.unmet] == ["not_to_be_supported"]


@pytest.mark.norm("C036")
@pytest.mark.parametrize("missing", ["ground", "explanation"])
def test_a_termination_states_its_ground_and_explains_it(cast, missing):
    with pytest.raises(Invalid) as refused:
        matters.propose(closed_case(cast, "terminate"), "T11", GROUND | {missing: ""}, cast.handler)
    assert list(refused.value.errors) == [missing]


@pytest.mark.norm("C036")
def test_a_termination_without_the_final_report_is_not_submitted(cast):
    case = closed_case(cast, "terminate")
    with pytest.raises(Refusal) as refused:
        matters.propose(case, "T11", GROUND, cast.handler)
    assert [item.code for item in refused.value.unmet] == ["document:D-40"]
    final(case, "D-40", cast.handler)
    draft = case.proposals.get(status="draft")
    assert proposals.submit_proposal(actor=cast.handler, proposal=draft).status != "draft"


@pytest.mark.norm("C036")
def test_only_the_chief_procurator_ends_a_case_and_its_decision_is_drafted(cast):
    case = closed_case(cast, "terminate")
    final(case, "D-40", cast.handler)
    declaration = acts.declaration_of(case, "T11")
    assert (declaration.chief_decides, declaration.route[-1]) == (True, Role.CHIEF)
    proposal = matters.approve(matters.propose(case, "T11", GROUND, cast.handler), cast.head)
    case.refresh_from_db()
    assert case.state == "investigation_closed"
    assert not case.documents.filter(code="D-44").exists()
    matters.approve(proposal, cast.chief)
    case.refresh_from_db()
    assert case.state == "terminated"
    decision = case.documents.get(code="D-44")
    assert (decision.status, decision.signer) == ("draft", cast.chief)
    assert decision.values["decision_day"] == clock.today().isoformat()


@pytest.mark.norm("C038")
def test_a_correction_that_takes_the_national_influence_away_puts_the_announcement_in_doubt(cast):
    case = closed_case(cast, "announce")
    facts = {"medium": "正义网", "national_influence": True}
    event = matters.force(case, "T12", clock.today(), actor=cast.handler, **facts)
    corrections.correct_event(
        actor=cast.handler,
        event=event,
        data={"medium": "某县融媒体", "legal_day": clock.today().isoformat()},
        reason="媒体误录",
    )
    case.refresh_from_db()
    assert "T12 全国影响的媒体" in case.guard_in_doubt.split("; ")
    assert Task.objects.get(case=case, kind="guard_in_doubt").owner == cast.head
