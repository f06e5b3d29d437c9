"""Written objections of the handler to decisions of superiors (Rules 8, norm C120)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from audit import clock
from audit.errors import Invalid, NotPermitted
from audit.models import AuditEvent
from cases.approval_form import approval_form
from cases.models import ApprovalStep, Event
from cases.selectors.objections import objections_to
from cases.services import acts, approvals, proposals
from documents.model import OpinionCell
from tests.support import matters
from tests.support.api import program_of
from tests.support.documents import final

pytestmark = [pytest.mark.django_db, pytest.mark.norm("C120")]
OPINION = "并案依据不足，应当分别办理。"
OBJECTION = "两条线索反映同一事实，承办人认为应当并案。"


@pytest.fixture
def lead(cast):
    return matters.assign(cast, matters.make_lead(cast))


@pytest.fixture
def other(cast):
    return matters.assign(cast, matters.make_lead(cast, title="同一群组的另一线索"))


def merging(cast, lead, other):
    return matters.propose(lead, "M01", {"into": other.pk, "reason": "事实相同。"}, cast.handler)


def refuse(proposal, head, decision: str = "reject"):
    return approvals.decide(
        actor=head, proposal=proposal, decision=decision, opinion=OPINION, digest=proposal.digest
    )


@pytest.fixture
def rejected(cast, lead, other):
    """A merging the handler proposed and the head refused."""
    return refuse(merging(cast, lead, other), cast.head)


def decision_on(proposal) -> ApprovalStep:
    return proposal.steps.get(position=1)


def facts_on(proposal, **changes) -> dict:
    day = clock.today().isoformat()
    return {
        "step": decision_on(proposal).pk,
        "objection": OBJECTION,
        "legal_day": day,
    } | changes


def object_to(proposal, actor, **changes) -> Event:
    return acts.record_fact(
        actor=actor,
        matter=proposal.matter,
        kind="objection_filed",
        data=facts_on(proposal, **changes),
    )


def page_of(proposal, name: str = "proposal_object") -> str:
    return reverse(name, args=[proposal.pk])


def test_the_decision_stands_and_both_texts_are_kept(cast, lead, rejected):
    event = object_to(rejected, cast.handler)
    assert event.facts == {
        "step": decision_on(rejected).pk,
        "objection": OBJECTION,
        "opinion": OPINION,
    }
    rejected.refresh_from_db()
    lead.refresh_from_db()
    assert (rejected.status, lead.state) == ("rejected", "lead_assessing")
    entry = AuditEvent.objects.get(action="event.objection_filed")
    assert (entry.actor_id, entry.object_id) == (cast.handler.pk, str(event.pk))


def test_neither_the_decision_nor_the_objection_can_be_rewritten(cast, rejected):
    event = object_to(rejected, cast.handler)
    rows = (
        (Event.objects.filter(pk=event.pk), {"facts": {}}),
        (ApprovalStep.objects.filter(pk=decision_on(rejected).pk), {"opinion": "另行处理"}),
    )
    for row, changes in rows:
        with pytest.raises(DatabaseError) as refused, transaction.atomic():
            row.update(**changes)
        assert refused.value.__cause__.pgcode == "42501"


def test_an_objection_stops_nothing_of_what_was_decided(cast, lead, other):
    returned = refuse(merging(cast, lead, other), cast.head, "return")
    object_to(returned, cast.handler)
    proposals.submit_proposal(actor=cast.handler, proposal=returned)
    matters.approve(returned, cast.head)
    lead.refresh_from_db()
    assert (lead.state, lead.merged_into) == ("merged", other)
    assert len(objections_to(returned)) == 1


def test_an_objection_to_the_head_voids_nothing_the_chief_is_to_decide(cast):
    lead = matters.assess(cast, matters.assign(cast, matters.make_lead(cast, major=True)))
    final(lead, "D-05", cast.handler)
    proposal = matters.propose(lead, "T07", {"reason": "不属于公益诉讼案件范围。"}, cast.handler)
    matters.approve(proposal, cast.head)
    seen = proposal.digest
    object_to(proposal, cast.handler)
    approvals.decide(
        actor=cast.chief, proposal=proposal, decision="approve", opinion="同意", digest=seen
    )
    proposal.refresh_from_db()
    assert proposal.status in ("approved", "carried_out")


def test_only_a_decision_on_a_proposal_of_the_matter_is_objected_to(cast, rejected, other):
    submission = rejected.steps.get(position=0)
    third = matters.assign(cast, matters.make_lead(cast))
    elsewhere = refuse(merging(cast, third, other), cast.head)
    for step in (submission.pk, decision_on(elsewhere).pk, 0):
        with pytest.raises(Invalid) as refused:
            object_to(rejected, cast.handler, step=step)
        assert list(refused.value.errors) == ["step"]


def test_an_objection_has_a_text_and_follows_the_decision(cast, rejected):
    early = (clock.today() - timedelta(days=1)).isoformat()
    for changes, field in (({"objection": "  "}, "objection"), ({"legal_day": early}, "legal_day")):
        with pytest.raises(Invalid) as refused:
            object_to(rejected, cast.handler, **changes)
        assert list(refused.value.errors) == [field]


def test_who_does_not_handle_the_matter_objects_to_nothing(cast, rejected):
    for outsider in (cast.colleague, cast.chief, cast.head):
        with pytest.raises(NotPermitted):
            object_to(rejected, outsider)
    assert not Event.objects.filter(kind="objection_filed").exists()


def test_the_handler_objects_on_the_page_of_the_proposal(cast, rejected, as_user):
    client = as_user(cast.handler)
    assert page_of(rejected) in client.get(page_of(rejected, "proposal_detail")).content.decode()
    assert OPINION not in client.get(page_of(rejected)).content.decode()
    answer = client.post(page_of(rejected), facts_on(rejected), follow=True)
    assert OBJECTION in answer.content.decode()
    [event] = objections_to(rejected)
    told = client.get(reverse("event_detail", args=[event.pk])).content.decode()
    assert OBJECTION in told
    assert OPINION in told


def test_the_page_refuses_an_empty_objection_and_keeps_the_rest(cast, rejected, as_user):
    answer = as_user(cast.handler).post(page_of(rejected), facts_on(rejected, objection=""))
    assert answer.status_code == 400
    assert not objections_to(rejected)


def test_the_head_reads_the_objection_and_is_offered_none(cast, rejected, as_user):
    object_to(rejected, cast.handler)
    page = as_user(cast.head).get(page_of(rejected, "proposal_detail")).content.decode()
    assert OBJECTION in page
    assert page_of(rejected) not in page


def test_a_proposal_nobody_has_decided_offers_no_objection(cast, lead, other, as_user):
    proposal = merging(cast, lead, other)
    page = as_user(cast.handler).get(page_of(proposal, "proposal_detail")).content.decode()
    assert page_of(proposal) not in page


@pytest.fixture
def recused(cast, rejected):
    """The colleague who must stand aside from the lead."""
    matters.stand_aside(cast, rejected.matter, cast.recused)
    return cast.recused


def test_the_stranger_and_the_recused_find_no_objection_page(cast, rejected, recused, as_user):
    for person in (cast.stranger, recused):
        client = as_user(person)
        assert client.get(page_of(rejected)).status_code == 404
        assert client.post(page_of(rejected), facts_on(rejected)).status_code == 404
    assert not objections_to(rejected)


def test_the_approval_form_prints_the_objection_with_its_author(cast, rejected):
    object_to(rejected, cast.handler)
    cells = [cell for row in approval_form(rejected, cast.head).rows for cell in row.cells]
    [cell] = [cell for cell in cells if isinstance(cell, OpinionCell) and cell.label == "书面意见"]
    assert cell.text == OBJECTION
    assert cell.signatures[0].name == cast.handler.name


def test_programs_object_and_read_objections(cast, rejected):
    program = program_of(cast.handler)
    answer = program.send(
        f"leads/{rejected.matter.key}/events/",
        {"kind": "objection_filed", "facts": facts_on(rejected)},
    )
    assert answer.status_code == 201, answer.json()
    told = program.ask(f"proposals/{rejected.pk}/")
    assert [entry["facts"]["objection"] for entry in told["objections"]] == [OBJECTION]
