"""The one way of an act: lock, role, guards, event, transition, effects, audit, in one transaction.

Everything that changes a state comes through `perform`; everything that happened in law without a change of
state through `record_event`. Browser, API, task and shell use the same two functions (design 3).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from accounts.reading import reading
from audit import clock
from audit import services as audit
from audit.errors import Conflict, Invalid, NotPermitted, Refusal, UnmetRequirement
from audit.prepared import Prepared, prepared
from cases.machine import Act, Declaration, Machine, Proposer
from cases.models import Attachment, Case, Event, Lead, Proposal
from cases.registries import (
    EffectLine,
    effects_of,
    event_kinds,
    machines,
)
from cases.selectors import back_entry, people
from cases.selectors.kept_rows import kinds_held
from cases.services.checklists import require_met, unmet_before
from cases.services.days import (
    require_after_start,
    require_day,
    require_in_order,
    require_within_matter,
)
from cases.signals import Held, event_recorded

if TYPE_CHECKING:
    Matter = Lead | Case


def machine_of(matter: Matter) -> Machine:
    """Return the main machine of a lead or a case."""
    return machines[matter.machine]


def declaration_of(matter: Matter, code: str) -> Declaration:
    """Return transition `code` of the matter's machine.

    Raises:
        Invalid: the machine declares no such transition.
    """
    declaration = machine_of(matter).declarations.get(code)
    if declaration is None:
        raise Invalid(
            _("There is no transition %(code)s here. See the list of transitions.")
            % {"code": code},
            code="unknown_transition",
        )
    return declaration


def lock(matter: Matter) -> Matter:
    """Read the row again and keep it locked until the transaction ends."""
    ask: Prepared[Any] = _locked_lead if isinstance(matter, Lead) else _locked_case
    row: Matter | None = ask.one(matter.pk)
    if row is None:
        raise type(matter).DoesNotExist
    return row


@prepared(int)
def _locked_case(pk: int) -> QuerySet[Case]:
    return _locked(Case.objects.filter(pk=pk))


@prepared(int)
def _locked_lead(pk: int) -> QuerySet[Lead]:
    return _locked(Lead.objects.filter(pk=pk))


def _locked(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows with their office, which most acts name; it is not locked."""
    return rows.select_related("office").select_for_update(of=("self",))


# Whoever holds the role in the office of the matter, or acts for its holder.
_ROLES = {
    Proposer.INTAKE: Role.INTAKE,
    Proposer.DEPARTMENT_HEAD: Role.DEPARTMENT_HEAD,
    Proposer.CHIEF: Role.CHIEF,
    Proposer.COMMITTEE_SECRETARY: Role.COMMITTEE_SECRETARY,
    Proposer.CASE_MANAGEMENT: Role.CASE_MANAGEMENT,
}


def may_propose(actor: User, matter: Matter, declaration: Declaration) -> bool:
    """Say whether `actor` may propose or record the transition (law 2.2, column "proposes")."""
    if people.is_recused(matter, actor.pk):
        return False
    if declaration.proposer == Proposer.HANDLER:
        return people.is_handler(matter, actor)
    if declaration.proposer == Proposer.TEAM:
        return people.is_member(matter, actor)
    if declaration.proposer == Proposer.SYSTEM:
        # Nothing happens by itself in back-entry: who answers for the case records it with its day.
        return back_entry.is_lead_handler(matter, actor) and back_entry.is_running(matter)
    role = _ROLES.get(declaration.proposer)
    if role is None:
        return False
    held = [actor] if accounts.has_role(actor, role) else accounts.acting_for(actor, role)
    return any(person.office_id == matter.office_id for person in held)


def require_proposer(actor: User, matter: Matter, declaration: Declaration) -> None:
    """Refuse an actor who may not propose or record the transition.

    Raises:
        NotPermitted: naming who may.
    """
    with reading():  # asked once, and anew for each act
        allowed = may_propose(actor, matter, declaration)
    if not allowed:
        raise NotPermitted(
            _(
                "Only the %(who)s of this matter may do this. Ask them, or have the matter handed over."
            )
            % {"who": declaration.proposer.label},
            code="wrong_role",
            law=declaration.article,
        )


def require_state(declaration: Declaration, matter: Matter) -> None:
    """Refuse a transition that does not leave the present state.

    Raises:
        Conflict: naming the present state, and what stands in the way of the transition now.
    """
    if matter.state not in declaration.sources:
        raise Conflict(
            _("The state is now “%(state)s”; %(title)s does not leave it. Load the page again.")
            % {"state": matter.get_state_display(), "title": declaration.title},
            code="state_moved",
            law=declaration.article,
            unmet=unmet_before(declaration, matter),
            details={"state": matter.state, "transition": declaration.code},
        )


def _owner_fields(matter: Matter) -> dict[str, Any]:
    return {"lead": matter} if isinstance(matter, Lead) else {"case": matter}


def audit_scope(matter: Matter) -> dict[str, Any]:
    """Return the keyword arguments that put an audit entry on the chain of a matter."""
    key = "lead_id" if isinstance(matter, Lead) else "case_id"
    return {"office_id": matter.office_id, key: matter.pk}


def record_event(
    *,
    actor: User | None,
    matter: Matter,
    kind: str,
    legal_day: date,
    facts: dict[str, Any] | None = None,
    reason: str = "",
    proofs: Iterable[Attachment] = (),
    on_behalf_of: User | None = None,
    **rest: Any,
) -> Event:
    """Append one event, tell the rooms above and write the audit; inside the caller's transaction.

    Raises:
        Invalid: the day lies in the future.
        KeyError: nobody declared the kind.
    """
    require_day(legal_day)
    if kind not in event_kinds:
        raise KeyError(kind)
    event = Event.objects.create(
        kind=kind,
        legal_day=legal_day,
        facts=facts or {},
        reason=reason,
        recorded_by=actor,
        on_behalf_of=on_behalf_of,
        **_owner_fields(matter),
        **rest,
    )
    event.proofs.add(*proofs)
    return event


def announce_event(
    event: Event, *, actor: User | None, matter: Matter, held: Held | None = None
) -> None:
    """Send the signal of a recorded event and write its audit entry, last of all."""
    event_recorded.send(sender=Event, event=event, held=held)
    audit.record(
        actor=actor,
        action=f"event.{event.kind}",
        object_type="event",
        object_id=event.pk,
        on_behalf_of=event.on_behalf_of,
        details={
            "transition": event.transition,
            "from": event.from_state,
            "to": event.to_state,
            "legal_day": event.legal_day.isoformat(),
        },
        **audit_scope(matter),
    )


def raise_version(matter: Matter) -> None:
    """Mark that something an approval depends on has changed."""
    matter.version += 1
    matter.save(update_fields=["version"])


@transaction.atomic
def perform(
    *,
    actor: User | None,
    declaration: Declaration,
    matter: Matter,
    facts: dict[str, Any],
    legal_day: date,
    proofs: Iterable[Attachment] = (),
    proposal: Proposal | None = None,
    on_behalf_of: User | None = None,
    legal_instant: datetime | None = None,
) -> Event:
    """Carry out one transition; the only place where a state changes forwards.

    `facts` are validated facts (`FactsForm.facts`). `actor` None is the system.

    Raises:
        Conflict: the state has moved.
        Refusal: guards are unmet, all of them named.
        Invalid: the legal day lies in the future, or before what the transition rests on.
    """
    locked = lock(matter)
    require_state(declaration, locked)
    proofs = list(proofs)
    facts = facts | ({"proofs": [proof.sha256 for proof in proofs]} if proofs else {})
    with (
        reading()
    ):  # Under the lock nothing moves, and nothing is written yet: each question is asked once.
        require_met(declaration, locked, facts, legal_day=legal_day)
        require_in_order(declaration, locked, legal_day, proposal)
        held = Held(locked, kinds_held(locked))
    event = record_event(
        actor=actor,
        matter=locked,
        kind=declaration.event_kind,
        legal_day=legal_day,
        legal_instant=legal_instant,
        facts=facts,
        proofs=proofs,
        on_behalf_of=on_behalf_of,
        proposal=proposal,
        machine=locked.machine,
        object_id=locked.pk,
        transition=declaration.code,
        from_state=locked.state,
        to_state=declaration.target,  # empty when the state stays
    )
    getattr(locked, declaration.method)()
    locked.version += 1
    locked.save(update_fields=["state", "version"])
    act = Act(declaration, locked, facts, legal_day, event)
    for effect in effects_of(declaration.event_kind):
        effect(act, False)
    announce_event(event, actor=actor, matter=locked, held=held)
    matter.take_over(locked)
    return event


def preview(
    declaration: Declaration,
    matter: Matter,
    facts: dict[str, Any],
    legal_day: date | None = None,
) -> list[EffectLine]:
    """Return what carrying the transition out would create; nothing is written."""
    act = Act(declaration, matter, facts, legal_day or clock.today())
    return [line for effect in effects_of(declaration.event_kind) for line in effect(act, True)]


def record_directly(
    *,
    actor: User,
    matter: Matter,
    code: str,
    data: Any,
    files: Any = None,
    source: str = "",
) -> Event:
    """Record a transition that needs no proposal (law 2.2 names no reviewer).

    Args:
        data, files: what the form of the event kind is bound to.
        source: what it is recorded from, for example ``paper:12``; its files are proofs of the event.

    Raises:
        NotPermitted: the actor may not record it, or it needs a proposal.
        Invalid: the facts are not valid, or nothing of this matter is called `source`.
        Conflict, Refusal: as `perform`.
    """
    declaration = declaration_of(matter, code)
    require_proposer(actor, matter, declaration)
    if declaration.needs_proposal:
        raise NotPermitted(
            _("This step needs a proposal and its approval. Propose it instead."),
            code="needs_proposal",
            law=declaration.article,
        )
    return enter_directly(
        actor=actor,
        matter=matter,
        declaration=declaration,
        data=data,
        files=files,
        source=source,
    )


def enter_directly(
    *,
    actor: User,
    matter: Matter,
    declaration: Declaration,
    data: Any,
    files: Any = None,
    source: str = "",
) -> Event:
    """Do what `record_directly` does for a caller who has seen to the actor's right."""
    from cases.services import sources
    from cases.services.facts import bound_form

    require_state(declaration, matter)
    kind = declaration.event_kind
    offer = sources.offered(actor, matter, source, kind)
    form = bound_form(kind, data, files, matter=matter, actor=actor, given=offer.files)
    day = form.cleaned_data.get("legal_day", clock.today())
    with transaction.atomic():
        event = perform(
            actor=actor,
            declaration=declaration,
            matter=matter,
            facts=form.facts(),
            legal_day=day,
            legal_instant=sources.instant_on(offer, day),
            proofs=sources.proofs_of(form, offer, actor=actor, matter=matter, purpose=kind),
        )
        sources.became(event, offer, actor=actor)
    return event


def record_fact(
    *, actor: User, matter: Matter, kind: str, data: Any, files: Any = None, source: str = ""
) -> Event:
    """Record an event that changes no state, such as an investigative act (T09).

    Args:
        source: as in `record_directly`.

    Raises:
        NotPermitted: the actor is not in the handling team, or the kind is not recorded by hand.
        Invalid: the facts are not valid, or nothing of this matter is called `source`.
        Refusal: a guard of the kind is unmet.
    """
    from cases.services import sources
    from cases.services.facts import bound_form

    entry = event_kinds.get(kind)
    if entry is None or not entry.manual:
        raise NotPermitted(
            _("Events of this kind are not recorded by hand."), code="not_recorded_by_hand"
        )
    if not people.is_member(matter, actor):
        raise NotPermitted(
            _("Only the handling team records this. Ask the lead handler."), code="not_in_the_team"
        )
    if kind == "investigative_act":
        require_collection_possible(matter)
    offer = sources.offered(actor, matter, source, kind)
    form = bound_form(kind, data, files, matter=matter, actor=actor, given=offer.files)
    day = form.cleaned_data["legal_day"]
    if kind == "investigative_act":
        require_after_start(matter, day)
    require_within_matter(matter, day)
    with transaction.atomic():
        locked = lock(matter)
        event = record_event(
            actor=actor,
            matter=locked,
            kind=kind,
            legal_day=day,
            legal_instant=sources.instant_on(offer, day),
            facts=form.facts(),
            proofs=sources.proofs_of(form, offer, actor=actor, matter=locked, purpose=kind),
        )
        if not entry.remark:
            raise_version(locked)
        announce_event(event, actor=actor, matter=locked)
        sources.became(event, offer, actor=actor)
    return event


def require_collection_possible(matter: Matter) -> None:
    """Refuse an investigative act outside the investigation or before its plan (T09, norm C020).

    Raises:
        Conflict: the case is not under investigation.
        Refusal: the investigation plan does not exist in final form.
    """
    from cases.requirements import plan_before_collection
    from cases.states import UNDER_ADMINISTRATIVE_INVESTIGATION, CaseState

    if matter.state not in (CaseState.INVESTIGATING, *UNDER_ADMINISTRATIVE_INVESTIGATION):
        raise Conflict(
            _("Investigative acts are recorded during the investigation; the state is “%(state)s”.")
            % {"state": matter.get_state_display()},
            code="not_under_investigation",
            law="Rules 33-43",
        )
    verdict = plan_before_collection(matter, {})
    if not verdict.met:
        line = UnmetRequirement("plan_before_collection", verdict.why, "Rules 33", "", verdict.link)
        raise Refusal(
            _("The investigation plan must exist before evidence is collected."),
            code="requirements_unmet",
            law="Rules 33",
            unmet=[line],
        )
