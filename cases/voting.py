"""How the procuratorial committee decides (law 2.3; norm C117): the one place that counts its votes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Vote:
    """A vote of the committee.

    Attributes:
        members: how many the committee has, whether present or not.
        votes_for: how many voted for what is put to the vote.
    """

    members: int
    present: int
    votes_for: int

    @property
    def quorum(self) -> bool:
        """Whether more than half of the members attend (POL 32, stricter than PCR 11)."""
        return self.present * 2 > self.members

    @property
    def carried(self) -> bool:
        """Whether there was a quorum and more than half of all members voted for it (PCR 21)."""
        return self.quorum and self.votes_for * 2 > self.members
