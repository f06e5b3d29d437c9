"""The records of a suit as they stand: the standing entries of each, with their facts in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Attachment, Case, Event
from cases.registries import event_kinds
from cases.selectors.events import corrected, reference_of, standing_events
from cases.selectors.facts import FactLine, blank_form, fact_lines_of_all
from cases.workplace import title_of
from litigation.forms.judging import party_choices
from litigation.package import Piece, handed_in
from litigation.records import (
    ENDS_OF_APPEAL,
    ENDS_OF_SETTLEMENT,
    EVERY_KIND,
    NAMING,
    RECORDS,
    SHOWN_OF_END,
    Column,
    Record,
    shown_as,
)
from litigation.selectors import vote_in_words, vote_of

Lines = dict[str, FactLine]


@dataclass(frozen=True)
class Told:
    """An entry as it stands after its corrections."""

    event: Event
    day: date
    facts: dict[str, Any]

    @property
    def kind(self) -> str:
        return self.event.kind


@dataclass(frozen=True)
class Cell:
    """What one line says in one column: facts that speak for themselves, and facts with their labels."""

    own: list[FactLine]
    beside: list[FactLine]


@dataclass(frozen=True)
class End:
    """What became of an entry: a later one, with what matters of it."""

    event: Event
    day: date
    title: str
    facts: list[FactLine]
    files: list[Attachment]


@dataclass(frozen=True)
class Line:
    """One entry of a record."""

    event: Event
    day: date
    title: str
    cells: list[Cell]
    ends: list[End]
    files: list[Attachment]


@dataclass(frozen=True)
class Card:
    """A record of a case with its lines, the earliest day first."""

    record: Record
    lines: list[Line]


def cards_of(actor: User, case: Case) -> list[Card]:
    """Return the records a case has, in the order of the procedure; what was never recorded has none.

    Annulled entries are left out and corrected facts stand. The number of queries follows from the kinds
    of entries there are, never from how many there are of a kind.
    """
    reading = _Reading(actor, case)
    return [card for record in RECORDS if (card := reading.card(record)).lines]


def files_of(cards: Iterable[Card]) -> list[Attachment]:
    """Return every file the cards link to."""
    lines = [line for card in cards for line in card.lines]
    ends = [file for line in lines for end in line.ends for file in end.files]
    return ends + [file for line in lines for file in line.files]


class _Reading:
    """The entries of one case, read once."""

    def __init__(self, actor: User, case: Case) -> None:
        self.case = case
        self.told = _told(case)
        self.lines = _lines(actor, case, self.told)
        for told in self.told:
            self.lines[told.event.pk] |= {line.name: line for line in _added(self.told, told)}
        self._name_parties()
        self._date_publications()

    def card(self, record: Record) -> Card:
        entries = [told for told in self.told if told.kind in record.kinds]
        entries.sort(key=lambda told: (told.day, told.event.pk))
        return Card(record, [self._line(record, told) for told in entries])

    def _line(self, record: Record, told: Told) -> Line:
        lines = self.lines[told.event.pk]
        return Line(
            event=told.event,
            day=told.day,
            title=title_of(told.event),
            cells=[_cell(column, lines) for column in record.columns],
            ends=[self._end(end) for end in _ends(self.told, told)] if record.followed else [],
            files=_files(told.event),
        )

    def _end(self, told: Told) -> End:
        lines = self.lines[told.event.pk]
        return End(
            event=told.event,
            day=told.day,
            title=title_of(told.event),
            facts=[lines[name] for name in SHOWN_OF_END if name in lines],
            files=_files(told.event),
        )

    def _name_parties(self) -> None:
        """Say whom an entry about a party of the suit concerns, though it was removed since."""
        named = [told for told in self.told if told.facts.get("party")]
        names = dict(party_choices(self.case)) if named else {}
        for told in named:
            key = str(told.facts["party"])
            name = names.get(key) or told.facts.get("party_name") or key
            self.lines[told.event.pk]["who"] = FactLine("who", _("Party"), name)

    def _date_publications(self) -> None:
        """Say until when each settlement is published, as its period was computed (P-28)."""
        published = [told.event for told in self.told if told.kind == "settlement_published"]
        if not published:
            return
        rows = self.case.deadlines.filter(rule="P-28", start_event__in=published).order_by("id")
        for key, day in rows.values_list("start_event", "effective_day"):
            line = FactLine("published_until", _("Publication ends"), day.isoformat())
            self.lines[key]["published_until"] = line


def _told(case: Case) -> list[Told]:
    """Return the entries of every record of a case, in the order of recording."""
    proofs = Prefetch("proofs", Attachment.objects.select_related("lead", "case"))
    rows = standing_events(case).filter(kind__in=EVERY_KIND)
    rows = rows.prefetch_related(
        proofs, Prefetch("corrections", Event.objects.order_by("id").prefetch_related(proofs))
    )
    return [Told(event, *corrected(event)) for event in rows]


def _files(event: Event) -> list[Attachment]:
    """Return the proofs of an entry and of its corrections."""
    told = (event, *event.corrections.all())
    return list({file.pk: file for each in told for file in each.proofs.all()}.values())


# --- facts in words --------------------------------------------------------------------------------


def _lines(actor: User, case: Case, told: Sequence[Told]) -> dict[int, Lines]:
    """Return the facts of each entry in words, by the key of its event."""
    found: dict[int, Lines] = {each.event.pk: {} for each in told}
    for kind, group in groupby(sorted(told, key=lambda each: each.kind), lambda each: each.kind):
        entries = list(group)
        for form in _forms(kind):
            blank = blank_form(form, case, actor)
            stated = fact_lines_of_all(blank, [entry.facts for entry in entries])
            for entry, lines in zip(entries, stated, strict=True):
                found[entry.event.pk] |= {line.name: line for line in lines}
    return found


def _forms(kind: str) -> list[Any]:
    """Return the forms that asked for the facts of a kind: what was decided first, then the act."""
    declared = event_kinds[kind]
    return [form for form in (declared.proposal_form, declared.form) if form is not None]


def _cell(column: Column, lines: Mapping[str, FactLine]) -> Cell:
    return Cell(
        own=[lines[name] for name in column.own if name in lines],
        beside=[lines[name] for name in column.beside if name in lines],
    )


# --- what no form asks for -------------------------------------------------------------------------


def _added(told: Sequence[Told], entry: Told) -> Iterator[FactLine]:
    """Yield what an entry says only together with others or by computing."""
    if add := _ADDED.get(entry.kind):
        yield from add(told, entry)


def _vote(told: Sequence[Told], entry: Told) -> Iterator[FactLine]:
    """The result of the vote; nobody typed it (PCR 21)."""
    yield FactLine("vote", _("Result of the vote"), vote_in_words(vote_of(entry.facts)))


def _place(told: Sequence[Told], entry: Told) -> Iterator[FactLine]:
    """Where a hearing was held: the court's notice of that day says it (CPL 139)."""
    day = entry.day.isoformat()
    notices = [each for each in told if each.kind == "hearing_noticed"]
    places = [each.facts.get("place") for each in notices if each.facts.get("hearing_on") == day]
    if places and places[-1]:
        yield FactLine("place", _("Place"), places[-1])


def _published(told: Sequence[Told], entry: Told) -> Iterator[FactLine]:
    yield FactLine("published_on", _("Day of the publication"), entry.day.isoformat())
    if compared := entry.facts.get("comparison"):
        yield FactLine("comparison", _("Compared with the claims"), compared)


def _package(told: Sequence[Told], entry: Told) -> Iterator[FactLine]:
    """Each piece that was handed in, with the papers of the case it is (law 3.4)."""
    ticked = handed_in(entry.facts)
    papers = {row["piece"]: row["papers"] for row in entry.facts.get("package") or ()}
    for piece in Piece:
        if piece in ticked:
            words = "；".join(_paper_in_words(paper) for paper in papers.get(piece, ()))
            yield FactLine(shown_as(piece), str(piece.label), words or _("Handed in"))


def _paper_in_words(paper: Mapping[str, Any]) -> str:
    if paper["kind"] == "exhibit":
        return _("Exhibit %(number)s") % {"number": paper["name"]}
    return str(paper["name"])


def _plaintiff(told: Sequence[Told], entry: Told) -> Iterator[FactLine]:
    """Who is supported: the reply that is named says it (Rules 93, 100)."""
    if name := entry.facts.get("plaintiff"):
        yield FactLine("plaintiff", _("Plaintiff"), str(name))


_ADDED: dict[str, Callable[[Sequence[Told], Told], Iterator[FactLine]]] = {
    "committee_decided": _vote,
    "complaint_delivered": _package,
    "hearing_held": _place,
    "settlement_published": _published,
    "support_begun": _plaintiff,
}


# --- what became of an entry -----------------------------------------------------------------------


def _ends(told: Sequence[Told], entry: Told) -> list[Told]:
    """Return the later entries that tell what became of one."""
    later = [each for each in told if each.event.pk > entry.event.pk]
    if entry.kind == "settlement_published":
        return _first(later, ENDS_OF_SETTLEMENT)
    if entry.kind in ("appeal_filed", "opponent_appealed"):
        return _first([each for each in later if _concerns(each, entry)], ENDS_OF_APPEAL)
    reference = reference_of(entry.event)
    return [each for each in later if str(each.facts.get(NAMING.get(each.kind, ""))) == reference]


def _first(told: Iterable[Told], kinds: tuple[str, ...]) -> list[Told]:
    return [each for each in told if each.kind in kinds][:1]


def _concerns(later: Told, appeal: Told) -> bool:
    """Say whether a later entry touches an appeal: a withdrawal only those whose it is (CPL 180)."""
    if later.kind != "appeal_withdrawn":
        return True
    return str(appeal.facts.get("party")) in later.facts.get("appellants", [])
