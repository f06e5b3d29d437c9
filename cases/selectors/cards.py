"""How complete the cards of several cases are, read for all of them at once.

The page of one case asks from room to room; for a list that would be some twenty statements a row. What
every item reads of a case is asked here for all of them, and an item that reads more says itself of which
of them it says something (`CardItem.among`), so that twenty cases cost no more statements than one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from accounts.models import User
from accounts.reading import reading_on
from cases.card.reading import CardReading
from cases.models import Case, Party, TeamMember, TeamPosition
from cases.registries import CardItem, card
from cases.selectors.card import is_demanded, missing_in_words, of
from cases.selectors.events import stories_read
from cases.selectors.matters import seen_together
from cases.selectors.people import open_places
from cases.together import by_owner

Demands = list[tuple[CardReading, list[CardItem]]]


@dataclass(frozen=True)
class Completeness:
    """What the card of one case lacks, as one reader sees it.

    Attributes:
        demanded: how many items the state of the case asks for.
        missing: those of them that are empty.
    """

    case: Case
    handler: str
    demanded: int
    missing: Sequence[CardItem]

    @property
    def missing_in_words(self) -> str:
        return missing_in_words(len(self.missing))


def completeness_of(actor: User, cases: Sequence[Case]) -> list[Completeness]:
    """Return what the card of each of `cases`, which `actor` sees, lacks; in their order."""
    with reading_on():
        demands = [(each, _demanded(each)) for each in _readings(actor, cases)]
        saying = _saying(demands)
        return [_complete(each, items, saying) for each, items in demands]


def _readings(actor: User, cases: Sequence[Case]) -> list[CardReading]:
    """Return the cases as their cards read them, with all that is read of every one."""
    seen_together(actor, cases)
    stories_read(cases)
    parties = Party.objects.filter(case__in=cases, removed_at__isnull=True)
    places = open_places(TeamMember.objects.filter(case__in=cases))
    parties_of = by_owner((row.case_id, row) for row in parties)
    team_of = by_owner((row.case_id, row) for row in places)
    return [
        CardReading(case, actor, parties=parties_of.get(case.pk, ()), team=team_of.get(case.pk, ()))
        for case in cases
    ]


def _demanded(reading: CardReading) -> list[CardItem]:
    items = (item for item in card.values() if of(item, reading.matter))
    return [item for item in items if is_demanded(reading, item)]


def _saying(demands: Demands) -> dict[str, Collection[int]]:
    """Return of which cases each item that reads more than a `CardReading` holds says something."""
    asked: dict[str, list[CardReading]] = {}
    for reading, items in demands:
        for item in items:
            if item.among:
                asked.setdefault(item.code, []).append(reading)
    among = {code: card[code].among for code in asked}
    return {code: set(ask(asked[code])) for code, ask in among.items() if ask}


def _complete(
    reading: CardReading, items: list[CardItem], saying: dict[str, Collection[int]]
) -> Completeness:
    case = reading.case
    assert case is not None  # only cases are asked for
    missing = [item for item in items if not _says(item, reading, saying)]
    leads = (row.user.name for row in reading.team if row.position == TeamPosition.LEAD)
    return Completeness(case, next(leads, ""), len(items), missing)


def _says(item: CardItem, reading: CardReading, saying: dict[str, Collection[int]]) -> bool:
    if item.among:
        return reading.matter.pk in saying[item.code]
    return next(iter(item.tell(reading)), None) is not None
