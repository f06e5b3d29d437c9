"""What the rooms above bring to a case, and where they hand it in.

`cases` knows none of the floors above it. They fill these registries in `AppConfig.ready()`; from then on
the registries are read-only. `manage.py registries` lists them, and `manage.py check` fails when a
declaration names a code nobody registered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from cases.registries.card_entries import CardItem, CardSection, CardSource, CardValue
from cases.registries.entries import (
    Burden,
    Check,
    DocumentSlots,
    DraftDocument,
    Effect,
    EffectLine,
    EntryColumn,
    EntryPart,
    EntryRow,
    EventKind,
    FactSource,
    FiledPiece,
    Found,
    InboxItem,
    Movement,
    Offer,
    OtherNumber,
    Panel,
    PeriodBearing,
    Reception,
    Requirement,
    SearchSource,
    StoredFile,
    TimelineEntry,
    Volume,
)
from cases.registries.registry import Registry
from cases.registries.statistics import StatisticalItem, Uncounted, Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from audit.errors import Text
    from cases.machine import Machine
    from cases.models import Case, Event, Lead

    Matter: TypeAlias = Lead | Case

__all__ = [
    "ALL",
    "EVERY_KIND",
    "Burden",
    "CardItem",
    "CardSection",
    "CardSource",
    "CardValue",
    "Check",
    "DocumentSlots",
    "DraftDocument",
    "Effect",
    "EffectLine",
    "EntryColumn",
    "EntryPart",
    "EntryRow",
    "EventKind",
    "FactSource",
    "FiledPiece",
    "Found",
    "InboxItem",
    "Movement",
    "Offer",
    "OtherNumber",
    "Panel",
    "PeriodBearing",
    "Reception",
    "Registry",
    "Requirement",
    "SearchSource",
    "StatisticalItem",
    "StoredFile",
    "TimelineEntry",
    "Uncounted",
    "Unit",
    "Volume",
    "add_effect",
    "annulments",
    "burdens",
    "card",
    "clock_subjects",
    "contents",
    "document_slots",
    "effects",
    "effects_of",
    "entry_parts",
    "event_kinds",
    "fact_sources",
    "inbox",
    "kept_rows",
    "machines",
    "movements",
    "numbers",
    "panels",
    "periods",
    "receptions",
    "requirements",
    "search",
    "statistical_items",
    "timeline",
    "verifiers",
    "volumes",
]

event_kinds: Registry[EventKind] = Registry("event_kinds", "kinds of procedural events")
# Named by the kinds of events that feed them; `manage.py check` wants every name registered.
statistical_items: Registry[StatisticalItem] = Registry(
    "statistical_items", "what events are counted as"
)
machines: Registry[Machine] = Registry("machines", "state machines a proposal can drive")
requirements: Registry[Requirement] = Registry("requirements", "guards, each with its article")
# Keys are "<kind of event>:<room>", so that several rooms may add to one kind, the lowest floor first;
# EVERY_KIND stands for all of them.
EVERY_KIND = "*"
effects: Registry[tuple[Effect, ...]] = Registry("effects", "what recording an event creates")


def add_effect(kind: str, effect: Effect) -> None:
    """Add `effect` to what recording an event of `kind` creates; several rooms may share a kind.

    Raises:
        RuntimeError: the registry is closed.
    """
    effects.replace(kind, (*(effects.get(kind) or ()), effect))


document_slots: Registry[DocumentSlots] = Registry("document_slots", "who answers for documents")
# The key is the code of a document; each returns what a room above knows of its contents, by their names.
contents: Registry[Callable[[Matter], Mapping[str, str]]] = Registry(
    "contents", "what rooms above say in a new document"
)
# Asked with a matter and a kind of event.
periods: Registry[Callable[[Matter, str], list[PeriodBearing]]] = Registry(
    "periods", "which periods an event starts or ends"
)
# The key is the fact by which clocks of one period are told apart (`PeriodRule.match`); each returns the
# Chinese name of every value the fact can have in a matter.
clock_subjects: Registry[Callable[[Matter], Mapping[str, str]]] = Registry(
    "clock_subjects", "whom a clock concerns where several of one period run"
)
panels: Registry[Panel] = Registry("panels", "parts of the case page")
inbox: Registry[Callable[[User], list[InboxItem]]] = Registry("inbox", "what waits for a person")
search: Registry[SearchSource] = Registry("search", "what the search finds")
numbers: Registry[OtherNumber] = Registry("numbers", "by which numbers of others a case is known")
timeline: Registry[Callable[[Matter, User], list[TimelineEntry]]] = Registry(
    "timeline", "what the timeline shows"
)

entry_parts: Registry[EntryPart] = Registry("entry_parts", "what a row of a running case enters")

# Filled by `cases.card.declaring.register`, the lowest floor first.
card: Registry[CardItem] = Registry("card", "what the case card says of a matter")
burdens: Registry[Burden] = Registry("burdens", "what is counted where matters are assigned")
movements: Registry[Movement] = Registry("movements", "by what a matter moves")
fact_sources: Registry[FactSource] = Registry("fact_sources", "what events are recorded from")

# Each yields what is wrong in the record of a matter, in words; nothing when it hangs together.
verifiers: Registry[Callable[[Matter], Iterator[str]]] = Registry(
    "verifiers", "what is compared by `manage.py verify_cases`"
)
# The key is the kind of an event; each says why that event is not annulled now, or nothing. Asked with the
# matter locked.
annulments: Registry[Callable[[Event], Text]] = Registry(
    "annulments", "what keeps an event from being annulled"
)
# The key is the machine of the case.
receptions: Registry[Reception] = Registry(
    "receptions", "how a transferred case goes on where it is received"
)
# Asked with the primary keys of a case and its lead, 0 for none (`cases.selectors.kept_rows`).
kept_rows: Registry[Callable[[int, int], QuerySet[Any]]] = Registry(
    "kept_rows", "rows a matter may have, which its page asks for only where there are any"
)
volumes: Registry[Volume] = Registry("volumes", "what the archived file of a case holds")

ALL: tuple[Registry[Any], ...] = (
    event_kinds,
    statistical_items,
    machines,
    requirements,
    effects,
    document_slots,
    contents,
    periods,
    clock_subjects,
    panels,
    inbox,
    search,
    timeline,
    card,
    burdens,
    movements,
    verifiers,
    volumes,
    fact_sources,
    entry_parts,
    annulments,
    receptions,
    numbers,
    kept_rows,
)


def effects_of(kind: str) -> list[Effect]:
    """Return what the rooms registered for a kind of event, in the order of the floors."""
    return [
        effect
        for key, group in effects.items()
        if key.split(":")[0] in (kind, EVERY_KIND)
        for effect in group
    ]
