"""What a prefill returns: a text, where it was taken from, and what each of its paragraphs rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audit import clock
from cases.models import Event, Party
from cases.selectors.events import reference_of
from documents.model import Support, SupportKind
from evidence.models import Exhibit
from notices.rests_on import lines_of


@dataclass(frozen=True)
class Said:
    """What the record says of one content.

    Attributes:
        text: one paragraph a line.
        source: a key of `SOURCES`.
        rests_on: what each line that is not empty rests on, in their order; empty when nothing is named.
    """

    text: str
    source: str
    rests_on: tuple[tuple[Support, ...], ...] = ()


Prefilled = dict[str, Said]


def said(text: str, source: str, *supports: Support | None) -> Said:
    """Return a text whose every line rests on the same supports; None stands for one that is not there."""
    found = tuple(support for support in supports if support is not None)
    text = text.strip()
    return Said(text, source, tuple(found for _line in lines_of(text)) if found else ())


def joined(parts: Iterable[Said], source: str) -> Said:
    """Return several texts below each other, each with what it rests on."""
    kept = [part for part in parts if part.text]
    rests_on: list[tuple[Support, ...]] = []
    for part in kept:
        rests_on += part.rests_on or [()] * len(lines_of(part.text))
    return Said(
        "\n".join(part.text for part in kept), source, tuple(rests_on) if any(rests_on) else ()
    )


def numbered(parts: Iterable[Said], source: str) -> Said:
    """Return several texts as a numbered list, one line each."""
    return joined(
        (
            Said(f"{number}．{part.text}", part.source, part.rests_on)
            for number, part in enumerate(parts, start=1)
        ),
        source,
    )


def on_event(event: Event | None) -> Support | None:
    """Return the event as what a paragraph rests on."""
    return Support(SupportKind.EVENT, reference_of(event)) if event else None


def on_exhibit(exhibit: Exhibit | None, pages: str = "") -> Support | None:
    """Return the exhibit, at these pages, as what a paragraph rests on."""
    return Support(SupportKind.EXHIBIT, str(exhibit.pk), pages) if exhibit else None


def on_party(party: Party | None) -> Support | None:
    """Return the party as what a paragraph rests on."""
    return Support(SupportKind.PARTY, str(party.pk)) if party else None


def today() -> Said:
    """Return the day of today, which whoever writes may change."""
    return Said(clock.today().isoformat(), "person")
