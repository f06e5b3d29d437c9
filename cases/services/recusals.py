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
from audit.errors import Conflict, Invalid, NotPermitted, stated_reason
from cases.models import Case, CommitteeMeeting, Lead, Recusal, RecusalDecision
from cases.selectors import people
from cases.services import acts, committee, tasks
from cases.services.committee import Meeting
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
    require_day(received_on, field="received_on")
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
    recusal: Recusal,
    matter: Matter,
    actor: User,
    kind: str,
    day: date,
    reason: str = "",
    held: CommitteeMeeting | None = None,
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
        }
        | (_stated(held) if held else {}),
        reason=reason,
        proofs=[held.minutes] if held else (),
    )
    acts.raise_version(matter)
    acts.announce_event(event, actor=actor, matter=matter)


def _stated(held: CommitteeMeeting) -> dict[str, int]:
    """Return what the event says of the meeting."""
    return {
        "chair": held.chair_id,
        "committee_members": held.members,
        "committee_present": held.present,
        "votes_for": held.votes_for,
    }


def matter_of(recusal: Recusal) -> Matter:
    """Return the lead or the case from which the person shall stand aside."""
    matter = recusal.case or recusal.lead
    assert matter is not None  # held by the constraint recusal_of_one_matter
    return matter


def may_decide(actor: User, recusal: Recusal) -> bool:
    """Say whether `actor` decides, or enters what the committee decided on the chief (Rules 22)."""
    if actor.pk == recusal.person_id:
        return False
    matter = matter_of(recusal)
    if recusal.decided_by_committee:
        return committee.may_enter(actor, matter, recusal.person)
    return standing_of(actor, matter, Role.CHIEF) is not None


def _require_decider(actor: User, recusal: Recusal) -> None:
    if not may_decide(actor, recusal):
        raise NotPermitted(
            _(
                "The procuratorial committee decides, with a deputy chief in the chair; "
                "that deputy or the committee secretary enters it."
            )
            if recusal.decided_by_committee
            else _("The chief procurator decides on recusals."),
            code="wrong_role",
            law="Rules 22",
        )


@transaction.atomic
def decide_recusal(
    *,
    actor: User,
    recusal: Recusal,
    granted: bool,
    reason: str,
    meeting: Meeting | None = None,
) -> Recusal:
    """Decide on the application, or on its review when one is pending.

    A granted recusal ends the person's place in the team at once.

    Args:
        meeting: of the committee, which decides on the chief; the decision is of its day.

    Raises:
        NotPermitted: the actor is not the deciding body.
        Conflict: it is decided already.
        Invalid: no reason is given, or the committee's meeting is missing or carried nothing.
    """
    matter = acts.lock(matter_of(recusal))
    locked = Recusal.objects.select_for_update().get(pk=recusal.pk)
    _require_decider(actor, locked)
    why = stated_reason(reason, _("State the reason of the decision."))
    _require_pending(locked)
    held = _held(locked, matter, actor, meeting) if locked.decided_by_committee else None
    outcome = RecusalDecision.GRANTED if granted else RecusalDecision.REFUSED
    kind = _set_outcome(locked, outcome, held.chair if held else actor, held)
    locked.decision_reason = why
    locked.save()
    if locked.granted:
        _stand_aside(locked, matter, actor)
    day = held.held_on if held else clock.today()
    _record(locked, matter, actor, kind, day, why, held)
    return locked


def _require_pending(recusal: Recusal) -> None:
    if RecusalDecision.PENDING not in (recusal.decision, recusal.review_decision):
        raise Conflict(_("This application is decided already."), code="decided_already")


def _held(
    recusal: Recusal, matter: Matter, actor: User, meeting: Meeting | None
) -> CommitteeMeeting:
    """Keep the meeting in which the committee decided on the chief (Rules 22; norm C019)."""
    if meeting is None:
        sentence = _("State the meeting of the committee and upload its minutes.")
        raise Invalid(sentence, errors={"held_on": [sentence]}, law="Rules 22")
    return committee.record_meeting(
        actor=actor,
        matter=matter,
        concerned=recusal.person,
        meeting=meeting,
        not_before=recusal.review_requested_on or recusal.received_on,
    )


def _set_outcome(
    recusal: Recusal, outcome: str, decider: User, held: CommitteeMeeting | None
) -> str:
    """Write who decided what, when and where; return the kind of event it is."""
    day = held.held_on if held else clock.today()
    if recusal.review_decision == RecusalDecision.PENDING:
        recusal.review_decision = outcome
        recusal.review_decided_on = day
        recusal.review_meeting = held
        return "recusal_review_decided"
    recusal.decision = outcome
    recusal.decided_on = day
    recusal.decided_by = decider
    recusal.meeting = held
    return "recusal_decided"


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
    matter = acts.lock(matter_of(recusal))
    _require_own_office(actor, matter)
    locked = Recusal.objects.select_for_update().get(pk=recusal.pk)
    require_day(received_on, field="received_on")
    if locked.decision == RecusalDecision.PENDING or locked.review_decision:
        raise Conflict(
            _("A review is possible once, after the decision."), code="no_review", law="Rules 23"
        )
    locked.review_requested_on = received_on
    locked.review_decision = RecusalDecision.PENDING
    locked.save(update_fields=["review_requested_on", "review_decision"])
    _record(locked, matter, actor, "recusal_review_requested", received_on)
    return locked


def carry_over(source: Case, case: Case) -> None:
    """Let whoever must stand aside from the origin stand aside here too (Rules 19-23).

    The meeting of a committee belongs to the decision it made; the copy names the case where that stands.
    """
    for row in people.recusals_of(source).filter(people.GRANTED).order_by("pk"):
        Recusal.objects.create(
            case=case,
            person=row.person,
            applicant=row.applicant,
            by_oneself=row.by_oneself,
            grounds=row.grounds,
            received_on=row.received_on,
            decision=RecusalDecision.GRANTED,
            decision_reason=f"{source.key}：{row.decision_reason}"[:2000],
            decided_on=row.review_decided_on or row.decided_on,
            decided_by=row.decided_by,
            created_by=row.created_by,
        )
