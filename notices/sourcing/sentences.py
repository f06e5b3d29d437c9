"""Each sentence of fact in a document with what it rests on, and whether that still stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from audit.errors import UnmetRequirement
from cases.models import Case, Event, Lead, Party
from cases.selectors.events import corrected, events_of, reference_of
from cases.workplace import title_of
from documents.model import Support, SupportKind
from documents.plain_text import states_something
from evidence.models import Exhibit
from evidence.selectors import exhibits_of
from notices.assembling import text_of_contents
from notices.declaration import Content
from notices.models import Document
from notices.rests_on import lines_of
from notices.sourcing.supports import supports_of
from notices.whole_text import CONTENT, WHOLE_TEXT

if TYPE_CHECKING:
    Matter = Lead | Case


@dataclass(frozen=True)
class Ground:
    """One thing a sentence rests on, as a reader sees it.

    Attributes:
        label: exhibit with its number, event with its day, name of the party.
        link: where it is read; empty where the reader may not.
        fault: why it carries nothing any more; empty while it stands.
    """

    support: Support
    label: str
    link: str = ""
    fault: str = ""

    @property
    def hidden(self) -> bool:
        """Whether it is an exhibit the reader may not open."""
        return self.support.kind is SupportKind.EXHIBIT and not self.link

    @property
    def shown(self) -> str:
        """The label with the pages."""
        return f"{self.label}，{self.support.pages}" if self.support.pages else self.label


@dataclass(frozen=True)
class Sentence:
    """A paragraph that states facts.

    Attributes:
        position: which line of its content it is, from 0; empty lines are not counted.
    """

    content: Content
    position: int
    text: str
    grounds: tuple[Ground, ...]

    @property
    def stands(self) -> bool:
        """Whether something it rests on still stands, and nothing of it has fallen."""
        return bool(self.grounds) and not any(ground.fault for ground in self.grounds)


def sentences_of(actor: User | None, document: Document) -> list[Sentence]:
    """Return the sentences of fact of a document that is written here, with what each rests on.

    Args:
        actor: the reader, who sees no names he may not read; None where a guard asks.
    """
    if document.uploaded:
        return []
    supports = supports_of(document)
    known = _Known(actor, document.matter)
    return [
        Sentence(content, position, text, known.grounds(_at(supports, content, position)))
        for content, position, text in _stated(document)
    ]


def _stated(document: Document) -> Iterator[tuple[Content, int, str]]:
    """Return each line that states a fact: of the contents, and what somebody wrote into the whole text.

    A line of a content that the whole text no longer holds is said nowhere.
    """
    values = document.values
    whole = values.get(WHOLE_TEXT, "")
    for content in document.type.contents:
        for position, text in enumerate(lines_of(values.get(content.name, ""))):
            if content.sourced and (not whole or text in whole):
                yield content, position, text
    if whole:
        made = set(lines_of(text_of_contents(document)))
        for position, text in enumerate(lines_of(whole)):
            if text not in made and states_something(text):
                yield CONTENT, position, text


def _at(
    supports: Mapping[str, list[tuple[Support, ...]]], content: Content, position: int
) -> tuple[Support, ...]:
    rows = supports.get(content.name, [])
    return rows[position] if position < len(rows) else ()


def grounds_of(actor: User, matter: Matter, supports: Iterable[Support]) -> tuple[Ground, ...]:
    """Return what a reader sees of these supports."""
    return _Known(actor, matter).grounds(supports)


def possible_grounds(actor: User, matter: Matter) -> list[Ground]:
    """Return everything of a matter a sentence can rest on and `actor` may read, newest events last."""
    return _Known(actor, matter).possible()


def unsupported(actor: User | None, document: Document) -> list[UnmetRequirement]:
    """Return each sentence of fact that rests on nothing, or on what has fallen."""
    return [
        UnmetRequirement(
            code=f"source:{sentence.content.name}:{sentence.position}",
            message=_why(sentence),
            law=sentence.content.article,
            cure=_("Say what it rests on, or take it out."),
            link=reverse("document_sources", args=[document.pk]),
        )
        for sentence in sentences_of(actor, document)
        if not sentence.stands
    ]


def _why(sentence: Sentence) -> str:
    shown = sentence.text if len(sentence.text) <= 40 else f"{sentence.text[:40]}…"
    fallen = next((ground for ground in sentence.grounds if ground.fault), None)
    if fallen is None:
        return _("“%(sentence)s” rests on nothing.") % {"sentence": shown}
    return _("“%(sentence)s” rests on %(ground)s: %(fault)s") % {
        "sentence": shown,
        "ground": fallen.label,
        "fault": fallen.fault,
    }


class _Known:
    """What of a matter can carry a sentence, read once."""

    def __init__(self, actor: User | None, matter: Matter) -> None:
        self.events = {
            reference_of(event): event for event in events_of(matter).select_related("annulled_by")
        }
        self.exhibits: dict[str, Exhibit] = {}
        self.parties: dict[str, Party] = {}
        self.readable: set[int] = set()
        if isinstance(matter, Case):
            self._read(actor, matter)

    def _read(self, actor: User | None, case: Case) -> None:
        rows = Exhibit.objects.filter(case=case).select_related("case", "withdrawal")
        self.exhibits = {str(exhibit.pk): exhibit for exhibit in rows}
        self.parties = {str(party.pk): party for party in case.parties.all()}
        if actor is not None:
            self.readable = set(exhibits_of(actor, case).order_by().values_list("pk", flat=True))

    def grounds(self, supports: Iterable[Support]) -> tuple[Ground, ...]:
        """Return what a reader sees of these supports."""
        return tuple(self._ground(support) for support in supports)

    def possible(self) -> list[Ground]:
        """Return what can carry a sentence now."""
        supports = [
            *(Support(SupportKind.EXHIBIT, str(pk)) for pk in sorted(self.readable)),
            *(Support(SupportKind.EVENT, name) for name in self.events),
            *(Support(SupportKind.PARTY, name) for name in self.parties),
        ]
        return [ground for ground in self.grounds(supports) if not ground.fault]

    def _ground(self, support: Support) -> Ground:
        match support.kind:
            case SupportKind.EVENT:
                return _of_event(support, self.events.get(support.reference))
            case SupportKind.EXHIBIT:
                return self._of_exhibit(support, self.exhibits.get(support.reference))
            case SupportKind.PARTY:
                return _of_party(support, self.parties.get(support.reference))
        return Ground(
            support, support.reference, fault=_("nothing of this kind carries a sentence.")
        )

    def _of_exhibit(self, support: Support, exhibit: Exhibit | None) -> Ground:
        if exhibit is None:
            return Ground(support, support.reference, fault=_("there is no such exhibit here."))
        label = _("Exhibit %(number)d") % {"number": exhibit.number}
        link = ""
        if exhibit.pk in self.readable:
            label, link = f"{label} {exhibit.name}", exhibit.get_absolute_url()
        gone = _("it was withdrawn.") if getattr(exhibit, "withdrawal", None) else ""
        return Ground(support, label, link, gone)


def _of_event(support: Support, event: Event | None) -> Ground:
    if event is None:
        return Ground(support, support.reference, fault=_("there is no such event here."))
    label = f"{title_of(event)} {corrected(event)[0].isoformat()}"
    link = reverse("event_detail", args=[event.pk])
    fault = _("it was annulled.") if getattr(event, "annulled_by", None) else ""
    return Ground(support, label, link, fault)


def _of_party(support: Support, party: Party | None) -> Ground:
    if party is None:
        return Ground(support, support.reference, fault=_("there is no such party here."))
    return Ground(support, party.name, fault=_("it was removed.") if party.removed_at else "")
