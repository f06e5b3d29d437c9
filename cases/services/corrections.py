"""Correcting the facts of an event and annulling a transition recorded by mistake (design 3, corrections)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.models import Role, User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, Invalid, NotPermitted, stated_reason
from cases.models import ApprovalStep, Case, Event, Lead
from cases.registries import annulments, event_kinds, machines
from cases.selectors import people
from cases.selectors.events import corrected, last_transition
from cases.services import acts, checklists, tasks
from cases.services.attachments import store_all
from cases.services.days import require_between_neighbours
from cases.services.facts import bound_form
from cases.services.tasks import DOUBT
from cases.states import LeadState

if TYPE_CHECKING:
    Matter = Lead | Case

# No article says how a wrong entry is taken back; which one, and by whom, is decided by the design.
ORDER_OF_ANNULMENT = "design 3"
# Transitions that made something in another record; undoing them there is an act of its own.
NOT_ANNULLED = {
    "T02": gettext_lazy("The receiving office holds the lead now and decides on it there."),
    "T06": gettext_lazy("A case has been opened; it ends by a decision under Rules 90."),
    "A-1": gettext_lazy("A case has been opened; it ends by a decision under Rules 74."),
    "T41": gettext_lazy("The obligations stand; end one that is wrong with the reason."),
    "T43": gettext_lazy("Obligations are in enforcement; they end by performance or by the court."),
    "T46": gettext_lazy(
        "Obligations have ended with it; new ones arise from a new decision alone."
    ),
}


def _matter_of(event: Event) -> Matter:
    """Return what the event's machine moved, else the matter it belongs to."""
    if event.machine == "lead" and event.lead is not None:
        return event.lead
    return event.matter


def require_correctable(actor: User, event: Event, matter: Matter) -> None:
    """Refuse what no facts or reasons would make correctable; the page asks it before it is filled in.

    Raises:
        NotPermitted: the actor does not handle the matter, or only another act puts this entry right.
        Conflict: the event does not stand any more.
    """
    if not people.is_handler(matter, actor):
        raise NotPermitted(_("Only a handling prosecutor corrects the record."), code="wrong_role")
    if counter_act := event_kinds[event.kind].counter_act:
        raise NotPermitted(
            _("Others rely on this entry, so it is not corrected. %(way_out)s")
            % {"way_out": counter_act},
            code="needs_counter_act",
        )
    if event.copied_from_id:
        raise Conflict(
            _("This entry was copied from another office's case. Only that office corrects it."),
            code="event_is_a_copy",
        )
    if event.corrects_id or event.annuls_id or hasattr(event, "annulled_by"):
        raise Conflict(
            _("This entry is itself a correction, or was annulled. Correct the original."),
            code="event_does_not_stand",
        )


@transaction.atomic
def correct_event(*, actor: User, event: Event, data: Any, reason: str, files: Any = None) -> Event:
    """Correct the day and the facts of an event by a later event that names it.

    The state stays. Where a guard of the event's transition no longer holds, the case is flagged and the
    department head gets a task.

    Raises:
        NotPermitted: the actor does not handle the matter.
        Conflict: the event does not stand any more.
        Invalid: facts or reason are missing.
    """
    matter = acts.lock(_matter_of(event))
    require_correctable(actor, event, matter)
    reason = stated_reason(reason, _("Say why the record is changed."))
    form = bound_form(event.kind, data, files, matter=matter, actor=actor, corrects=event)
    old_day, old_facts = corrected(event)
    new_day = form.cleaned_data.get("legal_day", old_day)
    if new_day != old_day:
        require_between_neighbours(event, matter, new_day)
    changed = {name: value for name, value in form.facts().items() if old_facts.get(name) != value}
    proofs = store_all(form.uploads(), actor=actor, matter=matter, purpose=event.kind)
    if proofs:
        changed["proofs"] = old_facts.get("proofs", []) + [proof.sha256 for proof in proofs]
    if new_day == old_day and not changed:
        raise Invalid(_("Nothing differs from what is recorded."), code="nothing_changed")
    correction = acts.record_event(
        actor=actor,
        matter=matter,
        kind="event_corrected",
        legal_day=new_day,
        facts=changed,
        reason=reason,
        proofs=proofs,
        corrects=event,
    )
    _doubt_guards(event, matter, old_facts | changed, actor, new_day)
    acts.raise_version(matter)
    acts.announce_event(correction, actor=actor, matter=matter)
    return correction


def _doubt_guards(
    event: Event, matter: Matter, facts: dict[str, Any], actor: User, day: date
) -> None:
    """Flag a case whose last transition would not be possible on the corrected facts."""
    declaration = machines[matter.machine].declarations.get(event.transition)
    if declaration is None or not isinstance(matter, Case):
        return
    lines = checklists.checklist(declaration, matter, facts, legal_day=day, before=event)
    unmet = [line for line in lines if not line.verdict.met]
    if not unmet:
        if matter.guard_in_doubt.startswith(f"{declaration.code} "):
            clear_doubt(matter, actor)
        return
    matter.guard_in_doubt = "; ".join(f"{declaration.code} {line.title_zh}" for line in unmet)
    matter.save(update_fields=["guard_in_doubt"])
    head = people.deciders(matter, Role.DEPARTMENT_HEAD).first()
    if head is not None:
        tasks.open_task(
            matter=matter,
            kind=DOUBT,
            title=gettext_noop("A correction leaves guards of %(code)s unmet: decide what follows"),
            values={"code": declaration.code},
            owner=head,
            created_by=actor,
            event=event,
        )


def clear_doubt(case: Case, actor: User) -> None:
    """Take the flag off a case whose guards hold again, or whose step was annulled."""
    tasks.end_doubt(case)
    tasks.close_kind(matter=case, kind=DOUBT, closed_by=actor)
    audit.record(
        actor=actor,
        action="case.doubt_cleared",
        object_type="case",
        object_id=case.pk,
        **acts.audit_scope(case),
    )


def may_annul(actor: User, event: Event, matter: Matter) -> bool:
    """Say whether `actor` decided the transition, recorded it without a proposal, or is the chief."""
    if people.deciders(matter, Role.CHIEF).filter(pk=actor.pk).exists():
        return True
    if event.proposal_id is None:
        return event.recorded_by_id == actor.pk
    last = ApprovalStep.objects.filter(proposal=event.proposal_id).order_by("-id").first()
    return last is not None and last.acted_by_id == actor.pk


@transaction.atomic
def annul_transition(*, actor: User, event: Event, reason: str) -> Event:
    """Take back the last change of state of a machine, recorded by mistake; the state returns.

    Raises:
        NotPermitted: the actor neither decided it nor is the chief.
        Conflict: the event is not the last change of state, or somebody goes on from it.
        Invalid: the reason is missing, or the transition always makes records elsewhere.
    """
    matter = acts.lock(_matter_of(event))
    require_annullable(actor, event, matter)
    annulment = acts.record_event(
        actor=actor,
        matter=matter,
        kind="transition_annulled",
        legal_day=clock.today(),
        reason=stated_reason(reason, _("Say why the record is changed.")),
        annuls=event,
        machine=matter.machine,
        object_id=matter.pk,
        transition=event.transition,
        from_state=event.to_state,
        to_state=event.from_state,
    )
    taken_back: dict[str, Any] = {"state": event.from_state, "version": F("version") + 1}
    if event.to_state == LeadState.MERGED:
        taken_back["merged_into"] = None
    # The state field is protected; the database accepts exactly this reversal.
    type(matter).objects.filter(pk=matter.pk).update(**taken_back)
    matter.refresh_from_db()
    if isinstance(matter, Case) and matter.guard_in_doubt.startswith(f"{event.transition} "):
        clear_doubt(matter, actor)
    acts.announce_event(annulment, actor=actor, matter=matter)
    return annulment


def require_annullable(actor: User, event: Event, matter: Matter) -> None:
    """Refuse what no reason would make annullable; the page asks it before it is filled in.

    Raises:
        NotPermitted: the actor neither decided it nor is the chief.
        Conflict: the event is not the last change of state, or somebody goes on from it.
        Invalid: the transition always makes records elsewhere.
    """
    declaration = machines[matter.machine].declarations.get(event.transition)
    last = last_transition(matter.machine, matter.pk)
    if declaration is None or last is None or last.pk != event.pk:
        raise Conflict(
            _("Only the last change of state can be annulled. Annul the later ones first."),
            code="not_the_last_transition",
            law=ORDER_OF_ANNULMENT,
        )
    if not may_annul(actor, event, matter):
        raise NotPermitted(
            _("Whoever decided this, or the chief procurator, may annul it."),
            code="wrong_role",
            law=ORDER_OF_ANNULMENT,
        )
    if declaration.code in NOT_ANNULLED:
        raise Invalid(
            _("“%(title)s” cannot be annulled. %(way_out)s")
            % {"title": declaration.title, "way_out": NOT_ANNULLED[declaration.code]},
            code="made_records_elsewhere",
            law=declaration.article,
        )
    ask = annulments.get(event.kind)
    if ask and (why := ask(event)):
        raise Conflict(
            _("“%(title)s” cannot be annulled any more. %(why)s")
            % {"title": declaration.title, "why": why},
            code="others_go_on_from_it",
            law=declaration.article,
        )
