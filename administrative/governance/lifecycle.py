"""The machine of one recommendation on governance (PRR 15-25).

It moves only with an event of its case: the effects of this procedure carry it along, each with an event of
its own in the same act, which the trigger on the state column asks for.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from cases.machine import STATE, Proposer, declared
from cases.refreshing import RefreshedState

ENTERED, MOVED = "governance_entered", "governance_moved"
# From these run the five days for the record (P-59) and, where the service itself starts none, the time to
# reply (P-57); the last ends what still runs.
ISSUED, TERM_BEGUN, ENDED = "governance_issued", "governance_term_begun", "governance_ended"


class GovernanceState(models.TextChoices):
    """Where a recommendation on governance stands."""

    DRAFTING = "drafting", _("Being prepared")
    REVIEWED = "reviewed", _("Reviewed by the legal-policy department")
    DECIDED = "decided", _("Decided")
    ISSUED = "issued", _("Issued")
    SERVED = "served", _("With the unit")
    OBJECTED = "objected", _("Objected to")
    ANSWERED = "answered", _("Answered")
    ASSESSED = "assessed", _("Answer assessed")
    CHANGED = "changed", _("Replaced by a changed one")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Closed")


IN_PREPARATION = (GovernanceState.DRAFTING, GovernanceState.REVIEWED)
# The unit has it and is to act on it.
WITH_THE_UNIT = (
    GovernanceState.SERVED,
    GovernanceState.OBJECTED,
    GovernanceState.ANSWERED,
    GovernanceState.ASSESSED,
)
# Whatever went out, still open or not.
OUT = (
    GovernanceState.ISSUED,
    *WITH_THE_UNIT,
    GovernanceState.CHANGED,
    GovernanceState.WITHDRAWN,
    GovernanceState.CLOSED,
)
FINAL = (GovernanceState.CHANGED, GovernanceState.WITHDRAWN, GovernanceState.CLOSED)
MAY_BE_CHANGED = (GovernanceState.DECIDED, GovernanceState.ISSUED, *WITH_THE_UNIT)
MAY_BE_OBJECTED_TO = (
    GovernanceState.SERVED,
    GovernanceState.ANSWERED,
    GovernanceState.ASSESSED,
)
MAY_BE_CLOSED = (*IN_PREPARATION, *MAY_BE_OBJECTED_TO)


class GovernanceLifecycle(RefreshedState, models.Model):
    """One recommendation, from its preparation to its end."""

    INITIAL_STATES: ClassVar = (GovernanceState.DRAFTING,)

    state = FSMField(
        _("state"),
        default=GovernanceState.DRAFTING,
        choices=GovernanceState.choices,
        protected=True,
        editable=False,
    )

    class Meta:
        abstract = True

    @declared(
        STATE,
        code="R1",
        sources=(GovernanceState.REVIEWED,),
        target=GovernanceState.DRAFTING,
        title_zh="重新拟定",
        title_en="Written anew",
        article="PRR 17",
        event_kind=MOVED,
        proposer=Proposer.TEAM,
    )
    def write_anew(self) -> None:
        """What was reviewed was changed: the review does not cover it."""

    @declared(
        STATE,
        code="R2",
        sources=(GovernanceState.DRAFTING,),
        target=GovernanceState.REVIEWED,
        title_zh="已经法律政策研究部门审核",
        title_en="Reviewed",
        article="PRR 17",
        event_kind=MOVED,
        proposer=Proposer.TEAM,
    )
    def review(self) -> None:
        """The legal-policy department has given its opinion."""

    @declared(
        STATE,
        code="R3",
        sources=(GovernanceState.REVIEWED,),
        target=GovernanceState.DECIDED,
        title_zh="已决定",
        title_en="Decided",
        article="PRR 15-17",
        event_kind=MOVED,
        proposer=Proposer.HANDLER,
    )
    def decide(self) -> None:
        """The chief procurator has decided; its contents stand."""

    @declared(
        STATE,
        code="R4",
        sources=(GovernanceState.DECIDED,),
        target=GovernanceState.ISSUED,
        title_zh="已发出",
        title_en="Issued",
        article="PRR 18, 21",
        event_kind=ISSUED,
        proposer=Proposer.TEAM,
    )
    def issue(self) -> None:
        """The signed paper went out; the five days for the record run."""

    @declared(
        STATE,
        code="R5",
        sources=(GovernanceState.ISSUED,),
        target=GovernanceState.SERVED,
        title_zh="已送达",
        title_en="Received by the unit",
        article="PRR 18, 19",
        event_kind=MOVED,
        proposer=Proposer.TEAM,
    )
    def serve(self) -> None:
        """The unit has it, served or declared on the spot."""

    @declared(
        STATE,
        code="R6",
        sources=MAY_BE_OBJECTED_TO,
        target=GovernanceState.OBJECTED,
        title_zh="已提出异议",
        title_en="Objected to",
        article="PRR 22-23",
        event_kind=MOVED,
        proposer=Proposer.TEAM,
    )
    def object_to(self) -> None:
        """The unit objects."""

    @declared(
        STATE,
        code="R7",
        sources=(GovernanceState.OBJECTED,),
        target=GovernanceState.SERVED,
        title_zh="异议不成立",
        title_en="Upheld",
        article="PRR 22-23",
        event_kind=MOVED,
        proposer=Proposer.HANDLER,
    )
    def uphold(self) -> None:
        """The recommendation stands; the unit is still to answer."""

    @declared(
        STATE,
        code="R7-2",
        sources=(GovernanceState.OBJECTED,),
        target=GovernanceState.ANSWERED,
        title_zh="异议不成立（已回复）",
        title_en="Upheld after an answer",
        article="PRR 22-23",
        event_kind=MOVED,
        proposer=Proposer.HANDLER,
    )
    def uphold_answered(self) -> None:
        """The recommendation stands, and the unit has answered already."""

    @declared(
        STATE,
        code="R8",
        sources=(GovernanceState.SERVED, GovernanceState.ASSESSED),
        target=GovernanceState.ANSWERED,
        title_zh="已回复",
        title_en="Answered",
        article="PRR 19",
        event_kind=MOVED,
        proposer=Proposer.TEAM,
    )
    def answer(self) -> None:
        """The unit has answered in writing, perhaps once more."""

    @declared(
        STATE,
        code="R9",
        sources=(GovernanceState.ANSWERED,),
        target=GovernanceState.ASSESSED,
        title_zh="已评估",
        title_en="Assessed",
        article="PRR 24-25",
        event_kind=MOVED,
        proposer=Proposer.HANDLER,
    )
    def assess(self) -> None:
        """How far it was adopted has been found."""

    @declared(
        STATE,
        code="R10",
        sources=MAY_BE_CHANGED,
        target=GovernanceState.CHANGED,
        title_zh="已变更",
        title_en="Changed",
        article="PRR 22-23",
        event_kind=ENDED,
        proposer=Proposer.HANDLER,
    )
    def change(self) -> None:
        """A changed recommendation takes its place."""

    @declared(
        STATE,
        code="R11",
        sources=MAY_BE_CHANGED,
        target=GovernanceState.WITHDRAWN,
        title_zh="已撤回",
        title_en="Withdrawn",
        article="PRR 22-23",
        event_kind=ENDED,
        proposer=Proposer.HANDLER,
    )
    def withdraw(self) -> None:
        """Nothing is recommended any more."""

    @declared(
        STATE,
        code="R12",
        sources=MAY_BE_CLOSED,
        target=GovernanceState.CLOSED,
        title_zh="办结",
        title_en="Closed",
        article="PRR 24-25",
        event_kind=ENDED,
        proposer=Proposer.HANDLER,
    )
    def close(self) -> None:
        """Nothing more follows."""
