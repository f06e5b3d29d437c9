"""Acts of a program on leads, cases and proposals: the same guards as for a person."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit import clock
from cases.models import Event, Lead, Proposal
from cases.services import proposals
from tests.support import matters
from tests.support.api import program_of
from tests.support.matters import make_case

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


# --- proposals -----------------------------------------------------------------------------------


@pytest.fixture
def proposal(cast, two_leads):
    one, other = two_leads
    return matters.propose(one, "M01", {"into": other.pk, "reason": "同一事实"}, cast.handler)


def decide(person, proposal, **body):
    body = {"decision": "approve", "digest": proposal.digest} | body
    return program_of(person).send(f"proposals/{proposal.pk}/decide/", body)


def test_a_proposal_is_read_with_what_was_frozen_and_by_whom(cast, proposal):
    whole = program_of(cast.head).ask(f"proposals/{proposal.pk}/")
    assert whole["frozen"]["facts"] == whole["facts"]
    assert (whole["digest"], whole["may_decide"]) == (proposal.digest, True)
    assert [step["acted_by"]["id"] for step in whole["steps"]] == [cast.handler.pk]
    assert {
        row["id"] for row in program_of(cast.head).ask("proposals/", waiting=True)["results"]
    } == {proposal.pk}
    assert program_of(cast.handler).ask("proposals/", waiting=True)["results"] == []


def test_the_head_decides_by_api_and_the_state_moves(cast, proposal):
    answer = decide(cast.head, proposal)
    assert answer.status_code == 200, answer.content
    assert answer.json()["status"] == "carried_out"
    assert Lead.objects.get(pk=proposal.lead_id).state == "merged"


@pytest.mark.parametrize("persona", ["handler", "intake", "chief"])
def test_neither_the_author_nor_the_wrong_role_decides_by_api(cast, proposal, persona):
    answer = decide(getattr(cast, persona), proposal)
    assert answer.status_code == 409
    assert answer.json()["code"] == ("own_proposal" if persona == "handler" else "wrong_role")
    assert Lead.objects.get(pk=proposal.lead_id).state == "lead_assessing"


def test_another_digest_than_the_one_read_is_refused_with_the_present_one(cast, proposal):
    answer = decide(cast.head, proposal, digest="0" * 64)
    assert (answer.status_code, answer.json()["code"]) == (409, "digest_differs")
    assert answer.json()["details"] == {"digest": proposal.digest}


def test_a_matter_that_changed_since_submission_is_refused_with_the_difference(cast, proposal):
    Lead.objects.filter(pk=proposal.lead_id).update(version=9)
    answer = decide(cast.head, proposal)
    assert (answer.status_code, answer.json()["code"]) == (409, "approval_voided")
    assert answer.json()["details"]["version"]["after"] == 9


def test_editing_what_somebody_else_edited_returns_the_present_values(cast, proposal):
    program, address = program_of(cast.handler), f"proposals/{proposal.pk}/"
    first = program.send(address, {"reasons": "甲", "version": proposal.version}, method="patch")
    assert first.status_code == 200, first.content
    assert (first.json()["status"], first.json()["facts"]) == ("draft", proposal.facts)
    second = program.send(address, {"reasons": "乙", "version": proposal.version}, method="patch")
    assert (second.status_code, second.json()["code"]) == (409, "lost_update")
    assert second.json()["details"]["reasons"] == "甲"
    again = program.send(f"{address}submit/")
    assert (again.status_code, again.json()["round"]) == (200, 2)


def test_a_draft_is_kept_and_withdrawn(cast, two_leads):
    one, other = two_leads
    answer = merge(cast.handler, one, other, submit=False)
    proposal = Proposal.objects.get(pk=answer.json()["proposal"])
    assert proposal.status == "draft"
    refused = program_of(cast.head).send(f"proposals/{proposal.pk}/withdraw/")
    assert refused.json()["code"] == "not_the_author"
    withdrawn = program_of(cast.handler).send(f"proposals/{proposal.pk}/withdraw/")
    assert withdrawn.json()["status"] == "withdrawn"


# --- what may follow -----------------------------------------------------------------------------


def test_what_may_follow_is_listed_with_every_verdict(cast):
    lead = matters.assign(cast, matters.make_lead(cast))
    rows = program_of(cast.handler).ask(f"leads/{lead.key}/transitions/")
    steps = {row["code"]: row for row in rows}
    assert set(steps) == {"T02", "T04", "T06", "A-1", "T07", "M01"}
    filing = steps["T06"]
    assert filing["route"] == ["department_head", "chief"]
    assert filing["needs_documents"] == ["D-05"]
    assert filing["article"] == "Rules 28-30, 85; PIPL 70"
    assert (filing["may_propose"], filing["possible"]) == (True, False)
    assert {"lead_assessed", "document:D-05"} <= {line["code"] for line in filing["unmet"]}
    assert "public_interest_harmed" in filing["asked"]
    assert {"harm", "legal_bases"} <= {
        field["name"] for field in filing["facts"] if field["required"]
    }
    assert steps["T04"]["possible"]


def test_an_open_proposal_makes_every_other_step_impossible(cast, proposal):
    rows = program_of(cast.handler).ask(f"leads/{proposal.lead.key}/transitions/")
    assert {row["open_proposal"] for row in rows} == {proposal.pk}
    assert not any(row["possible"] for row in rows)


def test_titles_follow_the_language_of_the_request(cast):
    lead = matters.assign(cast, matters.make_lead(cast))
    program = program_of(cast.handler)
    address = f"/api/v1/leads/{lead.key}/transitions/"
    english = program.get(address, headers={"accept-language": "en"}).json()
    chinese = program.get(address, headers={"accept-language": "zh-hans"}).json()
    assert (english[0]["title"], chinese[0]["title"]) == ("Transfer the lead", "移送案件线索")


@pytest.mark.parametrize(
    "facts", [[], "x", 3, {"reason": {"a": 1}}, {"into": [[1]]}, {"into": True}]
)
def test_facts_of_a_wrong_shape_are_a_problem_and_no_fault(cast, two_leads, facts):
    one, other = two_leads
    answer = merge(cast.handler, one, other, facts=facts)
    assert answer.status_code == 400
    assert answer["content-type"].startswith("application/problem+json")


def test_an_unknown_transition_and_a_moved_state_are_told_apart(cast, two_leads):
    one, other = two_leads
    assert merge(cast.handler, one, other, transition="T99").json()["code"] == "unknown_transition"
    body = {"transition": "T03", "facts": {"handler": cast.handler.pk, "conflict_checked": True}}
    answer = program_of(cast.head).send(f"leads/{one.key}/transitions/", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "state_moved")
    assert answer.json()["details"]["state"] == "lead_assessing"


# --- files ---------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path, settings):
    """A file store of the test alone."""
    settings.EVIDENCE_STORAGE = str(tmp_path / "store")


def test_a_decision_on_paper_comes_with_its_scan(cast, store):
    case = make_case(cast)
    matters.set_full_team(cast, case)
    draft = proposals.propose_document(
        actor=cast.handler,
        matter=case,
        code="D-06",
        document_id=1,
        title="立案决定书",
        reasons="理由",
    )
    scan = SimpleUploadedFile("审批.pdf", b"%PDF-1.7 scan", content_type="application/pdf")
    body = {
        "acted_by": cast.head.pk,
        "decision": "approve",
        "legal_day": clock.today().isoformat(),
        "scan": scan,
    }
    address = f"proposals/{draft.pk}/paper/"
    answer = program_of(cast.clerk).send(address, body, format="multipart")
    assert answer.status_code == 200, answer.content
    step = answer.json()["steps"][-1]
    assert (step["acted_by"]["id"], step["entered_by"]["id"]) == (cast.head.pk, cast.clerk.pk)
    assert (step["paper"]["name"], step["paper"]["size"]) == ("审批.pdf", 13)
    key = f"cases/{case.key}/attachments/{step['paper']['id']}/content/"
    file = program_of(cast.clerk).get(f"/api/v1/{key}")
    assert b"".join(file.streaming_content) == b"%PDF-1.7 scan"
    assert file["Content-Disposition"].startswith("attachment")
    empty = body | {"scan": SimpleUploadedFile("x.pdf", b"")}
    assert program_of(cast.clerk).send(address, empty, format="multipart").status_code in (400, 409)


def test_an_event_is_recorded_read_and_corrected(cast):
    case = make_case(cast)
    facts = {"direction": "指示", "legal_day": "2026-01-06"}
    program = program_of(cast.handler)
    answer = program.send(
        f"cases/{case.key}/events/", {"kind": "direction_recorded", "facts": facts}
    )
    assert answer.status_code == 201, answer.content
    assert answer.json()["standing"]["legal_day"] == "2026-01-06"
    event = answer.json()["id"]
    right = {"facts": facts | {"direction": "另一指示"}, "reason": "误录"}
    fixed = program.send(f"cases/{case.key}/events/{event}/correct/", right)
    assert fixed.status_code == 201, fixed.content
    read = program.ask(f"cases/{case.key}/events/{event}/")
    assert (read["facts"]["direction"], read["standing"]["facts"]["direction"]) == (
        "指示",
        "另一指示",
    )


@pytest.mark.parametrize("kind", ["case_filed", "no_such_kind"])
def test_an_event_of_a_transition_is_not_recorded_by_hand(cast, kind):
    case = make_case(cast)
    answer = program_of(cast.handler).send(f"cases/{case.key}/events/", {"kind": kind})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_recorded_by_hand")
