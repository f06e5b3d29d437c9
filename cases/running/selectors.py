"""Who sees a table of running cases, who tries one and who decides on it."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from audit.errors import NotVisible
from cases.models import EntryStatus, RunningEntry


def may_try(actor: User) -> bool:
    """Say whether `actor` enters running cases: a prosecutor those he handles."""
    return accounts.has_role(actor, Role.PROSECUTOR)


def may_open(actor: User) -> bool:
    """Say whether the list of tables is for `actor`: who tries one, and who heads a department."""
    return may_try(actor) or bool(_heads(actor))


def _heads(actor: User) -> list[User]:
    """Return in whose right the actor heads a department: his own and that of who delegated it."""
    own = [actor] if accounts.has_role(actor, Role.DEPARTMENT_HEAD) else []
    return own + accounts.acting_for(actor, Role.DEPARTMENT_HEAD)


def may_decide(actor: User, entry: RunningEntry) -> bool:
    """Say whether `actor` agrees to a table: the head of the department it comes from, not its author."""
    if actor.pk == entry.asked_by_id:
        return False
    return any(
        head.department_id == entry.department_id and head.pk != entry.asked_by_id
        for head in _heads(actor)
        if head.office_id == entry.office_id
    )


def entries_visible_to(actor: User) -> QuerySet[RunningEntry]:
    """Return the tables the actor tried, and those his department asks him to agree to or he decided on."""
    seen = Q(asked_by=actor)
    for head in _heads(actor):
        department = Q(office=head.office_id, department=head.department_id)
        seen |= department & ~Q(status=EntryStatus.TRIED)
    rows = RunningEntry.objects.filter(seen)
    return rows.select_related("asked_by", "decided_by", "office").order_by("-id")


def get_entry(actor: User, pk: int) -> RunningEntry:
    """Return one table.

    Raises:
        NotVisible: there is none for this actor.
    """
    row = entries_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotVisible(_("There is no such table of running cases."))
    return row


def waiting_for(actor: User) -> QuerySet[RunningEntry]:
    """Return the tables that wait for the actor's agreement."""
    seen = Q(pk__in=[])
    for head in _heads(actor):
        seen |= Q(office=head.office_id, department=head.department_id)
    rows = RunningEntry.objects.filter(seen, status=EntryStatus.ASKED).exclude(asked_by=actor)
    return rows.select_related("asked_by").order_by("id")
