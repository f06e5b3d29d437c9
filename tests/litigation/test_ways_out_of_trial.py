"""How a trial ends otherwise than by judgment: settlement, withdrawal, suspension, end (T30 to T35)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from audit.errors import Invalid, NotPermitted, Refusal
from cases.selectors.facts import blank_form, event_lines
from cases.services import acts, checklists, parties, proposals
from cases.services.facts import form_class
from cases.states import CaseState
from deadlines.models import DeadlineState
from litigation.models import Claim
from tests.litigation import suit
from tests.litigation.suit import deadline
from tests.support.days import on
from tests.support.documents import filed
from tests.support.guards import codes
from tests.support.matters import approve, happen, propose, record, upload

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 22)


@pytest.fixture(scope="session")
def stage(trial_stage):
    """Every test of this file begins with the case of `trial`."""
    return trial_stage


@pytest.fixture(scope="module", autouse=True)
def brought_so_far(room) -> None:
    """The tests work in a clone of the stage."""


def settlement(case, **less) -> dict:
    return {"terms": "被告停止侵害、删除信息并赔偿。"} | suit.met(case) | less


def owing(case, amount: str, party=None) -> dict[str, str]:
    """Return what the agreement obliges a defendant to for the money claimed."""
    claim = Claim.objects.get(case=case, amount__isnull=False)
    return {f"claim_{claim.pk}_{(party or suit.defendants(case)[0]).pk}": amount}


def publish(cast, case, **less):
    filed(case, "D-59", cast.clerk, cast.chief)
    act = {
        "legal_day": "2026-06-22",
        "agreed_on": "2026-06-20",
        "medium": "法院公告网",
        "files": ("agreement", "publication"),
    }
    return suit.carry_out(cast, case, "T30", settlement(case, **less), act)


@pytest.mark.norm("C064")
def test_a_mediation_document_comes_only_after_thirty_full_days(trial, cast):
    publish(cast, trial)
    assert trial.state == CaseState.SETTLEMENT_ANNOUNCED
    facts = {"document_number": "（2026）浙0192民初1号", "no_harm_found": "on"}
    with on(2026, 7, 22), pytest.raises(Refusal) as refused:
        record(cast.handler, trial, "T31", facts | {"legal_day": "2026-07-22"}, {"paper": upload()})
    assert codes(refused) == ["settlement_publication_over"]
    with on(2026, 7, 23):
        record(cast.handler, trial, "T31", facts | {"legal_day": "2026-07-23"}, {"paper": upload()})
    assert trial.state == CaseState.MEDIATION_EFFECTIVE
    judgment = suit.judgment_of(trial)
    assert (judgment.instance, judgment.effective_on) == ("mediation", date(2026, 7, 23))


@pytest.mark.norm("C064")
def test_a_mediation_document_says_that_the_court_found_no_harm(trial, cast):
    publish(cast, trial)
    facts = {"document_number": "（2026）浙0192民初1号", "legal_day": "2026-07-23"}
    with on(2026, 7, 23), pytest.raises(Refusal) as refused:
        record(cast.handler, trial, "T31", facts, {"paper": upload()})
    assert codes(refused) == ["court_found_no_harm"]
    assert trial.state == CaseState.SETTLEMENT_ANNOUNCED


@pytest.mark.norm("C065")
def test_a_settlement_below_a_claim_needs_the_reason_of_the_chief(trial, cast):
    filed(trial, "D-59", cast.clerk, cast.chief)
    with pytest.raises(Refusal) as refused:
        propose(trial, "T30", settlement(trial, **owing(trial, "99999.99")), cast.handler)
    [unmet] = refused.value.unmet
    assert unmet.code == "settlement_not_below_the_claims"
    assert unmet.law == "Rules 99; law 14.3"
    assert "100000.00" in unmet.message
    assert "99999.99" in unmet.message


@pytest.mark.norm("C065")
def test_each_of_two_joint_defendants_owes_the_whole_amount_by_the_settlement(trial, cast):
    other = suit.second_defendant(cast, trial)
    filed(trial, "D-59", cast.clerk, cast.chief)
    with pytest.raises(Refusal) as refused:
        propose(trial, "T30", settlement(trial, **owing(trial, "40000", other)), cast.handler)
    [unmet] = refused.value.unmet
    assert other.name in unmet.message
    assert suit.defendants(trial)[0].name not in unmet.message


@pytest.mark.norm("C065")
def test_a_claim_of_something_else_than_money_is_met_or_not(trial, cast):
    deletion = Claim.objects.get(case=trial, amount__isnull=True)
    filed(trial, "D-59", cast.clerk, cast.chief)
    with pytest.raises(Refusal) as refused:
        propose(trial, "T30", settlement(trial, **{f"claim_{deletion.pk}": "less"}), cast.handler)
    assert codes(refused) == ["settlement_not_below_the_claims"]


@pytest.mark.norm("C065")
def test_an_amount_left_out_and_a_reason_nobody_needs_are_refused_by_the_form(trial, cast):
    [left_out] = owing(trial, "")
    with pytest.raises(Invalid) as refused:
        propose(trial, "T30", settlement(trial, **{left_out: ""}), cast.handler)
    assert list(refused.value.errors) == [left_out]
    with pytest.raises(Invalid) as refused:
        propose(trial, "T30", settlement(trial, below_reason="无"), cast.handler)
    assert list(refused.value.errors) == ["below_reason"]


@pytest.mark.norm("C065")
def test_a_settlement_below_a_claim_passes_with_the_reason_of_the_chief(trial, cast, client):
    less = owing(trial, "60000")
    event = publish(cast, trial, **less, below_reason="被告已先行赔付受害人。")
    assert trial.state == CaseState.SETTLEMENT_ANNOUNCED
    for amount in ("100000.00", "60000"):
        assert amount in event.facts["comparison"]
    client.force_login(cast.handler)
    record_page = client.get(reverse("case_suit_record", args=[trial.key])).content.decode()
    assert "60000" in record_page


def test_a_refused_settlement_goes_back_to_the_trial_it_came_from(trial, cast):
    publish(cast, trial)
    facts = {"legal_day": "2026-06-22", "reason": "协议损害公共利益"}
    with pytest.raises(Refusal) as refused:
        record(cast.handler, trial, "T32-2", facts, {"paper": upload()})
    assert codes(refused) == ["settled_at_second_instance"]
    record(cast.handler, trial, "T32", facts, {"paper": upload()})
    assert trial.state == CaseState.TRIAL


def realise(cast, case):
    for row in Claim.objects.filter(case=case, status="standing"):
        facts = {"legal_day": "2026-06-16", "claim": row.pk, "how": "已当场核验"}
        record(cast.handler, case, "S16", facts, {"paper": upload()})


@pytest.mark.norm("C066")
def test_a_suit_with_an_unrealised_claim_is_not_withdrawn(trial, cast):
    filed(trial, "D-55", cast.clerk, cast.chief)
    with pytest.raises(Refusal) as refused:
        propose(trial, "T33", {"why": "已全部实现"}, cast.handler)
    assert codes(refused) == ["all_claims_realised"]


@pytest.mark.norm("C066", "C067")
def test_a_withdrawal_goes_to_the_court_in_three_days_and_ends_the_suit_when_allowed(trial, cast):
    realise(cast, trial)
    filed(trial, "D-55", cast.clerk, cast.chief)
    proposal = propose(trial, "T33", {"why": "已全部实现"}, cast.handler)
    approve(proposal, cast.head, cast.chief)
    assert deadline(trial, "P-12").effective_day == date(2026, 6, 25)
    act = {"legal_day": "2026-06-22", "ruling_number": "1"}
    proposal.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        proposals.carry_out(
            actor=cast.handler, proposal=proposal, data=act, files={"ruling": upload()}
        )
    assert codes(refused) == ["withdrawal_submitted"]
    record(cast.handler, trial, "S22", {"legal_day": "2026-06-22"}, {"receipt": upload()})
    assert deadline(trial, "P-12").state == DeadlineState.MET
    proposals.carry_out(actor=cast.handler, proposal=proposal, data=act, files={"ruling": upload()})
    trial.refresh_from_db()
    assert trial.state == CaseState.WITHDRAWN


def test_an_approved_withdrawal_that_is_given_up_leaves_no_clock_and_is_not_handed_to_the_court(
    trial, cast
):
    realise(cast, trial)
    filed(trial, "D-55", cast.clerk, cast.chief)
    proposal = propose(trial, "T33", {"why": "已全部实现"}, cast.handler)
    approve(proposal, cast.head, cast.chief)
    happen(trial, "act_given_up", TODAY, actor=cast.handler, facts={"transition": "T28"})
    assert deadline(trial, "P-12").state == DeadlineState.OPEN, "that was another act"
    proposals.withdraw_proposal(actor=cast.handler, proposal=proposal, reason="被告反悔")
    assert deadline(trial, "P-12").state == DeadlineState.CANCELLED
    with pytest.raises(Refusal) as refused:
        record(cast.handler, trial, "S22", {"legal_day": "2026-06-22"}, {"receipt": upload()})
    assert codes(refused) == ["withdrawal_decided"]


@pytest.mark.norm("C067")
def test_a_withdrawal_after_the_debate_is_a_warning(cast):
    with on(2026, 6, 22):
        case = suit.in_trial(cast, debate_closed=True)
        lines = checklists.checklist(acts.declaration_of(case, "T33"), case, {})
        [line] = [line for line in lines if line.code == "debate_not_closed"]
        assert line.verdict.met
        assert line.verdict.warning


@pytest.mark.parametrize("state", ["preparation", "trial"])
def test_a_suspended_case_resumes_where_it_stood(cast, state):
    with on(2026, 6, 22):
        case = suit.in_preparation(cast) if state == "preparation" else suit.in_trial(cast)
        left = case.state
        ruled = {"legal_day": "2026-06-22", "ground": "entity_ended"}
        record(cast.handler, case, "T34", ruled, {"paper": upload()})
        facts = {"legal_day": "2026-06-22", "ground": "权利义务承受人已确定"}
        right, wrong = ("T34-2", "T34-3") if state == "preparation" else ("T34-3", "T34-2")
        with pytest.raises(Refusal):
            record(cast.handler, case, wrong, facts, {"paper": upload()})
        record(cast.handler, case, right, facts, {"paper": upload()})
        assert case.state == left


def ruled(cast, case, code: str, ground: str, **facts):
    """Record a ruling that suspends or ends the litigation."""
    given = {"legal_day": "2026-06-22", "ground": ground} | facts
    return record(cast.handler, case, code, given, {"paper": upload()})


def test_the_court_ends_a_litigation_that_was_suspended(trial, cast):
    person = {"role": "violator", "kind": "person", "name": "张某"}
    parties.add_party(actor=cast.handler, case=trial, facts=person)
    trial.refresh_from_db()
    ruled(cast, trial, "T34", "heirs_awaited")
    ruled(cast, trial, "T35", "no_estate")
    assert trial.state == CaseState.LITIGATION_TERMINATED


@pytest.mark.parametrize(
    ("code", "ground", "word"),
    [
        ("T34", "other", "other ground"),
        ("T34", "other_case", "number of the case"),
        ("T34", "capacity_lost", "natural person"),
        ("T35", "no_estate", "natural person"),
        ("T35", "other", "other ground"),
    ],
)
def test_a_ground_needs_the_words_the_number_or_the_party_it_speaks_of(
    trial, cast, code, ground, word
):
    with pytest.raises(Refusal) as refused:
        ruled(cast, trial, code, ground)
    guard = "suspension_ground" if code == "T34" else "termination_ground_of_trial"
    assert codes(refused) == [guard]
    assert word in refused.value.unmet[0].message


def test_an_organisation_that_has_ended_is_among_the_parties(cast):
    with on(2026, 6, 22):
        case = suit.in_trial(cast)
        case.parties.filter(role="violator").update(kind="person")
        with pytest.raises(Refusal) as refused:
            ruled(cast, case, "T34", "entity_ended")
        assert codes(refused) == ["suspension_ground"]
        happen(case, "plaintiff_joined", date(2026, 6, 1), actor=cast.handler)
        ruled(cast, case, "T34", "entity_ended")
        assert case.state == CaseState.LITIGATION_SUSPENDED


def test_a_suspension_for_another_case_keeps_its_number(trial, cast):
    event = ruled(cast, trial, "T34", "other_case", other_case="（2026）浙01刑初5号")
    assert event.facts["other_case"] == "（2026）浙01刑初5号"


@pytest.mark.parametrize("kind", ["litigation_suspended", "litigation_terminated"])
def test_a_ground_that_was_entered_in_words_before_is_shown_in_those_words(trial, cast, kind):
    form = blank_form(form_class(kind), trial, cast.handler)
    lines = event_lines(form, {"ground": "被告死亡，等待继承人"})
    assert [(line.name, line.value) for line in lines] == [("ground", "被告死亡，等待继承人")]


def test_only_the_team_records_what_the_court_does(trial, cast):
    facts = {"legal_day": "2026-06-22", "ground": "entity_ended"}
    for person in (cast.stranger, cast.head, cast.intake):
        with pytest.raises(NotPermitted):
            record(person, trial, "T34", facts, {"paper": upload()})
