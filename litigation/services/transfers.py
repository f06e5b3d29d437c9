"""Taking in a case that another office has transferred (T64; law 14.1; Rules 16, 47)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts import selectors as accounts
from accounts.models import Role, User
from audit.errors import Conflict, Invalid, NotPermitted
from cases.lifecycle.apart import StepApart
from cases.models import (
    Case,
    CaseLink,
    Event,
    LinkKind,
    TeamMember,
    TeamPosition,
)
from cases.registries import receptions
from cases.selectors.events import events_of
from cases.selectors.people import lead_handler
from cases.services import acts, tasks
from cases.services.attachments import store_all
from cases.services.days import require_day
from evidence.services.transfer import copy_evidence
from litigation import selectors
from litigation.models import CaseTransfer
from litigation.services.copying import copy_parties, open_copy


@transaction.atomic
def acknowledge_transfer(
    *,
    actor: User,
    transfer: CaseTransfer,
    received_on: date,
    handler: User,
    receipt: Sequence[UploadedFile[Any]],
) -> Case:
    """Acknowledge the receipt of a case; makes it here, in review, with a period of its own (P-03, P-55-2).

    Its events are copied as they were recorded and stay read-only, its parties and exhibits and what the room
    of its machine keeps of it are entered; the two cases are linked.

    Args:
        received_on: the day the file arrived; the review is counted from it (Rules 47).
        handler: the prosecutor of this office who goes on with the case.
        receipt: the transfer letter signed for, or the receipt; it proves the event of the new case.

    Raises:
        NotPermitted: the actor takes in no cases for the office it was sent to.
        Invalid: the day lies in the future or before the file was sent, the handler is no prosecutor here,
            or there is no proof of the receipt.
        Conflict: it was acknowledged already, or its sending was annulled.
    """
    row = CaseTransfer.objects.select_for_update().get(pk=transfer.pk)
    _require_receiver(actor, row)
    _require_facts(row, received_on, handler, receipt)
    source = acts.lock(row.source)  # whoever annuls the sending waits here, or has annulled it
    assert isinstance(source, Case)
    _require_waiting(row)
    reception = receptions[source.machine]
    step = reception.step
    case = open_copy(
        source,
        created_by=actor,
        office=row.target_office,
        department=accounts.public_interest_department(row.target_office),
        year=received_on.year,
        state=step.target,
    )
    TeamMember.objects.create(case=case, user=handler, position=TeamPosition.LEAD)
    copy_parties(actor, source, case)
    copies = _copy_events(source, case)
    if reception.carry is not None:
        reception.carry(actor, source, case, copies)
    copy_evidence(actor=actor, source=source, target=case)
    CaseLink.objects.create(source=source, target=case, kind=LinkKind.RELATED, created_by=actor)
    _record_receipt(actor, row, case, step, received_on, receipt)
    row.received_on, row.received_by, row.received_case = received_on, actor, case
    row.save(update_fields=["received_on", "received_by", "received_case"])
    _tell_sender(row, source, actor)
    return case


def _require_receiver(actor: User, row: CaseTransfer) -> None:
    if actor.office_id != row.target_office_id or not selectors.may_receive(actor):
        raise NotPermitted(
            _("Intake or case management of the receiving office acknowledges a transferred case."),
            code="wrong_role",
            law="Rules 16",
        )


def _require_waiting(row: CaseTransfer) -> None:
    if row.received_case_id is not None:
        raise Conflict(_("This case was acknowledged already."), code="acknowledged_already")
    if Event.objects.filter(annuls=row.event_id).exists():
        raise Conflict(
            _(
                "The office that sent this case has annulled the transfer and goes on with it itself."
            ),
            code="transfer_annulled",
            law="Rules 16",
        )


def _require_facts(
    row: CaseTransfer, received_on: date, handler: User, receipt: Sequence[UploadedFile[Any]]
) -> None:
    require_day(received_on, field="received_on")
    if not receipt:
        sentence = _("Add the transfer letter signed for, or the receipt, as a file.")
        raise Invalid(sentence, errors={"receipt": [sentence]}, law="Rules 16")
    if received_on < row.sent_on:
        sentence = _("It was sent on %(day)s and cannot have arrived before.") % {
            "day": row.sent_on
        }
        raise Invalid(sentence, errors={"received_on": [sentence]})
    if handler.office_id != row.target_office_id or not accounts.has_role(handler, Role.PROSECUTOR):
        sentence = _("The handler must be a prosecutor of this office.")
        raise Invalid(sentence, errors={"handler": [sentence]})


def _copy_events(source: Case, case: Case) -> dict[int, Event]:
    """Copy what still stands of the events, those of the lead too; each names the one it copies.

    What was annulled stays behind, with whatever had corrected it before.

    Returns:
        the copies, by the key of the event that was copied.
    """
    copies: dict[int, Event] = {}
    standing = events_of(source).filter(annulled_by__isnull=True, annuls__isnull=True)
    for event in standing.filter(corrects__annulled_by__isnull=True):
        proofs = list(event.proofs.all())
        original = event.pk
        event.copied_from_id = event.copied_from_id or original
        if event.corrects_id is not None:
            event.corrects = copies[event.corrects_id]
        event.pk, event._state.adding = None, True
        event.case, event.lead, event.proposal = case, None, None
        event.save()
        event.proofs.add(*proofs)
        copies[original] = event
    return copies


def _record_receipt(
    actor: User,
    row: CaseTransfer,
    case: Case,
    step: StepApart,
    received_on: date,
    receipt: Sequence[UploadedFile[Any]],
) -> None:
    proofs = store_all(receipt, actor=actor, matter=case, purpose=step.event_kind)
    event = acts.record_event(
        actor=actor,
        matter=case,
        kind=step.event_kind,
        legal_day=received_on,
        facts={
            "from_case": row.source.key,
            "court": row.competent_court,
            "proofs": [proof.sha256 for proof in proofs],
        },
        proofs=proofs,
        machine=step.machine,
        object_id=case.pk,
        transition=step.code,
        to_state=case.state,
    )
    acts.announce_event(event, actor=actor, matter=case)


def _tell_sender(row: CaseTransfer, source: Case, actor: User) -> None:
    owner = lead_handler(source)
    if owner is None:
        return
    tasks.open_task(
        matter=source,
        title=gettext_noop("%(office)s has acknowledged the case on %(day)s: it can be closed."),
        values={"office": row.target_office.name, "day": str(row.received_on)},
        owner=owner,
        created_by=None,
        kind="transfer_acknowledged",
        article="Rules 16",
    )
