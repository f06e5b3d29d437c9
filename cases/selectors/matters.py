"""Which leads and cases an actor may see (design 7). Every other read starts here."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from accounts.reading import is_reading, once
from audit import clock
from audit.errors import NotVisible
from audit.matters import Numbers
from audit.prepared import prepared
from cases.models import Case, CaseKind, Lead, Recusal, SuperiorAccess, TeamMember
from cases.selectors.keys import keys_of
from cases.selectors.people import GRANTED, PENDING, WITHOUT_CASES, belonging, belonging_on
from cases.states import LEAD_OUTCOMES, CaseState

if TYPE_CHECKING:
    Matter = Lead | Case

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


def _by_rank(rights: Rights) -> Q:
    """What the actor sees by role: the department as its head, the office as its leader."""
    seen = Q(pk__in=[])
    for person in rights.held(Role.DEPARTMENT_HEAD):
        if person.department_id:
            seen |= Q(department=person.department_id)
    decides = bool(rights.held(*DECIDERS))
    for person in rights.held(*OFFICE_WIDE):
        open_to_office = Q(office=person.office_id)
        if not decides:
            open_to_office &= Q(confidential=False)
        seen |= open_to_office
    return seen


def _superior(rights: Rights, field: str) -> Q:
    """What was reported to the actor's office, for its leaders, heads and prosecutors."""
    if not _reads_reports(rights):
        return Q(pk__in=[])
    reported = SuperiorAccess.objects.filter(
        office=rights.actor.office_id, **{field: OuterRef("pk")}
    )
    return Exists(reported) & Q(confidential=False)


def _reads_reports(rights: Rights) -> bool:
    return bool(rights.own & {*OFFICE_WIDE, Role.DEPARTMENT_HEAD, Role.PROSECUTOR})


@dataclass(frozen=True)
class _Singles:
    """The single cases of a person, by their keys.

    Attributes:
        team: those he works on.
        seen: these and those reported to his office; more than `MOST_NAMED` where they are too many to name.
        aside: those he must stand aside from; those of a lead he must stand aside from, by the lead.
        aside_of_leads: these leads.
        pending, pending_of_leads: the same where nothing is decided yet.
        works: whether he works on anything, case or lead.
    """

    team: set[int]
    seen: set[int]
    aside: set[int]
    aside_of_leads: set[int]
    pending: set[int]
    pending_of_leads: set[int]
    works: bool


_NOTHING = Cast(Value(None), BigIntegerField())
_SEEN, _REPORTED, _GRANTED, _PENDING, _WORKS = "seen", "reported", "granted", "pending", "works"


def _singles(rights: Rights) -> _Singles:
    """Return the single cases of the actor, asked once while only reading."""
    actor = rights.actor
    clerk_of = (actor.department_id or 0) if Role.CLERK in rights.own else 0
    rows = once(
        ("singles", actor.pk),
        lambda: _asked_singles(actor.pk, actor.office_id, clerk_of, clock.today()),
    )
    kinds = (_SEEN, _REPORTED) if _reads_reports(rights) else (_SEEN,)
    return _Singles(
        team={case for kind, case, _lead in rows if kind == _SEEN},
        seen={case for kind, case, _lead in rows if kind in kinds},
        aside={case for kind, case, _lead in rows if kind == _GRANTED and case},
        aside_of_leads={lead for kind, _case, lead in rows if kind == _GRANTED and lead},
        pending={case for kind, case, _lead in rows if kind == _PENDING and case},
        pending_of_leads={lead for kind, _case, lead in rows if kind == _PENDING and lead},
        works=any(kind == _WORKS for kind, _case, _lead in rows),
    )


@prepared(int, int, int, date)
def _asked_singles(person: int, office: int, clerk_of: int, day: date) -> QuerySet[Any, Any]:
    """Return rows of kind, case and lead. Only what is seen is cut off, never what one stands aside from."""
    places = TeamMember.objects.filter(belonging_on(day), user=person)
    reported = SuperiorAccess.objects.filter(
        office=office, case__isnull=False, case__confidential=False
    )
    recusals = Recusal.objects.filter(person=person)
    seen = _of_kind(places, _SEEN, lead=None)[: MOST_NAMED + 1]
    found: QuerySet[Any, Any] = seen.union(
        _of_kind(reported, _REPORTED, lead=None)[: MOST_NAMED + 1],
        _of_kind(recusals.filter(GRANTED), _GRANTED),
        _of_kind(recusals.filter(PENDING), _PENDING),
        _of_kind(_places_of_work(person), _WORKS, lead=None)[:1],
        _of_kind(_leads_of_work(person, clerk_of).annotate(case_=_NOTHING), _WORKS, "pk", "case_")[
            :1
        ],
        all=True,
    )
    return found


def _places_of_work(person: int) -> QuerySet[TeamMember]:
    """Return the places of somebody in open cases; who works on a case sees it unless he is recused."""
    aside = Recusal.objects.filter(GRANTED, person=person)
    lead_of_place = Q(lead=OuterRef("case__lead")) | Q(case__lead=OuterRef("case__lead"))
    places = TeamMember.objects.filter(user=person, until=None).exclude(
        case__state=CaseState.ARCHIVED
    )
    return places.exclude(Exists(aside.filter(Q(case=OuterRef("case")) | lead_of_place)))


def _leads_of_work(person: int, clerk_of: int) -> QuerySet[Lead]:
    """Return the open leads somebody works on; `clerk_of` is the department whose clerk he is, or 0."""
    aside = Recusal.objects.filter(GRANTED, person=person)
    of_department = Q(department=clerk_of, confidential=False)
    leads = Lead.objects.filter(handled_or_entered(person) | of_department)
    return leads.exclude(state__in=LEAD_OUTCOMES).exclude(
        Exists(aside.filter(Q(lead=OuterRef("pk")) | Q(case__lead=OuterRef("pk"))))
    )


def handled_or_entered(person: int) -> Q:
    """Say whether a lead is handled by somebody, or entered by him while nobody handles it."""
    return Q(handler=person) | Q(handler=None, created_by=person)


def works_somewhere(actor: User, roles: Set[Role]) -> bool:
    """Say whether there is a lead or case whose documents `actor`, who holds `roles`, makes.

    Every page asks, so it comes with what the page asks anyway.
    """
    return _singles(Rights(actor, set(roles), {})).works


def _of_kind(
    rows: QuerySet[Any], kind: str, lead: str | None = "lead", case: str = "case"
) -> QuerySet[Any, Any]:
    """Return rows of kind, case and lead."""
    named = rows.order_by().annotate(
        of_kind=Value(kind), of_case=F(case), of_lead=F(lead) if lead else _NOTHING
    )
    rows_of_kind: QuerySet[Any, Any] = named.values_list("of_kind", "of_case", "of_lead")
    return rows_of_kind


def _reported(rights: Rights, field: str) -> QuerySet[Any, Any]:
    """Return the keys of what `_superior` lets the actor see."""
    open_ones = {f"{field}__isnull": False, f"{field}__confidential": False}
    rows = SuperiorAccess.objects.filter(office=rights.actor.office_id, **open_ones)
    return (rows if _reads_reports(rights) else rows.none()).order_by().values_list(field)


def _sees_none(rights: Rights) -> bool:
    """Administrators and auditors see no case (design 7), whatever else stands in their name."""
    return bool(rights.own & WITHOUT_CASES)


def leads_visible_to(actor: User) -> QuerySet[Lead]:
    """Return the leads `actor` may see; a granted recusal overrides everything."""
    return once(("leads", actor.pk), lambda: _leads(actor)).all()


def _leads(actor: User) -> QuerySet[Lead]:
    rights = rights_of(actor)
    return _leads_read(rights) if is_reading() else _leads_held(rights)


def _leads_held(rights: Rights) -> QuerySet[Lead]:
    """Return the leads the actor may see, each asked whether it is one."""
    if not rights.actor.is_active or _sees_none(rights):
        return Lead.objects.none()
    actor = rights.actor
    member = TeamMember.objects.filter(belonging(), user=actor, case__lead=OuterRef("pk"))
    single = Q(handler=actor) | _entered(actor) | Q(Exists(member)) | _superior(rights, "lead")
    return leads_not_recused(Lead.objects.filter(_wide_leads(rights) | single), actor)


def _leads_read(rights: Rights) -> QuerySet[Lead]:
    """Return the leads the actor may see, the single ones by their keys where it is not too much.

    The database finds what a whole office or department holds by an index. What a person sees besides, for
    what he does in it, it would have to ask of every row there is. So it is named.
    """
    if not rights.actor.is_active or _sees_none(rights):
        return Lead.objects.none()
    actor = rights.actor
    team = TeamMember.objects.filter(belonging(), user=actor, case__lead__isnull=False)
    found = (
        Lead.objects.filter(handler=actor)
        .order_by()
        .values_list("pk")
        .union(
            Lead.objects.filter(_entered(actor)).order_by().values_list("pk"),
            team.order_by().values_list("case__lead"),
            _reported(rights, "lead"),
            all=True,
        )
    )
    named = {key for (key,) in found[: MOST_NAMED + 1]}
    if len(named) > MOST_NAMED:
        return _leads_held(rights)
    return leads_not_recused(Lead.objects.filter(_wide_leads(rights) | Q(pk__in=named)), actor)


def _wide_leads(rights: Rights) -> Q:
    """What the actor sees by role, of leads: what is registered, and what his department's clerks enter."""
    actor, wide = rights.actor, _by_rank(rights)
    if Role.INTAKE in rights.own:
        wide |= Q(office=actor.office_id, confidential=False)
    if Role.CLERK in rights.own and actor.department_id:
        # A lead has no team yet: the clerks of its department enter what is signed on paper.
        wide |= Q(department=actor.department_id, confidential=False)
    return wide


def _entered(actor: User) -> Q:
    return Q(created_by=actor, office=actor.office_id)


def leads_not_recused(rows: QuerySet[Lead], actor: User) -> QuerySet[Lead]:
    """Return `rows` without the leads from which `actor` stands aside."""
    recused = Recusal.objects.filter(GRANTED, person=actor).filter(
        Q(lead=OuterRef("pk")) | Q(case__lead=OuterRef("pk"))
    )
    return rows.exclude(Exists(recused))


def cases_visible_to(actor: User) -> QuerySet[Case]:
    """Return the cases `actor` may see.

    A granted recusal overrides every grant from its decision on; a pending one only in supervision cases
    (Rules 21; CSR 14; norm C018).
    """
    return once(("cases", actor.pk), lambda: _cases(actor)).all()


def _cases(actor: User) -> QuerySet[Case]:
    rights = rights_of(actor)
    if not actor.is_active or _sees_none(rights):
        return Case.objects.none()
    return _cases_read(rights) if is_reading() else _cases_held(rights)


def _cases_held(rights: Rights) -> QuerySet[Case]:
    """Return the cases the actor may see, each asked whether it is one: for whatever writes."""
    team = TeamMember.objects.filter(belonging(), user=rights.actor, case=OuterRef("pk"))
    seen = _by_rank(rights) | Q(Exists(team)) | _superior(rights, "case")
    return cases_not_recused(Case.objects.filter(seen), rights.actor)


def _cases_read(rights: Rights) -> QuerySet[Case]:
    """Return the cases the actor may see, the single ones by their keys (`_leads_read` says why)."""
    singles = _singles(rights)
    if len(singles.seen) > MOST_NAMED:
        return _cases_held(rights)
    rows = Case.objects.filter(_by_rank(rights) | Q(pk__in=singles.seen))
    if singles.aside or singles.aside_of_leads:
        rows = rows.exclude(pk__in=singles.aside).exclude(_of_leads(singles.aside_of_leads))
    if singles.pending or singles.pending_of_leads:
        waiting = Q(pk__in=singles.pending) | _of_leads(singles.pending_of_leads)
        rows = rows.exclude(waiting, kind=CaseKind.SUPERVISION)
    return rows


def _of_leads(leads: set[int]) -> Q:
    return Q(lead__in=leads, lead__isnull=False)


def cases_not_recused(rows: QuerySet[Case], actor: User) -> QuerySet[Case]:
    """Return `rows` without the cases from which `actor` stands aside, or may have to (CSR 14)."""
    mine = Recusal.objects.filter(person=actor).filter(
        Q(case=OuterRef("pk")) | Q(lead=OuterRef("lead"), lead__isnull=False)
    )
    return rows.exclude(Exists(mine.filter(GRANTED))).exclude(
        Q(kind=CaseKind.SUPERVISION) & Exists(mine.filter(PENDING))
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
    once(("seen", Lead, lead.pk, actor.pk), lambda: True)
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
    once(("seen", Case, case.pk, actor.pk), lambda: True)
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


def seen_keys(actor: User, matter: Matter) -> tuple[int, int]:
    """Return `keys_of` a matter, 0 for what `actor` may not see; asked once while only reading."""
    seen = once(("seen", type(matter), matter.pk, actor.pk), lambda: is_visible(actor, matter))
    case, lead = keys_of(matter)
    if not seen:
        return 0, 0
    if case and lead:
        lead = lead if _sees_lead(actor, case, lead) else 0
    return case, lead


def _sees_lead(actor: User, case: int, lead: int) -> bool:
    """Say whether `actor` sees the lead of a case he sees."""

    def ask() -> bool:
        rights = rights_of(actor)
        singles = _singles(rights) if is_reading() else None
        # Whoever works on the case sees its lead; a recusal would have hidden the case.
        if singles and case in singles.team:
            return True
        return _leads_held(rights).filter(pk=lead).exists()

    return once(("seen", Lead, lead, actor.pk), ask)


def of_visible_matters(actor: User, queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows of `queryset` (with `lead` and `case`) whose matter the actor may see."""
    return queryset.filter(
        Q(case__in=cases_visible_to(actor)) | Q(lead__in=leads_visible_to(actor), case=None)
    )


# --- for the audit record, which holds numbers and no more ----------------------------------------


def numbers_of(key: str) -> Numbers:
    """Return the number of the case or lead with this key, whoever asks: the record shows no more."""
    if "-L" in key:
        return Numbers(lead_id=Lead.objects.filter(key=key).values_list("pk", flat=True).first())
    return Numbers(case_id=Case.objects.filter(key=key).values_list("pk", flat=True).first())


def key_of(numbers: Numbers) -> str:
    """Return the key of a case or lead, empty when there is none."""
    rows: QuerySet[Any] = Case.objects.all() if numbers.case_id else Lead.objects.all()
    keys = rows.filter(pk=numbers.case_id or numbers.lead_id or 0).values_list("key", flat=True)
    return str(keys.first() or "")
