"""Which office handles the case, under whose direction and with whose staff (law 2.2, 3.3; Rules 10-18).

None of these records changes the state. Codes that begin with S are records law 3.2 has no number for.
"""

from __future__ import annotations

from django.db import models

from cases.machine import STATE, Proposer, declared
from cases.states import CaseState

RUNNING = tuple(state for state in CaseState if state not in (CaseState.CLOSED, CaseState.ARCHIVED))


class Jurisdiction(models.Model):
    """Directions of the superior and borrowed staff."""

    class Meta:
        abstract = True

    @declared(
        STATE,
        code="S43",
        sources=RUNNING,
        title_zh="上级院交办、提办、督办、领办",
        title_en="Direction of a superior office",
        article="Rules 10",
        event_kind="superior_directed",
        proposer=Proposer.TEAM,
        requirements=("direction_in_writing",),
    )
    def log_superior_direction(self) -> None:
        """Enter the paper by which a superior office assigns, takes up, supervises or leads the case."""

    @declared(
        STATE,
        code="S44",
        sources=RUNNING,
        title_zh="上级院调用检察人员",
        title_en="Staff lent to the case",
        article="Rules 11",
        event_kind="staff_lent",
        proposer=Proposer.TEAM,
        requirements=("lent_by_a_common_superior", "loan_in_writing"),
    )
    def borrow_staff(self) -> None:
        """Enter the superior's written decision that somebody of another office works on this case."""
