"""A matter as its card reads it: every event at once, and the rows of people only when they are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from accounts.models import User
from cases.models import Case, Event, Lead, Party, TeamMember
from cases.registries import CardSource, event_kinds
from cases.selectors import people
from cases.selectors.events import story_of
from cases.selectors.matters import seen_keys
from cases.track import STATES_OF_LAW
from cases.workplace import title_of

if TYPE_CHECKING:
    Matter = Lead | Case


@dataclass(frozen=True)
class Told:
    """One version of an event: as recorded, or as a correction has left it.

    Attributes:
        by: the correction that made this version; None of the event as it was recorded.
    """

    event: Event
    day: date
    facts: dict[str, Any]
    by: Event | None = None

    @property
    def kind(self) -> str:
        return self.event.kind


class CardReading:
    """What the items of the card read of one matter, as `actor` sees it.

    One query reads every event; corrections and annulments are events of the same matter and are applied
    here. A case whose lead the actor does not see is read without the events of that lead.

    Args:
        parties: the parties of the case that are not removed, where the page has read them already.
        team: its present team, the lead handler first, where that has been read already.
    """

    def __init__(
        self,
        matter: Matter,
        actor: User,
        *,
        parties: Sequence[Party] | None = None,
        team: Sequence[TeamMember] | None = None,
    ) -> None:
        self.matter = matter
        self.actor = actor
        self._parties = parties
        self._team = team

    @cached_property
    def case(self) -> Case | None:
        return self.matter if isinstance(self.matter, Case) else None

    @cached_property
    def lead(self) -> Lead | None:
        """The lead, or the one the case was filed from, where the actor sees it."""
        if isinstance(self.matter, Lead):
            return self.matter
        # Every lead has the event of its registration, so none is seen where no event of it is.
        return self.matter.lead if any(event.lead_id for event in self.events) else None

    @cached_property
    def events(self) -> list[Event]:
        """Every event the actor sees, in the order of recording, corrections and annulments too."""
        _case, lead = seen_keys(self.actor, self.matter)
        return [event for event in story_of(self.matter) if event.case_id or event.lead_id == lead]

    @cached_property
    def annulled(self) -> set[int]:
        """The keys of the events that were annulled."""
        return {event.annuls_id for event in self.events if event.annuls_id}

    @cached_property
    def _corrections(self) -> dict[int, list[Event]]:
        found: dict[int, list[Event]] = {}
        for event in self.events:
            if event.corrects_id:
                found.setdefault(event.corrects_id, []).append(event)
        return found

    def versions(self, event: Event) -> list[Told]:
        """Return an event as recorded and as each correction has left it, the last one standing."""
        found = [Told(event, event.legal_day, dict(event.facts))]
        for correction in self._corrections.get(event.pk, ()):
            facts = found[-1].facts | correction.facts
            found.append(Told(event, correction.legal_day, facts, correction))
        return found

    @cached_property
    def standing(self) -> list[Told]:
        """The events that stand, each as its corrections have left it, in the order of recording."""
        return [
            self.versions(event)[-1]
            for event in self.events
            if not event.corrects_id and not event.annuls_id and event.pk not in self.annulled
        ]

    def told(self, *kinds: str, since: Collection[str] = ()) -> list[Told]:
        """Return the standing events of these kinds recorded after the last of `since`."""
        began = max((told.event.pk for told in self.standing if told.kind in since), default=0)
        return [told for told in self.standing if told.kind in kinds and told.event.pk > began]

    def last(self, *kinds: str, since: Collection[str] = ()) -> Told | None:
        """Return the last of them."""
        found = self.told(*kinds, since=since)
        return found[-1] if found else None

    @cached_property
    def reached(self) -> set[str]:
        """The states the matter has passed on its way to the present one, with it.

        What a return has undone is no part of the way: a case sent back to the trial has no judgment.
        """
        way: list[str] = []
        for told in self.standing:
            state = told.event.to_state
            if state and told.event.machine in STATES_OF_LAW:
                way = [*way[: way.index(state)], state] if state in way else [*way, state]
        state = self.matter.state
        way = way[: way.index(state)] if state in way else way
        return {*way, state}

    @cached_property
    def parties(self) -> list[Party]:
        """The parties of the case that are not removed."""
        if self._parties is not None:
            return list(self._parties)
        return list(self.case.parties.filter(removed_at__isnull=True)) if self.case else []

    @cached_property
    def team(self) -> list[TeamMember]:
        """The present team, the lead handler first."""
        if self._team is not None:
            return list(self._team)
        return list(people.open_team(self.case)) if self.case else []

    # --- where a value comes from ------------------------------------------------------------------

    def from_event(self, event: Event) -> CardSource:
        """Return an event as the source of a value; what may not be corrected has no address to do so."""
        kind = event_kinds.get(event.kind)
        fixed = event.copied_from_id or event.pk in self.annulled or (kind and kind.counter_act)
        return CardSource(
            kind="event",
            pk=event.pk,
            title=title_of(event),
            link=reverse("event_detail", args=[event.pk]),
            change="" if fixed else reverse("event_correct", args=[event.pk]),
        )

    def from_case(self, case: Case) -> CardSource:
        """Return the case as the source of what it says of itself and no event told first."""
        return CardSource(
            kind="case",
            pk=case.pk,
            title=case.key,
            link=case.get_absolute_url(),
            change=reverse("case_edit", args=[case.key]),
        )

    def from_lead(self, lead: Lead) -> CardSource:
        """Return the entry of the register as the source of what no event told."""
        return CardSource("lead", lead.pk, lead.key, lead.get_absolute_url())

    def from_party(self, party: Party) -> CardSource:
        """Return a party as the source of what its entry says."""
        assert self.case is not None  # a lead has no parties
        return CardSource(
            kind="party",
            pk=party.pk,
            title=party.get_role_display(),
            link=reverse("case_parties", args=[self.case.key]),
            change=reverse("party_edit", args=[self.case.key, party.pk]),
        )


def cases_of(readings: Iterable[CardReading]) -> list[int]:
    """Return the keys of the cases among what is read."""
    return [reading.case.pk for reading in readings if reading.case]
