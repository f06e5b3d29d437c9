"""Norms of the filing: the inquiry's report, the way of the decision, what an opinion states (Rules 27-30)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accounts.models import Role
from audit import clock
from audit.errors import Invalid, NotPermitted, Refusal
from cases.forms.facts import FileCaseFacts
from cases.machine import HEAD_THEN_CHIEF
from cases.models import Case, Lead
from cases.selectors.people import lead_handler
from cases.services import acts, approvals, checklists, corrections, proposals
from cases.services import matters as case_matters
from notices import services as notices
from tests.support import matters
from tests.support.api import program_of
from tests.support.days import on
from tests.support.documents import final

pytestmark = pytest.mark.django_db

REFUSAL = {"reason": "没有违法行为。"}
FACTS = {"T06": matters.FILING, "T07": REFUSAL}
OUTCOMES = {"T06": "filed", "T07": "not_filed"}
UNKNOWN = {"violator_unknown": True, "processor": ""}
SEVERE = {"severe": True, "severe_reason": "八百余人信息被公开出售。"}

both = pytest.mark.parametrize("code", ["T06", "T07"])


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.EVIDENCE_STORAGE = str(tmp_path)


@pytest.fixture
def lead(cast) -> Lead:
    return matters.assess(cast, matters.assign(cast, matters.make_lead(cast)))


def start_inquiry(cast, lead: Lead):
    facts = {"why_necessary": "主体不明", "plan": "走访", "legal_day": clock.today().isoformat()}
    event = acts.record_directly(actor=cast.handler, matter=lead, code="T04", data=facts)
    lead.refresh_from_db()
    return event


def finish_inquiry(cast, lead: Lead) -> None:
    facts = {"result": "已查明运营者。", "legal_day": clock.today().isoformat()}
    acts.record_directly(actor=cast.handler, matter=lead, code="T05", data=facts)
    lead.refresh_from_db()


def unmet(lead: Lead, code: str, **facts) -> set[str]:
    """Return the guards that do not hold, the documents left out."""
    lines = checklists.checklist(acts.declaration_of(lead, code), lead, FACTS[code] | facts)
    codes = {line.code for line in lines if not line.verdict.met}
    return {code for code in codes if not code.startswith("document:")}


# --- the report of an inquiry (Rules 27) ----------------------------------------------------------


@pytest.mark.norm("C008")
@both
def test_an_inquiry_that_was_started_must_have_its_final_report_before_the_decision(
    cast, lead, code
):
    assert unmet(lead, code) == set()
    start_inquiry(cast, lead)
    assert unmet(lead, code) == {"inquiry_report_attached"}
    notices.draft_document(actor=cast.handler, matter=lead, code="D-04")
    assert unmet(lead, code) == {"inquiry_report_attached"}
    report = final(lead, "D-04", cast.handler)
    finish_inquiry(cast, lead)
    assert (lead.state, unmet(lead, code)) == ("lead_assessing", set())
    notices.void_document(actor=cast.handler, document=report, reason="内容有误")
    assert unmet(lead, code) == {"inquiry_report_attached"}


# --- head, then chief (Rules 30) ------------------------------------------------------------------


@pytest.fixture
def proposed(cast, lead):
    """Return a function that proposes a transition with its written form."""

    def propose(code):
        final(lead, "D-05", cast.handler)
        return matters.propose(lead, code, FACTS[code], cast.handler)

    return propose


def decide(proposal, actor, opinion="同意。", decision="approve"):
    return approvals.decide(
        actor=actor, proposal=proposal, decision=decision, opinion=opinion, digest=proposal.digest
    )


@pytest.mark.norm("C009")
@both
def test_filing_and_not_filing_go_from_the_head_to_the_chief_who_decides(
    cast, lead, proposed, code
):
    declaration = acts.declaration_of(lead, code)
    assert declaration.route == HEAD_THEN_CHIEF == (Role.DEPARTMENT_HEAD, Role.CHIEF)
    assert declaration.chief_decides
    proposal = proposed(code)
    assert proposal.route == ["department_head", "chief"]
    with pytest.raises(NotPermitted):
        decide(proposal, cast.chief)
    proposal = decide(proposal, cast.head)
    lead.refresh_from_db()
    assert lead.state == "lead_assessing"
    decide(proposal, cast.chief)
    lead.refresh_from_db()
    assert lead.state == OUTCOMES[code]


@pytest.mark.norm("C009")
@both
def test_neither_is_proposed_without_the_written_form_and_its_reasons(cast, lead, code):
    with pytest.raises(Refusal) as refused:
        matters.propose(lead, code, FACTS[code], cast.handler)
    assert [line.code for line in refused.value.unmet] == ["document:D-05"]
    final(lead, "D-05", cast.handler)
    draft = lead.proposals.get()
    proposals.withdraw_proposal(actor=cast.handler, proposal=draft)
    with pytest.raises(Invalid) as invalid:
        proposals.draft_proposal(
            actor=cast.handler, matter=lead, code=code, data=FACTS[code], reasons=" "
        )
    assert list(invalid.value.errors) == ["reasons"]


@pytest.mark.norm("C009")
@both
def test_the_head_gives_an_opinion_before_the_chief_decides(cast, lead, proposed, code):
    proposal = proposed(code)
    with pytest.raises(Invalid) as refused:
        decide(proposal, cast.head, opinion=" ")
    assert list(refused.value.errors) == ["opinion"]
    proposal.refresh_from_db()
    assert (proposal.position, proposal.steps.filter(decision="approve").count()) == (0, 0)
    proposal = decide(proposal, cast.head, opinion="事实清楚，同意。")
    decide(proposal, cast.chief, opinion="")
    lead.refresh_from_db()
    assert lead.state == OUTCOMES[code]


@pytest.mark.norm("C009")
def test_an_opinion_on_paper_is_an_opinion_too(cast, proposed):
    proposal = proposed("T07")

    def enter(opinion):
        return approvals.record_paper_decision(
            actor=cast.clerk,
            proposal=proposal,
            acted_by=cast.head,
            decision="approve",
            opinion=opinion,
            legal_day=clock.today(),
            scan=SimpleUploadedFile("审批表.pdf", b"%PDF-1.7 scan"),
        )

    with pytest.raises(Invalid) as refused:
        enter("")
    assert list(refused.value.errors) == ["opinion"]
    assert enter("同意。").position == 1


@pytest.mark.norm("C009")
def test_page_and_program_say_that_the_heads_opinion_is_missing(cast, proposed, as_user):
    proposal = proposed("T07")
    cast.head.language = "en"
    cast.head.save()
    client, body = as_user(cast.head), {"decision": "approve", "digest": proposal.digest}
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert "Needed for every decision" in page
    answer = client.post(f"{proposal.get_absolute_url()}decide/", body | {"opinion": " "})
    assert answer.status_code == 400
    assert "gives an opinion before the chief procurator decides" in answer.content.decode()
    told = program_of(cast.head).send(f"proposals/{proposal.pk}/decide/", body)
    assert (told.status_code, list(told.json()["errors"])) == (400, ["opinion"])
    assert not proposal.steps.filter(decision="approve").exists()


def test_where_the_chief_decides_only_by_default_the_head_may_be_silent(cast, lead):
    facts = {
        "target_office": cast.other_office.pk,
        "jurisdiction_ground": "不在本辖区。",
        "materials": "一册",
    }
    proposal = matters.propose(lead, "T02", facts, cast.handler)
    assert decide(proposal, cast.head, opinion="").position == 1


# --- what the opinion to file states (Rules 28-30, 85; PIPL 70) -----------------------------------


@pytest.mark.norm("C010")
@pytest.mark.parametrize(
    ("field", "guard"),
    [("harm", "public_interest_harmed"), ("unlawful_act", "unlawful_act_possible")],
)
@pytest.mark.parametrize("text", ["", " "])
def test_the_guard_asks_for_the_harm_and_for_the_act_each_by_itself(lead, field, guard, text):
    assert unmet(lead, "T06") == set()
    assert unmet(lead, "T06", **{field: text}) == {guard}


def opinion(**changes) -> FileCaseFacts:
    return FileCaseFacts(matters.FILING | changes)


@pytest.mark.norm("C011")
def test_numerous_individuals_are_assessed_in_words_and_without_a_number(lead):
    blank = {"numerous_individuals": " "}
    assert unmet(lead, "T06", **blank) == {"numerous_individuals_assessed"}
    assert list(opinion(**blank).errors) == ["numerous_individuals"]
    for number in (None, 0, 1):
        assert unmet(lead, "T06", persons_concerned=number) == set()
        assert opinion(persons_concerned=number).is_valid()


@pytest.mark.norm("C011")
def test_processor_and_unlawful_processing_are_named(lead):
    assert unmet(lead, "T06", processor="") == {"violator_known_or_severe"}
    assert unmet(lead, "T06", processor=" ") == {"violator_known_or_severe"}
    assert list(opinion(unlawful_act=" ").errors) == ["unlawful_act"]


# --- an unknown violator (Rules 29) ---------------------------------------------------------------


@pytest.mark.norm("C012")
def test_an_unknown_violator_needs_severe_harm_with_its_reason_and_an_inquiry(cast, lead):
    guard = {"violator_known_or_severe"}
    assert unmet(lead, "T06", **UNKNOWN, **SEVERE) == guard, "no inquiry was held"
    inquiry = start_inquiry(cast, lead)
    final(lead, "D-04", cast.handler)
    assert unmet(lead, "T06", **UNKNOWN) == guard
    assert unmet(lead, "T06", **UNKNOWN, severe=False, severe_reason="后果严重") == guard
    assert unmet(lead, "T06", **UNKNOWN, severe=True, severe_reason=" ") == guard
    assert unmet(lead, "T06", **UNKNOWN, **SEVERE) == set()
    corrections.annul_transition(actor=cast.handler, event=inquiry, reason="误录")
    lead.refresh_from_db()
    assert unmet(lead, "T06", **UNKNOWN, **SEVERE) == guard, "the inquiry never was"


@pytest.mark.norm("C012")
@pytest.mark.norm("C017")
def test_a_case_filed_against_an_unknown_violator_says_so_and_has_one_handler(cast, lead):
    start_inquiry(cast, lead)
    final(lead, "D-04", cast.handler)
    final(lead, "D-05", cast.handler)
    proposal = matters.propose(lead, "T06", matters.FILING | UNKNOWN | SEVERE, cast.handler)
    matters.approve(proposal, cast.head, cast.chief)
    case = Case.objects.get(lead=lead)
    assert (case.violator_unknown, case.severe) == (True, True)
    assert not case.parties.exists()
    assert lead_handler(case) == cast.handler
    assert [row.position for row in case.team.all()] == ["lead"]


@pytest.mark.norm("C012")
def test_neither_service_nor_database_lets_the_harm_be_light_while_the_violator_is_unknown(cast):
    case = matters.make_case(cast)
    Case.objects.filter(pk=case.pk).update(violator_unknown=True, severe=True)
    with pytest.raises(Invalid) as refused:
        case_matters.change_case(actor=cast.handler, case=case, facts={"severe": False}, version=1)
    assert list(refused.value.errors) == ["severe"]
    with (
        pytest.raises(IntegrityError, match="unknown_violator_only_when_severe"),
        transaction.atomic(),
    ):
        Case.objects.filter(pk=case.pk).update(severe=False)


# --- the day and the signer of the decision (Rules 30) --------------------------------------------


@pytest.mark.norm("C013")
@pytest.mark.parametrize(("code", "document"), [("T06", "D-06"), ("T07", "D-07")])
def test_the_document_bears_the_day_on_which_the_chief_signed_the_paper(cast, lead, code, document):
    day = date(2026, 6, 17)
    with on(2026, 6, 17):
        final(lead, "D-05", cast.handler)
        proposal = matters.propose(lead, code, FACTS[code], cast.handler)
        proposal = decide(proposal, cast.head)
    with on(2026, 6, 24):
        approvals.record_paper_decision(
            actor=cast.clerk,
            proposal=proposal,
            acted_by=cast.chief,
            decision="approve",
            opinion="同意。",
            legal_day=day,
            scan=SimpleUploadedFile("审批表.pdf", b"%PDF-1.7 scan"),
        )
    lead.refresh_from_db()
    matter = Case.objects.get(lead=lead) if code == "T06" else lead
    draft = matter.documents.get(code=document)
    assert (draft.signer, draft.signed_day) == (cast.chief, day)
    assert draft.values["decision_day"] == day.isoformat()
