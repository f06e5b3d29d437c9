"""The machine of an obligation (law 3.10a, 8.4).

It moves only with an event of its case: the effects of this room carry it along, each with an event of the
obligation's own in the same act, which the trigger on the state column asks for.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from cases.machine import STATE, Proposer, declared
from cases.refreshing import RefreshedState

MOVED, ENFORCED, FINISHED = "obligation_moved", "obligation_enforced", "obligation_finished"


class ObligationState(models.TextChoices):
    """Where an obligation stands."""

    PENDING = "pending", _("Owed")
    PERFORMED = "performed", _("Performance to be verified")
    VERIFIED = "verified", _("Verified as performed")
    ENFORCING = "enforcing", _("In enforcement")
    ENDED = "ended", _("Ended without performance")
    STRUCK = "struck", _("Struck, entered by mistake")


OWED = (ObligationState.PENDING, ObligationState.ENFORCING)
FINAL = (ObligationState.VERIFIED, ObligationState.ENDED, ObligationState.STRUCK)
# What nobody owes any more and nobody performed.
GONE = (ObligationState.ENDED, ObligationState.STRUCK)


class ObligationLifecycle(RefreshedState, models.Model):
    """One obligation from the effective decision to its end."""

    INITIAL_STATES: ClassVar = (ObligationState.PENDING,)

    state = FSMField(
        _("state"),
        default=ObligationState.PENDING,
        choices=ObligationState.choices,
        protected=True,
        editable=False,
    )

    class Meta:
        abstract = True

    @declared(
        STATE,
        code="O1",
        sources=OWED,
        target=ObligationState.PERFORMED,
        title_zh="已报履行",
        title_en="Performance logged",
        article="CPL 247",
        event_kind=MOVED,
        proposer=Proposer.TEAM,
    )
    def log_performance(self) -> None:
        """The debtor says it is performed."""

    @declared(
        STATE,
        code="O2",
        sources=(ObligationState.PERFORMED,),
        target=ObligationState.VERIFIED,
        title_zh="核实为已履行",
        title_en="Verified",
        article="law 8.4",
        event_kind=FINISHED,
        proposer=Proposer.TEAM,
    )
    def verify(self) -> None:
        """A second person found it performed."""

    @declared(
        STATE,
        code="O3",
        sources=(ObligationState.PERFORMED,),
        target=ObligationState.PENDING,
        title_zh="核实未通过",
        title_en="Refused",
        article="law 8.4",
        event_kind=MOVED,
        proposer=Proposer.TEAM,
    )
    def refuse(self) -> None:
        """A second person found it not performed: it is owed as before."""

    @declared(
        STATE,
        code="O3-2",
        sources=(ObligationState.PERFORMED,),
        target=ObligationState.ENFORCING,
        title_zh="核实未通过（执行中）",
        title_en="Refused during the enforcement",
        article="law 8.4",
        event_kind=MOVED,
        proposer=Proposer.TEAM,
    )
    def refuse_in_enforcement(self) -> None:
        """As before, where the court enforces it."""

    @declared(
        STATE,
        code="O4",
        sources=(ObligationState.PENDING,),
        target=ObligationState.ENFORCING,
        title_zh="进入执行",
        title_en="In enforcement",
        article="JI 12; CPL 247",
        event_kind=ENFORCED,
        proposer=Proposer.TEAM,
    )
    def enforce(self) -> None:
        """It is due and not performed; the court enforces it."""

    @declared(
        STATE,
        code="O5",
        sources=OWED,
        target=ObligationState.ENDED,
        title_zh="未履行而终结",
        title_en="Ended without performance",
        article="EXEC 64",
        event_kind=FINISHED,
        proposer=Proposer.TEAM,
    )
    def end(self) -> None:
        """It ends in one of the ways of EXEC 64."""

    @declared(
        STATE,
        code="O6",
        sources=(ObligationState.PENDING,),
        target=ObligationState.STRUCK,
        title_zh="误录删去",
        title_en="Struck",
        article="EXEC 16",
        event_kind=FINISHED,
        proposer=Proposer.TEAM,
    )
    def strike(self) -> None:
        """The paragraph of the decision it stands for was entered by mistake."""
