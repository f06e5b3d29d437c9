"""What the department head distributes: leads and cases nobody handles, beside each person's load."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from accounts import selectors as accounts
from accounts.models import Role, User
from cases.models import Case, Lead, TeamMember, TeamPosition
from cases.selectors.matters import cases_visible_to, leads_visible_to
from cases.states import OPEN_LEADS, CaseState, LeadState

MOST = 200
ASSIGNERS = frozenset({Role.DEPARTMENT_HEAD, Role.CHIEF})
ENDED = (CaseState.TERMINATED, CaseState.CLOSED, CaseState.ARCHIVED)
# What still lies on somebody's desk.
OPEN_LEAD = Q(state__in=OPEN_LEADS)
OPEN_CASE = ~Q(state__in=ENDED)


def may_distribute(actor: User) -> bool:
    """Say whether `actor` heads a department or an office, or acts for somebody who does."""
    return bool(accounts.effective_roles(actor) & ASSIGNERS)


def handled_by(person: User) -> list[Lead | Case]:
    """Return what a person handles and what may come back to him: leads first, then cases.

    A lead that was not filed may be opened again (T60); one that was filed goes with its case.
    """
    gone = (LeadState.LEAD_TRANSFERRED, LeadState.MERGED, LeadState.FILED)
    leads = Lead.objects.filter(handler=person).exclude(state__in=gone)
    cases = Case.objects.filter(
        team__user=person, team__position=TeamPosition.LEAD, team__until__isnull=True
    )
    return [*leads.order_by("id"), *cases.order_by("id")]


def open_matters_of(person: User) -> int:
    """Return how many open leads `person` handles and open cases he is in the team of."""
    leads = Lead.objects.filter(OPEN_LEAD, handler=person)
    cases = Case.objects.filter(team__user=person, team__until__isnull=True)
    return leads.count() + cases.exclude(state__in=ENDED).count()


def unassigned_leads(actor: User) -> list[Lead]:
    """Return the visible leads of the office that nobody handles yet, the oldest first."""
    rows = leads_visible_to(actor).filter(office=actor.office_id, handler=None)
    return list(rows.filter(OPEN_LEAD).order_by("received_on", "id")[:MOST])


def unassigned_cases(actor: User) -> list[Case]:
    """Return the visible cases of the office without a lead handler, the oldest first."""
    led = TeamMember.objects.filter(
        case=OuterRef("pk"), position=TeamPosition.LEAD, until__isnull=True
    )
    rows = cases_visible_to(actor).filter(~Exists(led), office=actor.office_id)
    return list(rows.exclude(state__in=ENDED).order_by("filed_on", "id")[:MOST])
