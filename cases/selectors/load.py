"""What each person has in hand: open matters by weight, what is due soon, who is away.

Counted is what the actor may see, so that every figure is the list it opens. The figures help to assign; they
rank nobody, and people always stand by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case as Choice
from django.db.models import Count, IntegerField, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from accounts import absences
from accounts import selectors as accounts
from accounts.models import Absence, Delegation, Role, User
from audit import clock
from cases.models import Lead, LoadWeights, TeamMember, TeamPosition, Track
from cases.registries import burdens
from cases.selectors import person_tasks
from cases.selectors.assignment import OPEN_CASE, OPEN_LEAD
from cases.selectors.matters import cases_visible_to, leads_visible_to
from cases.selectors.rights import rights_of
from cases.states import CASE_STATE_LAW, AdministrativeState, CaseState, Stage, stage_of

# What "within two weeks" means, in calendar days.
TWO_WEEKS = timedelta(days=14)
SUSPENDED = (
    CaseState.LITIGATION_SUSPENDED,
    CaseState.ENF_SUSPENDED,
    AdministrativeState.ADM_SUSPENDED,
)
# By what somebody came to handle a lead.
GIVEN = ("lead_assigned", "case_handed_over")


@dataclass(frozen=True)
class Load:
    """What one person has in hand, as one reader sees it.

    Attributes:
        leads: open leads he handles.
        led: open cases he leads.
        member: open cases in whose team he is without leading them.
        points: of all of these together, by the weights of his office.
        overdue_tasks: open tasks of his whose day has passed.
        burdens: what the rooms above count, by code (`registries.burdens`).
        last_given: when he last came to handle a lead or to lead a case; None when never.
        away: an absence that runs today.
        away_soon: the next one that begins within two weeks.
        delegated: the deciding roles he has given to somebody else today.
    """

    person: User
    leads: int = 0
    led: int = 0
    member: int = 0
    points: int = 0
    overdue_tasks: int = 0
    burdens: Mapping[str, int] = field(default_factory=dict)
    last_given: datetime | None = None
    away: Absence | None = None
    away_soon: Absence | None = None
    delegated: tuple[Role, ...] = ()

    @property
    def cases(self) -> int:
        """Open cases he leads or is in the team of."""
        return self.led + self.member


def weights_of(office_id: int) -> LoadWeights:
    """Return the points the office has set; the usual ones, not stored, until it has."""
    found = LoadWeights.objects.filter(office=office_id).select_related("set_by").first()
    return found or LoadWeights(office_id=office_id)


def points_of_cases(weights: LoadWeights, prefix: str = "") -> Any:
    """Return the expression of what a case weighs for whoever leads it, in points.

    Args:
        prefix: the way from the rows of the query to the case, for example ``case__``.
    """
    state, track = f"{prefix}state", f"{prefix}track"
    stages = {
        Stage.LITIGATION: weights.litigation,
        Stage.POST_LITIGATION: weights.post_litigation,
    }
    whens = [When(**{f"{state}__in": SUSPENDED}, then=weights.suspended)]
    whens += [
        When(**{f"{state}__in": _states_in(stage)}, then=points) for stage, points in stages.items()
    ]
    return (
        _number(*whens, default=weights.pre_litigation)
        + _number(
            When(**{track: Track.CRIMINAL_INCIDENTAL}, then=weights.criminal_incidental),
            When(**{track: Track.ADMINISTRATIVE}, then=weights.administrative),
        )
        + _number(When(**{f"{prefix}minors_concerned": True}, then=weights.minors))
    )


def _states_in(stage: Stage) -> list[str]:
    return [state for state in CASE_STATE_LAW if stage_of(state) == stage]


def _number(*whens: When, default: int = 0) -> Choice:
    return Choice(*whens, default=Value(default), output_field=IntegerField())


def prosecutors_of(actor: User) -> list[User]:
    """Return the prosecutors whose load `actor` compares, by name.

    The head of a department compares its own, the chief and the deputy chiefs all of the office.
    """
    here = accounts.caseworkers((Role.PROSECUTOR,)).filter(office=actor.office_id)
    rights = rights_of(actor)
    if not rights.held(Role.CHIEF, Role.DEPUTY_CHIEF):
        headed = [person.department_id for person in rights.held(Role.DEPARTMENT_HEAD)]
        here = here.filter(department__in=[number for number in headed if number])
    return list(here.select_related("department").order_by("name", "pk"))


def loads_of(actor: User, people: Sequence[User], weights: LoadWeights) -> dict[int, Load]:
    """Return what each of `people` has in hand as `actor` sees it, by the person's number.

    The number of statements does not depend on how many people there are.
    """
    numbers = [person.pk for person in people]
    cases, leads = _cases(actor, numbers, weights), _leads(actor, numbers)
    away, soon = _absences(numbers)
    tasks, given, delegated = _tasks(actor, numbers), _given(actor, numbers), _delegated(numbers)
    other = {code: burden.count(actor, numbers) for code, burden in burdens.items()}
    return {
        person.pk: Load(
            person=person,
            leads=leads.get(person.pk, 0),
            **_desk(cases.get(person.pk), leads.get(person.pk, 0), weights),
            overdue_tasks=tasks.get(person.pk, 0),
            burdens={code: counts.get(person.pk, 0) for code, counts in other.items()},
            last_given=given.get(person.pk),
            away=away.get(person.pk),
            away_soon=soon.get(person.pk),
            delegated=tuple(delegated.get(person.pk, ())),
        )
        for person in people
    }


def _desk(cases: Mapping[str, int] | None, leads: int, weights: LoadWeights) -> dict[str, int]:
    """Return the cases of one person and the points of all he has in hand."""
    found = cases or {"led": 0, "member": 0, "points": 0}
    others = found["member"] * weights.member + leads * weights.lead
    return {**found, "points": found["points"] + others}


def _cases(actor: User, people: list[int], weights: LoadWeights) -> dict[int, dict[str, int]]:
    """Return how many open cases each leads, their points, and how many he is in besides."""
    visible = cases_visible_to(actor).filter(OPEN_CASE)
    places = TeamMember.objects.filter(user__in=people, until__isnull=True, case__in=visible)
    leading = Q(position=TeamPosition.LEAD)
    rows = places.order_by().values("user")
    counted = rows.annotate(
        led=Count("pk", filter=leading),
        member=Count("pk", filter=~leading),
        points=Coalesce(Sum(points_of_cases(weights, "case__"), filter=leading), 0),
    )
    figures = ("led", "member", "points")
    return {
        person: dict(zip(figures, found, strict=True))
        for person, *found in counted.values_list("user", *figures)
    }


def _counts(rows: QuerySet[Any], whose: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(whose).annotate(Count("pk")))


def _leads(actor: User, people: list[int]) -> dict[int, int]:
    return _counts(leads_visible_to(actor).filter(OPEN_LEAD, handler__in=people), "handler")


def _tasks(actor: User, people: list[int]) -> dict[int, int]:
    return _counts(person_tasks.open_tasks(actor, people).filter(person_tasks.overdue()), "owner")


def _given(actor: User, people: list[int]) -> dict[int, datetime]:
    """Return when each last came to handle a lead or to lead a case, ended ones included."""
    leads: QuerySet[Lead] = leads_visible_to(actor).filter(
        handler__in=people, events__kind__in=GIVEN
    )
    places = TeamMember.objects.filter(
        user__in=people, position=TeamPosition.LEAD, case__in=cases_visible_to(actor)
    )
    latest = dict(leads.order_by().values_list("handler").annotate(Max("events__recorded_at")))
    for person, at in places.order_by().values_list("user").annotate(Max("since")):
        latest[person] = max(at, latest.get(person, at))
    return latest


def _absences(people: Iterable[int]) -> tuple[dict[int, Absence], dict[int, Absence]]:
    """Return who is away today, and the next absence of each that begins within two weeks."""
    today: date = clock.today()
    rows = Absence.objects.filter(absences.standing(today, today + TWO_WEEKS), person__in=people)
    away: dict[int, Absence] = {}
    soon: dict[int, Absence] = {}
    for row in rows.order_by("first_day", "pk"):
        (away if row.first_day <= today else soon).setdefault(row.person_id, row)
    return away, soon


def _delegated(people: Iterable[int]) -> dict[int, list[Role]]:
    rows = Delegation.objects.filter(accounts.valid_on(clock.today()), delegator__in=people)
    found: dict[int, list[Role]] = {}
    for person, role in rows.order_by("role").values_list("delegator", "role").distinct():
        found.setdefault(person, []).append(Role(role))
    return found
