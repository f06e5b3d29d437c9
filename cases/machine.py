"""How a transition is declared, and what is known of a machine.

A transition is a method of a lifecycle, decorated with `declared`. Graph, buttons, documentation, API
listing and the database's table of allowed edges all come from these declarations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import Role
from audit.language import is_chinese

if TYPE_CHECKING:
    from django import forms

    from cases.models import Event

Method = TypeVar("Method", bound=Callable[..., Any])
# The field of the state, by name, for the parts of a lifecycle that are written before it.
STATE = "state"
HEAD_THEN_CHIEF = (Role.DEPARTMENT_HEAD, Role.CHIEF)


class LegalDay(models.TextChoices):
    """Which day a transition bears (design 3)."""

    DECISION = "decision", _("day of the decision")
    ACT = "act", _("day of the act")


class Proposer(models.TextChoices):
    """Who may propose or record (law 2.2)."""

    INTAKE = "intake", _("intake staff")
    HANDLER = "handler", _("handling prosecutor")
    DEPARTMENT_HEAD = "department_head", _("department head")
    TEAM = "team", _("handling team")
    CHIEF = "chief", _("chief procurator")
    COMMITTEE_SECRETARY = "committee_secretary", _("committee secretary")
    CASE_MANAGEMENT = "case_management", _("case management")
    SYSTEM = "system", _("system, when the time has come")


@dataclass(frozen=True)
class Declaration:
    """Everything that is fixed about one transition of law 3.2.

    Attributes:
        code: number in law 3.2, for example ``T12``.
        target: the state it leads to; empty when the state stays (T09, T13, …).
        method: name of the lifecycle method.
        route: who must agree, in order; empty when the act is recorded without a proposal.
            An office may choose another one (`cases.selectors.routes`).
        chief_decides: law 2.2 names the chief procurator, so no chosen route may leave him out.
        needs_documents: codes of law 7.2 that must exist in final form before.
        spends_documents: whether the documents it needs have served with it, so that another such step needs
            new ones; False where it only hands over what another step rests on.
        makes_documents: codes the transition drafts, issued within the period law 6.1 names.
        proposal_form: what the proposer must state, when it differs from the event's own facts.
        act_requirements: guards judged only when an approved act is carried out, on its facts.
        apart: recorded from the page of what it is about, and not listed among the next steps of the matter.
    """

    code: str
    method: str
    sources: tuple[str, ...]
    target: str
    title_zh: str
    title_en: str
    article: str
    event_kind: str
    proposer: Proposer
    route: tuple[Role, ...] = ()
    chief_decides: bool = False
    requirements: tuple[str, ...] = ()
    act_requirements: tuple[str, ...] = ()
    needs_documents: tuple[str, ...] = ()
    spends_documents: bool = True
    makes_documents: tuple[str, ...] = ()
    legal_day: LegalDay = LegalDay.DECISION
    proposal_form: type[forms.Form] | None = None
    apart: bool = False

    def leads_to(self, state: str) -> str:
        """Return the state after the transition was carried out in `state`."""
        return self.target or state

    @property
    def needs_proposal(self) -> bool:
        return bool(self.route)

    @property
    def title(self) -> str:
        """Title in the user's language."""
        return self.title_zh if is_chinese() else self.title_en

    @property
    def decider(self) -> Role | None:
        return self.route[-1] if self.route else None


def route_in_words(route: Iterable[Role | str]) -> str:
    """Return the roles of a route in the user's language, in order."""
    return " → ".join(str(Role(role).label) for role in route)


@dataclass(frozen=True)
class Machine:
    """A state machine: its model, its states and its declared transitions.

    Attributes:
        states: in the order of law 3.1.
        usual: the state that usually follows each state, for drawing; it decides nothing.
    """

    code: str
    title_zh: str
    title_en: str
    model: type[models.Model]
    states: type[models.TextChoices]
    initial: tuple[str, ...]
    declarations: dict[str, Declaration]
    usual: Mapping[str, str] = field(default_factory=dict)

    def leaving(self, state: str) -> list[Declaration]:
        """Return the transitions that leave `state`, in the law's order."""
        return [item for item in self.declarations.values() if state in item.sources]

    def moves(self, state: str) -> dict[str, tuple[Declaration, ...]]:
        """Return the states that can follow `state`, each with the transitions that lead there."""
        found: dict[str, tuple[Declaration, ...]] = {}
        for item in self.leaving(state):
            if item.target and item.target != state:
                found[item.target] = (*found.get(item.target, ()), item)
        return found

    def everywhere(self) -> list[Declaration]:
        """Return the transitions that may be recorded in every state and leave it as it is."""
        every = set(self.states.values)
        return [
            item
            for item in self.declarations.values()
            if not item.target and every <= set(item.sources)
        ]

    def entries(self, state: str) -> list[Declaration]:
        """Return the transitions that leave this state as it is, save those of every state or apart."""
        general = self.everywhere()
        return [
            item
            for item in self.leaving(state)
            if not item.target and not item.apart and item not in general
        ]

    def edges(self) -> set[tuple[str, str]]:
        """Return every allowed pair (from, to); from is empty for an initial state."""
        moves = {
            (source, item.target)
            for item in self.declarations.values()
            for source in item.sources
            if item.target
        }
        return moves | {("", state) for state in self.initial}


@dataclass
class Act:
    """One act on a matter, before (`event` is None) or after it was recorded."""

    declaration: Declaration
    matter: Any
    facts: dict[str, Any]
    legal_day: date
    event: Event | None = None
    extra: dict[str, Any] = field(default_factory=dict)


def declared(
    state: FSMField | str,
    *,
    code: str,
    sources: tuple[str, ...],
    target: str = "",
    **rest: Any,
) -> Callable[[Method], Method]:
    """Declare a lifecycle method as transition `code` of law 3.2."""

    def decorate(method: Method) -> Method:
        declaration = Declaration(
            code=code, method=method.__name__, sources=sources, target=target, **rest
        )
        guarded = transition(
            field=state,
            source=list(sources),
            target=target or None,
            custom={"declaration": declaration},
        )(method)
        guarded.declaration = declaration
        return guarded  # type: ignore[no-any-return]

    return decorate


def declarations_in(
    declarations: Mapping[str, Declaration],
    states: type[models.TextChoices],
    *,
    beside: type[models.TextChoices],
) -> dict[str, Declaration]:
    """Return those declarations that leave a state of `states`, each from these states alone.

    Args:
        beside: the states of the other machine of the same model. What both have, as every case is closed and
            archived, belongs to both only where the declaration leaves nothing else.
    """
    shared = set(states.values) & set(beside.values)
    found = {}
    for code, item in declarations.items():
        sources = tuple(source for source in item.sources if source in states.values)
        if sources and (not set(sources) <= shared or set(item.sources) <= shared):
            found[code] = replace(item, sources=sources)
    return found


def declarations_of(lifecycle: type[models.Model]) -> dict[str, Declaration]:
    """Collect the declarations of a lifecycle class by code, in the order they are written.

    Raises:
        RuntimeError: two methods are declared under one code.
    """
    found: dict[str, Declaration] = {}
    for klass in reversed(lifecycle.__mro__):
        for value in vars(klass).values():
            declaration = getattr(value, "declaration", None)
            if not isinstance(declaration, Declaration):
                continue
            present = found.get(declaration.code)
            if present is not None and present.method != declaration.method:
                raise RuntimeError(
                    f"{present.method} and {declaration.method} are both declared {declaration.code}."
                )
            found[declaration.code] = declaration
    return found
