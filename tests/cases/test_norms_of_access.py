"""Norm of access: who sees a matter and who does not, and that every look leaves a trace (CC 1039; PIPL 33-37)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Role, User
from audit import clock
from audit.models import AuditEvent
from cases.models import Case, Lead, SuperiorAccess
from cases.selectors.matters import cases_visible_to, leads_visible_to
from tests.support import matters
from tests.support.people import make_department, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.norm("C131")]


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.EVIDENCE_STORAGE = str(tmp_path)


@pytest.fixture
def case(cast) -> Case:
    return matters.make_case(cast)


@pytest.fixture
def lead(cast) -> Lead:
    return matters.assign(cast, matters.make_lead(cast))


def keep_secret(matter: Lead | Case) -> None:
    type(matter).objects.filter(pk=matter.pk).update(confidential=True)


def sees_lead(person: User, lead: Lead) -> bool:
    return leads_visible_to(person).filter(pk=lead.pk).exists()


def sees_case(person: User, case: Case) -> bool:
    return cases_visible_to(person).filter(pk=case.pk).exists()


# --- who sees it ---------------------------------------------------------------------------------


def test_a_colleague_of_the_same_office_sees_no_lead_of_another(cast, lead):
    assert sees_lead(cast.handler, lead)
    outsiders = (cast.colleague, cast.assistant, cast.stranger, cast.superior_handler)
    assert [person.name for person in outsiders if sees_lead(person, lead)] == []


def test_who_has_left_the_team_sees_neither_the_case_nor_its_lead(cast, case, lead):
    Case.objects.filter(pk=case.pk).update(lead=lead)
    place = case.team.create(user=cast.colleague, position="handler")
    assert sees_case(cast.colleague, case)
    assert sees_lead(cast.colleague, lead)
    place.until = clock.now()
    place.save(update_fields=["until"])
    assert not sees_case(cast.colleague, case)
    assert not sees_lead(cast.colleague, lead)


def test_the_head_of_another_department_sees_nothing_of_this_one(cast, case, lead):
    other = make_user(
        cast.office, Role.DEPARTMENT_HEAD, department=make_department(cast.office, kind="other")
    )
    assert (sees_case(cast.head, case), sees_lead(cast.head, lead)) == (True, True)
    assert (sees_case(other, case), sees_lead(other, lead)) == (False, False)


@pytest.mark.parametrize("role", [Role.CASE_MANAGEMENT, Role.COMMITTEE_SECRETARY])
def test_a_confidential_matter_is_not_for_everybody_with_a_view_of_the_office(
    cast, case, lead, role
):
    person = make_user(cast.office, role)
    assert (sees_case(person, case), sees_lead(person, lead)) == (True, True)
    keep_secret(case)
    keep_secret(lead)
    assert (sees_case(person, case), sees_lead(person, lead)) == (False, False)
    for decider in (cast.chief, cast.deputy, cast.head, cast.handler):
        assert sees_case(decider, case), decider.name
        assert sees_lead(decider, lead), decider.name


def test_a_confidential_matter_that_was_reported_stays_hidden_from_the_superior_office(
    cast, case, lead
):
    for matter in (case, lead):
        SuperiorAccess.objects.create(
            office=cast.city_office, reason="Rules 25", **{matter.relation: matter}
        )
    above = cast.superior_handler
    assert (sees_case(above, case), sees_lead(above, lead)) == (True, True)
    keep_secret(case)
    keep_secret(lead)
    assert (sees_case(above, case), sees_lead(above, lead)) == (False, False)


def test_a_confidential_lead_is_not_for_the_intake_staff_nor_the_clerk(cast, lead):
    # Somebody else of the intake staff than who registered it.
    intake = make_user(cast.office, Role.INTAKE)
    assert [sees_lead(person, lead) for person in (intake, cast.clerk)] == [True, True]
    keep_secret(lead)
    assert [sees_lead(person, lead) for person in (intake, cast.clerk)] == [False, False]


def test_a_closed_account_sees_nothing(cast, case, lead):
    for person in (cast.handler, cast.chief):
        assert (sees_case(person, case), sees_lead(person, lead)) == (True, True)
        User.objects.filter(pk=person.pk).update(is_active=False)
        person.refresh_from_db()
        assert (sees_case(person, case), sees_lead(person, lead)) == (False, False)


@pytest.mark.parametrize(
    "role", [Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR]
)
def test_who_watches_or_administers_sees_no_matter_even_as_its_handler(cast, case, lead, role):
    """Such a pair of roles is not granted; should it stand all the same, it opens nothing."""
    cast.handler.role_grants.create(
        role=role,
        valid_from=clock.today() - timedelta(days=1),
        granted_by=cast.security_administrator,
    )
    handler = User.objects.get(pk=cast.handler.pk)
    assert (sees_case(handler, case), sees_lead(handler, lead)) == (False, False)


# --- every look leaves a trace -------------------------------------------------------------------


def looks(person: User, action: str, **of_matter: int) -> int:
    entries = AuditEvent.objects.filter(action=action, actor_id=person.pk, **of_matter)
    assert all(entry.scope.startswith("read:") for entry in entries)
    return entries.count()


def test_a_look_at_an_event_or_a_proposal_is_a_look_at_its_matter(cast, lead, as_user):
    other = matters.assign(cast, matters.make_lead(cast))
    merging = {"into": other.pk, "reason": "事实相同。"}
    proposal = matters.propose(lead, "M01", merging, cast.handler)
    event = lead.events.get(transition="T03")
    client = as_user(cast.head)
    for number, (name, row) in enumerate(
        [("event_detail", event), ("proposal_detail", proposal), ("proposal_print", proposal)], 1
    ):
        assert client.get(reverse(name, args=[row.pk])).status_code == 200
        assert looks(cast.head, "lead.viewed", lead_id=lead.pk) == number, name


def test_taking_a_file_of_a_matter_out_is_recorded(cast, lead, as_user):
    file = matters.paper(cast.handler, lead)
    address = reverse("attachment_download", args=[file.pk])
    assert as_user(cast.colleague).get(address).status_code == 404
    assert looks(cast.colleague, "attachment.downloaded") == 0
    assert as_user(cast.head).get(address).status_code == 200
    assert looks(cast.head, "attachment.downloaded", lead_id=lead.pk) == 1
