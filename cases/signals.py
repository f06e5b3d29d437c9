"""Signals of the kernel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.dispatch import Signal

if TYPE_CHECKING:
    from cases.models import Case, Lead

# Sent with event=Event and held=Held or None inside the act's transaction, by `send`: an exception
# stops the act.
event_recorded = Signal()

# Sent with proposal=Proposal and actor=User in the transaction of the last approval of a document.
document_approved = Signal()


@dataclass(frozen=True)
class Held:
    """What a transition knows of its matter under the lock, so that nobody asks for it again.

    Args:
        matter: the locked row as the act has left it. Whoever changes the row changes it here too.
        kinds: of which kinds of `registries.kept_rows` it had rows before the act, the case's lead included.
    """

    matter: Lead | Case
    kinds: frozenset[str]

    @property
    def back_entered(self) -> bool:
        """Whether back-entry of the matter was ever asked for."""
        return "back_entries" in self.kinds
