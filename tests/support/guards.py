"""One scene a transition, in which every guard holds, and for each guard what makes it alone unmet."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.reading import reading
from cases.machine import Declaration
from cases.services import checklists
from notices.prefill import PREFILLS
from tests.support.documents import filed, final
from tests.support.people import Cast

# What breaks one guard: changes of the facts (None takes one out), or a change of the records.
Breach = Mapping[str, Any] | Callable[[Cast, Any], Any]


@dataclass(frozen=True)
class Scene:
    """A matter and facts with which a transition is possible at a moment of Beijing time.

    Attributes:
        make: makes the matter with everything the guards read but its documents.
        documents: codes of the documents that are made with it.
        finished: those of them that are filed as they are, with their number, and not composed.
        facts: the facts of the act, or what gives them for the matter.
        breaks: for each guard, by its code, what makes it alone unmet.
        warns: guards that only warn; what makes each of them do so.
    """

    at: datetime
    make: Callable[[Cast], Any]
    facts: Mapping[str, Any] | Callable[[Any], Mapping[str, Any]] = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    finished: tuple[str, ...] = ()
    breaks: Mapping[str, Breach] = field(default_factory=dict)
    warns: Mapping[str, Breach] = field(default_factory=dict)

    def prepare(self, cast: Cast, *, without: str = "") -> Any:
        """Make the matter and file its documents, one of them left out."""
        matter = self.make(cast)
        for code in self.documents:
            if code != without:
                document_of(matter, code, cast, finished=code in self.finished)
        matter.refresh_from_db()
        return matter

    def facts_of(self, matter: Any) -> dict[str, Any]:
        return dict(self.facts(matter) if callable(self.facts) else self.facts)


@contextmanager
def undone(cast: Cast, matter: Any) -> Iterator[tuple[Cast, Any]]:
    """Yield the cast and the matter as they are, and take back what is done to them.

    What is tried on one scene so finds it as it was made, which costs less than to make it again.
    """
    with transaction.atomic():
        yield pickle.loads(pickle.dumps(cast)), type(matter).objects.get(pk=matter.pk)
        transaction.set_rollback(True)


def document_of(matter: Any, code: str, cast: Cast, *, finished: bool = False) -> None:
    """Make a document final: composed where the application composes it, else filed as it is."""
    if code in PREFILLS and not finished:
        final(matter, code, cast.handler)
    else:
        filed(matter, code, cast.handler, cast.chief)


def codes_of(declaration: Declaration) -> set[str]:
    """Return the codes of all guards of a transition, those on its documents among them."""
    documents = {f"{checklists.DOCUMENT}{code}" for code in declaration.needs_documents}
    return {*declaration.requirements, *declaration.act_requirements, *documents}


def lines_of(
    declaration: Declaration, matter: Any, facts: dict[str, Any]
) -> list[checklists.Checked]:
    """Return the checklist as an act judges it; a page, which reads everything once, must say the same."""
    matter.refresh_from_db()
    judged = checklists.checklist(declaration, matter, facts)
    with reading():
        assert checklists.checklist(declaration, matter, facts) == judged
    return judged


def unmet(declaration: Declaration, matter: Any, facts: dict[str, Any]) -> list[str]:
    """Return the codes of the guards that do not hold."""
    lines = lines_of(declaration, matter, facts)
    return [line.code for line in lines if not line.verdict.met]


def broken(breach: Breach, cast: Cast, matter: Any, facts: dict[str, Any]) -> dict[str, Any]:
    """Apply a breach and return the facts after it."""
    if callable(breach):
        return facts | (breach(cast, matter) or {})
    changed = facts | dict(breach)
    return {name: value for name, value in changed.items() if value is not None}


def codes(refused: Any) -> list[str]:
    """Return the codes of the requirements a caught refusal names."""
    return [item.code for item in refused.value.unmet]
