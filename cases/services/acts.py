"""The one way of an act: lock, role, guards, event, transition, effects, audit, in one transaction.

Everything that changes a state comes through `perform`; everything that happened in law without a change of
state through `record_event`. Browser, API, task and shell use the same two functions (design 3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, Invalid, NotPermitted, Refusal, UnmetRequirement, Verdict
from cases.guards import LEGAL_DAY
from cases.machine import Act, Declaration, Machine, Proposer
from cases.models import Attachment, Case, Event, Lead, Proposal
from cases.registries import (
    EffectLine,
    document_slots,
    effects_of,
    event_kinds,
    machines,
    requirements,
)
from cases.selectors import back_entry, people
from cases.services.days import (
    require_after_start,
    require_day,
    require_in_order,
    require_within_matter,
)
from cases.signals import event_recorded

if TYPE_CHECKING:
    Matter = Lead | Case


@dataclass(frozen=True)
class Checked:
    """One line of a checklist: the guard and what it says now.

    Attributes:
        asked: the guard reads what the proposal or the act still has to state.
    """

    code: str
    title_zh: str
    title_en: str
    article: str
    verdict: Verdict
    cure: str
    asked: bool = False
    by_statement: bool = False

    @property
    def title(self) -> str:
        return self.title_zh if (get_language() or "").startswith("zh") else self.title_en

    def unmet(self) -> UnmetRequirement:
        """Return the line as an unmet requirement."""
        return UnmetRequirement(
            code=self.code,
            message=f"{self.title}: {self.verdict.why}",
            law=self.article,
            cure=self.cure,
            link=self.verdict.link,
        )


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
    model = type(matter)
    return model.objects.select_for_update().get(pk=matter.pk)


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
    if not may_propose(actor, matter, declaration):
        raise NotPermitted(
            _(
                "Only the %(who)s of this matter may do this. Ask them, or have the matter handed over."
            )
            % {"who": declaration.proposer.label},
            code="wrong_role",
            law=declaration.article,
        )


DOCUMENT = "document:"


def titles_of(code: str) -> tuple[str, str, str]:
    """Return both titles and the article of a line of a checklist; the code when nobody knows it now."""
    if code.startswith(DOCUMENT):
        return *_document_titles(code.removeprefix(DOCUMENT)), ""
    requirement = requirements.get(code)
    if requirement is None:
        return code, code, ""
    return requirement.title_zh, requirement.title_en, requirement.article


def _document_titles(code: str) -> tuple[str, str]:
    slot = document_slots.get("documents")
    chinese, english = slot.titles(code) if slot and slot.known(code) else (code, code)
    return f"{chinese}（{code}）", f"{english} ({code})"


def _document_line(matter: Matter, code: str) -> Checked:
    slot = document_slots.get("documents")
    missing = Verdict(False, _("No room of documents answers."))
    title_zh, title_en = _document_titles(code)
    return Checked(
        code=f"{DOCUMENT}{code}",
        title_zh=title_zh,
        title_en=title_en,
        article="",
        verdict=slot.check(matter, code) if slot else missing,
        cure=_("The handling prosecutor or the clerk of the team."),
    )


def _judged_on(facts: dict[str, Any], legal_day: date | None) -> dict[str, Any]:
    """Return the facts a guard reads, with the day of the act where one is stated."""
    return facts if legal_day is None else facts | {LEGAL_DAY: legal_day.isoformat()}


def _guard_line(
    code: str, matter: Matter, facts: dict[str, Any], *, asked: bool, legal_day: date | None
) -> Checked:
    requirement = requirements.get(code)
    if requirement is None:
        verdict = Verdict(False, _("Nobody has registered this guard; it counts as unmet."))
        return Checked(code, code, code, "", verdict, "")
    return Checked(
        code=code,
        title_zh=requirement.title_zh,
        title_en=requirement.title_en,
        article=requirement.article,
        verdict=requirement.check(matter, _judged_on(facts, legal_day)),
        cure=str(requirement.cure),
        asked=asked and "facts" in requirement.reads and not facts,
        by_statement=requirement.by_statement,
    )


def lines_of(declaration: Declaration, *, carrying_out: bool = True) -> list[str]:
    """Return the codes of the lines of its checklist: guards, then documents, in the order declared."""
    codes = declaration.requirements + (declaration.act_requirements if carrying_out else ())
    return [*codes, *(f"{DOCUMENT}{code}" for code in declaration.needs_documents)]


def judged(
    code: str,
    matter: Matter,
    facts: dict[str, Any],
    *,
    asked: bool = False,
    legal_day: date | None = None,
) -> Checked:
    """Return one line of a checklist with what it says now.

    Args:
        asked: the facts are still to be stated; a guard that reads them is marked so.
        legal_day: as in `checklist`.
    """
    if code.startswith(DOCUMENT):
        return _document_line(matter, code.removeprefix(DOCUMENT))
    return _guard_line(code, matter, facts, asked=asked, legal_day=legal_day)


def checklist(
    declaration: Declaration,
    matter: Matter,
    facts: dict[str, Any],
    *,
    asked: bool = False,
    carrying_out: bool = True,
    legal_day: date | None = None,
) -> list[Checked]:
    """Return every guard of a transition with what it says now.

    Args:
        asked: the facts are still to be stated; guards that read nothing else are marked so.
        carrying_out: judge also the guards on the facts of the act itself.
        legal_day: the day of the act, by which periods and the law in force are judged; None for today.
    """
    codes = lines_of(declaration, carrying_out=carrying_out)
    return [judged(code, matter, facts, asked=asked, legal_day=legal_day) for code in codes]


def require_met(
    declaration: Declaration,
    matter: Matter,
    facts: dict[str, Any],
    *,
    carrying_out: bool = True,
    legal_day: date | None = None,
) -> list[Checked]:
    """Return the checklist when every guard holds.

    Raises:
        Refusal: with all unmet requirements at once.
    """
    lines = checklist(declaration, matter, facts, carrying_out=carrying_out, legal_day=legal_day)
    unmet = [line.unmet() for line in lines if not line.verdict.met]
    if unmet:
        raise Refusal(
            _("%(title)s is not possible yet: %(count)s requirements are not met.")
            % {"title": declaration.title, "count": len(unmet)},
            code="requirements_unmet",
            law=declaration.article,
            unmet=unmet,
        )
    return lines


def require_state(declaration: Declaration, matter: Matter) -> None:
    """Refuse a transition that does not leave the present state.

    Raises:
        Conflict: naming the present state.
    """
    if matter.state not in declaration.sources:
        raise Conflict(
            _("The state is now “%(state)s”; %(title)s does not leave it. Load the page again.")
            % {"state": matter.get_state_display(), "title": declaration.title},
            code="state_moved",
            law=declaration.article,
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


def announce_event(event: Event, *, actor: User | None, matter: Matter) -> None:
    """Send the signal of a recorded event and write its audit entry, last of all."""
    event_recorded.send(sender=Event, event=event)
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
    require_met(declaration, locked, facts, legal_day=legal_day)
    require_in_order(declaration, locked, legal_day, proposal)
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
    announce_event(event, actor=actor, matter=locked)
    matter.refresh_from_db()
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
    kind, offer = declaration.event_kind, sources.offered(actor, matter, source)
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
    offer = sources.offered(actor, matter, source)
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
    from cases.states import CaseState

    if matter.state != CaseState.INVESTIGATING:
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
