"""Who is away, and who is told in his place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from accounts import selectors
from accounts.models import (
    CASEWORK_ROLES,
    DECIDER_ROLES,
    Absence,
    Delegation,
    Role,
    User,
)


def standing(first_day: date, last_day: date) -> Q:
    """Return the condition that an absence that was not ended touches one of these days."""
    return Q(first_day__lte=last_day, last_day__gte=first_day, ended_at__isnull=True)


def deputies_of(people: Iterable[int], day: date) -> dict[int, User]:
    """Return who stands in on `day` for those of `people` (numbers) who are away, by their number."""
    rows = Absence.objects.filter(standing(day, day), person__in=people)
    return {row.person_id: row.deputy for row in rows.select_related("deputy")}


def delegates_of(people: Iterable[int], day: date) -> dict[int, list[User]]:
    """Return who acts on `day` in a deciding role of one of `people` (numbers), by their number.

    As in `selectors.acting_for` the delegator still holds the role and the delegate may still act in it.
    """
    rows = Delegation.objects.filter(
        selectors.valid_on(day), delegator__in=people, role__in=DECIDER_ROLES
    )
    found: dict[int, list[User]] = {}
    for row in rows.select_related("delegate", "delegator").order_by("pk"):
        acts = any(
            person.pk == row.delegator_id
            for person in selectors.acting_for(row.delegate, Role(row.role), day)
        )
        known = found.setdefault(row.delegator_id, [])
        if acts and row.delegate not in known:
            known.append(row.delegate)
    return found


def _as_head(actor: User) -> list[User]:
    """Return the heads of departments in whose right the actor acts today: himself and delegators."""
    own = [actor] if selectors.has_role(actor, Role.DEPARTMENT_HEAD) else []
    return own + selectors.acting_for(actor, Role.DEPARTMENT_HEAD)


def leads_department_of(actor: User, person: User) -> bool:
    """Say whether `actor` is, or acts for, the head of the department of `person`."""
    if person.department_id is None or actor.office_id != person.office_id:
        return False
    return any(head.department_id == person.department_id for head in _as_head(actor))


def may_enter_absence(actor: User, person: User) -> bool:
    """Say whether `actor` enters when `person` is away: himself, or the head of his department."""
    return actor.pk == person.pk or leads_department_of(actor, person)


def absences_of(person: User) -> QuerySet[Absence]:
    """Return when the person is away and for whom he stands in."""
    rows = Absence.objects.filter(Q(person=person) | Q(deputy=person))
    return rows.select_related("person", "deputy")


def absences_visible_to(actor: User) -> QuerySet[Absence]:
    """Return the absences of the actor, those he stands in for, and those of whose department he is head."""
    seen = Q(person=actor) | Q(deputy=actor)
    departments = [head.department_id for head in _as_head(actor) if head.department_id]
    seen |= Q(person__department__in=departments, person__office=actor.office_id)
    return Absence.objects.filter(seen).select_related("person", "deputy")


def possible_deputies(person: User) -> QuerySet[User]:
    """Return the colleagues of the office who may stand in for `person`."""
    colleagues = selectors.caseworkers(CASEWORK_ROLES).filter(office=person.office_id)
    return colleagues.exclude(pk=person.pk).order_by("name", "pk")


def works_on_cases(person: User) -> bool:
    """Say whether `person` holds a role in casework today."""
    return selectors.has_role(person, *CASEWORK_ROLES)
