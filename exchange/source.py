"""Papers as what events are recorded from: what they tell, the day of receipt and the files go along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import User
from cases.models import Case, Event, Lead
from cases.registries import Offer, fact_sources
from exchange import selectors, services
from exchange.prefill import Told, told_of

if TYPE_CHECKING:
    Matter = Lead | Case


class PaperSource:
    """Lets a paper of a matter become an event of it."""

    def offer(self, actor: User, matter: Matter, pk: int, kind: str) -> Offer | None:
        """Return facts, time and files of a paper of this matter; None where the actor sees none.

        Raises:
            Conflict: it is closed, or has become an event already.
        """
        paper = selectors.papers_visible_to(actor).filter(pk=pk).first()
        if paper is None or not selectors.belongs_to(paper, matter):
            return None
        services.require_unused(paper)
        return Offer(
            reference=selectors.reference_of(paper),
            title=str(paper),
            link=paper.get_absolute_url(),
            initial=told_of(kind, Told(paper, matter)),
            instant=paper.received_at,
            files=[file.stored for file in paper.files.all()],
        )

    def became(self, actor: User, pk: int, event: Event) -> None:
        """Note which event the paper became.

        Raises:
            Conflict: it is closed, or became another event meanwhile.
        """
        services.make_event(actor=actor, pk=pk, event=event)


def register() -> None:
    """Hand the papers to the kernel."""
    fact_sources.register("paper", PaperSource())
