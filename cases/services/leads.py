"""Writing the register of leads: registration, assessment, major leads, escalation (Rules 24-27)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts import selectors as accounts
from accounts.models import Department, Office, Role, User
from audit import clock
from audit import services as audit
from audit.errors import NotPermitted, invalid_field, stated_reason
from cases.lifecycle.apart import REGISTERING
from cases.models import Lead, LeadAssessment, LeadSource, SuperiorAccess
from cases.selectors import people
from cases.services import acts, tasks
from cases.services.days import require_within_matter
from cases.services.numbering import next_serial


def may_register(actor: User) -> bool:
    """Say whether `actor` may register a lead."""
    return accounts.has_role(actor, *REGISTERING.recorded_by)


@transaction.atomic
def register_lead(*, actor: User, facts: dict[str, Any], origin: Lead | None = None) -> Lead:
    """Enter a lead in the unified register (T01; Rules 24, 25).

    Args:
        facts: the cleaned data of `RegisterLeadForm`.
        origin: the lead of another office this one was transferred from.

    Raises:
        NotPermitted: the actor's roles do not include the register.
        Invalid: the source is none of the six or not told in words (Rules 24; norm C001), or the sender
            is no other department of the office with its day (Rules 25; norm C004).
    """
    if origin is None and not may_register(actor):
        raise NotPermitted(
            _("Your roles do not include registering leads. Ask the intake staff."),
            code="wrong_role",
            law="Rules 25",
        )
    office = facts.pop("office", None) or actor.office
    department = accounts.public_interest_department(office)
    _require_source(facts)
    _require_sender(facts, office, department)
    year = clock.today().year
    serial = next_serial(office=office, year=year, series="lead")
    lead = Lead.objects.create(
        key=f"{office.code}-{year}-L{serial:05}",
        office=office,
        department=department,
        year=year,
        serial=serial,
        created_by=actor,
        received_from=origin,
        **facts,
    )
    event = acts.record_event(
        actor=actor,
        matter=lead,
        kind="lead_registered",
        legal_day=lead.received_on,
        facts={"source": lead.source, "major": lead.major},
        machine="lead",
        object_id=lead.pk,
        transition=REGISTERING.code,
        to_state=lead.state,
    )
    acts.announce_event(event, actor=actor, matter=lead)
    if lead.major:
        _record_major(lead, actor=actor, found_on=lead.received_on)
    return lead


def _require_source(facts: dict[str, Any]) -> None:
    if facts.get("source") not in LeadSource.values:
        raise invalid_field("source", _("Choose one of the six sources of a lead."), "Rules 24")
    if not str(facts.get("source_detail") or "").strip():
        raise invalid_field(
            "source_detail", _("Say in words where the lead came from."), "Rules 24"
        )


def _require_sender(facts: dict[str, Any], office: Office, department: Department | None) -> None:
    sender: Department | None = facts.get("sender_department")
    day: date | None = facts.get("sent_on")
    if (sender is None) != (day is None):
        sentence = _("Name both the sending department and the day, or neither.")
        raise invalid_field("sent_on", sentence, "Rules 25")
    if sender is not None and (sender.office_id != office.pk or sender == department):
        raise invalid_field(
            "sender_department",
            _("The sender is another department of this office than the one that gets the lead."),
            "Rules 25",
        )
    if day is not None and day > clock.today():
        sentence = _("This day lies in the future. Enter the day on which it really happened.")
        raise invalid_field("sent_on", sentence, "Rules 25")


def _record_major(lead: Lead, *, actor: User, found_on: date) -> None:
    """Record that a lead is major and open the task to record it with the next-higher office (norm C003)."""
    event = acts.record_event(
        actor=actor, matter=lead, kind="lead_marked_major", legal_day=found_on
    )
    _ask_to_record(lead, actor=actor)
    acts.announce_event(event, actor=actor, matter=lead)


def _ask_to_record(lead: Lead, *, actor: User) -> None:
    """Open the task to record a major lead with the next-higher office, where there is one (norm C003)."""
    if lead.office.parent is None:
        return
    owner = people.deciders(lead, Role.DEPARTMENT_HEAD).first() or actor
    tasks.open_task(
        matter=lead,
        kind=tasks.MAJOR_LEAD,
        title=gettext_noop("Record the major lead with the next-higher office"),
        article="Rules 25",
        owner=owner,
        created_by=actor,
    )


@transaction.atomic
def assess_lead(
    *, actor: User, lead: Lead, facts: dict[str, Any], legal_day: date | None = None
) -> LeadAssessment:
    """Score and explain truthfulness and feasibility (Rules 27; norm C007).

    Args:
        facts: the cleaned data of `AssessLeadForm`.
        legal_day: the day on the paper, of a lead that is entered from before; None for today.

    Raises:
        NotPermitted: the actor does not handle the lead.
        Invalid: one of the two is not explained.
    """
    locked = acts.lock(lead)
    _require_handler(actor, lead)
    for name in ("truthfulness_reason", "feasibility_reason"):
        if not facts[name].strip():
            raise invalid_field(
                name, _("Truthfulness and feasibility are each explained."), "Rules 27"
            )
    assessment, _created = LeadAssessment.objects.update_or_create(
        lead=lead, defaults=facts | {"assessed_by": actor, "assessed_at": clock.now()}
    )
    day = legal_day or clock.today()
    require_within_matter(locked, day)
    event = acts.record_event(
        actor=actor, matter=locked, kind="lead_assessed", legal_day=day, facts=facts
    )
    acts.raise_version(locked)
    acts.announce_event(event, actor=actor, matter=locked)
    return assessment


@transaction.atomic
def mark_major(*, actor: User, lead: Lead) -> None:
    """Flag a lead as major that was not registered as one (norm C003)."""
    locked = acts.lock(lead)
    _require_handler_or_head(actor, lead)
    if locked.major:  # type: ignore[union-attr]
        return
    Lead.objects.filter(pk=lead.pk).update(major=True)
    acts.raise_version(locked)
    lead.refresh_from_db()
    _record_major(lead, actor=actor, found_on=clock.today())


@transaction.atomic
def record_with_superior(*, actor: User, lead: Lead, received_on: date, receipt: str) -> None:
    """Log the receipt of the next-higher office, which from then on sees the lead (Rules 25).

    Raises:
        NotPermitted: the office has no next-higher office, or the actor may not.
        Invalid: the receipt is not named, or its day lies before that of the lead.
    """
    locked = acts.lock(lead)
    _require_handler_or_head(actor, lead)
    superior = _superior_of(lead)
    _require_receipt(lead, received_on, receipt)
    event = acts.record_event(
        actor=actor,
        matter=locked,
        kind="lead_recorded_with_superior",
        legal_day=received_on,
        facts={"receipt": receipt.strip(), "office": superior.pk},
    )
    SuperiorAccess.objects.create(office=superior, lead=lead, reason="Rules 25")
    tasks.close_kind(matter=lead, kind=tasks.MAJOR_LEAD, closed_by=actor, note=receipt.strip())
    acts.announce_event(event, actor=actor, matter=locked)


def _require_receipt(lead: Lead, received_on: date, receipt: str) -> None:
    if not receipt.strip():
        sentence = _("Name the receipt of the next-higher office, for example its number.")
        raise invalid_field("receipt", sentence, "Rules 25")
    if received_on < lead.received_on:
        sentence = _(
            "The lead itself was received later, on %(day)s. Enter the day of the receipt."
        )
        raise invalid_field(
            "received_on", sentence % {"day": lead.received_on.isoformat()}, "Rules 25"
        )


@transaction.atomic
def escalate_lead(*, actor: User, lead: Lead, reason: str) -> None:
    """Report a transferred lead to the superior office, since it cannot be returned (norm C005).

    Raises:
        NotPermitted: the office has no next-higher office, or the actor may not.
    """
    locked = acts.lock(lead)
    _require_handler_or_head(actor, lead)
    superior = _superior_of(lead)
    event = acts.record_event(
        actor=actor,
        matter=locked,
        kind="lead_escalated",
        legal_day=clock.today(),
        facts={"office": superior.pk},
        reason=reason,
    )
    SuperiorAccess.objects.create(office=superior, lead=lead, reason="Rules 26")
    acts.announce_event(event, actor=actor, matter=locked)


def _superior_of(lead: Lead) -> Office:
    if lead.office.parent is None:
        raise NotPermitted(_("This office has no next-higher office."), code="no_superior")
    return lead.office.parent


def _require_handler(actor: User, lead: Lead) -> None:
    if not people.is_handler(lead, actor):
        raise NotPermitted(
            _("Only the handling prosecutor of this lead may do this."),
            code="wrong_role",
            law="Rules 27",
        )


def _require_handler_or_head(actor: User, lead: Lead) -> None:
    head = people.deciders(lead, Role.DEPARTMENT_HEAD).filter(pk=actor.pk).exists()
    if not head and not people.is_handler(lead, actor):
        raise NotPermitted(
            _("Only the handling prosecutor or the department head may do this."),
            code="wrong_role",
            law="Rules 25, 26",
        )


def record_reading(*, actor: User, matter: Any) -> None:
    """Leave the trace that `actor` looked at a lead or a case (norm C131)."""
    with transaction.atomic():
        audit.record(
            actor=actor,
            action=f"{matter.relation}.viewed",
            read=True,
            object_type=matter.relation,
            object_id=matter.pk,
            **acts.audit_scope(matter),
        )


def may_reveal_reporter(actor: User, lead: Lead) -> bool:
    """Say whether `actor` may learn who reported: the handler, and the intake staff of the office."""
    intake = accounts.has_role(actor, Role.INTAKE) and actor.office_id == lead.office_id
    return intake or people.is_handler(lead, actor)


@transaction.atomic
def reveal_reporter(*, actor: User, lead: Lead, reason: str) -> None:
    """Leave the trace that `actor` looks at the reporter's name, and why; then it may be shown.

    Raises:
        NotPermitted: the actor neither handles the lead nor works in intake.
        Invalid: no reason is given.
    """
    if not may_reveal_reporter(actor, lead):
        raise NotPermitted(
            _("Only the handling prosecutor and the intake staff see who reported."),
            code="wrong_role",
        )
    why = stated_reason(reason, _("Say why you need to see it."))
    audit.record(
        actor=actor,
        action="lead.reporter_revealed",
        read=True,
        object_type="lead",
        object_id=lead.pk,
        reason=why,
        **acts.audit_scope(lead),
    )
