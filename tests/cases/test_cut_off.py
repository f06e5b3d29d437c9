"""Whoever becomes administrator or auditor sees no casework: the page says so before, and how much it is."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts import selectors, workload
from accounts.models import SEPARATED_ROLES, Role
from audit import clock
from cases.models import Lead
from cases.selectors import assignment
from cases.selectors.matters import cases_visible_to
from cases.states import CaseState
from tests.support import matters

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(cast):
    """The handler with an open lead, and two open cases in one of which he leads the team."""
    matters.assign(cast, matters.make_lead(cast))
    matters.make_case(cast)
    other = matters.make_case(cast, handler=cast.colleague)
    other.team.create(user=cast.handler, position="assistant")
    return cast.handler


def grant(client, person, role, **extra):
    facts = {"role": role, "valid_from": clock.today().isoformat()} | extra
    return client.post(reverse("role_grant_create", args=[person.pk]), facts)


def test_open_leads_and_cases_count_whatever_the_position_and_ended_ones_do_not(
    cast, busy, monkeypatch
):
    assert workload.open_matters_of(busy) == 3
    lead = Lead.objects.get(handler=busy)
    other = matters.assign(cast, matters.make_lead(cast))
    assert workload.open_matters_of(busy) == 4
    merging = matters.propose(lead, "M01", {"into": other.pk, "reason": "同一事实"}, busy)
    matters.approve(merging, cast.head)
    assert workload.open_matters_of(busy) == 3
    busy.team_memberships.filter(position="assistant").update(until=clock.now())
    assert workload.open_matters_of(busy) == 2
    monkeypatch.setattr(assignment, "ENDED", (CaseState.FILED,))
    assert workload.open_matters_of(busy) == 1
    assert workload.open_matters_of(cast.clerk) == 0


@pytest.mark.parametrize("role", SEPARATED_ROLES)
def test_the_page_names_the_open_matters_and_asks_before_it_cuts_somebody_off(
    cast, busy, as_user, role
):
    client = as_user(cast.security_administrator)
    cast.security_administrator.language = "en"
    cast.security_administrator.save()
    address = reverse("role_grant_create", args=[busy.pk])
    before = client.get(address).content.decode()
    assert f"Open matters {busy.name} works on: 3." in before
    assert 'name="cut_off"' in before
    asked = grant(client, busy, role)
    assert asked.status_code == 400
    assert asked.context["form"].errors.keys() == {"cut_off"}
    assert "works on: 3." in asked.context["form"].errors["cut_off"][0]
    assert role not in selectors.roles_of(busy)
    assert cases_visible_to(busy).count() == 2
    assert grant(client, busy, role, cut_off="on").status_code == 302
    assert role in selectors.roles_of(busy)
    assert not cases_visible_to(busy).exists()


def test_no_other_role_asks_and_nobody_without_open_matters_is_warned_of(cast, busy, as_user):
    client = as_user(cast.security_administrator)
    assert grant(client, busy, Role.CLERK).status_code == 302
    page = client.get(reverse("role_grant_create", args=[cast.colleague.pk]))
    assert page.context["form"].warning
    page = client.get(reverse("role_grant_create", args=[cast.clerk.pk]))
    assert not page.context["form"].warning
    assert 'name="cut_off"' not in page.content.decode()
    assert grant(client, cast.clerk, Role.AUDITOR).status_code == 302
