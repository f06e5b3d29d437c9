"""Who works on a matter, in which position, and who must stand aside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models import Case as Ranked

from accounts import selectors as accounts
from accounts.models import CASEWORK_ROLES, SEPARATED_ROLES, Role, User
from accounts.reading import is_reading, once
from audit import clock
from audit.prepared import prepared
from cases.models import (
    PROCURATORIAL_STAFF,
    Case,
    CaseKind,
    Lead,
    LinkKind,
    Recusal,
    RecusalDecision,
    StaffLoan,
    TeamMember,
    TeamPosition,
)
from cases.selectors.kept_rows import holds
from cases.selectors.keys import keys_of, of_keys

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    Matter = Lead | Case

    class _Counted(TypedDict):
        counts_today: bool
        does_casework: bool

    Place = WithAnnotations[TeamMember, _Counted]

# Administrators and auditors see no case (design 7), whatever else stands in their name.
WITHOUT_CASES = frozenset(SEPARATED_ROLES)

# What was decided stands until a review has decided otherwise; a request alone changes nothing (Rules 23).
GRANTED = Q(review_decision=RecusalDecision.GRANTED) | Q(
    review_decision__in=("", RecusalDecision.PENDING), decision=RecusalDecision.GRANTED
)
PENDING = Q(decision=RecusalDecision.PENDING) | Q(review_decision=RecusalDecision.PENDING)


def recusals_of(matter: Matter) -> QuerySet[Recusal]:
    """Return the recusals of a matter; those of its lead count for the case too."""
    return recusals_of_keys(*keys_of(matter))


def recusals_of_keys(case: int, lead: int) -> QuerySet[Recusal]:
    """Return `recusals_of` a matter by the keys of case and lead, 0 for none."""
    return Recusal.objects.filter(of_keys(case, lead))


def recusals_told(matter: Matter) -> list[Recusal]:
    """Return `recusals_of` the matter with the people they concern, read once while only reading."""
    if not holds(matter, "recusals"):
        return []
    return once(("recusals", type(matter), matter.pk), lambda: _recusals(*keys_of(matter)))


@prepared(int, int)
def _recusals(case: int, lead: int) -> QuerySet[Recusal]:
    return recusals_of_keys(case, lead).select_related("person")


def is_recused(matter: Matter, user_id: int | None) -> bool:
    """Say whether a granted recusal stands against the person (Rules 21; CSR 14)."""
    if user_id is None:
        return False
    return any(row.person_id == user_id and row.granted for row in recusals_told(matter))


def was_recused(matter: Matter, person: User, day: date) -> bool:
    """Say whether a recusal of `person` was in force on `day`: from its decision on (Rules 21)."""
    decided = Q(decision=RecusalDecision.GRANTED, decided_on__lte=day)
    on_review = Q(review_decision=RecusalDecision.GRANTED, review_decided_on__lte=day)
    granted = recusals_of(matter).filter(GRANTED, person=person)
    return granted.filter(decided | on_review).exists()


def belonging() -> Q:
    """Say which open places of teams count today: of the case's office, or lent to it (Rules 6, 11)."""
    return belonging_on(clock.today())


def belonging_on(day: date) -> Q:
    """Say which open places of teams count on `day`; see `belonging`."""
    lent = StaffLoan.objects.filter(
        case=OuterRef("case"), person=OuterRef("user"), first_day__lte=day, last_day__gte=day
    )
    return Q(until__isnull=True) & (Q(user__office=F("case__office")) | Q(Exists(lent)))


def is_lent(case: Case, person: User, day: date) -> bool:
    """Say whether somebody of another office is lent to the case on `day` (Rules 11; norm C121)."""
    return case.staff_loans.filter(person=person, first_day__lte=day, last_day__gte=day).exists()


def loans_told(case: Case) -> list[StaffLoan]:
    """Return who was lent to a case with the persons, in the order of their first days."""
    return once(("loans", case.pk), lambda: _loans(case.pk)) if holds(case, "loans") else []


@prepared(int)
def _loans(case: int) -> QuerySet[StaffLoan]:
    return StaffLoan.objects.filter(case=case).select_related("person").order_by("first_day")


def _only_lent(case: Case, person: User) -> bool:
    elsewhere = person.office_id != case.office_id
    return elsewhere and case.staff_loans.filter(person=person).exists()


def opposite_places(case: Case) -> QuerySet[TeamMember]:
    """Return every place, present or former, in the teams across the wall of Rules 9 (norm C145).

    Across it lie the case this one supervises and the cases that supervise this one.
    """
    return _across(case.pk).distinct()


def _across(case: int) -> QuerySet[TeamMember]:
    supervised = Q(case__links_in__source=case, case__links_in__kind=LinkKind.SUPERVISES.value)
    supervising = Q(case__links_out__target=case, case__links_out__kind=LinkKind.SUPERVISES.value)
    return TeamMember.objects.filter(supervised | supervising)


def place_across(case: Case, person: User) -> TeamMember | None:
    """Return a place of somebody among `opposite_places`, with its case; None where he has none."""
    return _place_across.one(case.pk, person.pk) if holds(case, "links") else None


@prepared(int, int)
def _place_across(case: int, person: int) -> QuerySet[TeamMember]:
    return _across(case).filter(user=person).select_related("case").order_by("id")[:1]


def staff_of(case: Case) -> QuerySet[TeamMember]:
    """Return the procuratorial staff of the present team (Rules 36)."""
    return case.team.filter(until__isnull=True, position__in=PROCURATORIAL_STAFF)


def acting_staff(case: Case) -> QuerySet[TeamMember]:
    """Return the procuratorial staff of the team who may act today (Rules 36).

    Whoever has left the office, holds no role in casework any more or must stand aside counts no
    longer, though the row of the team is still open.
    """
    able = staff_of(case).filter(belonging(), user__in=accounts.caseworkers(CASEWORK_ROLES))
    return able.exclude(user__in=recusals_of(case).filter(_aside(case)).values("person"))


def _aside(case: Case) -> Q:
    return GRANTED | PENDING if case.kind == CaseKind.SUPERVISION else GRANTED


def number_of_acting_staff(case: Case) -> int:
    """Return how many there are of `acting_staff`; while only reading from what is known of the team."""
    if not is_reading():
        return acting_staff(case).count()
    supervises = case.kind == CaseKind.SUPERVISION
    aside = {
        row.person_id for row in recusals_told(case) if row.granted or (supervises and row.pending)
    }
    staff = [row for row in places_of(case) if row.position in PROCURATORIAL_STAFF]
    return sum(row.counts_today and row.does_casework and row.user_id not in aside for row in staff)


def could_act(case: Case, person: User, day: date) -> bool:
    """Say whether `person` could act in the case on `day`: a role in casework, no recusal."""
    if day >= clock.today() and not person.is_active:
        return False
    if _only_lent(case, person) and not is_lent(case, person, day):
        return False
    roles = accounts.roles_held(person, day)
    fit = bool(roles & CASEWORK_ROLES) and not roles & WITHOUT_CASES
    return fit and not was_recused(case, person, day)


def open_team(case: Case) -> QuerySet[TeamMember]:
    """Return the present members of the handling team, lead first."""
    return open_places(case.team.all())


def open_places(team: QuerySet[TeamMember]) -> QuerySet[TeamMember]:
    """Return the places of `team` that are still held, the lead handler's first."""
    ranks = [When(position=position, then=rank) for rank, position in enumerate(TeamPosition)]
    members = team.filter(until__isnull=True).select_related("user")
    return members.order_by(Ranked(*ranks, output_field=IntegerField()), "since")


def places_of(case: Case) -> list[Place]:
    """Return `open_team`, each place with `counts_today` (`belonging`) and `does_casework`.

    Read once while only reading.
    """

    today = clock.today()
    return once(
        ("places", case.pk), lambda: _places(case.pk, today, accounts.midnight_after(today))
    )


@prepared(int, date, datetime)
def _places(case: int, day: date, midnight: datetime) -> QuerySet[TeamMember, Place]:
    able = accounts.caseworkers_between(CASEWORK_ROLES, day, midnight).filter(pk=OuterRef("user"))
    return open_places(TeamMember.objects.filter(case=case)).annotate(
        counts_today=ExpressionWrapper(belonging_on(day), output_field=BooleanField()),
        does_casework=Exists(able),
    )


def _holds(case: Case, user: User, *positions: str) -> bool:
    """Say whether a place of the user counts today, in one of these positions or in any."""
    places = (row for row in places_of(case) if row.user_id == user.pk and row.counts_today)
    return any(not positions or row.position in positions for row in places)


def lead_handler(matter: Matter) -> User | None:
    """Return who answers for the matter: the handler of a lead, the lead handler of a case."""
    if isinstance(matter, Lead):
        return matter.handler
    leads = (row.user for row in places_of(matter) if row.position == TeamPosition.LEAD)
    return next(leads, None)


def lead_handlers(matters: Iterable[Matter]) -> dict[Matter, User]:
    """Return who answers for each of several matters; one that nobody answers for is left out."""
    asked = list(matters)
    places = TeamMember.objects.filter(
        case__in=[matter.pk for matter in asked if isinstance(matter, Case)],
        until__isnull=True,
        position=TeamPosition.LEAD,
    )
    of_case = {place.case_id: place.user for place in places.select_related("user")}
    found = {
        matter: matter.handler if isinstance(matter, Lead) else of_case.get(matter.pk)
        for matter in asked
    }
    return {matter: user for matter, user in found.items() if user is not None}


def is_handler(matter: Matter, user: User) -> bool:
    """Say whether `user` handles the matter as a prosecutor and need not stand aside (Rules 6, 19)."""
    if isinstance(matter, Lead):
        return is_member(matter, user)
    handles = _holds(matter, user, TeamPosition.LEAD, TeamPosition.HANDLER)
    return handles and not is_recused(matter, user.pk)


def is_member(matter: Matter, user: User) -> bool:
    """Say whether `user` belongs to the handling team, in any position, and need not stand aside."""
    present = matter.handler_id == user.pk if isinstance(matter, Lead) else _holds(matter, user)
    return present and not is_recused(matter, user.pk)


def deciders(matter: Matter, role: Role) -> QuerySet[User]:
    """Return who holds `role` for a matter: the head of its department, the chief of its office."""
    found = accounts.holders(matter.office, role)
    if role == Role.DEPARTMENT_HEAD and matter.department_id:
        found = found.filter(department=matter.department_id)
    return found


def decides(holder: User, matter: Matter, role: Role) -> bool:
    """Say whether somebody who holds `role` is among `deciders` of the matter."""
    if not holder.is_active or holder.office_id != matter.office_id:
        return False
    of_department = role == Role.DEPARTMENT_HEAD and matter.department_id is not None
    return not of_department or holder.department_id == matter.department_id


def is_clerk(case: Case, user: User) -> bool:
    """Say whether `user` is a clerk of the handling team and need not stand aside."""
    clerks = {row.user_id for row in places_of(case) if row.position == TeamPosition.CLERK}
    return user.pk in clerks and not is_recused(case, user.pk)
