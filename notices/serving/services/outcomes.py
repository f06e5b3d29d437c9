"""Attempts, and how a service ended, with its proof and its event (norm C128)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit.clock import BEIJING
from audit.errors import Conflict, invalid_field
from cases.models import Attachment, Case, Lead
from cases.services import acts
from notices.bodies.receipts import MOST_ATTEMPTS
from notices.models import (
    Attempt,
    AttemptResult,
    Method,
    Outcome,
    Receiver,
    Result,
    Service,
)
from notices.models.service import MAY_RECEIVE, MAY_SEND_BACK, SEEN
from notices.serving import rules, selectors
from notices.serving.calls import ask_to_begin, called_for
from notices.serving.events import FAILED, SERVED

if TYPE_CHECKING:
    Matter = Lead | Case
    Upload = UploadedFile[Any]

from notices.serving.services.common import (
    kept,
    locked_service,
    require_day,
    require_printable,
    write_audit,
)


@dataclass(frozen=True)
class Ending:
    """What is stated of how a service ended.

    Attributes:
        day: the day on the receipt, of leaving, of reaching the system, of the refusal or the return. For
            a public notice it follows from its publication and is not stated.
        recording: photo or video of a refusal in person, or of a leave-in service.
    """

    result: str
    proof: Upload | None
    day: date | None = None
    receiver: str = ""
    receiver_name: str = ""
    receiver_opposes: bool = False
    witnesses: str = ""
    recording: Upload | None = None
    declared: bool = False
    participant_name: str = ""
    participant_role: str = ""
    reason: str = ""


@transaction.atomic
def record_attempt(
    *,
    actor: User,
    service: Service,
    at: datetime,
    result: str,
    telephoned: bool = False,
    note: str = "",
) -> Attempt:
    """Record one try to deliver, or the publication of a notice.

    Raises:
        NotPermitted: the actor is not in the handling team.
        Conflict: the service has ended, or express mail was tried three times (EMS 6).
        Invalid: the time is impossible, lies after the five working days, or does not fit the method.
    """
    row = locked_service(service, actor)
    last = row.attempts.order_by("number").last()
    _require_possible_time(row, at, last)
    number = (last.number if last else 0) + 1
    if row.method == Method.POSTAL:
        _require_within_attempts(row, at, number)
    _require_fitting(rules.may_be_tried(result, row.method), row)
    _require_note(result, note)
    require_printable(note=note)
    attempt = Attempt.objects.create(
        service=row,
        method=row.method,
        number=number,
        at=at,
        result=result,
        telephoned=telephoned,
        note=note.strip(),
        recorded_by=actor,
    )
    write_audit(row, actor, "service.attempted")
    return attempt


def _require_fitting(fits: bool, service: Service) -> None:
    """Refuse what a try or a service by this method cannot come to."""
    if not fits:
        sentence = _("“%(method)s” does not come to that. Choose another result.")
        raise invalid_field(
            "result",
            sentence % {"method": service.get_method_display()},
            rules.ARTICLES[service.method],
        )


def _require_note(result: str, note: str) -> None:
    if note.strip():
        return
    if result == AttemptResult.OTHER:
        raise invalid_field("note", _("Say in the note what happened."))
    if result == AttemptResult.PUBLISHED:
        sentence = _("Name the medium in which the notice was published.")
        raise invalid_field("note", sentence, "CPL 95")


def _require_possible_time(service: Service, at: datetime, last: Attempt | None) -> None:
    if at > clock.now():
        raise invalid_field("day", _("This lies in the future. Enter when it really was tried."))
    require_day(_day_of(at), "day", service.started_on)
    if last is not None and at <= last.at:
        sentence = _("Attempts are entered in their order; the last one was %(when)s.")
        shown = f"{last.at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
        raise invalid_field("time", sentence % {"when": shown})


def _require_within_attempts(service: Service, at: datetime, number: int) -> None:
    """Hold express mail to three attempts within five working days of its handover (P-71)."""
    if number > MOST_ATTEMPTS:
        raise Conflict(
            _(
                "Express mail is tried three times. Enter that it came back, and choose another method of "
                "service."
            ),
            code="three_attempts",
            law="EMS 6",
        )
    until = rules.attempts_end(service.matter, service.started_on).last_day
    if _day_of(at) > until:
        sentence = _(
            "Attempts lie within five working days of the handover, until %(day)s. Enter that it came "
            "back, and choose another method of service."
        )
        raise invalid_field("day", sentence % {"day": until}, "EMS 6")


def _day_of(at: datetime) -> date:
    return at.astimezone(BEIJING).date()


@transaction.atomic
def record_outcome(*, actor: User, service: Service, ending: Ending) -> Outcome:
    """Record how a service ended, with its proof and its event, in one transaction.

    Only what is validly served gives the event `document_served`, from which periods run. What was refused,
    came back or was signed for by the wrong person is no service (EMS 8, 9).

    Raises:
        NotPermitted: the actor is not in the handling team.
        Conflict: the service has ended already.
        Invalid: the proof is missing, what is stated is no service of its kind, or express mail came back
            without an attempt (EMS 6).
    """
    row = locked_service(service, actor)
    if ending.proof is None:
        sentence = _("Upload the receipt or what else proves the outcome.")
        raise invalid_field("proof", sentence, "CPL 87; Rules 76")
    _require_fitting(rules.may_end(ending.result, row.method), row)
    day = _day_of_outcome(row, ending)
    if ending.result == Result.SERVED:
        _require_valid_service(row, ending)
    else:
        _require_explained(row, ending)
    _require_participant(row, ending)
    require_printable(
        receiver_name=ending.receiver_name,
        witnesses=ending.witnesses,
        participant_name=ending.participant_name,
        participant_role=ending.participant_role,
        reason=ending.reason,
    )
    proofs = [kept(upload, row, actor) for upload in (ending.proof, ending.recording) if upload]
    outcome = _outcome(row, ending, day, proofs, actor)
    event = acts.record_event(
        actor=actor,
        matter=row.matter,
        kind=SERVED if ending.result == Result.SERVED else FAILED,
        legal_day=day,
        facts=_facts(outcome) | {"proofs": [proof.sha256 for proof in proofs]},
        reason=_in_words(outcome),
        proofs=proofs,
    )
    outcome.event = event
    outcome.save()
    acts.raise_version(row.matter)
    acts.announce_event(event, actor=actor, matter=row.matter)
    if outcome.result == Result.SERVED:
        ask_to_begin(row.document, event, actor=actor)
    return outcome


def _day_of_outcome(service: Service, ending: Ending) -> date:
    if service.method == Method.PUBLIC_NOTICE and ending.result == Result.SERVED:
        return _day_of_notice(service)
    if ending.day is None:
        raise invalid_field("day", _("Enter the day on the receipt."), "CPL 87")
    last = service.attempts.order_by("number").last()
    first = max(service.started_on, _day_of(last.at)) if last else service.started_on
    require_day(ending.day, "day", first)
    return ending.day


def _day_of_notice(service: Service) -> date:
    """Return the end of the 30 days after the publication; before it nothing is served (P-70; CPL 95)."""
    notice = service.attempts.filter(result=AttemptResult.PUBLISHED).order_by("-number").first()
    if notice is None:
        sentence = _("Enter first, as an attempt, when the notice was published.")
        raise invalid_field("result", sentence, "CPL 95")
    day = rules.notice_end(service.matter, _day_of(notice.at)).last_day
    if day > clock.today():
        sentence = _("The notice counts as service only on %(day)s. Enter the outcome then.")
        raise invalid_field("result", sentence % {"day": day}, "CPL 95")
    return day


def _require_valid_service(service: Service, ending: Ending) -> None:
    if service.is_signed_for:
        _require_receiver(ending)
    if service.method != Method.LEAVE_IN:
        return
    if not selectors.was_refused(service):
        sentence = _(
            "A document is left only after its receipt was refused. Enter the refusal first, as an attempt."
        )
        raise invalid_field("result", sentence, "CPL 87-95; Rules 76")
    if not (ending.witnesses.strip() or ending.recording):
        sentence = _("Name the witnesses, or upload the photo or video of leaving it.")
        raise invalid_field("witnesses", sentence, "CPL 87-95; Rules 76")


def _require_explained(service: Service, ending: Ending) -> None:
    """Ask why it was not served; a refusal to the office's own people also who saw it."""
    if not ending.reason.strip():
        raise invalid_field("reason", _("Say why it was not served."), "EMS 6, 8")
    if ending.result == Result.RETURNED:
        _require_tried(service)
    refused_in_person = ending.result == Result.REFUSED and service.method in SEEN
    if refused_in_person and not (ending.witnesses.strip() or ending.recording):
        sentence = _("Name the witnesses of the refusal, or upload the photo or video of it.")
        raise invalid_field("witnesses", sentence, "CPL 87-95; Rules 76")


def _require_tried(service: Service) -> None:
    """Let express mail come back only after a try that is entered; how many there were is told, not asked.

    What the addressee refused comes back without three of them, and has an outcome of its own (EMS 8).
    """
    if service.method == Method.POSTAL and not service.attempts.exists():
        sentence = _(
            "Express mail comes back after attempts, and each is kept. Enter them first, as attempts; if the "
            "addressee refused it, enter that as the outcome."
        )
        raise invalid_field("result", sentence, "EMS 6, 8")


def _require_receiver(ending: Ending) -> None:
    """Refuse as service what is signed for by nobody of the six of EMS 9, or by the opposing party."""
    if ending.receiver not in MAY_RECEIVE:
        sentence = _(
            "It is served only when one of the six of EMS 9 signs. Choose who signed; if it was somebody "
            "else, enter that as the outcome and choose another method."
        )
        raise invalid_field("receiver", sentence, "EMS 9")
    if ending.receiver == Receiver.FAMILY and ending.receiver_opposes:
        sentence = _(
            "An adult of the household who is the opposing party may not receive it. Enter that somebody "
            "signed who may not, and choose another method."
        )
        raise invalid_field("receiver_opposes", sentence, "EMS 7, 9")
    if not ending.receiver_name.strip():
        raise invalid_field("receiver_name", _("Name who signed the receipt."), "CPL 87; EMS 8")


def _require_participant(service: Service, ending: Ending) -> None:
    """Let a people's supervisor at a declaration stand on the receipt with name and role (norm C122)."""
    name, role = ending.participant_name.strip(), ending.participant_role.strip()
    if ending.declared and service.method != Method.DIRECT:
        sentence = _("A document is declared to the addressee directly. Take the mark away.")
        raise invalid_field("declared", sentence, "Rules 76")
    if (name or role) and not ending.declared:
        sentence = _("Somebody takes part only in service by declaration. Mark it as such.")
        raise invalid_field("declared", sentence, "Rules 12, 76")
    if bool(name) != bool(role):
        sentence = _("The receipt names the participant with the role. Enter both.")
        field = "participant_role" if name else "participant_name"
        raise invalid_field(field, sentence, "Rules 12, 76")


def _outcome(
    service: Service, ending: Ending, day: date, proofs: list[Attachment], actor: User
) -> Outcome:
    signed = service.is_signed_for and ending.result in (Result.SERVED, Result.MISDELIVERED)
    return Outcome(
        service=service,
        method=service.method,
        result=ending.result,
        day=day,
        receiver=ending.receiver if signed else "",
        receiver_name=ending.receiver_name.strip() if signed else "",
        receiver_opposes=signed and ending.receiver_opposes and ending.receiver == Receiver.FAMILY,
        witnesses=ending.witnesses.strip(),
        declared=ending.declared,
        participant_name=ending.participant_name.strip(),
        participant_role=ending.participant_role.strip(),
        reason="" if ending.result == Result.SERVED else ending.reason.strip(),
        proof=proofs[0],
        recording=proofs[1] if len(proofs) > 1 else None,
        recorded_by=actor,
    )


def _facts(outcome: Outcome) -> dict[str, Any]:
    """Return what rules and guards may ask of the event; no name, no address (CC 1034)."""
    service = outcome.service
    back = service.method == Method.POSTAL and outcome.receiver in MAY_SEND_BACK
    return {
        "service": service.pk,
        "document": service.document_id,
        "code": service.document.code,
        "calls_for": called_for(service.document),
        "addressee": service.addressee,
        "party": service.party_id,
        "method": service.method,
        "result": outcome.result,
        "receiver": outcome.receiver,
        # EMS 10: who signed for the addressee may send a wrong content back (P-72).
        "signed_for_addressee": "yes" if back else "",
    }


def _in_words(outcome: Outcome) -> str:
    """Return the line of the timeline: which document, for whom, how; why not, where it failed."""
    service = outcome.service
    said = f"《{service.document.title}》{service.document.number} → {service.name}"
    return f"{said}：{outcome.reason}" if outcome.reason else said
