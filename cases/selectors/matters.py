"""Which leads and cases an actor may see (design 7). Every other read starts here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from audit.errors import NotVisible
from cases.models import Case, CaseKind, Lead, Recusal, SuperiorAccess, TeamMember
from cases.selectors.people import GRANTED, PENDING

if TYPE_CHECKING:
    Matter = Lead | Case

OFFICE_WIDE = (Role.CHIEF, Role.DEPUTY_CHIEF, Role.COMMITTEE_SECRETARY, Role.CASE_MANAGEMENT)
# Who still sees a confidential matter besides the team: those who decide on it.
DECIDERS = (Role.CHIEF, Role.DEPUTY_CHIEF)


def _held(actor: User, *roles: Role) -> list[User]:
    """Return the persons in whose right `actor` holds one of `roles`: himself and his delegators."""
    held = [actor] if accounts.has_role(actor, *roles) else []
    for role in roles:
        held += accounts.acting_for(actor, role)
    return held


def _by_rank(actor: User) -> Q:
    """What the actor sees by role: the department as its head, the office as its leader."""
    seen = Q(pk__in=[])
    for person in _held(actor, Role.DEPARTMENT_HEAD):
        # A matter no department has yet is every head's, as it is for `people.deciders`.
        seen |= Q(department__isnull=True, office=person.office_id)
        if person.department_id:
            seen |= Q(department=person.department_id)
    for person in _held(actor, *OFFICE_WIDE):
        open_to_office = Q(office=person.office_id)
        if not _held(actor, *DECIDERS):
            open_to_office &= Q(confidential=False)
        seen |= open_to_office
    return seen


def _superior(actor: User, field: str) -> Q:
    """What was reported to the actor's office, for its leaders, heads and prosecutors."""
    readers = (*OFFICE_WIDE, Role.DEPARTMENT_HEAD, Role.PROSECUTOR)
    if not accounts.has_role(actor, *readers):
        return Q(pk__in=[])
    reported = SuperiorAccess.objects.filter(office=actor.office_id, **{field: OuterRef("pk")})
    return Exists(reported) & Q(confidential=False)


def _no_case_roles(actor: User) -> bool:
    """Administrators and auditors see no case (design 7), whatever else stands in their name."""
    return accounts.has_role(
        actor, Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR
    )


def leads_visible_to(actor: User) -> QuerySet[Lead]:
    """Return the leads `actor` may see; a granted recusal overrides everything."""
    if not actor.is_active or _no_case_roles(actor):
        return Lead.objects.none()
    seen = Q(handler=actor) | Q(created_by=actor, office=actor.office_id)
    if accounts.has_role(actor, Role.INTAKE):
        seen |= Q(office=actor.office_id, confidential=False)
    seen |= Q(Exists(TeamMember.objects.filter(case__lead=OuterRef("pk"), user=actor, until=None)))
    seen |= _by_rank(actor) | _superior(actor, "lead")
    recused = Recusal.objects.filter(GRANTED, person=actor).filter(
        Q(lead=OuterRef("pk")) | Q(case__lead=OuterRef("pk"))
    )
    return Lead.objects.filter(seen).exclude(Exists(recused))


def cases_visible_to(actor: User) -> QuerySet[Case]:
    """Return the cases `actor` may see.

    A granted recusal overrides every grant from its decision on; a pending one only in supervision cases
    (Rules 21; CSR 14; norm C018).
    """
    if not actor.is_active or _no_case_roles(actor):
        return Case.objects.none()
    member = TeamMember.objects.filter(case=OuterRef("pk"), user=actor, until__isnull=True)
    seen = Q(Exists(member)) | _by_rank(actor) | _superior(actor, "case")
    mine = Recusal.objects.filter(person=actor).filter(
        Q(case=OuterRef("pk")) | Q(lead=OuterRef("lead"), lead__isnull=False)
    )
    return (
        Case.objects.filter(seen)
        .exclude(Exists(mine.filter(GRANTED)))
        .exclude(Q(kind=CaseKind.SUPERVISION) & Exists(mine.filter(PENDING)))
    )


def get_lead(actor: User, key: str) -> Lead:
    """Return a visible lead by its key.

    Raises:
        NotVisible: there is none for this actor.
    """
    lead = (
        leads_visible_to(actor)
        .select_related("office", "department", "handler", "sender_department", "received_from")
        .filter(key=key)
        .first()
    )
    if lead is None:
        raise NotVisible(_("There is no such lead."))
    return lead


def get_case(actor: User, key: str) -> Case:
    """Return a visible case by its key.

    Raises:
        NotVisible: there is none for this actor.
    """
    case = (
        cases_visible_to(actor)
        .select_related("office", "department", "lead")
        .filter(key=key)
        .first()
    )
    if case is None:
        raise NotVisible(_("There is no such case."))
    return case


def get_matter(actor: User, key: str) -> Matter:
    """Return a visible case or lead by its key.

    Raises:
        NotVisible: there is none for this actor.
    """
    return get_lead(actor, key) if "-L" in key else get_case(actor, key)


def is_visible(actor: User, matter: Matter) -> bool:
    """Say whether `actor` may see `matter`."""
    if isinstance(matter, Lead):
        return leads_visible_to(actor).filter(pk=matter.pk).exists()
    return cases_visible_to(actor).filter(pk=matter.pk).exists()


def of_visible_matters(actor: User, queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows of `queryset` (with `lead` and `case`) whose matter the actor may see."""
    return queryset.filter(
        Q(case__in=cases_visible_to(actor)) | Q(lead__in=leads_visible_to(actor), case=None)
    )
