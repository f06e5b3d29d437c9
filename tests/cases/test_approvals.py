"""The one approval engine: rounds, digests, separation of persons, delegation, paper (design 3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accounts.models import Role
from accounts.services import rights
from audit import clock
from audit.errors import Conflict, Invalid, NotPermitted
from cases.models import ApprovalStep, Event, Lead, Proposal
from cases.registries import inbox
from cases.selectors.proposals import waiting_for
from cases.services import approvals, proposals
from tests.support import matters
from tests.support.people import delegate_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast):
    return matters.assign(cast, matters.make_lead(cast))


@pytest.fixture
def transfer(cast):
    return {
        "target_office": cast.other_office.pk,
        "jurisdiction_ground": "侵权行为地不在本辖区。",
        "materials": "线索材料一册",
    }


@pytest.fixture
def proposal(cast, lead, transfer) -> Proposal:
    return matters.propose(lead, "T02", transfer, cast.handler)


def decide(proposal, actor, decision="approve", opinion="同意", digest=None):
    return approvals.decide(
        actor=actor,
        proposal=proposal,
        decision=decision,
        opinion=opinion,
        digest=proposal.digest if digest is None else digest,
    )


def test_it_waits_for_the_head_and_then_for_the_chief(cast, proposal):
    assert (waiting_for(cast.head), waiting_for(cast.chief)) == ([proposal], [])
    decide(proposal, cast.head)
    assert (waiting_for(cast.head), waiting_for(cast.chief)) == ([], [proposal])


@pytest.mark.norm("C009")
def test_the_chief_cannot_decide_before_the_head_has_reviewed(cast, proposal):
    with pytest.raises(NotPermitted):
        decide(proposal, cast.chief)


@pytest.mark.norm("C009")
def test_the_state_moves_only_on_the_chiefs_decision(cast, proposal, lead):
    decide(proposal, cast.head)
    lead.refresh_from_db()
    assert lead.state == "lead_assessing"
    decide(proposal, cast.chief)
    lead.refresh_from_db()
    assert lead.state == "lead_transferred"
    assert Event.objects.get(transition="T02").proposal == proposal


def test_nobody_decides_on_his_own_proposal_even_with_the_deciders_role(cast, proposal):
    rights.grant_role(
        actor=cast.security_administrator, user=cast.handler, role=Role.DEPARTMENT_HEAD
    )
    with pytest.raises(NotPermitted) as refusal:
        decide(proposal, cast.handler)
    assert refusal.value.code == "own_proposal"


def test_one_person_does_not_take_two_places_of_the_route(cast, proposal):
    rights.grant_role(actor=cast.security_administrator, user=cast.head, role=Role.CHIEF)
    decide(proposal, cast.head)
    with pytest.raises(Conflict):
        decide(proposal, cast.head)


def test_the_database_keeps_one_person_to_one_step_of_a_round(cast, proposal):
    with pytest.raises(IntegrityError, match="one_person_one_step"), transaction.atomic():
        ApprovalStep.objects.create(
            proposal=proposal,
            round=proposal.round,
            position=9,
            decision="approve",
            acted_by=cast.handler,
            legal_day=clock.today(),
            digest=proposal.digest,
        )


def test_another_digest_than_the_one_seen_is_a_conflict(cast, proposal):
    with pytest.raises(Conflict) as refusal:
        decide(proposal, cast.head, digest="0" * 64)
    assert refusal.value.code == "digest_differs"


def test_whoever_has_the_round_before_open_is_shown_what_is_different_now(cast, proposal, lead):
    seen = proposal.digest
    decide(proposal, cast.head, decision="return", opinion="请补充", digest=seen)
    proposals.edit_proposal(
        actor=cast.handler,
        proposal=proposal,
        data=proposal.facts,
        reasons="补充后的理由。",
        version=Proposal.objects.get(pk=proposal.pk).version,
    )
    proposal.refresh_from_db()
    proposals.submit_proposal(actor=cast.handler, proposal=proposal)
    with pytest.raises(Conflict) as refusal:
        decide(proposal, cast.head, digest=seen)
    assert refusal.value.code == "digest_differs"
    assert refusal.value.details["differences"]["reasons"]["after"] == "补充后的理由。"


def test_a_change_of_the_matter_after_submission_voids_the_approval_and_names_the_difference(
    cast, proposal, lead
):
    matters.assess(cast, lead)
    with pytest.raises(Conflict) as refusal:
        decide(proposal, cast.head)
    assert refusal.value.code == "approval_voided"
    assert "version" in refusal.value.details


def test_editing_voids_what_was_approved_and_the_next_submission_opens_a_new_round(
    cast, proposal, transfer
):
    decide(proposal, cast.head)
    proposal.refresh_from_db()
    edited = proposals.edit_proposal(
        actor=cast.handler,
        proposal=proposal,
        data=transfer | {"materials": "两册"},
        reasons="补充",
        version=proposal.version,
    )
    assert (edited.status, edited.position) == ("draft", 0)
    again = proposals.submit_proposal(actor=cast.handler, proposal=edited)
    assert again.round == 2
    assert waiting_for(cast.head) == [again]


def test_a_lost_update_shows_what_is_there_now(cast, proposal, transfer):
    with pytest.raises(Conflict) as refusal:
        proposals.edit_proposal(
            actor=cast.handler, proposal=proposal, data=transfer, reasons="甲", version=1
        )
    assert refusal.value.details["reasons"] == proposal.reasons


@pytest.mark.parametrize(("decision", "status"), [("return", "returned"), ("reject", "rejected")])
def test_return_and_reject_need_an_opinion(cast, proposal, decision, status):
    with pytest.raises(Invalid):
        decide(proposal, cast.head, decision, opinion=" ")
    assert decide(proposal, cast.head, decision, opinion="证据不足").status == status


def test_a_decided_proposal_is_not_decided_again(cast, proposal):
    decide(proposal, cast.head, "reject", "不同意")
    with pytest.raises(Conflict):
        decide(proposal, cast.head)


def test_only_the_author_withdraws(cast, proposal):
    with pytest.raises(NotPermitted):
        proposals.withdraw_proposal(actor=cast.head, proposal=proposal)
    assert proposals.withdraw_proposal(actor=cast.handler, proposal=proposal).status == "withdrawn"


def test_a_second_open_proposal_is_refused(cast, proposal, lead, transfer):
    with pytest.raises(Conflict):
        matters.propose(lead, "T02", transfer, cast.handler)


def test_a_delegate_decides_and_the_record_shows_for_whom(cast, proposal):
    decide(proposal, cast.head)
    delegate_today(cast.chief, cast.deputy, Role.CHIEF)
    proposal.refresh_from_db()
    decide(proposal, cast.deputy)
    step = ApprovalStep.objects.get(proposal=proposal, acted_by=cast.deputy)
    assert step.on_behalf_of == cast.chief


def test_the_delegate_of_the_author_does_not_decide_for_him(cast, proposal):
    author = cast.handler
    rights.grant_role(actor=cast.security_administrator, user=author, role=Role.DEPARTMENT_HEAD)
    delegate_today(author, cast.colleague, Role.DEPARTMENT_HEAD)
    with pytest.raises(NotPermitted) as refusal:
        decide(proposal, cast.colleague)
    assert refusal.value.code == "own_proposal"


@pytest.mark.norm("C018")
def test_a_recused_head_does_not_decide(cast, proposal, lead):
    matters.stand_aside(cast, lead, cast.head)
    assert waiting_for(cast.head) == []
    with pytest.raises(NotPermitted):
        decide(proposal, cast.head)


def test_a_decision_on_paper_is_entered_by_a_clerk_with_its_scan(cast, proposal):
    def enter(actor, day):
        return approvals.record_paper_decision(
            actor=actor,
            proposal=proposal,
            acted_by=cast.head,
            decision="approve",
            opinion="同意",
            legal_day=day,
            scan=SimpleUploadedFile("审批表.pdf", b"%PDF-1.7 scan"),
        )

    with pytest.raises(NotPermitted):
        enter(cast.handler, clock.today())
    with pytest.raises(Invalid):
        enter(cast.clerk, date(2020, 1, 1))
    enter(cast.clerk, clock.today())
    step = ApprovalStep.objects.get(proposal=proposal, acted_by=cast.head)
    assert (step.entered_by, step.paper.name) == (cast.clerk, "审批表.pdf")


def test_a_transferred_lead_stands_in_the_register_of_the_office_that_gets_it(cast, proposal, lead):
    matters.approve(proposal, cast.head, cast.chief)
    received = Lead.objects.get(received_from=lead)
    assert (received.office, received.state) == (cast.other_office, "lead_registered")


def test_the_author_is_told_for_some_weeks_that_a_proposal_was_rejected(cast, proposal):
    decide(proposal, cast.head, decision="reject", opinion="不属于管辖范围")
    rows = inbox["rejected_proposals"](cast.handler)
    assert [(row.group, row.link) for row in rows] == [("notice", proposal.get_absolute_url())]
    assert inbox["rejected_proposals"](cast.head) == []
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert inbox["rejected_proposals"](cast.handler) == []
