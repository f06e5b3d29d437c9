"""Which leads and cases an actor may see (design 7). Every other read starts here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.reading import is_reading, once, reading_on
from audit import clock
from audit.errors import NotVisible
from audit.matters import Numbers
from audit.prepared import prepared
from cases.models import Case, CaseKind, Lead, Recusal, TeamMember
from cases.selectors.keys import keys_of
from cases.selectors.people import GRANTED, PENDING, belonging, belonging_on
from cases.selectors.rights import (
    MOST_NAMED,
    Rights,
    Singles,
    ranked,
    ranks_for_leads,
    ranks_of,
    reported,
    reports_of,
    rights_of,
    sees_none,
    singles_of,
    superior,
)

if TYPE_CHECKING:
    Matter = Lead | Case


def leads_visible_to(actor: User) -> QuerySet[Lead]:
    """Return the leads `actor` may see; a granted recusal overrides everything."""
    return once(("leads", actor.pk), lambda: _leads(actor)).all()


def _leads(actor: User) -> QuerySet[Lead]:
    rights = rights_of(actor)
    return _leads_read(rights) if is_reading() else _leads_held(rights)


def _leads_held(rights: Rights) -> QuerySet[Lead]:
    """Return the leads the actor may see, each asked whether it is one."""
    if not _sees_any(rights):
        return Lead.objects.none()
    ranks, actor = ranks_for_leads(rights), rights.actor
    return _leads_seen(
        ranks.condition(), actor.pk, actor.office_id, reports_of(rights), clock.today()
    )


def _leads_seen(rank: Q, person: int, office: int, reports: int, day: date) -> QuerySet[Lead]:
    """Return what somebody sees of leads (design 7): by rank, for what he does in them, or reported to him.

    Args:
        rank: what his roles let him see.
        reports: what `reports_of` says.
    """
    member = TeamMember.objects.filter(belonging_on(day), user=person, case__lead=OuterRef("pk"))
    single = Q(handler=person) | Q(created_by=person, office=office) | Q(Exists(member))
    seen = rank | single | superior(reports, "lead")
    return leads_not_recused(Lead.objects.filter(seen), person)


def _sees_any(rights: Rights) -> bool:
    return rights.actor.is_active and not sees_none(rights)


def _leads_read(rights: Rights) -> QuerySet[Lead]:
    """Return the leads the actor may see, the single ones by their keys where it is not too much.

    The database finds what a whole office or department holds by an index. What a person sees besides, for
    what he does in it, it would have to ask of every row there is. So it is named.
    """
    if not _sees_any(rights):
        return Lead.objects.none()
    actor = rights.actor
    team = TeamMember.objects.filter(belonging(), user=actor, case__lead__isnull=False)
    found = (
        Lead.objects.filter(handler=actor)
        .order_by()
        .values_list("pk")
        .union(
            Lead.objects.filter(created_by=actor, office=actor.office_id)
            .order_by()
            .values_list("pk"),
            team.order_by().values_list("case__lead"),
            reported(rights, "lead"),
            all=True,
        )
    )
    named = list(found[: MOST_NAMED + 1])
    if len(named) > MOST_NAMED:
        return _leads_held(rights)
    single = Q(pk__in={key for (key,) in named})
    rows = Lead.objects.filter(ranks_for_leads(rights).condition() | single)
    return leads_not_recused(rows, actor)


def leads_not_recused(rows: QuerySet[Lead], actor: User | int) -> QuerySet[Lead]:
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
    if not _sees_any(rights):
        return Case.objects.none()
    return _cases_read(rights) if is_reading() else _cases_held(rights)


def _cases_held(rights: Rights) -> QuerySet[Case]:
    """Return the cases the actor may see, each asked whether it is one: for whatever writes."""
    ranks = ranks_of(rights).condition()
    return _cases_seen(ranks, rights.actor.pk, reports_of(rights), clock.today())


def _cases_seen(rank: Q, person: int, reports: int, day: date) -> QuerySet[Case]:
    """Return what somebody sees of cases (design 7): by rank, as one of the team, or reported to him.

    Args:
        rank: what his roles let him see.
        reports: what `reports_of` says.
    """
    member = TeamMember.objects.filter(belonging_on(day), user=person, case=OuterRef("pk"))
    seen = rank | Q(Exists(member)) | superior(reports, "case")
    return cases_not_recused(Case.objects.filter(seen), person)


def _cases_read(rights: Rights) -> QuerySet[Case]:
    """Return the cases the actor may see, the single ones by their keys (`_leads_read` says why)."""
    singles = singles_of(rights)
    if singles.cut_off(MOST_NAMED):
        return _cases_held(rights)
    rows = Case.objects.filter(ranks_of(rights).condition() | Q(pk__in=singles.seen))
    return _without_aside(rows, singles)


def cases_of_offices(actor: User, offices: Collection[int]) -> QuerySet[Case]:
    """Return the cases of some offices without those from which `actor` stands aside (`cases_not_recused`).

    Whoever has the figures of an office stands aside from few of its cases: they are named.
    """
    rows = Case.objects.filter(office__in=offices)
    return _without_aside(rows, singles_of(rights_of(actor)))


def leads_of_offices(actor: User, offices: Collection[int]) -> QuerySet[Lead]:
    """Return the leads of some offices as `leads_not_recused` does; these are named too."""
    return Lead.objects.filter(office__in=offices).exclude(pk__in=aside_of(actor)[1])


def aside_of(actor: User) -> tuple[set[int], set[int]]:
    """Return the keys of the cases and leads that `cases_of_offices` and `leads_of_offices` leave out."""
    singles = singles_of(rights_of(actor))
    cases = Case.objects.filter(_is_aside(singles))
    leads = Lead.objects.filter(Q(pk__in=singles.aside_of_leads) | Q(case__in=singles.aside))
    return _keys(cases), _keys(leads)


def _keys(rows: QuerySet[Any]) -> set[int]:
    return set(rows.order_by().values_list("pk", flat=True))


def _without_aside(rows: QuerySet[Case], singles: Singles) -> QuerySet[Case]:
    decided = singles.aside or singles.aside_of_leads
    some = decided or singles.pending or singles.pending_of_leads
    return rows.exclude(_is_aside(singles)) if some else rows


def _is_aside(singles: Singles) -> Q:
    """Say of cases what `cases_not_recused` says, by their keys."""
    waiting = Q(pk__in=singles.pending) | _of_leads(singles.pending_of_leads)
    decided = Q(pk__in=singles.aside) | _of_leads(singles.aside_of_leads)
    return decided | Q(waiting, kind=CaseKind.SUPERVISION)


def _of_leads(leads: set[int]) -> Q:
    return Q(lead__in=leads, lead__isnull=False)


def cases_not_recused(rows: QuerySet[Case], actor: User | int) -> QuerySet[Case]:
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
    with reading_on():
        lead = _find_lead(actor, key)
    if lead is None:
        raise NotVisible(_("There is no such lead."))
    once(("seen", Lead, lead.pk, actor.pk), lambda: True)
    return lead


def _find_lead(actor: User, key: str) -> Lead | None:
    rights = rights_of(actor)
    if not _sees_any(rights):
        return None
    given = (actor.pk, actor.office_id, reports_of(rights), clock.today())
    return _lead_of_key.one(key, *given, *ranks_for_leads(rights).lists)


@prepared(str, int, int, int, date, list, list, list, list)
def _lead_of_key(
    key: str, person: int, office: int, reports: int, day: date, *ranks: list[int]
) -> QuerySet[Lead]:
    rows = _leads_seen(ranked(*ranks), person, office, reports, day).filter(key=key)
    related = ("office", "department", "handler", "sender_department", "received_from")
    return rows.select_related(*related).order_by("pk")[:1]


def get_case(actor: User, key: str) -> Case:
    """Return a visible case by its key.

    Raises:
        NotVisible: there is none for this actor.
    """
    with reading_on():
        case = _find_case(actor, key)
    if case is None:
        raise NotVisible(_("There is no such case."))
    once(("seen", Case, case.pk, actor.pk), lambda: True)
    return case


def _find_case(actor: User, key: str) -> Case | None:
    rights = rights_of(actor)
    if not _sees_any(rights):
        return None
    given = (actor.pk, reports_of(rights), clock.today())
    return _case_of_key.one(key, *given, *ranks_of(rights).lists)


@prepared(str, int, int, date, list, list, list, list)
def _case_of_key(
    key: str, person: int, reports: int, day: date, *ranks: list[int]
) -> QuerySet[Case]:
    rows = _cases_seen(ranked(*ranks), person, reports, day).filter(key=key)
    return rows.select_related("office", "department", "lead").order_by("pk")[:1]


def get_matter(actor: User, key: str) -> Matter:
    """Return a visible case or lead by its key.

    Raises:
        NotVisible: there is none for this actor.
    """
    return get_lead(actor, key) if "-L" in key else get_case(actor, key)


def is_visible(actor: User, matter: Matter) -> bool:
    """Say whether `actor` may see `matter`."""
    if isinstance(matter, Lead):
        return _find_lead(actor, matter.key) is not None
    return _find_case(actor, matter.key) is not None


def seen_keys(actor: User, matter: Matter) -> tuple[int, int]:
    """Return `keys_of` a matter, 0 for what `actor` may not see; asked once while only reading."""
    if not _sees(actor, matter):
        return 0, 0
    case, lead = keys_of(matter)
    if isinstance(matter, Case) and matter.lead and not _sees(actor, matter.lead):
        lead = 0
    return case, lead


def _sees(actor: User, matter: Matter) -> bool:
    return once(("seen", type(matter), matter.pk, actor.pk), lambda: is_visible(actor, matter))


def seen_together(actor: User, cases: Sequence[Case]) -> None:
    """Note that `actor` sees `cases` and ask of all their leads at once; `seen_keys` knows it then."""
    leads = [case.lead_id for case in cases if case.lead_id]
    seen = set(leads_visible_to(actor).filter(pk__in=leads).values_list("pk", flat=True))
    for case in cases:
        once(("seen", Case, case.pk, actor.pk), lambda: True)
    for lead in leads:
        once(("seen", Lead, lead, actor.pk), partial(seen.__contains__, lead))


def of_visible_matters(actor: User, queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows of `queryset` (with `lead` and `case`) whose matter the actor may see."""
    return queryset.filter(_case_seen(actor) | _lead_seen(actor) & Q(case=None))


def seen_in_either(actor: User) -> Q:
    """Return the condition that the actor may see the case or the lead of a row (with `lead` and `case`)."""
    return _case_seen(actor) | _lead_seen(actor)


def _case_seen(actor: User) -> Q:
    # Looked up by its key: as one of two lists of keys, neither of which decides alone, the database would go
    # through a million of them for every row.
    return Q(Exists(cases_visible_to(actor).filter(pk=OuterRef("case"))))


def _lead_seen(actor: User) -> Q:
    return Q(Exists(leads_visible_to(actor).filter(pk=OuterRef("lead"))))


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
