"""Writing services: the sending, each attempt, the outcome with its proof and its event (norm C128)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit import services as audit
from audit.clock import BEIJING
from audit.errors import Conflict, invalid_field
from cases.models import Attachment, Case, Lead, Party
from cases.services import acts
from cases.services.attachments import store
from notices.catalogue import Delivery
from notices.models import (
    AddressBasis,
    AddresseeKind,
    Attempt,
    AttemptResult,
    Document,
    DocumentStatus,
    Method,
    Outcome,
    Receiver,
    Result,
    Service,
)
from notices.models.service import BY_OTHERS, MAY_RECEIVE, MAY_SEND_BACK
from notices.services.common import locked, require_worker
from notices.serving import rules, selectors
from notices.serving.events import FAILED, SERVED

if TYPE_CHECKING:
    Matter = Lead | Case
    Upload = UploadedFile[Any]

# Documents nobody is served with: they stay in the file, or a medium publishes them (law 7.2).
NOT_SERVED = (Delivery.NONE, Delivery.FILE, Delivery.MEDIA)


@dataclass(frozen=True)
class Sending:
    """What is stated when a document is sent.

    Attributes:
        party: the party it goes to; None for a body, a court or another office, which `name` names.
        address: for express mail; empty takes that of the party's address-confirmation form.
        consent_on: since when the addressee consents to electronic service; with `consent`, its proof.
            Left out, the party's address-confirmation form is asked.
    """

    method: str
    addressee: str
    started_on: date
    party: Party | None = None
    name: str = ""
    through: str = ""
    address: str = ""
    address_basis: str = ""
    consignment: str = ""
    consent_on: date | None = None
    consent: Upload | None = None


@dataclass(frozen=True)
class Ending:
    """What is stated of how a service ended.

    Attributes:
        day: the day on the receipt, of leaving, of reaching the system, of the refusal or the return. For
            a public notice it follows from its publication and is not stated.
        recording: photo or video of a leave-in service.
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


# --- sending --------------------------------------------------------------------------------------


def may_be_served(document: Document) -> bool:
    """Say whether a document can be served: in its final form, and of a kind that goes out."""
    finished = document.status == DocumentStatus.ISSUED or (
        document.status == DocumentStatus.FINAL and not document.type.issued
    )
    return finished and document.type.delivery not in NOT_SERVED


@transaction.atomic
def start_service(*, actor: User, document: Document, sending: Sending) -> Service:
    """Send a document to one addressee by one method.

    Raises:
        NotPermitted: the actor is not in the handling team.
        Conflict: the document is not issued or stays in the file, is being served on this addressee, or was.
        Invalid: the addressee, a day, the address (EMS 3-5) or the consent (CPL 90) is missing or wrong.
    """
    row = locked(document)
    require_worker(actor, row.matter)
    _require_servable(row)
    _require_addressee(row, sending)
    name = sending.party.name if sending.party else sending.name.strip()
    _require_not_under_way(row, sending.party, name)
    _require_day(sending.started_on, "started_on", row.signed_day)
    service = Service(
        document=row,
        addressee=sending.addressee,
        party=sending.party,
        name=name,
        method=sending.method,
        through=sending.through.strip(),
        consignment=sending.consignment.strip(),
        started_on=sending.started_on,
        started_by=actor,
    )
    _require_through(service)
    _set_address(service, sending)
    _set_consent(service, sending, actor)
    service.save()
    _note(service, actor, "service.started")
    return service


def _require_servable(document: Document) -> None:
    if document.type.delivery in NOT_SERVED:
        raise Conflict(
            _("“%(title)s” is not served: it stays in the file or a medium publishes it.")
            % {"title": document.type.title},
            code="not_served",
        )
    if not may_be_served(document):
        raise Conflict(
            _("Only a finished document is served; this one is “%(status)s”. Issue it first.")
            % {"status": document.get_status_display()},
            code="document_status",
            law="CPL 87",
            details={"status": document.status},
        )


def _require_addressee(document: Document, sending: Sending) -> None:
    party = sending.party
    if sending.addressee == AddresseeKind.PARTY:
        if party is None or party.case_id != document.case_id or party.removed_at:
            raise invalid_field("party", _("Choose a party of this case."))
    elif party is not None or not sending.name.strip():
        raise invalid_field("name", _("Name the body, court or office it goes to."))
    if sending.method == Method.COURT and sending.addressee != AddresseeKind.COURT:
        raise invalid_field("addressee", _("Only to a court a document is submitted."), "CPL 87")


def _require_not_under_way(document: Document, party: Party | None, name: str) -> None:
    """Refuse a second service on an addressee while one is open, or after one that counts."""
    for earlier in selectors.to_the_same(document, party=party, name=name):
        if earlier.ended is None:
            raise Conflict(
                _("This document is on its way to %(name)s already. Enter its outcome first.")
                % {"name": name},
                code="service_under_way",
                details={"service": earlier.pk},
            )
        if earlier.is_served:
            raise Conflict(
                _(
                    "This document was served on %(name)s on %(day)s. Correct that entry if it is wrong."
                )
                % {"name": name, "day": earlier.ended.standing_day},
                code="served_already",
                details={"service": earlier.pk},
            )


def _require_day(day: date, field: str, first: date | None) -> None:
    if day > clock.today():
        sentence = _("This day lies in the future. Enter the day on which it really happened.")
        raise invalid_field(field, sentence)
    if first is not None and day < first:
        sentence = _("It cannot have been before %(day)s.") % {"day": first}
        raise invalid_field(field, sentence)


def _require_through(service: Service) -> None:
    if service.method in BY_OTHERS and not service.through:
        sentence = _("Name the body or unit that serves the document.")
        raise invalid_field("through", sentence, rules.ARTICLES[service.method])


def _set_address(service: Service, sending: Sending) -> None:
    """Take the address of the form, else one of EMS 5 that is stated with its basis (norm C153)."""
    party, typed = sending.party, sending.address.strip()
    service.address = typed
    if service.method not in rules.AT_AN_ADDRESS:
        return
    form = selectors.standing_confirmation(party) if party else None
    if form is not None and (not typed or sending.address_basis == AddressBasis.CONFIRMED):
        service.address, service.address_basis = form.address, AddressBasis.CONFIRMED
        service.confirmation = form
        return
    if service.method == Method.POSTAL and not typed:
        raise invalid_field("address", _why_no_address(party), "EMS 3-5")
    if party is not None and typed:
        service.address_basis = _possible_basis(party, sending.address_basis)


def _why_no_address(party: Party | None) -> str:
    if party is None:
        return _("Express mail needs an address. Enter it.")
    return _("%(name)s gave no address-confirmation form. %(rule)s Enter that address.") % {
        "name": party.name,
        "rule": rules.FALLBACK_RULE,
    }


def _possible_basis(party: Party, basis: str) -> str:
    allowed = rules.fallback_of(party)
    if basis not in allowed:
        sentence = _("Without a form this party is served at: %(places)s. Say which of them it is.")
        places = _(", ").join(str(choice.label) for choice in allowed)
        raise invalid_field("address_basis", sentence % {"places": places}, "EMS 5")
    return basis


def _set_consent(service: Service, sending: Sending, actor: User) -> None:
    """Bind electronic service to a consent given before it (CPL 90; norm C129)."""
    if service.method != Method.ELECTRONIC:
        return
    service.consent_on = sending.consent_on if sending.consent else None
    if sending.consent is None:
        _take_consent_of_form(service)
    if service.consent_on is None:
        sentence = _(
            "Electronic service needs the addressee's consent, with its day and its proof. Upload it, or "
            "choose another method."
        )
        raise invalid_field("consent", sentence, "CPL 90; ONLINE 29-31")
    if service.consent_on > service.started_on:
        sentence = _("The consent is of %(day)s: it must be given before the document is sent.")
        sentence %= {"day": service.consent_on}
        raise invalid_field("consent_on", sentence, "CPL 90; ONLINE 29-31")
    if sending.consent is not None:
        service.consent = store(
            sending.consent, actor=actor, matter=service.matter, purpose="service_consent"
        )


def _take_consent_of_form(service: Service) -> None:
    form = selectors.standing_confirmation(service.party) if service.party else None
    if form is not None and form.electronic_consent:
        service.confirmation, service.consent_on = form, form.confirmed_on
        service.address, service.address_basis = form.electronic_address, AddressBasis.CONFIRMED


# --- attempts -------------------------------------------------------------------------------------


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
    row = _locked(service, actor)
    last = row.attempts.order_by("number").last()
    _require_possible_time(row, at, last)
    number = (last.number if last else 0) + 1
    if row.method == Method.POSTAL:
        _require_within_attempts(row, at, number)
    if result == AttemptResult.PUBLISHED and row.method != Method.PUBLIC_NOTICE:
        raise invalid_field("result", _("Only a public notice is published."), "CPL 95")
    if result == AttemptResult.OTHER and not note.strip():
        raise invalid_field("note", _("Say in the note what happened."))
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
    _note(row, actor, "service.attempted")
    return attempt


def _require_possible_time(service: Service, at: datetime, last: Attempt | None) -> None:
    if at > clock.now():
        raise invalid_field("day", _("This lies in the future. Enter when it really was tried."))
    _require_day(_day_of(at), "day", service.started_on)
    if last is not None and at <= last.at:
        sentence = _("Attempts are entered in their order; the last one was %(when)s.")
        shown = f"{last.at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
        raise invalid_field("time", sentence % {"when": shown})


def _require_within_attempts(service: Service, at: datetime, number: int) -> None:
    """Hold express mail to three attempts within five working days of its handover (P-71)."""
    if number > rules.MOST_ATTEMPTS:
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


# --- outcome --------------------------------------------------------------------------------------


@transaction.atomic
def record_outcome(*, actor: User, service: Service, ending: Ending) -> Outcome:
    """Record how a service ended, with its proof and its event, in one transaction.

    Only what is validly served gives the event `document_served`, from which periods run. What was refused,
    came back or was signed for by the wrong person is no service (EMS 8, 9).

    Raises:
        NotPermitted: the actor is not in the handling team.
        Conflict: the service has ended already.
        Invalid: the proof is missing, or what is stated is no service of its kind.
    """
    row = _locked(service, actor)
    if ending.proof is None:
        sentence = _("Upload the receipt or what else proves the outcome.")
        raise invalid_field("proof", sentence, "CPL 87; Rules 76")
    day = _day_of_outcome(row, ending)
    if ending.result == Result.SERVED:
        _require_valid_service(row, ending)
    elif not ending.reason.strip():
        raise invalid_field("reason", _("Say why it was not served."), "EMS 6, 8")
    _require_participant(row, ending)
    proofs = [_kept(upload, row, actor) for upload in (ending.proof, ending.recording) if upload]
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
    return outcome


def _kept(upload: Upload, service: Service, actor: User) -> Attachment:
    return store(upload, actor=actor, matter=service.matter, purpose="service_proof")


def _day_of_outcome(service: Service, ending: Ending) -> date:
    if service.method == Method.PUBLIC_NOTICE and ending.result == Result.SERVED:
        return _day_of_notice(service)
    if ending.day is None:
        raise invalid_field("day", _("Enter the day on the receipt."), "CPL 87")
    last = service.attempts.order_by("number").last()
    first = max(service.started_on, _day_of(last.at)) if last else service.started_on
    _require_day(ending.day, "day", first)
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
    if service.method == Method.LEAVE_IN and not (ending.witnesses.strip() or ending.recording):
        sentence = _("Name the witnesses, or upload the photo or video of leaving it.")
        raise invalid_field("witnesses", sentence, "CPL 87-95; Rules 76")


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


# --- what every act begins and ends with ----------------------------------------------------------


def _locked(service: Service, actor: User) -> Service:
    """Lock the matter and the document; return the service, if the actor may go on with it.

    Raises:
        NotPermitted: the actor is not in the handling team.
        Conflict: the service has ended.
    """
    document = locked(service.document)
    require_worker(actor, document.matter)
    row = Service.objects.select_related("outcome", "party").get(pk=service.pk)
    row.document = document
    if row.ended is not None:
        raise Conflict(
            _("This service has ended: %(result)s. What is recorded of it stays.")
            % {"result": row.ended.get_result_display()},
            code="service_ended",
            details={"result": row.ended.result},
        )
    return row


def _note(service: Service, actor: User, action: str) -> None:
    """Write the audit entry of an act on a service, last of all; an outcome has that of its event."""
    audit.record(
        actor=actor,
        action=action,
        object_type="service",
        object_id=service.pk,
        details={"document": service.document_id, "method": service.method},
        **acts.audit_scope(service.matter),
    )


@transaction.atomic
def record_look(*, actor: User, service: Service) -> None:
    """Record that `actor` read what stands of a service (norm C131)."""
    audit.record(
        actor=actor,
        action="service.viewed",
        object_type="service",
        object_id=service.pk,
        read=True,
        details={"document": service.document_id},
        **acts.audit_scope(service.matter),
    )
