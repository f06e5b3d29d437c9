"""Acts of a program on leads, cases and proposals: the same guards as for a person."""

from __future__ import annotations

import pytest

from cases.models import Event, Lead, Proposal
from tests.support import matters
from tests.support.api import program_of

pytestmark = pytest.mark.django_db

LEAD = {
    "title": "群组公开他人信息线索",
    "source": "media",
    "source_detail": "媒体报道",
    "received_on": "2026-01-05",
    "summary": "有人收集并公开他人信息。",
}


@pytest.fixture
def lead(cast):
    return matters.assess(cast, matters.assign(cast, matters.make_lead(cast)))


@pytest.fixture
def two_leads(cast):
    return [matters.assign(cast, matters.make_lead(cast)) for _ in range(2)]


def merge(actor, lead, into, **more):
    body = {
        "transition": "M01",
        "facts": {"into": into.pk, "reason": "同一事实"},
        "reasons": "重复",
    }
    return program_of(actor).send(f"leads/{lead.key}/transitions/", body | more)


def test_a_program_registers_a_lead_in_the_name_of_its_person(cast):
    answer = program_of(cast.intake).send("leads/", LEAD)
    assert answer.status_code == 201
    lead = Lead.objects.get(key=answer.json()["key"])
    assert (lead.created_by, lead.office, lead.state) == (
        cast.intake,
        cast.office,
        "lead_registered",
    )


@pytest.mark.norm("C001")
def test_every_missing_entry_of_a_registration_is_named(cast):
    answer = program_of(cast.intake).send("leads/", {"title": "x"})
    assert answer.status_code == 400
    assert {"source", "source_detail", "received_on", "summary"} <= set(answer.json()["errors"])


def test_a_transition_without_route_is_recorded_at_once(cast):
    lead = matters.make_lead(cast)
    body = {
        "transition": "T03",
        "facts": {
            "handler": cast.handler.pk,
            "conflict_checked": True,
            "legal_day": "2026-01-05",
        },
    }
    answer = program_of(cast.head).send(f"leads/{lead.key}/transitions/", body)
    assert answer.status_code == 201, answer.content
    done = answer.json()
    assert (done["state"], done["proposal"]) == ("lead_assessing", None)
    assert Event.objects.get(pk=done["event"]).recorded_by == cast.head
    assert answer["Location"] == done["url"]
    assert program_of(cast.head).get(done["url"]).json()["transition"] == "T03"


def test_a_transition_with_a_route_becomes_a_submitted_proposal(cast, two_leads):
    one, other = two_leads
    answer = merge(cast.handler, one, other)
    assert answer.status_code == 201, answer.content
    proposal = Proposal.objects.get(pk=answer.json()["proposal"])
    assert (proposal.status, proposal.author) == ("submitted", cast.handler)
    one.refresh_from_db()
    assert one.state == "lead_assessing"


def test_all_unmet_requirements_come_at_once_and_nothing_is_kept(cast):
    lead = matters.assign(cast, matters.make_lead(cast))
    body = {"transition": "T06", "facts": matters.FILING, "reasons": "理由"}
    answer = program_of(cast.handler).send(f"leads/{lead.key}/transitions/", body)
    assert answer.status_code == 409
    assert answer["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert {"lead_assessed", "document:D-05"} <= {line["code"] for line in problem["unmet"]}
    assert {"code", "message", "law", "cure", "link"} == set(problem["unmet"][0])
    assert not Proposal.objects.exists()
