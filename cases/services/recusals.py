"""Recusal: application, decision, one review (Rules 19-23; norms C018, C019)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts import selectors as accounts
from accounts.models import Role, User
from audit import clock
from audit.errors import Conflict, Invalid, NotPermitted
from cases.models import Case, Lead, Recusal, RecusalDecision
from cases.selectors import people
from cases.services import acts, tasks
from cases.services.days import require_day
from cases.services.routes import standing_of

if TYPE_CHECKING:
    Matter = Lead | Case


@transaction.atomic
def apply_for_recusal(
    *,
    actor: User,
    matter: Matter,
    person: User,
    applicant: str,
    grounds: str,
    received_on: date,
) -> Recusal:
    """Register an application; a recusal of the chief goes to the committee (Rules 22).

    Raises:
        Invalid: no grounds, a day in the future, or one is pending already.
    """
    _require_own_office(actor, matter)
    locked = acts.lock(matter)
    require_day(received_on)
    if not grounds.strip():
        raise Invalid(
            _("State the grounds (Rules 19)."), errors={"grounds": [_("The grounds are missing.")]}
        )
    if people.recusals_of(matter).filter(people.PENDING, person=person).exists():
        raise Conflict(_("An application against this person is pending."), code="pending")
    recusal = Recusal.objects.create(
        lead=matter if isinstance(matter, Lead) else None,
        case=matter if isinstance(matter, Case) else None,
        person=person,
        applicant=applicant,
        by_oneself=person.pk == actor.pk,
        grounds=grounds.strip(),
        received_on=received_on,
        decided_by_committee=accounts.has_role(person, Role.CHIEF),
        created_by=actor,
    )
    _record(recusal, locked, actor, "recusal_applied", received_on)
    return recusal


def _require_own_office(actor: User, matter: Matter) -> None:
    """Applications are registered by the office that handles the matter, not by one that looks in.

    Raises:
        NotPermitted: the actor belongs to another office.
    """
    if actor.office_id != matter.office_id:
        raise NotPermitted(
            _("The office that handles the matter registers the application."),
            code="other_office",
            law="Rules 19-23",
        )


def _record(
    recusal: Recusal, matter: Matter, actor: User, kind: str, day: date, reason: str = ""
) -> None:
    event = acts.record_event(
        actor=actor,
        matter=matter,
        kind=kind,
        legal_day=day,
        facts={
            "recusal": recusal.pk,
            "person": recusal.person_id,
            "decision": recusal.review_decision or recusal.decision,
        },
        reason=reason,
    )
    acts.raise_version(matter)
    acts.announce_event(event, actor=actor, matter=matter)


def may_decide(actor: User, recusal: Recusal) -> bool:
    """Say whether `actor` decides: the chief; against the chief a deputy in the chair (Rules 22)."""
    if actor.pk == recusal.person_id:
        return False
    matter = recusal.case or recusal.lead
    assert matter is not None  # held by the constraint recusal_of_one_matter
    role = Role.DEPUTY_CHIEF if recusal.decided_by_committee else Role.CHIEF
    return standing_of(actor, matter, role) is not None


def _require_decider(actor: User, recusal: Recusal) -> None:
    if not may_decide(actor, recusal):
        raise NotPermitted(
            _("The procuratorial committee decides, with a deputy chief in the chair.")
            if recusal.decided_by_committee
            else _("The chief procurator decides on recusals."),
            code="wrong_role",
            law="Rules 22",
        )


@transaction.atomic
def decide_recusal(*, actor: User, recusal: Recusal, granted: bool, reason: str) -> Recusal:
    """Decide on the application, or on its review when one is pending.

    A granted recusal ends the person's place in the team at once.

    Raises:
        NotPermitted: the actor is not the deciding body.
        Conflict: it is decided already.
    """
    matter = acts.lock(recusal.case or recusal.lead)  # type: ignore[arg-type]
    locked = Recusal.objects.select_for_update().get(pk=recusal.pk)
    _require_decider(actor, locked)
    if not reason.strip():
        raise Invalid(
            _("State the reason of the decision."),
            errors={"reason": [_("The reason is missing.")]},
        )
    outcome = RecusalDecision.GRANTED if granted else RecusalDecision.REFUSED
    kind = _set_outcome(locked, outcome, actor, reason.strip())
    if locked.granted:
        _stand_aside(locked, matter, actor)
    _record(locked, matter, actor, kind, clock.today(), reason.strip())
    return locked


def _set_outcome(recusal: Recusal, outcome: str, actor: User, reason: str) -> str:
    """Write the outcome and return the kind of event it is."""
    if recusal.review_decision == RecusalDecision.PENDING:
        recusal.review_decision = outcome
        recusal.review_decided_on = clock.today()
        kind = "recusal_review_decided"
    elif recusal.decision == RecusalDecision.PENDING:
        recusal.decision = outcome
        recusal.decided_on = clock.today()
        recusal.decided_by = actor
        kind = "recusal_decided"
    else:
        raise Conflict(_("This application is decided already."), code="decided_already")
    recusal.decision_reason = reason
    recusal.save()
    return kind


def _stand_aside(recusal: Recusal, matter: Matter, actor: User) -> None:
    if isinstance(matter, Case):
        matter.team.filter(user=recusal.person, until__isnull=True).update(until=clock.now())
    head = people.deciders(matter, Role.DEPARTMENT_HEAD).exclude(pk=recusal.person_id).first()
    if head is not None:
        tasks.open_task(
            matter=matter,
            kind="appoint_substitute",
            title=gettext_noop("Appoint a substitute for a recused person"),
            article="Rules 19-23",
            owner=head,
            created_by=actor,
        )


@transaction.atomic
def request_review(*, actor: User, recusal: Recusal, received_on: date) -> Recusal:
    """Register the one request for review (Rules 23).

    Raises:
        Conflict: nothing is decided yet, or a review was requested before.
    """
    matter = acts.lock(recusal.case or recusal.lead)  # type: ignore[arg-type]
    _require_own_office(actor, matter)
    locked = Recusal.objects.select_for_update().get(pk=recusal.pk)
    require_day(received_on)
    if locked.decision == RecusalDecision.PENDING or locked.review_decision:
        raise Conflict(
            _("A review is possible once, after the decision."), code="no_review", law="Rules 23"
        )
    locked.review_requested_on = received_on
    locked.review_decision = RecusalDecision.PENDING
    locked.save(update_fields=["review_requested_on", "review_decision"])
    _record(locked, matter, actor, "recusal_review_requested", received_on)
    return locked
