"""Recusal: who decides, what a decision closes, and what its one review changes (Rules 19-23; CSR 14)."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role
from audit import clock
from audit.errors import Invalid, NotPermitted
from cases.models import CommitteeMeeting, Event, Recusal, RecusalDecision
from cases.selectors.matters import cases_visible_to, leads_visible_to
from cases.selectors.people import is_recused
from cases.services import acts, leads, proposals, recusals, work
from cases.services.committee import Meeting
from tests.support import matters
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import meeting_held as held
from tests.support.people import make_user

pytestmark = pytest.mark.django_db

TRANSFER = {"jurisdiction_ground": "不在本辖区。", "materials": "一册"}


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.EVIDENCE_STORAGE = str(tmp_path)


@pytest.fixture
def case(cast):
    return matters.make_case(cast)


@pytest.fixture
def lead(cast):
    return matters.assign(cast, matters.make_lead(cast))


def apply(cast, matter, person, received_on: date | None = None) -> Recusal:
    return recusals.apply_for_recusal(
        actor=cast.intake,
        matter=matter,
        person=person,
        applicant="某公司",
        grounds="利害关系",
        received_on=received_on or clock.today(),
    )


def decided(cast, recusal: Recusal, granted: bool) -> Recusal:
    return recusals.decide_recusal(
        actor=cast.chief, recusal=recusal, granted=granted, reason="经审查。"
    )


def under_review(cast, recusal: Recusal) -> Recusal:
    return recusals.request_review(actor=cast.intake, recusal=recusal, received_on=clock.today())


# --- what a decision closes, and its review -------------------------------------------------------


@pytest.mark.norm("C018")
@pytest.mark.parametrize("granted", [True, False])
def test_a_request_for_review_leaves_the_decision_as_it_is(cast, case, granted):
    recusal = under_review(cast, decided(cast, apply(cast, case, cast.head), granted))
    assert recusal.review_decision == RecusalDecision.PENDING
    assert (recusal.granted, is_recused(case, cast.head.pk)) == (granted, granted)
    assert (case in cases_visible_to(cast.head)) is not granted


@pytest.mark.norm("C018")
@pytest.mark.parametrize("granted", [True, False])
def test_the_case_says_of_nobody_who_stands_aside_that_he_keeps_working(
    cast, case, as_user, granted
):
    under_review(cast, decided(cast, apply(cast, case, cast.assistant), granted))
    cast.handler.language = "en"
    cast.handler.save()
    page = as_user(cast.handler).get(case.get_absolute_url()).content.decode()
    assert ("the person keeps working on the case (Rules 21)" in page) is not granted


@pytest.mark.norm("C018")
@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("second", [True, False])
def test_from_its_decision_on_the_review_counts(cast, lead, first, second):
    recusal = under_review(cast, decided(cast, apply(cast, lead, cast.head), first))
    recusal = decided(cast, recusal, second)
    assert (recusal.granted, is_recused(lead, cast.head.pk)) == (second, second)
    assert (lead in leads_visible_to(cast.head)) is not second


@pytest.mark.norm("C018")
def test_a_recused_handler_of_a_lead_does_nothing_more_on_it(cast, lead):
    other = matters.assign(cast, matters.make_lead(cast))
    inquiry = {"why_necessary": "主体不明", "plan": "走访", "legal_day": clock.today().isoformat()}
    assessment = {
        "truthfulness": 4, "truthfulness_reason": "有截图。",
        "feasibility": 4, "feasibility_reason": "可查。",
    }  # fmt: skip
    facts = TRANSFER | {"target_office": cast.other_office.pk}
    handler = cast.handler

    def everything(matter):
        """Yield what a handler does on a lead, last what moves it."""
        yield lambda: leads.assess_lead(actor=handler, lead=matter, facts=assessment)
        yield lambda: leads.mark_major(actor=handler, lead=matter)
        yield lambda: work.add_note(actor=handler, matter=matter, text="笔记")
        yield lambda: proposals.withdraw_proposal(
            actor=handler,
            proposal=proposals.draft_proposal(
                actor=handler, matter=matter, code="T02", data=facts, reasons="理由"
            ),
        )
        yield lambda: acts.record_directly(actor=handler, matter=matter, code="T04", data=inquiry)

    decided(cast, apply(cast, lead, handler), granted=True)
    for act in everything(lead):
        with pytest.raises(NotPermitted):
            act()
    for act in everything(other):
        act()


@pytest.mark.norm("C018")
def test_a_recused_person_whose_place_in_the_team_is_left_open_does_nothing_in_the_case(cast, case):
    decided(cast, apply(cast, case, cast.recused), granted=True)
    case.team.create(user=cast.recused, position="handler")
    direction = {"direction": "指示", "legal_day": clock.today().isoformat()}
    with pytest.raises(NotPermitted):
        acts.record_fact(actor=cast.recused, matter=case, kind="direction_recorded", data=direction)
    with pytest.raises(NotPermitted):
        acts.record_directly(actor=cast.recused, matter=case, code="T08", data={})
    assert case not in cases_visible_to(cast.recused)


@pytest.mark.norm("C018")
def test_a_recused_head_gives_the_lead_to_nobody(cast):
    lead = matters.make_lead(cast)
    decided(cast, apply(cast, lead, cast.head), granted=True)
    with pytest.raises(NotPermitted):
        matters.assign(cast, lead)
    lead.refresh_from_db()
    assert lead.state == "lead_registered"


@pytest.mark.norm("C018")
@pytest.mark.parametrize("outsider", ["head", "colleague", "deputy", "clerk", "handler"])
def test_nobody_but_the_chief_decides_on_the_recusal_of_somebody_else(cast, case, outsider):
    recusal = apply(cast, case, cast.assistant)
    with pytest.raises(NotPermitted):
        recusals.decide_recusal(
            actor=getattr(cast, outsider), recusal=recusal, granted=True, reason="属实"
        )
    recusal.refresh_from_db()
    assert recusal.decision == RecusalDecision.PENDING


@pytest.mark.norm("C018")
def test_an_application_states_its_grounds(cast, case):
    with pytest.raises(Invalid) as refused:
        recusals.apply_for_recusal(
            actor=cast.handler,
            matter=case,
            person=cast.assistant,
            applicant="某公司",
            grounds=" ",
            received_on=clock.today(),
        )
    assert list(refused.value.errors) == ["grounds"]
    assert not Recusal.objects.exists()


@pytest.mark.norm("C018")
def test_application_and_review_each_run_three_days_from_their_receipt(cast, case):
    """9 June 2026 is a Tuesday, so that no day of rest hides the length."""
    with on(2026, 6, 9):
        recusal = apply(cast, case, cast.assistant, date(2026, 6, 8))
        first = case.deadlines.get()
        assert (first.rule, first.start_day) == ("P-08", date(2026, 6, 8))
        assert (first.effective_day, first.about) == (date(2026, 6, 11), cast.assistant.name)
        decided(cast, recusal, granted=False)
    with on(2026, 6, 10):
        recusals.request_review(actor=cast.intake, recusal=recusal, received_on=date(2026, 6, 9))
        second = case.deadlines.get(rule="P-09")
        assert (second.start_day, second.effective_day) == (date(2026, 6, 9), date(2026, 6, 12))
        decided(cast, recusal, granted=False)
    assert set(case.deadlines.values_list("rule", "state")) == {("P-08", "met"), ("P-09", "met")}


# --- who decides ----------------------------------------------------------------------------------


@pytest.mark.norm("C019")
@pytest.mark.parametrize("person", ["handler", "head", "clerk", "deputy"])
def test_only_the_recusal_of_the_chief_goes_to_the_committee(cast, case, person):
    recusal = apply(cast, case, getattr(cast, person))
    assert not recusal.decided_by_committee
    assert not recusals.may_decide(cast.deputy, recusal)
    assert recusals.may_decide(cast.chief, recusal)


@pytest.mark.norm("C019")
@pytest.mark.parametrize("outsider", ["chief", "head", "handler", "clerk"])
def test_on_the_recusal_of_the_chief_nobody_of_the_matter_decides(cast, case, outsider):
    recusal = apply(cast, case, cast.chief)
    assert recusal.decided_by_committee
    with pytest.raises(NotPermitted):
        recusals.decide_recusal(
            actor=getattr(cast, outsider), recusal=recusal, granted=False, reason="x"
        )
    recusal.refresh_from_db()
    assert recusal.decision == RecusalDecision.PENDING


# --- what the committee decided on the chief ------------------------------------------------------


def decided_in(
    cast, recusal: Recusal, meeting: Meeting | None, actor=None, granted=True
) -> Recusal:
    return recusals.decide_recusal(
        actor=actor or cast.deputy,
        recusal=recusal,
        granted=granted,
        reason="经检察委员会讨论。",
        meeting=meeting,
    )


@pytest.fixture
def secretary(cast):
    return make_user(cast.office, Role.COMMITTEE_SECRETARY, name="检委办")


@pytest.mark.norm("C019")
def test_the_committee_decides_in_a_meeting_whose_minutes_prove_it(cast, case):
    recusal = apply(cast, case, cast.chief, date(2026, 1, 6))
    meeting = held(cast, held_on=date(2026, 1, 8))
    recusal = decided_in(cast, recusal, meeting)
    assert (recusal.granted, recusal.decided_on) == (True, date(2026, 1, 8))
    assert recusal.decided_by == recusal.meeting.chair == cast.deputy
    event = Event.objects.get(case=case, kind="recusal_decided")
    assert event.legal_day == date(2026, 1, 8)
    assert [proof.name for proof in event.proofs.all()] == ["会议纪要.pdf"]
    assert event.facts["committee_members"] == 9
    assert case not in cases_visible_to(cast.chief)


@pytest.mark.norm("C019")
def test_a_deputy_alone_does_not_decide_on_the_chief(cast, case):
    recusal = apply(cast, case, cast.chief)
    with pytest.raises(Invalid) as refused:
        decided_in(cast, recusal, None)
    assert list(refused.value.errors) == ["held_on"]
    recusal.refresh_from_db()
    assert recusal.decision == RecusalDecision.PENDING


@pytest.mark.norm("C019")
@pytest.mark.parametrize(
    ("counts", "field"),
    [
        ({"members": 10, "present": 5, "votes_for": 5}, "present"),
        ({"members": 9, "present": 4, "votes_for": 4}, "present"),
        ({"members": 9, "present": 10, "votes_for": 5}, "present"),
        ({"members": 9, "present": 7, "votes_for": 4}, "votes_for"),
        ({"members": 10, "present": 10, "votes_for": 5}, "votes_for"),
        ({"members": 9, "present": 5, "votes_for": 6}, "votes_for"),
    ],
)
def test_more_than_half_are_present_and_more_than_half_of_all_vote_for_it(
    cast, case, counts, field
):
    recusal = apply(cast, case, cast.chief)
    with pytest.raises(Invalid) as refused:
        decided_in(cast, recusal, held(cast, **counts))
    assert list(refused.value.errors) == [field]
    assert not CommitteeMeeting.objects.exists()


@pytest.mark.norm("C019")
@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"present": 4, "votes_for": 4}, "committee_decision_carried"),
        ({"members": 10}, "committee_decision_carried"),
        ({"votes_for": 4}, "committee_decision_carried"),
        ({"votes_for": 6}, "committee_counts_fit"),
        ({"present": 10}, "committee_counts_fit"),
    ],
)
def test_the_database_counts_the_members_and_votes_too(cast, case, change, constraint):
    recusal = decided_in(cast, apply(cast, case, cast.chief), held(cast))
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CommitteeMeeting.objects.filter(pk=recusal.meeting_id).update(**change)


@pytest.mark.norm("C019")
def test_the_database_knows_no_decision_on_the_chief_without_a_meeting(cast, case):
    row = Recusal.objects.filter(pk=apply(cast, case, cast.chief).pk)
    with (
        pytest.raises(IntegrityError, match="committee_decides_in_a_meeting"),
        transaction.atomic(),
    ):
        row.update(decision="granted", decided_on=clock.today(), decided_by=cast.deputy)
    decided_in(cast, row.get(), held(cast))
    with (
        pytest.raises(IntegrityError, match="committee_reviews_in_a_meeting"),
        transaction.atomic(),
    ):
        row.update(review_decision="refused")


@pytest.mark.norm("C019")
def test_a_deputy_is_in_the_chair_and_he_or_the_secretary_enters_it(cast, case, secretary):
    recusal = apply(cast, case, cast.chief)
    other = make_user(cast.office, Role.DEPUTY_CHIEF, name="另一副检")
    for actor, chair in (
        (cast.deputy, other),
        (secretary, cast.chief),
        (secretary, cast.head),
        (secretary, secretary),
    ):
        with pytest.raises(Invalid) as refused:
            decided_in(cast, recusal, held(cast, chair=chair), actor)
        assert list(refused.value.errors) == ["chair"]
    recusal = decided_in(cast, recusal, held(cast), secretary)
    assert (recusal.meeting.entered_by, recusal.decided_by) == (secretary, cast.deputy)


@pytest.mark.norm("C019")
@pytest.mark.parametrize("day", [date(2026, 1, 5), date(2999, 1, 1)])
def test_the_meeting_was_neither_before_the_application_nor_will_it_be(cast, case, day):
    recusal = apply(cast, case, cast.chief, date(2026, 1, 6))
    with pytest.raises(Invalid) as refused:
        decided_in(cast, recusal, held(cast, held_on=day))
    assert list(refused.value.errors) == ["held_on"]


@pytest.mark.norm("C019")
def test_the_review_of_a_recusal_of_the_chief_is_a_meeting_of_its_own(cast, case):
    recusal = decided_in(cast, apply(cast, case, cast.chief), held(cast), granted=False)
    recusal = under_review(cast, recusal)
    with pytest.raises(Invalid):
        decided_in(cast, recusal, None)
    recusal = decided_in(cast, recusal, held(cast, votes_for=5, present=6))
    assert recusal.granted
    assert recusal.review_meeting != recusal.meeting
    assert recusal.last_meeting == recusal.review_meeting


@pytest.mark.norm("C019")
def test_the_page_asks_for_the_meeting_and_shows_it_afterwards(cast, case, as_user):
    recusal = apply(cast, case, cast.chief)
    cast.deputy.language = "en"
    cast.deputy.save()
    client, address = as_user(cast.deputy), reverse("recusal_decide", args=[recusal.pk])
    assert 'enctype="multipart/form-data"' in client.get(address).content.decode()
    given = {
        "outcome": "granted",
        "reason": "经讨论。",
        "held_on": clock.today().isoformat(),
        "chair": cast.deputy.pk,
        "members": 10,
        "present": 5,
        "votes_for": 5,
    }
    assert client.post(address, given).status_code == 400
    answer = client.post(address, given | {"minutes": held(cast).minutes})
    assert answer.status_code == 400
    assert "The committee had no quorum" in answer.content.decode()
    counted = {"present": 6, "votes_for": 6, "minutes": held(cast).minutes}
    assert client.post(address, given | counted).status_code == 302
    minutes = reverse("attachment_download", args=[Recusal.objects.get().meeting.minutes_id])
    page = client.get(reverse("case_people", args=[case.key])).content.decode()
    assert minutes in page
    assert "6 of 10 members present, 6 voted for the decision" in page


@pytest.mark.norm("C019")
def test_a_program_sends_the_meeting_with_its_minutes(cast, case, secretary):
    recusal = apply(cast, case, cast.chief)
    program, path = program_of(secretary), f"cases/{case.key}/recusals/{recusal.pk}/decide/"
    decision = {"granted": "true", "reason": "经讨论。"}
    refused = program.send(path, decision)
    assert refused.status_code == 400
    assert {"held_on", "chair", "votes_for", "minutes"} <= set(refused.json()["errors"])
    given = dataclasses.asdict(held(cast)) | {"chair": cast.deputy.pk}
    answer = program.send(path, decision | given, format="multipart")
    assert answer.status_code == 200, answer.content
    assert answer.json()["meeting"]["votes_for"] == 5
