"""Every read of this room, scoped to what the actor may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.reading import is_reading, once
from audit import clock
from audit.errors import NotVisible
from audit.prepared import prepared
from cases.models import Case, Lead
from cases.selectors.events import story_of
from cases.selectors.keys import is_of, keys_of, of_keys
from cases.selectors.matters import of_visible_matters, seen_keys
from deadlines.models import RUNNING, Deadline, Notification, OfficePeriod
from deadlines.rulebook import Rulebook, in_force, rulebooks

if TYPE_CHECKING:
    Matter = Lead | Case


def rulebook_called(version: str) -> Rulebook:
    """Return the rulebook of this version; the one in force today when none is named.

    Raises:
        NotVisible: there is none of that name.
    """
    if not version:
        return in_force(clock.today())
    if version not in rulebooks():
        raise NotVisible(_("There is no rulebook of this name."))
    return rulebooks()[version]


def deadlines_visible_to(actor: User) -> QuerySet[Deadline]:
    """Return the deadlines of the matters the actor may see, the earliest first."""
    rows = Deadline.objects.select_related(
        "lead", "case", "duty_holder", "start_event", "ended_by", "created_by"
    ).prefetch_related("start_event__corrections", "ended_by__corrections")
    return of_visible_matters(actor, rows).order_by("effective_day", "id")


def get_deadline(actor: User, pk: int) -> Deadline:
    """Return one visible deadline.

    Raises:
        NotVisible: there is none for this actor.
    """
    row = deadlines_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotVisible(_("There is no such deadline."))
    return row


def deadlines_of(actor: User, matter: Matter) -> QuerySet[Deadline]:
    """Return the deadlines of one matter; a case shows those of its lead too."""
    return deadlines_visible_to(actor).filter(of_keys(*keys_of(matter)))


def shown_deadlines(actor: User, matter: Matter) -> list[Deadline]:
    """Return `deadlines_of` the matter, read once while only reading."""
    if not is_reading():
        return list(deadlines_of(actor, matter))
    keys = seen_keys(actor, matter)
    seen = [row for row in _told(matter) if is_of(row, keys)]
    return sorted(seen, key=lambda row: (row.effective_day, row.pk))


def own_deadlines(matter: Matter) -> list[Deadline]:
    """Return every deadline of a matter itself, oldest first; read once while only reading.

    What guards ask: not scoped to a reader, the deadlines of a case's lead left out.
    """
    if not is_reading():
        told = matter.deadlines.select_related("start_event").order_by("id")
        return list(told.prefetch_related("start_event__corrections"))
    return [row for row in _told(matter) if bool(row.case_id) == isinstance(matter, Case)]


def _told(matter: Matter) -> list[Deadline]:
    """Return every deadline of a matter and of a case's lead, oldest first, asked once a request.

    Its events are those `story_of` the matter tells, not read again.
    """
    return once(("deadlines", type(matter), matter.pk), lambda: _with_events(matter))


@prepared(int, int)
def _of_matter(case: int, lead: int) -> QuerySet[Deadline]:
    rows = Deadline.objects.filter(of_keys(case, lead)).order_by("id")
    return rows.select_related("lead", "case", "duty_holder", "created_by")


def _with_events(matter: Matter) -> list[Deadline]:
    told = {event.pk: event for event in story_of(matter)}
    found = _of_matter(*keys_of(matter))
    for row in found:
        if row.start_event_id in told:
            row.start_event = told[row.start_event_id]
        if row.ended_by_id in told:
            row.ended_by = told[row.ended_by_id]
    return found


def running_for(actor: User) -> QuerySet[Deadline]:
    """Return the actor's own running deadlines, lapsed duties included, the earliest first."""
    return deadlines_visible_to(actor).filter(duty_holder=actor, state__in=RUNNING)


def notifications_of(actor: User) -> QuerySet[Notification]:
    """Return what the actor was told about matters he may still see, newest first."""
    rows = Notification.objects.filter(
        recipient=actor, deadline__in=of_visible_matters(actor, Deadline.objects.all())
    )
    related = ("deadline__lead", "deadline__case", "deadline__start_event", "reminder__for_whom")
    rows = rows.prefetch_related("deadline__start_event__corrections")
    return rows.select_related(*related).order_by("-id")


def unread_count(actor: User) -> int:
    """Return how many notifications of the actor wait to be read."""
    return notifications_of(actor).filter(read_at__isnull=True).count()


def office_periods_of(actor: User) -> QuerySet[OfficePeriod]:
    """Return the periods the actor's office set itself, by number; another office's are not seen."""
    rows = OfficePeriod.objects.filter(office=actor.office_id)
    return rows.select_related("office", "entered_by", "ended_by").order_by("number")


def get_office_period(actor: User, pk: int) -> OfficePeriod:
    """Return one period of the actor's office.

    Raises:
        NotVisible: his office has none of that id.
    """
    row = office_periods_of(actor).filter(pk=pk).first()
    if row is None:
        raise NotVisible(_("There is no such period."))
    return row


def members_of(matter: Matter) -> QuerySet[User]:
    """Return who may hold a deadline of a matter: its handling team."""
    if isinstance(matter, Lead):
        return User.objects.filter(leads_handled=matter)
    team = matter.team.filter(until__isnull=True)
    return User.objects.filter(pk__in=team.values("user"), is_active=True)
