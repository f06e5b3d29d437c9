"""What the figures are of: whose matters, of which track, in which time (design 7).

Whoever oversees an office has its figures as a whole, those of the offices below it included, though he may
not open every matter in them. Everybody else has figures of the matters he sees. A matter somebody stands
aside from is in none of his figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeAlias
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import selectors as accounts
from accounts.models import Office, Role, User
from audit import clock
from cases.models import Case, Event, Lead, Track
from cases.selectors.matters import (
    aside_of,
    cases_of_offices,
    cases_visible_to,
    leads_of_offices,
    leads_visible_to,
    of_visible_matters,
)
from cases.selectors.rights import MOST_NAMED
from deadlines.models import Deadline
from reporting.standing import standing_events, stood_within

# Who has the figures of the whole office, in his own right or for somebody else.
OVERSIGHT = frozenset(
    {
        *(Role.CHIEF, Role.DEPUTY_CHIEF, Role.DEPARTMENT_HEAD),
        *(Role.COMMITTEE_SECRETARY, Role.CASE_MANAGEMENT, Role.AUDITOR),
    }
)
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR})


class Tracks(models.TextChoices):
    """Of which cases the figures are."""

    ALL = "", gettext_lazy("All tracks")
    CIVIL = "civil", gettext_lazy("Civil")
    ADMINISTRATIVE = "administrative", gettext_lazy("Administrative")


OF_TRACK = {
    Tracks.CIVIL: (Track.CIVIL, Track.CRIMINAL_INCIDENTAL),
    Tracks.ADMINISTRATIVE: (Track.ADMINISTRATIVE,),
}


def may_read(actor: User) -> bool:
    """Say whether there are figures for `actor`; administrators have none, whatever else they are."""
    roles = accounts.roles_of(actor)
    return bool(roles) and not roles & ADMINISTRATORS


def oversees(actor: User) -> bool:
    """Say whether `actor` has the figures of his office as a whole and of those below it."""
    return may_read(actor) and bool(accounts.effective_roles(actor) & OVERSIGHT)


Keys: TypeAlias = list[int] | QuerySet[Any, Any]


@dataclass(frozen=True)
class Scope:
    """One question: whose matters, which time, which track.

    Attributes:
        office: whose figures; where not `whole`, the office of the actor.
        below: whether those of the offices below it are in them.
        whole: whether every matter of the office counts; else those the actor may see.
        first, last: the time, both days included.
        as_of: when the figures were read.
    """

    actor: User
    office: Office
    below: bool
    whole: bool
    first: date
    last: date
    track: Tracks
    as_of: datetime

    @cached_property
    def offices(self) -> list[int]:
        """The keys of the offices whose figures these are."""
        if not self.below:
            return [self.office.pk]
        return list(accounts.subtree(self.office).values_list("pk", flat=True))

    @property
    def only_own(self) -> bool:
        """Whether no figure of another office is in them."""
        return self.offices == [self.actor.office_id]

    @property
    def today(self) -> date:
        return self.as_of.astimezone(clock.BEIJING).date()

    # --- matters ---------------------------------------------------------------------------------

    @property
    def _tracks(self) -> tuple[Track, ...]:
        return OF_TRACK.get(self.track, ())

    def _every_case(self) -> QuerySet[Case]:
        if not self.whole:
            return cases_visible_to(self.actor)
        return cases_of_offices(self.actor, self.offices)

    def _every_lead(self) -> QuerySet[Lead]:
        if not self.whole:
            return leads_visible_to(self.actor)
        return leads_of_offices(self.actor, self.offices)

    @cached_property
    def _case_keys(self) -> Keys:
        """The keys of the cases of whatever track."""
        return _named(self._every_case())

    @cached_property
    def _lead_keys(self) -> Keys:
        """The keys of the leads, whatever became of them."""
        return _named(self._every_lead())

    @cached_property
    def _by_office(self) -> bool:
        """Whether a matter counts by whose it is, for there are too many to name; few are left out.

        Where a row belongs is then joined: as one of two subqueries the database may ask it for every row.
        """
        named = isinstance(self._case_keys, list) and isinstance(self._lead_keys, list)
        return self.whole and not named

    @cached_property
    def _aside(self) -> tuple[set[int], set[int]]:
        """The keys of the cases and of the leads in none of the actor's figures."""
        return aside_of(self.actor)

    def cases(self) -> QuerySet[Case]:
        """Return the cases of the track."""
        named = Case.objects.filter(pk__in=self._case_keys)
        rows = self._every_case() if self._by_office else named
        return rows.filter(track__in=self._tracks) if self._tracks else rows

    def leads(self) -> QuerySet[Lead]:
        """Return the leads; with a track those that became a case of it."""
        named = Lead.objects.filter(pk__in=self._lead_keys)
        rows = self._every_lead() if self._by_office else named
        return rows.filter(case__track__in=self._tracks) if self._tracks else rows

    # --- what belongs to them ----------------------------------------------------------------------

    def of_every_matter(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return those of `rows` (with `lead` and `case`) that belong to a matter of whatever track."""
        if self._by_office:
            of_lead = Q(lead__office__in=self.offices, case__isnull=True)
            found = rows.filter(Q(case__office__in=self.offices) | of_lead)
            cases, leads = self._aside
            return found.exclude(case__in=cases).exclude(lead__in=leads, case__isnull=True)
        of_lead = Q(lead__in=self._lead_keys, case__isnull=True)
        return rows.filter(Q(case__in=self._case_keys) | of_lead)

    def of_matters(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return those of `rows` (with `lead` and `case`) that belong to a matter of the track."""
        found = self.of_every_matter(rows)
        if not self._tracks:
            return found
        of_lead = Q(lead__case__track__in=self._tracks, case__isnull=True)
        return found.filter(Q(case__track__in=self._tracks) | of_lead)

    def events(self, *kinds: str) -> QuerySet[Event]:
        """Return the standing events of these kinds, all of them without one."""
        rows = standing_events()
        return self.of_matters(rows.filter(kind__in=kinds) if kinds else rows)

    def events_in_time(self, *kinds: str) -> QuerySet[Event]:
        """Return those of them whose legal day, as corrected, lies in the time; annotated with `day`."""
        return stood_within(self.events(*kinds), self.first, self.last)

    def deadlines(self) -> QuerySet[Deadline]:
        """Return the deadlines of the matters."""
        return self.of_matters(Deadline.objects.all())

    def visible(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return those of `rows` the actor may see: cases, leads, or what belongs to one."""
        if not self.whole:
            return rows
        if rows.model is Case:
            return rows.filter(pk__in=cases_visible_to(self.actor).values("pk"))
        if rows.model is Lead:
            return rows.filter(pk__in=leads_visible_to(self.actor).values("pk"))
        if rows.model in (Event, Deadline):
            return of_visible_matters(self.actor, rows)
        path = CASE_OF.get(rows.model._meta.model_name or "", "case")
        return rows.filter(**{f"{path}__in": cases_visible_to(self.actor).values("pk")})

    # --- how it is said ----------------------------------------------------------------------------

    @property
    def whose(self) -> str:
        """Whose figures these are, in the reader's language."""
        if not self.whole:
            return _("The matters you may see")
        if self.below:
            return _("%(office)s and the offices below it") % {"office": self.office.name}
        return self.office.name

    @property
    def query(self) -> str:
        """The same question as the query of an address."""
        asked = {
            "office": str(self.office.pk) if self.whole else "",
            "below": "1" if self.below else "",
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "track": self.track.value,
        }
        return urlencode({name: value for name, value in asked.items() if value})

    def link(self, figure: str) -> str:
        """Return the address of the list behind a figure; empty for none."""
        return f"{reverse('statistics_figure', args=[figure])}?{self.query}" if figure else ""


def _named(rows: QuerySet[Any]) -> Keys:
    """Return the keys of rows, one by one where they are not too many.

    By their keys the database finds what belongs to the matters of one office over its indexes. Asked for
    as a condition it would read every event of the country.
    """
    keys = rows.order_by().values_list("pk", flat=True)
    found = list(keys[: MOST_NAMED + 1])
    return found if len(found) <= MOST_NAMED else keys


# Which field leads from a row to its case, where it is not `case`.
CASE_OF = {"measure": "recommendation__case", "operativeitem": "judgment__case"}
