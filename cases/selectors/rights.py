"""What a person may see by role, and for what he does in single matters (design 7); `matters` uses both."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from accounts import selectors as accounts
from accounts.models import Role, User
from accounts.reading import known, once
from audit import clock
from audit.prepared import prepared
from cases.models import Lead, Recusal, SuperiorAccess, TeamMember
from cases.selectors.people import GRANTED, PENDING, WITHOUT_CASES, belonging_on
from cases.states import OPEN_LEADS, CaseState

OFFICE_WIDE = (Role.CHIEF, Role.DEPUTY_CHIEF, Role.COMMITTEE_SECRETARY, Role.CASE_MANAGEMENT)
# Who still sees a confidential matter besides the team: those who decide on it.
DECIDERS = (Role.CHIEF, Role.DEPUTY_CHIEF)
# Up to so many single matters are named one by one; beyond, every row is asked whether it is one.
MOST_NAMED = 5000


@dataclass(frozen=True)
class Rights:
    """What a person may do today, in his own right and for others; read once for one question."""

    actor: User
    own: set[Role]
    acting: dict[Role, list[User]]

    def held(self, *roles: Role) -> list[User]:
        """Return the persons in whose right the actor holds one of `roles`: himself and delegators."""
        themselves = [self.actor] if self.own & set(roles) else []
        return themselves + [person for role in roles for person in self.acting.get(role, [])]


def rights_of(actor: User) -> Rights:
    """Return what `actor` may do today, read once."""
    return Rights(actor, accounts.roles_of(actor), accounts.acting_as(actor))


@dataclass(frozen=True)
class Ranks:
    """The departments and offices whose matters a person sees by role; of open ones nothing confidential."""

    departments: list[int]
    offices: list[int]
    open_offices: list[int]
    open_departments: list[int]

    def condition(self) -> Q:
        """Return the condition on a lead or a case, written out so that an index of each is entered."""
        seen = Q(pk__in=[])
        for department in self.departments:
            seen |= Q(department=department)
        for office in self.offices:
            seen |= Q(office=office)
        for office in self.open_offices:
            seen |= Q(office=office, confidential=False)
        for department in self.open_departments:
            seen |= Q(department=department, confidential=False)
        return seen

    @property
    def lists(self) -> tuple[list[int], list[int], list[int], list[int]]:
        """What `ranked` takes."""
        return self.departments, self.offices, self.open_offices, self.open_departments


def ranked(
    departments: list[int], offices: list[int], open_offices: list[int], open_departments: list[int]
) -> Q:
    """Return `Ranks.condition` for one matter in a question that is written once (`audit.prepared`)."""
    of_open = Q(office__any_of=open_offices) | Q(department__any_of=open_departments)
    return (
        Q(department__any_of=departments)
        | Q(office__any_of=offices)
        | (of_open & Q(confidential=False))
    )


def ranks_of(rights: Rights) -> Ranks:
    """What the actor sees by role: the department as its head, the office as its leader."""
    heads = rights.held(Role.DEPARTMENT_HEAD)
    offices = [person.office_id for person in rights.held(*OFFICE_WIDE)]
    decides = bool(rights.held(*DECIDERS))
    return Ranks(
        departments=[person.department_id for person in heads if person.department_id],
        offices=offices if decides else [],
        open_offices=[] if decides else offices,
        open_departments=[],
    )


def ranks_for_leads(rights: Rights) -> Ranks:
    """What the actor sees of leads: besides, what is registered, and what his department's clerks enter."""
    actor, ranks = rights.actor, ranks_of(rights)
    if Role.INTAKE in rights.own:
        ranks.open_offices.append(actor.office_id)
    if Role.CLERK in rights.own and actor.department_id:
        # A lead has no team yet: the clerks of its department enter what is signed on paper.
        ranks.open_departments.append(actor.department_id)
    return ranks


def superior(reports: int, field: str) -> Q:
    """What was reported to the office `reports` (`reports_of`); `field` is "lead" or "case"."""
    if not reports:
        return Q(pk__in=[])
    reported = SuperiorAccess.objects.filter(office=reports, **{field: OuterRef("pk")})
    return Q(Exists(reported)) & Q(confidential=False)


def reports_of(rights: Rights) -> int:
    """Return the office whose reports the actor reads, one of its leaders, heads or prosecutors; else 0."""
    return rights.actor.office_id if reads_reports(rights) else 0


def reads_reports(rights: Rights) -> bool:
    return bool(rights.own & {*OFFICE_WIDE, Role.DEPARTMENT_HEAD, Role.PROSECUTOR})


@dataclass(frozen=True)
class Singles:
    """The single cases of a person, by their keys.

    Attributes:
        seen: those he works on and those reported to his office; not all of them where `cut_off`.
        aside: those he must stand aside from; those of a lead he must stand aside from, by the lead.
        aside_of_leads: these leads.
        pending, pending_of_leads: the same where nothing is decided yet.
        number_seen: the rows `seen` was made of.
    """

    seen: set[int]
    aside: set[int]
    aside_of_leads: set[int]
    pending: set[int]
    pending_of_leads: set[int]
    number_seen: int

    def cut_off(self, most: int) -> bool:
        """Say whether there may be more that he sees than are named here, or than `most`."""
        return self.number_seen > most


_NOTHING = Cast(Value(None), BigIntegerField())
_SEEN, _REPORTED, _GRANTED, _PENDING, _WORKS = "seen", "reported", "granted", "pending", "works"


def singles_of(rights: Rights) -> Singles:
    """Return the single cases of the actor, asked once while only reading."""
    actor = rights.actor
    rows = once(("singles", actor.pk), lambda: _asked_for(actor, _clerk_of(actor, rights.own)))
    kinds = (_SEEN, _REPORTED) if reads_reports(rights) else (_SEEN,)
    return Singles(
        seen={case for kind, case, _lead in rows if kind in kinds},
        aside={case for kind, case, _lead in rows if kind == _GRANTED and case},
        aside_of_leads={lead for kind, _case, lead in rows if kind == _GRANTED and lead},
        pending={case for kind, case, _lead in rows if kind == _PENDING and case},
        pending_of_leads={lead for kind, _case, lead in rows if kind == _PENDING and lead},
        number_seen=sum(kind in kinds for kind, _case, _lead in rows),
    )


def _asked_for(actor: User, department: int) -> list[Any]:
    person, office, day = actor.pk, actor.office_id, clock.today()
    if department:
        return list(_asked_as_clerk(person, office, department, day))
    return list(_asked(person, office, day))


@prepared(int, int, date, one_plan=True)
def _asked(person: int, office: int, day: date) -> QuerySet[Any, Any]:
    return _singles(person, office, day, _of_work(person))


@prepared(int, int, int, date)
def _asked_as_clerk(person: int, office: int, department: int, day: date) -> QuerySet[Any, Any]:
    return _singles(person, office, day, [*_of_work(person), _of_department(person, department)])


def _singles(
    person: int, office: int, day: date, work: Sequence[QuerySet[Any, Any]]
) -> QuerySet[Any, Any]:
    """Return rows of kind, case and lead. Only what is seen is cut off, never what one stands aside from."""
    places = TeamMember.objects.filter(belonging_on(day), user=person)
    reported = SuperiorAccess.objects.filter(
        office=office, case__isnull=False, case__confidential=False
    )
    recusals = Recusal.objects.filter(person=person)
    seen = _of_kind(places, _SEEN, lead=None)[: MOST_NAMED + 1]
    return _together(
        [
            seen,
            _of_kind(reported, _REPORTED, lead=None)[: MOST_NAMED + 1],
            _of_kind(recusals.filter(GRANTED), _GRANTED),
            _of_kind(recusals.filter(PENDING), _PENDING),
            *work,
        ]
    )


def _places_of_work(person: int) -> QuerySet[TeamMember]:
    """Return the places of somebody in open cases; who works on a case sees it unless he is recused."""
    aside = Recusal.objects.filter(GRANTED, person=person)
    lead_of_place = Q(lead=OuterRef("case__lead")) | Q(case__lead=OuterRef("case__lead"))
    places = TeamMember.objects.filter(user=person, until=None).exclude(
        case__state=CaseState.ARCHIVED
    )
    return places.exclude(Exists(aside.filter(Q(case=OuterRef("case")) | lead_of_place)))


def _leads_of_work(person: int, whose: Q) -> QuerySet[Any, Any]:
    """Return rows of the open leads `whose`, from which somebody does not stand aside."""
    aside = Recusal.objects.filter(GRANTED, person=person)
    # Named and not excluded: so the index leads to them past all that somebody has done.
    leads = Lead.objects.filter(whose, state__in=OPEN_LEADS)
    leads = leads.exclude(
        Exists(aside.filter(Q(lead=OuterRef("pk")) | Q(case__lead=OuterRef("pk"))))
    )
    return _of_kind(leads.annotate(no_case=_NOTHING), _WORKS, lead="pk", case="no_case")


def handled_or_entered(person: int) -> Q:
    """Say whether a lead is handled by somebody, or entered by him while nobody handles it."""
    handled, entered = _ways_to_work(person)
    return handled | entered


def _ways_to_work(person: int) -> tuple[Q, Q]:
    return Q(handler=person), Q(handler=None, created_by=person)


def _of_work(person: int) -> list[QuerySet[Any, Any]]:
    """Return a row where somebody works on a case, and one where he works on a lead.

    Each is the first in the order of an index: for any one, a plan that serves everybody would read the whole
    table in the hope of meeting one soon.
    """
    places = _of_kind(_places_of_work(person), _WORKS, lead=None)
    leads = [_leads_of_work(person, way).order_by("state")[:1] for way in _ways_to_work(person)]
    return [places.order_by("case_id")[:1], *leads]


def _of_department(person: int, department: int) -> QuerySet[Any, Any]:
    """Return a row where a clerk of the department works on a lead of it."""
    return _leads_of_work(person, Q(department=department, confidential=False))[:1]


def works_somewhere(actor: User, roles: Set[Role]) -> bool:
    """Say whether there is a lead or case whose documents `actor`, who holds `roles`, makes.

    Every page asks; where a list has asked for his single cases the answer came with them.
    """
    rows = known(("singles", actor.pk))
    if rows is None:
        department = _clerk_of(actor, roles)
        rows = _work_as_clerk(actor.pk, department) if department else _asked_of_work(actor.pk)
    return any(kind == _WORKS for kind, _case, _lead in rows)


@prepared(int, one_plan=True)
def _asked_of_work(person: int) -> QuerySet[Any, Any]:
    return _together(_of_work(person))


@prepared(int, int)
def _work_as_clerk(person: int, department: int) -> QuerySet[Any, Any]:
    return _together([*_of_work(person), _of_department(person, department)])


def _together(parts: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    """Return the rows of all parts as one question."""
    first, *others = parts
    found: QuerySet[Any, Any] = first.union(*others, all=True)
    return found


def _clerk_of(actor: User, roles: Set[Role]) -> int:
    """Return the department whose clerk somebody is who holds `roles`, or 0."""
    return (actor.department_id or 0) if Role.CLERK in roles else 0


def _of_kind(
    rows: QuerySet[Any], kind: str, lead: str | None = "lead", case: str = "case"
) -> QuerySet[Any, Any]:
    """Return rows of kind, case and lead."""
    named = rows.order_by().annotate(
        of_kind=Value(kind), of_case=F(case), of_lead=F(lead) if lead else _NOTHING
    )
    rows_of_kind: QuerySet[Any, Any] = named.values_list("of_kind", "of_case", "of_lead")
    return rows_of_kind


def reported(rights: Rights, field: str) -> QuerySet[Any, Any]:
    """Return the keys of what `superior` lets the actor see."""
    open_ones = {f"{field}__isnull": False, f"{field}__confidential": False}
    rows = SuperiorAccess.objects.filter(office=rights.actor.office_id, **open_ones)
    return (rows if reads_reports(rights) else rows.none()).order_by().values_list(field)


def sees_none(rights: Rights) -> bool:
    """Administrators and auditors see no case (design 7), whatever else stands in their name."""
    return bool(rights.own & WITHOUT_CASES)
