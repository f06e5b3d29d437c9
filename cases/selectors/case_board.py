"""How many cases stand in each state, for the list of cases drawn as a board by stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from audit.keyset import CappedCount, added, capped_counts
from cases.models import Case
from cases.states import Stage, stage_of


@dataclass(frozen=True)
class StageCounts:
    """One stage: the states in which cases stand, in the order asked for, each with how many do."""

    stage: Stage
    states: dict[str, CappedCount]

    @property
    def total(self) -> CappedCount:
        """How many cases stand in the stage."""
        return added(self.states.values())


def counts_by_stage(rows: QuerySet[Case], states: Sequence[str]) -> list[StageCounts]:
    """Return how many of `rows` stand in each of `states`, by stage; a stage that has none stays, empty."""
    counts = capped_counts(rows, "state", states)
    return [
        StageCounts(
            stage, {state: count for state, count in counts.items() if stage_of(state) == stage}
        )
        for stage in Stage
    ]
