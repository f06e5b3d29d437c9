"""Corrections, annulment, team, recusal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from audit import clock
from audit.errors import Conflict, Invalid, NotPermitted
from cases.models import Case, Event, TeamMember, TeamPosition
from cases.selectors.events import corrected
from cases.selectors.matters import cases_visible_to, leads_visible_to
from cases.services import acts, corrections, recusals, team
from tests.support import matters
from tests.support.matters import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast):
    return matters.assign(cast, matters.make_lead(cast))


def start_inquiry(cast, lead):
    return acts.record_directly(
        actor=cast.handler,
        matter=lead,
        code="T04",
        data={"why_necessary": "主体不明", "plan": "走访", "legal_day": clock.today().isoformat()},
    )


def test_a_correction_keeps_the_event_and_applies_to_what_is_read(cast, lead):
    event = start_inquiry(cast, lead)
    yesterday = clock.today() - timedelta(days=1)
    corrections.correct_event(
        actor=cast.handler,
        event=event,
        data={
            "why_necessary": "主体不明",
            "plan": "走访及勘验",
            "legal_day": yesterday.isoformat(),
        },
        reason="日期误填",
    )
    event.refresh_from_db()
    assert event.facts["plan"] == "走访"
    assert corrected(event) == (yesterday, event.facts | {"plan": "走访及勘验"})


def test_a_correction_needs_a_reason_and_a_difference(cast, lead):
    event = start_inquiry(cast, lead)
    same = {"why_necessary": "主体不明", "plan": "走访", "legal_day": clock.today().isoformat()}
    with pytest.raises(Invalid):
        corrections.correct_event(actor=cast.handler, event=event, data=same, reason=" ")
    with pytest.raises(Invalid):
        corrections.correct_event(actor=cast.handler, event=event, data=same, reason="无")


def test_annulling_takes_the_last_transition_back(cast, lead):
    event = start_inquiry(cast, lead)
    corrections.annul_transition(actor=cast.handler, event=event, reason="误录")
    lead.refresh_from_db()
    assert lead.state == "lead_assessing"
    assert Event.objects.get(annuls=event).to_state == "lead_assessing"


def test_only_the_last_transition_is_annulled_and_only_by_whoever_decided_it(cast, lead):
    first = Event.objects.get(lead=lead, transition="T03")
    second = start_inquiry(cast, lead)
    with pytest.raises(Conflict):
        corrections.annul_transition(actor=cast.chief, event=first, reason="误录")
    with pytest.raises(NotPermitted):
        corrections.annul_transition(actor=cast.head, event=second, reason="误录")
    corrections.annul_transition(actor=cast.chief, event=second, reason="误录")
    corrections.annul_transition(actor=cast.head, event=first, reason="误录")
    lead.refresh_from_db()
    assert lead.state == "lead_registered"


@pytest.mark.norm("C017")
def test_a_team_has_exactly_one_lead_handler(cast):
    case = make_case(cast)
    members = [(cast.assistant, "assistant"), (cast.clerk, "clerk"), (cast.colleague, "handler")]
    with pytest.raises(Invalid):
        team.set_team(actor=cast.head, case=case, members=members, reason="组成")
    two = [(cast.handler, "lead"), (cast.colleague, "lead"), (cast.clerk, "clerk")]
    with pytest.raises(Invalid) as refused:
        team.set_team(actor=cast.head, case=case, members=two, reason="组成")
    assert refused.value.code == "one_lead"
    with pytest.raises(IntegrityError, match="one_lead_per_case"), transaction.atomic():
        TeamMember.objects.create(case=case, user=cast.colleague, position=TeamPosition.LEAD)


def test_who_may_not_handle_is_told_by_the_role_he_lacks_here(cast):
    """The chief procurator is a prosecutor; he does not handle cases under that role."""
    with translation.override("en"), pytest.raises(Invalid) as refusal:
        team.set_team(
            actor=cast.head, case=make_case(cast), members=[(cast.chief, "lead")], reason="重新组成"
        )
    assert str(refusal.value.message).startswith(
        f"{cast.chief.name} does not hold the role of prosecutor here."
    )


def test_a_team_takes_nobody_of_another_office(cast):
    with pytest.raises(Invalid):
        team.set_team(
            actor=cast.head, case=make_case(cast), members=[(cast.stranger, "lead")], reason="x"
        )


@pytest.mark.norm("C017")
def test_handing_over_moves_case_and_sight(cast):
    case = make_case(cast)
    with pytest.raises(NotPermitted):
        team.hand_over(actor=cast.handler, matter=case, successor=cast.colleague, reason="轮岗")
    team.hand_over(actor=cast.head, matter=case, successor=cast.colleague, reason="轮岗")
    assert case in cases_visible_to(cast.colleague)
    assert case not in cases_visible_to(cast.handler)


@pytest.mark.norm("C017")
def test_everything_of_a_person_is_handed_over_at_once(cast, lead):
    case = make_case(cast)
    count = team.hand_over_all(
        actor=cast.head, person=cast.handler, successor=cast.colleague, reason="调离"
    )
    assert count == 2
    assert lead in leads_visible_to(cast.colleague)
    assert case in cases_visible_to(cast.colleague)


def test_with_a_case_goes_the_lead_it_came_from(cast, lead):
    case = make_case(cast)
    Case.objects.filter(pk=case.pk).update(lead=lead)
    case.refresh_from_db()
    team.hand_over(actor=cast.head, matter=case, successor=cast.colleague, reason="轮岗")
    lead.refresh_from_db()
    assert lead.handler == cast.colleague


def test_the_page_lists_what_a_person_hands_over(client, cast, lead):
    case = make_case(cast, title="某平台泄露信息案")
    client.force_login(cast.head)
    page = client.get(reverse("hand_over_all"), {"person": cast.handler.pk}).content.decode()
    assert case.key in page
    assert lead.key in page


@pytest.mark.norm("C018")
def test_a_person_keeps_working_in_a_public_interest_case_while_his_recusal_is_pending(cast):
    case = make_case(cast)
    recusal = matters.ask_to_stand_aside(cast, case, cast.handler)
    assert case in cases_visible_to(cast.handler)
    recusals.decide_recusal(actor=cast.chief, recusal=recusal, granted=True, reason="属实")
    assert case not in cases_visible_to(cast.handler)


@pytest.mark.norm("C018")
def test_a_person_is_suspended_in_a_supervision_case_while_his_recusal_is_pending(cast):
    case = make_case(cast)
    case.kind = "supervision"
    case.save(update_fields=["kind"])
    matters.ask_to_stand_aside(cast, case, cast.handler)
    assert case not in cases_visible_to(cast.handler)


@pytest.mark.norm("C018")
def test_a_review_is_possible_once(cast):
    recusal = matters.ask_to_stand_aside(cast, make_case(cast), cast.colleague)
    with pytest.raises(Conflict):
        recusals.request_review(actor=cast.handler, recusal=recusal, received_on=clock.today())
    recusals.decide_recusal(actor=cast.chief, recusal=recusal, granted=False, reason="无据")
    recusal = recusals.request_review(
        actor=cast.handler, recusal=recusal, received_on=clock.today()
    )
    recusals.decide_recusal(actor=cast.chief, recusal=recusal, granted=True, reason="查实")
    with pytest.raises(Conflict):
        recusals.request_review(actor=cast.handler, recusal=recusal, received_on=clock.today())


@pytest.mark.norm("C131")
def test_who_has_no_business_with_a_case_does_not_see_it(cast):
    case = make_case(cast)
    outsiders = (
        cast.stranger,
        cast.colleague,
        cast.auditor,
        cast.system_administrator,
        cast.superior_handler,
    )
    assert [person for person in outsiders if case in cases_visible_to(person)] == []


def test_an_office_that_looks_in_registers_no_recusal(cast):
    with pytest.raises(NotPermitted):
        recusals.apply_for_recusal(
            actor=cast.superior_handler,
            matter=make_case(cast),
            person=cast.handler,
            applicant="上级院",
            grounds="x",
            received_on=clock.today(),
        )
