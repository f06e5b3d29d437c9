"""Who works on a matter, in which position, and who must stand aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case as Ranked
from django.db.models import Count, IntegerField, Q, QuerySet, When

from accounts import selectors as accounts
from accounts.models import Role, User
from cases.models import Case, Lead, Recusal, RecusalDecision, TeamMember, TeamPosition

if TYPE_CHECKING:
    Matter = Lead | Case

# What was decided stands until a review has decided otherwise; a request alone changes nothing (Rules 23).
GRANTED = Q(review_decision=RecusalDecision.GRANTED) | Q(
    review_decision__in=("", RecusalDecision.PENDING), decision=RecusalDecision.GRANTED
)
PENDING = Q(decision=RecusalDecision.PENDING) | Q(review_decision=RecusalDecision.PENDING)


def recusals_of(matter: Matter) -> QuerySet[Recusal]:
    """Return the recusals of a matter; those of its lead count for the case too."""
    if isinstance(matter, Lead):
        return Recusal.objects.filter(lead=matter)
    return Recusal.objects.filter(Q(case=matter) | Q(lead=matter.lead_id, lead__isnull=False))


def is_recused(matter: Matter, user_id: int | None) -> bool:
    """Say whether a granted recusal stands against the person (Rules 21; CSR 14)."""
    if user_id is None:
        return False
    return recusals_of(matter).filter(GRANTED, person=user_id).exists()


def open_team(case: Case) -> QuerySet[TeamMember]:
    """Return the present members of the handling team, lead first."""
    ranks = [When(position=position, then=rank) for rank, position in enumerate(TeamPosition)]
    members = case.team.filter(until__isnull=True).select_related("user")
    return members.order_by(Ranked(*ranks, output_field=IntegerField()), "since")


def lead_handler(matter: Matter) -> User | None:
    """Return who answers for the matter: the handler of a lead, the lead handler of a case."""
    if isinstance(matter, Lead):
        return matter.handler
    member = (
        matter.team.filter(until__isnull=True, position=TeamPosition.LEAD)
        .select_related("user")
        .first()
    )
    return member.user if member else None


def is_handler(matter: Matter, user: User) -> bool:
    """Say whether `user` handles the matter as a prosecutor and need not stand aside (Rules 6, 19)."""
    if isinstance(matter, Lead):
        return is_member(matter, user)
    handlers = (TeamPosition.LEAD, TeamPosition.HANDLER)
    places = matter.team.filter(until__isnull=True, user=user, position__in=handlers)
    return places.exists() and not is_recused(matter, user.pk)


def is_member(matter: Matter, user: User) -> bool:
    """Say whether `user` belongs to the handling team, in any position, and need not stand aside."""
    if isinstance(matter, Lead):
        present = matter.handler_id == user.pk
    else:
        present = matter.team.filter(until__isnull=True, user=user).exists()
    return present and not is_recused(matter, user.pk)


def deciders(matter: Matter, role: Role) -> QuerySet[User]:
    """Return who holds `role` for a matter: the head of its department, the chief of its office."""
    found = accounts.holders(matter.office, role)
    if role == Role.DEPARTMENT_HEAD and matter.department_id:
        found = found.filter(department=matter.department_id)
    return found


def load_of(office_id: int) -> list[User]:
    """Return the prosecutors of an office with `open_leads` and `open_cases`, the least loaded first."""
    from cases.states import LEAD_OUTCOMES, CaseState

    ended = (CaseState.TERMINATED, CaseState.CLOSED, CaseState.ARCHIVED)
    users = User.objects.filter(
        office=office_id,
        is_active=True,
        role_grants__role=Role.PROSECUTOR,
        role_grants__valid_to__isnull=True,
    ).select_related("department")
    return list(
        users.annotate(
            open_leads=Count(
                "leads_handled", filter=~Q(leads_handled__state__in=LEAD_OUTCOMES), distinct=True
            ),
            open_cases=Count(
                "team_memberships",
                filter=Q(team_memberships__until__isnull=True)
                & ~Q(team_memberships__case__state__in=ended),
                distinct=True,
            ),
        ).order_by("open_cases", "open_leads", "name")
    )
