"""What this room says on the case card: how many exhibits there are, and which groups of facts are stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cases.card.declaring import register
from cases.card.reading import CardReading, cases_of
from cases.registries import CardItem, CardSection, CardSource, CardValue
from cases.states import AdministrativeState, CaseState
from evidence import selectors
from evidence.facts import ARTICLE, GROUPS
from evidence.models import Exhibit, FactLink

FOUND = (CaseState.INVESTIGATION_CLOSED, AdministrativeState.ADM_INVESTIGATION_CLOSED)


def _source(exhibit: Exhibit) -> CardSource:
    return CardSource("exhibit", exhibit.pk, exhibit.label, exhibit.get_absolute_url())


def _exhibits(reading: CardReading) -> Iterator[CardValue]:
    """How many exhibits the reader sees that are not withdrawn; the last of them is the source."""
    if reading.case is None:
        return
    rows = list(selectors.usable_exhibits_of(reading.actor, reading.case))
    if rows:
        yield CardValue(len(rows), str(len(rows)), _source(rows[-1]))


def _groups(reading: CardReading) -> Iterator[CardValue]:
    """How many of the seven groups of facts rest on exhibits the reader sees (Rules 86)."""
    if reading.case is None:
        return
    facts = selectors.facts_of(reading.actor, reading.case).filter(exhibit__isnull=False)
    rows = list(facts.order_by("id"))
    if rows and rows[-1].exhibit is not None:
        number = len({fact.group for fact in rows})
        yield CardValue(number, f"{number} / {len(GROUPS)}", _source(rows[-1].exhibit))


def _with_exhibits(readings: Sequence[CardReading]) -> list[int]:
    rows = selectors.exhibits_visible_to(readings[0].actor).filter(
        case__in=cases_of(readings), withdrawal__isnull=True
    )
    return list(rows.order_by().values_list("case", flat=True).distinct())


def _with_groups(readings: Sequence[CardReading]) -> list[int]:
    seen = selectors.exhibits_visible_to(readings[0].actor).order_by()
    rows = FactLink.objects.filter(
        selectors.STANDING, case__in=cases_of(readings), exhibit__in=seen.values("pk")
    )
    return list(rows.order_by().values_list("case", flat=True).distinct())


ITEMS = (
    CardItem(
        *("exhibits", CardSection.INVESTIGATION, "证据件数", "Exhibits", "Rules 34", _exhibits),
        since=FOUND,
        cure="exhibit_create",
        among=_with_exhibits,
        counted=True,
    ),
    CardItem(
        *("fact_groups", CardSection.INVESTIGATION, "有证据证明的事实类别"),
        *("Groups of facts with evidence", ARTICLE, _groups),
        of=("case",),
        since=(CaseState.INVESTIGATION_CLOSED,),
        cure="exhibit_matrix",
        among=_with_groups,
        counted=True,
    ),
)


def register_items() -> None:
    """Hand the items to the registry."""
    register("evidence", ITEMS)
