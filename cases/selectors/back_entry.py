"""Which leads and cases are in back-entry now, and who enters what happened before (design 3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Case as Either
from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value, When

from accounts import selectors as accounts
from accounts.models import Role, User
from accounts.reading import once
from audit.prepared import prepared
from cases.models import BackEntry, BackEntryStatus, Case, Lead
from cases.selectors import people
from cases.selectors.kept_rows import holds
from cases.selectors.keys import keys_of
from cases.selectors.matters import of_visible_matters

if TYPE_CHECKING:
    Matter = Lead | Case

OPEN = Q(ended_at__isnull=True)
RUNNING = OPEN & Q(agreed_at__isnull=False)


def back_entries_of(matter: Matter) -> QuerySet[BackEntry]:
    """Return every back-entry of a matter, the oldest first; that of a lead goes on in its case."""
    rows = back_entries_of_keys(*keys_of(matter))
    return rows.select_related(
        "lead", "case", "asked_by", "agreed_by", "on_behalf_of", "ended_by", "ended_event"
    ).order_by("id")


def cases_in_back_entry() -> QuerySet[Case]:
    """Return the cases that are in back-entry now."""
    return Case.objects.filter(pk__in=BackEntry.objects.filter(RUNNING).values("case"))


def open_status() -> Subquery:
    """Return the status of the back-entry of a case that is asked for or runs, as a part of its row."""
    asked = Value(BackEntryStatus.ASKED.value, output_field=CharField())
    runs = When(agreed_at__isnull=False, then=Value(BackEntryStatus.RUNNING.value))
    rows = BackEntry.objects.filter(OPEN, case=OuterRef("pk")).order_by()
    return Subquery(rows.values(now=Either(runs, default=asked))[:1])


def leads_in_back_entry() -> QuerySet[Lead]:
    """Return the leads that are in back-entry now, themselves or with their case."""
    rows = BackEntry.objects.filter(RUNNING)
    return Lead.objects.filter(Q(pk__in=rows.values("lead")) | Q(case__in=rows.values("case")))


def open_back_entry(matter: Matter) -> BackEntry | None:
    """Return the back-entry that is asked for or runs, None when there is none."""
    return back_entries_of(matter).filter(OPEN).first()


def asked_of(user: User) -> QuerySet[BackEntry]:
    """Return the back-entries that wait for the agreement of a head, in matters he sees."""
    if not accounts.has_role(user, Role.DEPARTMENT_HEAD):
        return BackEntry.objects.none()
    rows = BackEntry.objects.filter(OPEN, agreed_at__isnull=True).exclude(asked_by=user)
    of_department = Q(lead__department=user.department_id) | Q(case__department=user.department_id)
    seen = of_visible_matters(user, rows.filter(of_department))
    return seen.select_related("lead", "case", "asked_by").order_by("id")


def is_running(matter: Matter) -> bool:
    """Say whether a lead or a case is in back-entry now."""
    return any(row.agreed_at for row in open_back_entries(matter))


def open_back_entries(matter: Matter) -> list[BackEntry]:
    """Return the back-entries of a matter that are asked for or run, asked once while only reading.

    That of a lead goes on in its case.
    """
    if not holds(matter, "back_entries"):
        return []
    return once(("back-entry", type(matter), matter.pk), lambda: _open(*keys_of(matter)))


@prepared(int, int)
def _open(case: int, lead: int) -> QuerySet[BackEntry]:
    rows = back_entries_of_keys(case, lead).filter(OPEN)
    return rows.select_related("asked_by", "agreed_by").order_by("id")


def _of_keys(case: int, lead: int) -> Q:
    # The case of the lead is looked up first and by itself, so that each part enters an index.
    of_lead = Case.objects.filter(lead=lead).order_by().values("pk")
    return Q(case=case) | Q(lead=lead) | Q(case=Subquery(of_lead))


def back_entries_of_keys(case: int, lead: int) -> QuerySet[BackEntry]:
    """Return `back_entries_of` a matter by the keys of case and lead, 0 for none."""
    return BackEntry.objects.filter(_of_keys(case, lead))


def times_of(matter: Matter) -> list[tuple[datetime, datetime | None]]:
    """Return from when to when the matter was in back-entry; without an end where it still is."""
    rows = _times(*keys_of(matter))
    return [(agreed, ended) for agreed, ended in rows if agreed is not None]


@prepared(int, int)
def _times(case: int, lead: int) -> QuerySet[BackEntry, tuple[datetime | None, datetime | None]]:
    rows = back_entries_of_keys(case, lead).order_by("id")
    return rows.values_list("agreed_at", "ended_at")


def running_among(matters: Iterable[Matter]) -> set[Matter]:
    """Return which of several leads and cases are in back-entry now; one query."""
    asked = set(matters)
    ids = [matter.pk for matter in asked if isinstance(matter, Case)]
    lead_ids = {matter.pk if isinstance(matter, Lead) else matter.lead_id for matter in asked}
    lead_ids.discard(None)
    chosen = Q(case__in=ids) | Q(lead__in=lead_ids) | Q(case__lead__in=lead_ids)
    rows = set(BackEntry.objects.filter(RUNNING, chosen).values_list("case", "lead", "case__lead"))
    cases = {case for case, _own, _origin in rows}
    leads = {lead for _case, lead, _origin in rows} - {None}
    leads_of_cases = {lead for _case, _own, lead in rows}

    def runs(matter: Matter) -> bool:
        if isinstance(matter, Lead):
            return matter.pk in leads or matter.pk in leads_of_cases
        return matter.pk in cases or matter.lead_id in leads

    return {matter for matter in asked if runs(matter)}


def is_lead_handler(matter: Matter, user: User) -> bool:
    """Say whether `user` answers for the matter and need not stand aside."""
    lead = people.lead_handler(matter)
    return lead is not None and lead.pk == user.pk and not people.is_recused(matter, user.pk)


def may_enter(matter: Matter, user: User) -> bool:
    """Say whether `user` enters what happened before: the handlers and the clerk of the team."""
    if people.is_handler(matter, user):
        return True
    return isinstance(matter, Case) and people.is_clerk(matter, user)
