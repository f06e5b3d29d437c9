"""An office chooses who must agree to a step, within what the law leaves to it (law 2.2, Rules 5)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from accounts.services import deactivate_user
from audit.errors import Conflict, Invalid, NotPermitted, NotVisible
from audit.models import AuditEvent
from cases.machine import HEAD_THEN_CHIEF
from cases.models import ApprovalRoute, Lead
from cases.registries import machines
from cases.selectors import routes as selectors
from cases.selectors.next_steps import next_steps
from cases.services import proposals, routes
from tests.support import matters
from tests.support.api import program_of
from tests.support.people import make_user

pytestmark = pytest.mark.django_db
HEAD_ALONE = ["department_head"]
WITH_DEPUTY = ["department_head", "deputy_chief"]
ALL_THREE = ["department_head", "deputy_chief", "chief"]
MERGING = "M01"


@pytest.fixture(autouse=True)
def head(cast):
    """A route leads over the head of the department, who has to be there."""
    return cast.head


@pytest.fixture
def deputy(cast):
    return make_user(cast.office, Role.DEPUTY_CHIEF, name="副检", username="deputy")


@pytest.fixture
def lead(cast):
    return matters.assign(cast, matters.make_lead(cast))


def declaration(code: str):
    return next(m.declarations[code] for m in machines.values() if code in m.declarations)


def merge(cast, lead):
    other = matters.assign(cast, matters.make_lead(cast, title="同一群组的另一线索"))
    facts = {"into": other.pk, "reason": "事实相同。"}
    return matters.propose(lead, MERGING, facts, cast.handler)


def test_without_a_choice_the_declared_route_counts(cast, lead):
    assert selectors.route_for(declaration("T02"), lead) == HEAD_THEN_CHIEF
    assert not any(row.chosen for row in selectors.routes_of(cast.office))


def test_a_chosen_route_is_walked_to_its_end_by_the_people_it_names(cast, lead, deputy):
    routes.set_route(actor=cast.chief, code=MERGING, roles=WITH_DEPUTY)
    proposal = merge(cast, lead)
    assert proposal.route == WITH_DEPUTY
    matters.approve(proposal, cast.head)
    assert Lead.objects.get(pk=lead.pk).state == "lead_assessing"
    with pytest.raises(NotPermitted):
        matters.approve(proposal, cast.chief)
    matters.approve(proposal, deputy)
    assert Lead.objects.get(pk=lead.pk).state == "merged"


@pytest.mark.norm("C009")
@pytest.mark.parametrize(
    "code", ["T06", "T07", pytest.param("T11", marks=pytest.mark.norm("C036"))]
)
@pytest.mark.parametrize("roles", [HEAD_ALONE, WITH_DEPUTY])
def test_where_the_law_names_the_chief_no_route_leaves_him_out(cast, deputy, code, roles):
    with pytest.raises(Invalid):
        routes.set_route(actor=cast.chief, code=code, roles=roles)
    assert not ApprovalRoute.objects.exists()
    assert routes.set_route(actor=cast.chief, code=code, roles=ALL_THREE).roles == ALL_THREE


@pytest.mark.parametrize(
    "roles", [[], ["chief"], ["chief", "department_head"], ["department_head"] * 2, ["clerk"]]
)
def test_no_route_omits_the_review_or_turns_the_ranks_around(cast, roles):
    with pytest.raises(Invalid):
        routes.set_route(actor=cast.chief, code="T02", roles=roles)


@pytest.mark.parametrize("major", [True, False])
def test_what_comes_from_a_major_lead_goes_to_the_chief_all_the_same(cast, major):
    routes.set_route(actor=cast.chief, code="T02", roles=HEAD_ALONE)
    lead = matters.make_lead(cast, major=major)
    expected = HEAD_THEN_CHIEF if major else (Role.DEPARTMENT_HEAD,)
    assert selectors.route_for(declaration("T02"), lead) == expected


def test_a_case_filed_from_a_major_lead_is_decided_by_the_chief(cast):
    routes.set_route(actor=cast.chief, code="T12", roles=HEAD_ALONE)
    case = matters.make_case(cast)
    assert selectors.route_for(declaration("T12"), case) == (Role.DEPARTMENT_HEAD,)
    case.lead = matters.make_lead(cast, major=True)
    assert selectors.route_for(declaration("T12"), case) == HEAD_THEN_CHIEF


def test_a_round_keeps_the_route_it_was_submitted_under(cast, lead, deputy):
    proposal = merge(cast, lead)
    routes.set_route(actor=cast.chief, code=MERGING, roles=WITH_DEPUTY)
    proposal.refresh_from_db()
    assert proposal.route == HEAD_ALONE
    matters.approve(proposal, cast.head)
    assert Lead.objects.get(pk=lead.pk).state == "merged"


def test_a_draft_takes_the_route_of_the_day_it_is_submitted(cast, lead, deputy):
    other = matters.assign(cast, matters.make_lead(cast, title="同一群组的另一线索"))
    facts = {"into": other.pk, "reason": "事实相同。"}
    draft = proposals.draft_proposal(
        actor=cast.handler, matter=lead, code=MERGING, data=facts, reasons="理由充分。"
    )
    routes.set_route(actor=cast.chief, code=MERGING, roles=WITH_DEPUTY)
    assert proposals.submit_proposal(actor=cast.handler, proposal=draft).route == WITH_DEPUTY


def test_another_office_keeps_its_own_routes(cast, lead):
    routes.set_route(actor=cast.chief, code="T02", roles=HEAD_ALONE)
    assert not any(row.chosen for row in selectors.routes_of(cast.stranger.office))


def test_the_next_steps_name_the_route_of_the_office(cast, lead, deputy):
    routes.set_route(actor=cast.chief, code="T02", roles=WITH_DEPUTY)
    (step,) = [s for s in next_steps(lead, cast.handler) if s.declaration.code == "T02"]
    assert step.route == (Role.DEPARTMENT_HEAD, Role.DEPUTY_CHIEF)
    assert step.approvers.count("→") == 1
    rows = program_of(cast.handler).get(f"/api/v1/leads/{lead.key}/transitions/").json()
    assert {"T02": WITH_DEPUTY}.items() <= {row["code"]: row["route"] for row in rows}.items()


def test_a_role_nobody_holds_is_no_part_of_a_route(cast):
    deactivate_user(actor=cast.system_administrator, user=cast.deputy, reason="调离")
    with pytest.raises(Conflict, match=str(Role.DEPUTY_CHIEF.label)):
        routes.set_route(actor=cast.chief, code="T02", roles=WITH_DEPUTY)


@pytest.mark.parametrize("person", ["head", "handler", "clerk", "security_administrator"])
def test_only_the_chief_chooses(cast, person):
    with pytest.raises(NotPermitted):
        routes.set_route(actor=getattr(cast, person), code="T02", roles=HEAD_ALONE)


@pytest.mark.parametrize("code", ["T03", "T99"])
def test_a_step_without_approval_has_no_route(cast, code):
    with pytest.raises(NotVisible):
        routes.set_route(actor=cast.chief, code=code, roles=HEAD_ALONE)


def test_the_choice_is_recorded(cast):
    row = routes.set_route(actor=cast.chief, code="T02", roles=HEAD_ALONE)
    event = AuditEvent.objects.get(action="approval_route.set")
    assert (event.actor_id, event.object_id) == (cast.chief.pk, str(row.pk))


def test_the_database_takes_no_empty_route(cast):
    with pytest.raises(IntegrityError, match="somebody_decides"), transaction.atomic():
        ApprovalRoute.objects.create(
            office=cast.office, transition="T02", roles=[], set_by=cast.chief
        )


def test_the_chief_sets_a_route_on_its_page(cast, as_user):
    client = as_user(cast.chief)
    assert "T12" in client.get(reverse("route_list")).content.decode()
    address = reverse("route_set", args=["T12"])
    assert client.get(address).status_code == 200
    assert client.post(address, {"roles": "chief"}).status_code == 400
    answer = client.post(address, {"roles": "department_head"})
    assert answer.url == reverse("route_list")
    assert ApprovalRoute.objects.get().roles == HEAD_ALONE


@pytest.mark.parametrize("person", ["head", "handler", "stranger"])
def test_nobody_else_finds_the_page(cast, as_user, person):
    client = as_user(getattr(cast, person))
    for address in (reverse("route_list"), reverse("route_set", args=["T12"])):
        assert client.get(address).status_code == 404


def test_the_page_of_a_step_without_approval_does_not_exist(cast, as_user):
    assert as_user(cast.chief).get(reverse("route_set", args=["T03"])).status_code == 404


def test_the_list_asks_as_often_for_chosen_routes_as_for_none(cast, as_user, deputy):
    client, counts = as_user(cast.chief), []
    client.get(reverse("route_list"))
    for codes in ([], ["T02", "T12", MERGING]):
        for code in codes:
            routes.set_route(actor=cast.chief, code=code, roles=WITH_DEPUTY)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("route_list"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_a_program_of_the_chief_reads_and_sets_routes(cast):
    program = program_of(cast.chief)
    rows = program.get("/api/v1/approval-routes/").json()
    row = next(row for row in rows if row["transition"] == "T06")
    assert row["roles"] == ["department_head", "chief"]
    assert HEAD_ALONE not in row["possible"]
    answer = program.put("/api/v1/approval-routes/T12/", {"roles": HEAD_ALONE}, format="json")
    assert answer.status_code == 200
    assert answer.json()["chosen"] is True
    refused = program.put("/api/v1/approval-routes/T06/", {"roles": HEAD_ALONE}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid")


def test_a_program_of_anybody_else_finds_no_routes(cast):
    for person in (cast.head, cast.stranger):
        program = program_of(person)
        assert program.get("/api/v1/approval-routes/").status_code == 404
        body = {"roles": HEAD_ALONE}
        answer = program.put("/api/v1/approval-routes/T12/", body, format="json")
        assert answer.status_code == 404
