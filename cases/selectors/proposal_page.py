"""What the page of a proposal shows: guards then and now, facts, effects, documents, the chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Delegation, Role, User
from accounts.selectors import valid_on
from audit import clock
from audit.language import is_chinese
from cases.machine import Declaration
from cases.models import ApprovalStep, Proposal, ProposalStatus
from cases.registries import EffectLine, document_slots
from cases.selectors import people
from cases.selectors.facts import FactLine, blank_form, fact_lines
from cases.services import acts, checklists, freezing
from cases.services.facts import proposal_form_class
from cases.text_difference import Piece, side_by_side

if TYPE_CHECKING:
    from cases.models import Case, Lead

    Matter = Lead | Case

# While a proposal can still be acted upon, its guards are judged again each time it is looked at.
LIVE = (
    ProposalStatus.DRAFT,
    ProposalStatus.RETURNED,
    ProposalStatus.SUBMITTED,
    ProposalStatus.APPROVED,
)


@dataclass(frozen=True)
class Guard:
    """A guard of the proposal now, and what it said when the proposal was submitted.

    Attributes:
        then: None when the proposal has not been submitted, or the guard was not judged then.
    """

    line: checklists.Checked
    then: bool | None

    @property
    def differs(self) -> bool:
        return self.then is not None and self.then != self.line.verdict.met


@dataclass(frozen=True)
class FrozenLine:
    """A guard as an approval was bound to it."""

    title: str
    article: str
    met: bool


@dataclass(frozen=True)
class Place:
    """One place of the approval route: its step when it was taken, else who may take it."""

    role: Role
    step: ApprovalStep | None
    awaited: bool
    entitled: Sequence[User] = ()


@dataclass(frozen=True)
class Difference:
    """One part that is no longer what was submitted.

    Attributes:
        then, now: of a text, the pieces of `before` and `after`; empty for what is replaced as a whole.
    """

    title: str
    before: str
    after: str
    then: Sequence[Piece] = ()
    now: Sequence[Piece] = ()


def declaration_of(proposal: Proposal) -> Declaration | None:
    """Return the transition proposed; None for a document."""
    if proposal.subject != "transition":
        return None
    return acts.declaration_of(proposal.matter, proposal.transition)


def states_of(proposal: Proposal) -> tuple[str, str] | None:
    """Return the titles of the state it leaves and of the state it leads to; None for a document."""
    declaration = declaration_of(proposal)
    if declaration is None:
        return None
    titles = dict(acts.machine_of(proposal.matter).states.choices)
    left = proposal.frozen.get("state") or proposal.matter.state
    return str(titles[left]), str(titles[declaration.leads_to(left)])


def guards_of(proposal: Proposal) -> list[Guard]:
    """Return every guard as it stands now beside what was frozen."""
    declaration = declaration_of(proposal)
    if declaration is None:
        return []
    frozen = {line["code"]: line["met"] for line in proposal.frozen.get("verdicts", [])}
    lines = checklists.checklist(
        declaration,
        proposal.matter,
        proposal.facts,
        carrying_out=False,
        before=proposal.events.order_by("id").first(),
    )
    return [Guard(line, frozen.get(line.code)) for line in lines]


def frozen_checklist(proposal: Proposal) -> list[FrozenLine]:
    """Return the guards as they stood when the proposal was submitted; none before that."""
    return [_frozen_line(item) for item in proposal.frozen.get("verdicts", [])]


def _frozen_line(item: dict[str, Any]) -> FrozenLine:
    zh, en, article = checklists.titles_of(item["code"])
    chinese = is_chinese()
    return FrozenLine(zh if chinese else en, article, item["met"])


def facts_of(proposal: Proposal, actor: User) -> list[FactLine]:
    """Return what the proposal states, in words."""
    declaration = declaration_of(proposal)
    if declaration is None:
        return []
    form = blank_form(proposal_form_class(declaration), proposal.matter, actor)
    return fact_lines(form, proposal.facts)


def effects_of(proposal: Proposal) -> list[EffectLine]:
    """Return what carrying it out would create."""
    declaration = declaration_of(proposal)
    return acts.preview(declaration, proposal.matter, proposal.facts) if declaration else []


def chain_of(proposal: Proposal) -> list[Place]:
    """Return the places of the present round, those still open with whoever may decide there."""
    taken = {
        step.position: step
        for step in proposal.steps.filter(round=proposal.round, position__gt=0).select_related(
            "acted_by", "on_behalf_of", "entered_by", "paper"
        )
    }
    waiting = proposal.awaited_role is not None
    places = []
    for index, value in enumerate(proposal.route):
        step = taken.get(index + 1)
        entitled = () if step else tuple(people.deciders(proposal.matter, Role(value)))
        awaited = waiting and index == proposal.position
        places.append(Place(Role(value), step, awaited, entitled))
    return places


def signers(proposal: Proposal) -> QuerySet[User]:
    """Return who may sign at the awaited place: who holds the role, or acts for its holder."""
    role = proposal.awaited_role
    if role is None:
        return User.objects.none()
    entitled = people.deciders(proposal.matter, role)
    delegates = Delegation.objects.filter(
        valid_on(clock.today()), role=role, delegator__in=entitled
    ).values("delegate")
    chosen = Q(pk__in=entitled) | Q(pk__in=delegates)
    return User.objects.filter(chosen, is_active=True).exclude(pk=proposal.author_id)


def differences_of(proposal: Proposal, actor: User) -> list[Difference]:
    """Return what differs from what was submitted; empty while nothing does."""
    if proposal.status != ProposalStatus.SUBMITTED:
        return []
    return described(
        freezing.differences(proposal.frozen, freezing.freeze(proposal)), proposal, actor
    )


def described(
    details: dict[str, dict[str, Any]], proposal: Proposal, actor: User
) -> list[Difference]:
    """Return the differences of `freezing.differences` in words, one line a part that moved."""
    found: list[Difference] = []
    for name, both in details.items():
        describe = _DESCRIBERS.get(name, _plain)
        found += describe(name, both["before"], both["after"], proposal, actor)
    return found


def _plain(name: str, before: Any, after: Any, proposal: Proposal, actor: User) -> list[Difference]:
    titles = {
        "reasons": _("Reasons"),
        "version": _("Version of the matter"),
        "transition": _("Step"),
    }
    return [Difference(titles.get(name, name), str(before or "—"), str(after or "—"))]


def _state(name: str, before: Any, after: Any, proposal: Proposal, actor: User) -> list[Difference]:
    titles = dict(acts.machine_of(proposal.matter).states.choices)
    return [Difference(_("State"), str(titles.get(before, before)), str(titles.get(after, after)))]


def _documents(
    name: str, before: Any, after: Any, proposal: Proposal, actor: User
) -> list[Difference]:
    then = {item["id"]: item for item in before or []}
    now = {item["id"]: item for item in after or []}
    found: list[Difference] = []
    for pk in sorted(then.keys() | now.keys()):
        if then.get(pk) != now.get(pk):
            found += _document(then.get(pk), now.get(pk), actor)
    return found


def _document(
    then: dict[str, Any] | None, now: dict[str, Any] | None, actor: User
) -> list[Difference]:
    """Return each content whose text differs; digests where there is no text that could be read."""
    code = (then or now or {})["code"]
    before, after = _text(then, actor), _text(now, actor)
    texts = _of_texts(code, before, after) if before is not None and after is not None else []
    title = _("Document %(code)s") % {"code": code}
    return texts or [Difference(title, _fingerprint(then), _fingerprint(now))]


def _text(item: dict[str, Any] | None, actor: User) -> Mapping[str, str] | None:
    """Return the text of a document by its contents; empty for none, None for one nobody may show."""
    if item is None:
        return {}
    slot = document_slots.get("documents")
    return slot.text(actor, item["id"], item["sha256"]) if slot else None


def _of_texts(code: str, then: Mapping[str, str], now: Mapping[str, str]) -> list[Difference]:
    title = _("Document %(code)s: %(content)s")
    return [
        Difference(title % {"code": code, "content": label}, before, after, *pieces)
        for label in dict.fromkeys([*then, *now])
        if (before := then.get(label, "")) != (after := now.get(label, ""))
        and (pieces := side_by_side(before, after))
    ]


def _fingerprint(item: dict[str, Any] | None) -> str:
    return f"SHA-256 {str(item['sha256'])[:12]}…" if item else _("none")


def _verdicts(
    name: str, before: Any, after: Any, proposal: Proposal, actor: User
) -> list[Difference]:
    titles = {guard.line.code: guard.line.title for guard in guards_of(proposal)}
    then = {item["code"]: item["met"] for item in before or []}
    now = {item["code"]: item["met"] for item in after or []}
    words = {True: _("met"), False: _("not met"), None: "—"}
    return [
        Difference(titles.get(code, code), words[then.get(code)], words[now.get(code)])
        for code in sorted(then.keys() | now.keys())
        if then.get(code) != now.get(code)
    ]


def _facts(name: str, before: Any, after: Any, proposal: Proposal, actor: User) -> list[Difference]:
    return compared(proposal, before or {}, after or {}, actor)


def compared(
    proposal: Proposal, before: dict[str, Any], after: dict[str, Any], actor: User
) -> list[Difference]:
    """Return the facts that differ between two states of a proposal."""
    declaration = declaration_of(proposal)
    if declaration is None:
        return []
    form = blank_form(proposal_form_class(declaration), proposal.matter, actor)
    then = {line.name: line for line in fact_lines(form, before)}
    now = {line.name: line for line in fact_lines(form, after)}
    return [
        Difference(
            (then.get(name) or now[name]).label,
            then[name].value if name in then else "—",
            now[name].value if name in now else "—",
        )
        for name in form.fields
        if (name in then or name in now) and then.get(name) != now.get(name)
    ]


_DESCRIBERS = {
    "state": _state,
    "documents": _documents,
    "verdicts": _verdicts,
    "facts": _facts,
}
