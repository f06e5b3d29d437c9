"""What may follow for a matter: its transitions with what each still needs and who can cure it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.models import User
from cases.machine import Declaration, route_in_words
from cases.models import Case, Lead, Proposal
from cases.selectors import back_entry
from cases.selectors.proposals import open_proposal
from cases.selectors.routes import Route, route_for, routes_told
from cases.services import acts, checklists

if TYPE_CHECKING:
    Matter = Lead | Case


@dataclass(frozen=True)
class NextStep:
    """One transition that leaves the present state.

    Attributes:
        route: who must agree in this office, in order.
        lines: every guard with what it says now; those marked `asked` wait for the facts of the proposal.
        may: whether the reader may propose or record it.
        on_paper: whether the reader may enter it with the paper that decided it (back-entry).
        proposal: the open proposal of this transition, if there is one.
        blocked_by: the open proposal of another transition: a machine has one at a time.
    """

    declaration: Declaration
    route: Route
    lines: list[checklists.Checked]
    may: bool
    on_paper: bool
    proposal: Proposal | None
    blocked_by: Proposal | None

    @property
    def stays(self) -> bool:
        """Whether it is an entry that leaves the state as it is."""
        return not self.declaration.target

    @property
    def unmet(self) -> list[checklists.Checked]:
        """The guards that do not hold and that no statement in the proposal will cure."""
        return [line for line in self.lines if not line.verdict.met and not line.asked]

    @property
    def met(self) -> list[checklists.Checked]:
        """The guards that hold and of which nothing is to be told."""
        return [line for line in self.lines if line.verdict.met and not line.verdict.warning]

    @property
    def warned(self) -> list[checklists.Checked]:
        """The guards that keep nothing back and yet are to be seen (law 14.3 "warn")."""
        return [line for line in self.lines if line.verdict.met and line.verdict.warning]

    @property
    def to_state(self) -> list[checklists.Checked]:
        """The guards that the facts of the proposal or of the act will answer."""
        return [line for line in self.lines if not line.verdict.met and line.asked]

    @property
    def approvers(self) -> str:
        """The approval route in words; empty when the act is recorded without a proposal."""
        return route_in_words(self.route)


def next_steps(matter: Matter, actor: User) -> list[NextStep]:
    """Return the transitions that leave the present state, in the law's order, without those apart."""
    opened = open_proposal(matter)
    chosen = routes_told(matter)
    entering = back_entry.is_running(matter) and back_entry.may_enter(matter, actor)
    return [
        _step(
            matter,
            actor,
            declaration,
            route_for(declaration, matter, chosen),
            opened,
            entering=entering,
        )
        for declaration in acts.machine_of(matter).leaving(matter.state)
        if not declaration.apart
    ]


@dataclass(frozen=True)
class Offered:
    """What a page offers of the next steps.

    Attributes:
        moving: the steps that change the state.
        entries: the entries that leave it and that the reader may make now.
        waiting: the entries the reader may make once something else was recorded.
    """

    moving: list[NextStep]
    entries: list[NextStep]
    waiting: list[NextStep]


def offered(steps: list[NextStep]) -> Offered:
    """Return the steps as a page offers them; entries that others make are left out."""
    own = [step for step in steps if step.stays and (step.may or step.on_paper or step.proposal)]
    return Offered(
        moving=[step for step in steps if not step.stays],
        entries=[step for step in own if not step.unmet],
        waiting=[step for step in own if step.unmet],
    )


def _step(
    matter: Matter,
    actor: User,
    declaration: Declaration,
    route: Route,
    opened: Proposal | None,
    *,
    entering: bool,
) -> NextStep:
    own = opened is not None and opened.transition == declaration.code
    return NextStep(
        declaration=declaration,
        route=route,
        lines=checklists.checklist(declaration, matter, {}, asked=True),
        may=acts.may_propose(actor, matter, declaration),
        on_paper=entering and declaration.needs_proposal,
        proposal=opened if own else None,
        blocked_by=None if own else opened,
    )
