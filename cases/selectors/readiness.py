"""How ready a matter is for a state: the ways there, and what each step wants now and who can cure it.

Reads alone. A guard is asked once for a page, however many ways it stands on; what it says is what the
refusal of the act would say now.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from audit.errors import Invalid
from audit.language import is_chinese
from cases.machine import Declaration, Machine, route_in_words
from cases.models import Case, Lead, Proposal
from cases.registries import (
    DraftDocument,
    PeriodBearing,
    document_slots,
    event_kinds,
    periods,
    requirements,
)
from cases.selectors.events import standing_events
from cases.selectors.proposals import open_proposal
from cases.selectors.routes import Route, route_for, routes_told
from cases.services import acts, checklists
from cases.track import law_code, state_title
from cases.ways import Leg, reachable, usual_path, ways

if TYPE_CHECKING:
    Matter = Lead | Case

_EVENT_READ = re.compile(r"Event ([a-z_]+)")
# The pages on which a step is recorded or proposed.
STEP_PAGES = ("transition_record", "proposal_create")


class Standing(models.TextChoices):
    """Where a guard stands now."""

    MET = "met", gettext_lazy("Met")
    UNMET = "unmet", gettext_lazy("Not met")
    ASKED = "asked", gettext_lazy("Waits for the facts of the act")
    LATER = "later", gettext_lazy("Judged later")


@dataclass(frozen=True)
class Line:
    """A guard or a needed document as it stands now.

    Attributes:
        checked: the line of the checklist.
        link: where it is cured or seen; empty while no earlier step has been taken.
    """

    checked: checklists.Checked
    standing: Standing
    link: str


@dataclass(frozen=True)
class Paper:
    """A document a step needs or makes, with the documents of that kind there are."""

    code: str
    title: str
    documents: Sequence[DraftDocument]

    @property
    def state(self) -> str:
        """``none``, ``draft`` or ``final``."""
        if not self.documents:
            return "none"
        return "final" if any(row.final for row in self.documents) else "draft"


@dataclass(frozen=True)
class Step:
    """One transition on a way.

    Attributes:
        route: who must agree in this office, in order; empty when it is recorded without a proposal.
        page: where the reader proposes or records it now; empty when he may not, or not yet.
        proposal: the open proposal of this transition.
        periods: what its event does to the periods of law.
    """

    declaration: Declaration
    route: Route
    lines: Sequence[Line]
    needs: Sequence[Paper]
    makes: Sequence[Paper]
    periods: Sequence[PeriodBearing]
    page: str = ""
    proposal: Proposal | None = None

    @property
    def approvers(self) -> str:
        return route_in_words(self.route)


@dataclass(frozen=True)
class Stretch:
    """One change of state on a way, with every transition that makes it."""

    source: str
    source_title: str
    target: str
    target_title: str
    steps: Sequence[Step]


@dataclass(frozen=True)
class PlannedWay:
    """A way to the target with what it wants."""

    stretches: Sequence[Stretch]
    usual: bool

    @property
    def direct(self) -> bool:
        return len(self.stretches) == 1

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many guards of the way stand where, each counted once, as its first step has it."""
        found = {line.checked.code: line.standing for line in reversed(self.lines)}
        return Counter(str(standing) for standing in found.values())

    @property
    def lines(self) -> list[Line]:
        return [line for stretch in self.stretches for step in stretch.steps for line in step.lines]

    @property
    def missing(self) -> list[Line]:
        """What can be cured now, each line once."""
        rows = {line.checked.code: line for line in self.lines if line.standing == Standing.UNMET}
        return list(rows.values())


@dataclass(frozen=True)
class Choice:
    """A state of the machine one may ask for."""

    state: str
    title: str
    law_code: str
    reachable: bool


@dataclass(frozen=True)
class Readiness:
    """The answer to one question.

    Attributes:
        state, target: the present state and the one asked for; `target` is empty when nothing can follow.
        ways: direct ones first; empty when the target cannot be reached from here.
        choices: every other state of the machine.
    """

    state: str
    state_title: str
    target: str
    target_title: str
    ways: Sequence[PlannedWay]
    choices: Sequence[Choice]

    @property
    def there(self) -> bool:
        """Whether the matter is in that state already."""
        return self.target == self.state

    @property
    def reachable(self) -> bool:
        return bool(self.ways) or self.there


def readiness(matter: Matter, actor: User, target: str = "") -> Readiness:
    """Return what stands between a matter and the state `target`, by default the one that usually follows.

    Raises:
        Invalid: the machine has no such state.
    """
    machine = acts.machine_of(matter)
    target = target or _default(machine, matter.state)
    if target and target not in machine.states.values:
        sentence = _("There is no state “%(state)s” here. Choose one of the list.")
        raise Invalid(
            sentence % {"state": target}, errors={"target": [sentence % {"state": target}]}
        )
    planner = _Planner(matter, actor, machine)
    return Readiness(
        state=matter.state,
        state_title=state_title(machine.code, matter.state),
        target=target,
        target_title=state_title(machine.code, target) if target else "",
        ways=planner.ways_to(target),
        choices=_choices(machine, matter.state),
    )


def _default(machine: Machine, state: str) -> str:
    path = usual_path(machine, state)
    return path[1] if len(path) > 1 else next(iter(machine.moves(state)), "")


def _choices(machine: Machine, present: str) -> list[Choice]:
    there = reachable(machine, present)
    return [
        Choice(
            state, state_title(machine.code, state), law_code(machine.code, state), state in there
        )
        for state in machine.states.values
        if state != present
    ]


@dataclass
class _Planner:
    """Asks guards, documents and periods of one matter, each once."""

    matter: Matter
    actor: User
    machine: Machine
    asked: dict[str, checklists.Checked] = field(default_factory=dict)

    def ways_to(self, target: str) -> list[PlannedWay]:
        state = self.matter.state
        if not target or target == state:
            return []
        found = ways(self.machine, state, target, passed=self._passed())
        return [
            PlannedWay([self._stretch(leg, leg.source == state) for leg in way.legs], way.usual)
            for way in found
        ]

    def _passed(self) -> set[str]:
        rows = standing_events(self.matter).filter(machine=self.machine.code)
        return set(rows.exclude(to_state="").order_by().values_list("to_state", flat=True))

    def _stretch(self, leg: Leg, first: bool) -> Stretch:
        code = self.machine.code
        return Stretch(
            source=leg.source,
            source_title=state_title(code, leg.source),
            target=leg.target,
            target_title=state_title(code, leg.target),
            steps=[self._step(item, first) for item in leg.declarations],
        )

    def _step(self, declaration: Declaration, first: bool) -> Step:
        opened = self._open if first else None
        own = opened if opened and opened.transition == declaration.code else None
        return Step(
            declaration=declaration,
            route=route_for(declaration, self.matter, self._routes),
            lines=[self._line(code, first) for code in checklists.lines_of(declaration)],
            needs=[self._paper(code) for code in declaration.needs_documents],
            makes=[self._paper(code) for code in declaration.makes_documents],
            periods=self._periods(declaration.event_kind),
            page=self._page(declaration) if first and opened is None else "",
            proposal=own,
        )

    @cached_property
    def _routes(self) -> Mapping[str, Route]:
        return routes_told(self.matter)

    @cached_property
    def _open(self) -> Proposal | None:
        return open_proposal(self.matter)

    def _page(self, declaration: Declaration) -> str:
        if not acts.may_propose(self.actor, self.matter, declaration):
            return ""
        return self._step_page(declaration)

    def _step_page(self, declaration: Declaration) -> str:
        page = STEP_PAGES[declaration.needs_proposal]
        return reverse(page, args=[self.matter.key, declaration.code])

    # --- guards ---------------------------------------------------------------------------------

    def _line(self, code: str, first: bool) -> Line:
        if code not in self.asked:
            self.asked[code] = checklists.judged(code, self.matter, {}, asked=True)
        checked = self.asked[code]
        standing = self._standing(checked, first)
        return Line(checked, standing, self._link(checked, standing))

    def _link(self, checked: checklists.Checked, standing: Standing) -> str:
        """Return where a guard is cured or seen: as it says, else the entry that makes what it reads."""
        if standing == Standing.LATER:
            return ""
        if checked.verdict.link or standing != Standing.UNMET:
            return checked.verdict.link
        reads = _kinds_read(checked.code)
        return next(
            (self._step_page(item) for item in self._entries if item.event_kind in reads), ""
        )

    def _standing(self, checked: checklists.Checked, first: bool) -> Standing:
        if checked.verdict.met:
            return Standing.MET
        if checked.asked:
            return Standing.ASKED
        return Standing.LATER if not first and self._is_for_later(checked) else Standing.UNMET

    def _is_for_later(self, checked: checklists.Checked) -> bool:
        """Say whether what the guard reads is made by a step that does not leave the present state."""
        if _leads_to_a_step_of_another_state(checked.verdict.link, self.matter):
            return True
        kinds = _kinds_read(checked.code)
        return bool(kinds or _reads_a_deadline(checked.code)) and not kinds & self._recordable

    @cached_property
    def _entries(self) -> list[Declaration]:
        """The transitions that can be recorded now and leave the state as it is."""
        return [item for item in self.machine.leaving(self.matter.state) if not item.target]

    @cached_property
    def _recordable(self) -> set[str]:
        by_hand = {code for code, kind in event_kinds.items() if kind.manual}
        return by_hand | {item.event_kind for item in self._entries}

    # --- documents and periods ------------------------------------------------------------------

    @cached_property
    def _documents(self) -> Mapping[str, Sequence[DraftDocument]]:
        slot = document_slots.get("documents")
        return slot.all_documents(self.matter) if slot else {}

    def _paper(self, code: str) -> Paper:
        chinese, english, _article = checklists.titles_of(f"{checklists.DOCUMENT}{code}")
        title = chinese if is_chinese() else english
        return Paper(code, title, self._documents.get(code, ()))

    def _periods(self, kind: str) -> list[PeriodBearing]:
        return [line for ask in periods.values() for line in ask(self.matter, kind)]


def _reads(code: str) -> str:
    requirement = requirements.get(code)
    return requirement.reads if requirement else ""


def _kinds_read(code: str) -> set[str]:
    """Return the kinds of events a guard reads."""
    return set(_EVENT_READ.findall(_reads(code)))


def _reads_a_deadline(code: str) -> bool:
    return "Deadline" in _reads(code)


def _leads_to_a_step_of_another_state(link: str, matter: Matter) -> bool:
    try:
        page = resolve(link.partition("?")[0]) if link else None
    except Resolver404:
        return False
    if page is None or page.url_name not in STEP_PAGES or page.kwargs.get("key") != matter.key:
        return False
    declaration = acts.machine_of(matter).declarations.get(page.kwargs["code"])
    return declaration is not None and matter.state not in declaration.sources
