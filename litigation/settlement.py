"""A settlement or mediation compared with the suit, claim by claim and defendant by defendant (Rules 99).

Whoever is claimed against jointly is liable for the whole amount; an agreement that obliges him to less
lessens that claim, whatever the others pay. What is no money is met in full or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case, Party
from litigation.forms.claims import defendants_of, standing_claims
from litigation.models import Claim

FULL, LESS = "full", "less"


@dataclass(frozen=True)
class Comparison:
    """What an agreement has to say of one claim: whether it is met, or how much one defendant pays.

    Attributes:
        party: who owes the money claimed; None for a claim of something else.
    """

    claim: Claim
    party: Party | None = None

    @property
    def field(self) -> str:
        """The name of the fact that says it."""
        return f"claim_{self.claim.pk}" + (f"_{self.party.pk}" if self.party else "")

    def settled(self, facts: Mapping[str, Any]) -> Decimal:
        """Return the amount in yuan the agreement obliges the defendant to."""
        return Decimal(str(facts.get(self.field) or 0))

    def is_met(self, facts: Mapping[str, Any]) -> bool:
        """Say whether the agreement gives what is claimed."""
        if self.party is None:
            return facts.get(self.field) == FULL
        return self.settled(facts) >= (self.claim.amount or 0)

    def in_words(self, facts: Mapping[str, Any]) -> str:
        """Return the claim beside what the agreement gives for it."""
        if self.party is None:
            met = _("in full") if self.is_met(facts) else _("in part or not")
            return _("%(claim)s: met %(how)s") % {"claim": self.claim, "how": met}
        return _(
            "%(claim)s: claimed %(claimed)s yuan, %(defendant)s owes %(settled)s yuan by the agreement"
        ) % {
            "claim": self.claim,
            "claimed": self.claim.amount,
            "defendant": self.party.name,
            "settled": self.settled(facts),
        }


def comparisons(matter: Any) -> list[Comparison]:
    """Return what an agreement in a case is compared by, in the order of the claims."""
    if not isinstance(matter, Case):
        return []
    everybody = list(defendants_of(matter))
    claims = standing_claims(matter).order_by("number").prefetch_related("defendants")
    return [item for claim in claims for item in _of_claim(claim, everybody)]


def _of_claim(claim: Claim, everybody: list[Party]) -> list[Comparison]:
    """Nobody named means all defendants jointly."""
    liable = list(claim.defendants.all()) or everybody
    if claim.amount is None or not liable:
        return [Comparison(claim)]
    return [Comparison(claim, party) for party in liable]
