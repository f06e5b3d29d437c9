"""Who reads the minutes of the procuratorial committee, and what follows its decision (PCR 27, 28)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Role
from audit.errors import Invalid, NotPermitted
from audit.models import AuditEvent
from cases.models import Event, Task
from cases.services import acts, minutes, recusals
from tests.support import matters
from tests.support.api import program_of
from tests.support.days import on
from tests.support.people import make_user

pytestmark = pytest.mark.django_db
REASON = "核对表决情况"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.EVIDENCE_STORAGE = str(tmp_path)


@pytest.fixture
def secretary(cast):
    return make_user(cast.office, Role.COMMITTEE_SECRETARY, name="检委办")


def decided(cast, matter, actor):
    """Let the committee refuse a recusal of the chief, who so goes on deciding in the matter."""
    recusal = matters.ask_to_stand_aside(cast, matter, cast.chief)
    return recusals.decide_recusal(
        actor=actor,
        recusal=recusal,
        granted=False,
        reason="经讨论。",
        meeting=matters.meeting_held(cast),
    )


@pytest.fixture
def case(cast):
    case = matters.make_case(cast)
    matters.set_full_team(cast, case)
    return case


@pytest.fixture
def recusal(cast, case, secretary):
    return decided(cast, case, secretary)


def addresses(recusal):
    file = recusal.meeting.minutes
    page = reverse("attachment_download", args=[file.pk])
    return page, f"/api/v1/cases/{recusal.case.key}/attachments/{file.pk}/content/"


def answers(person, recusal, client):
    page, content = addresses(recusal)
    client.force_login(person)
    return client.get(page).status_code, program_of(person).get(content).status_code


def test_the_handler_the_chief_and_who_entered_them_read_the_minutes(
    client, cast, recusal, secretary
):
    for person in (cast.handler, cast.chief, secretary):
        assert answers(person, recusal, client) == (200, 200), person


def test_everybody_else_who_sees_the_case_needs_the_permission_of_the_chief(client, cast, recusal):
    for person in (cast.assistant, cast.clerk, cast.head, cast.deputy, cast.case_manager):
        assert answers(person, recusal, client) == (409, 409), person
    _page, content = addresses(recusal)
    refusal = program_of(cast.assistant).get(content, HTTP_ACCEPT_LANGUAGE="en").json()
    assert (refusal["code"], refusal["law"]) == ("minutes_closed", "PCR 27")
    assert "permission of the chief procurator" in refusal["title"]


def test_other_files_of_the_case_are_read_as_before(client, cast, case, recusal):
    file = matters.paper(cast.handler, case)
    client.force_login(cast.assistant)
    assert client.get(reverse("attachment_download", args=[file.pk])).status_code == 200


def test_to_who_does_not_see_the_case_the_minutes_do_not_exist(client, cast, recusal):
    assert answers(cast.stranger, recusal, client) == (404, 404)


def test_the_chief_lets_somebody_read_the_minutes_of_this_meeting_and_the_record_says_so(
    client, cast, case, recusal
):
    other = decided(cast, matters.assign(cast, matters.make_lead(cast)), cast.deputy)
    client.force_login(cast.chief)
    address = reverse("minutes_permit", args=[recusal.meeting.minutes_id])
    assert client.get(address).status_code == 200
    answer = client.post(address, {"person": cast.assistant.pk, "reason": REASON})
    assert answer.status_code == 302
    assert answers(cast.assistant, recusal, client) == (200, 200)
    assert not minutes.may_read_minutes(cast.assistant, other.meeting.minutes)
    event = Event.objects.get(case=case, kind="committee_minutes_opened")
    assert (event.recorded_by, event.reason) == (cast.chief, REASON)
    assert event.facts == {"minutes": recusal.meeting.minutes_id, "person": cast.assistant.pk}
    assert AuditEvent.objects.filter(action="event.committee_minutes_opened").count() == 1


def test_a_program_of_the_chief_gives_the_permission_too(client, cast, case, recusal):
    path = f"cases/{case.key}/attachments/{recusal.meeting.minutes_id}/open-minutes/"
    given = {"person": cast.head.pk, "reason": REASON}
    assert program_of(cast.handler).send(path, given).status_code == 409
    answer = program_of(cast.chief).send(path, given)
    assert (answer.status_code, answer.json()["kind"]) == (201, "committee_minutes_opened")
    assert answers(cast.head, recusal, client) == (200, 200)


@pytest.mark.parametrize("person", ["handler", "head", "deputy"])
def test_nobody_but_the_chief_gives_the_permission(cast, recusal, person):
    with pytest.raises(NotPermitted):
        minutes.open_minutes(
            actor=getattr(cast, person),
            minutes=recusal.meeting.minutes,
            person=cast.clerk,
            reason=REASON,
        )


@pytest.mark.parametrize(
    ("person", "reason", "field"),
    [("clerk", " ", "reason"), ("colleague", REASON, "person"), ("handler", REASON, "person")],
)
def test_a_permission_has_a_reason_and_opens_something(cast, recusal, person, reason, field):
    with pytest.raises(Invalid) as refused:
        minutes.open_minutes(
            actor=cast.chief,
            minutes=recusal.meeting.minutes,
            person=getattr(cast, person),
            reason=reason,
        )
    assert list(refused.value.errors) == [field]
    assert not Event.objects.filter(kind="committee_minutes_opened").exists()


def test_the_page_links_the_minutes_only_for_who_may_read_them(client, cast, case, recusal):
    minutes, _content = addresses(recusal)
    permit = reverse("minutes_permit", args=[recusal.meeting.minutes_id])
    seen = {}
    for name in ("handler", "assistant", "chief"):
        client.force_login(getattr(cast, name))
        page = client.get(reverse("case_people", args=[case.key])).content.decode()
        seen[name] = (minutes in page, permit in page)
    assert seen == {"handler": (True, False), "assistant": (False, False), "chief": (True, True)}


def test_a_file_that_is_no_minutes_is_opened_to_nobody(client, cast, case):
    file = matters.paper(cast.handler, case)
    client.force_login(cast.chief)
    assert client.get(reverse("minutes_permit", args=[file.pk])).status_code == 404
    path = f"cases/{case.key}/attachments/{file.pk}/open-minutes/"
    answer = program_of(cast.chief).send(path, {"person": cast.clerk.pk, "reason": REASON})
    assert answer.status_code == 404


@pytest.fixture
def decision(case, secretary):
    """The decision of the committee on the case itself (S04), with its minutes."""
    facts = {
        "legal_day": "2026-06-24",
        "matter_decided": "suit",
        "question": "是否起诉",
        "papers_sent_on": "2026-06-19",
        "members": 9,
        "present": 9,
        "votes_for": 8,
        "votes_against": 0,
    }
    with on(2026, 6, 24):
        return acts.record_directly(
            actor=secretary,
            matter=case,
            code="S04",
            data=facts,
            files={"minutes": matters.upload("会议纪要.pdf")},
        )


def test_minutes_of_a_decision_on_the_case_are_closed_as_those_of_a_recusal(
    client, cast, decision, secretary
):
    file = decision.proofs.get()
    page = reverse("attachment_download", args=[file.pk])
    for person, status in ((cast.handler, 200), (secretary, 200), (cast.assistant, 409)):
        client.force_login(person)
        assert client.get(page).status_code == status, person
    client.force_login(cast.stranger)
    assert client.get(page).status_code == 404
    client.force_login(cast.chief)
    shown = client.get(reverse("event_detail", args=[decision.pk])).content.decode()
    permit = reverse("minutes_permit", args=[file.pk])
    assert permit in shown
    answer = client.post(permit, {"person": cast.assistant.pk, "reason": REASON})
    assert answer.status_code == 302
    client.force_login(cast.assistant)
    assert client.get(page).status_code == 200
    shown = client.get(reverse("event_detail", args=[decision.pk])).content.decode()
    assert permit not in shown


def test_whoever_enters_a_meeting_is_asked_for_notice_and_record(case, recusal, secretary):
    task = Task.objects.get(case=case, kind="committee_notice")
    assert (task.owner, task.article) == (secretary, "PCR 28")
