"""Sending a document: to whom, by which method, under which address or consent (norm C128)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.errors import Conflict, invalid_field
from cases.models import Case, Lead, Party
from cases.services.attachments import store
from notices.catalogue import Delivery
from notices.models import (
    AddressBasis,
    AddresseeKind,
    Document,
    DocumentStatus,
    Method,
    Service,
)
from notices.models.service import BY_OTHERS
from notices.services.common import locked, require_worker
from notices.serving import rules, selectors

if TYPE_CHECKING:
    Matter = Lead | Case
    Upload = UploadedFile[Any]

from notices.serving.services.common import require_day, require_printable, write_audit

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
        ground: of a public notice, why no other way remains.
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
    ground: str = ""


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
        Invalid: the addressee, a day, the address (EMS 3-5), the consent (CPL 90) or the ground of a public
            notice (CPL 95) is missing or wrong, or express mail is to go to a party abroad (EMS 1).
    """
    row = locked(document)
    require_worker(actor, row.matter)
    require_servable(row)
    _require_addressee(row, sending)
    name = sending.party.name if sending.party else sending.name.strip()
    _require_not_under_way(row, sending.party, name)
    _require_after_signing(row, sending.started_on)
    service = Service(
        document=row,
        addressee=sending.addressee,
        party=sending.party,
        name=name,
        method=sending.method,
        through=sending.through.strip(),
        consignment=sending.consignment.strip(),
        ground=sending.ground.strip() if sending.method == Method.PUBLIC_NOTICE else "",
        started_on=sending.started_on,
        started_by=actor,
    )
    _require_printable(service, sending)
    _require_through(service)
    _require_ground(service)
    _set_address(service, sending)
    _set_consent(service, sending, actor)
    service.save()
    write_audit(service, actor, "service.started")
    return service


def require_servable(document: Document) -> None:
    """Refuse to serve what is not finished, or stays in the file.

    Raises:
        Conflict: naming why.
    """
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
    if sending.method == Method.POSTAL and party is not None and party.domicile_abroad:
        sentence = _(
            "%(name)s has no domicile in the PRC: express mail is not used where a special way is "
            "prescribed. Choose another method, or correct the domicile at the party."
        )
        raise invalid_field("method", sentence % {"name": party.name}, "EMS 1")
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


def _require_printable(service: Service, sending: Sending) -> None:
    require_printable(
        **{"party" if sending.party else "name": service.name},
        through=service.through,
        address=sending.address,
        consignment=service.consignment,
        ground=service.ground,
    )


def _require_after_signing(document: Document, day: date) -> None:
    """Refuse a sending, and with it a receipt, from before the document was issued."""
    if document.signed_day is not None and day < document.signed_day:
        sentence = _(
            "The document is of %(day)s: nothing was sent before. Enter the day it really was sent, or "
            "correct the document if its day is wrong."
        )
        raise invalid_field("started_on", sentence % {"day": document.signed_day}, "CPL 87")
    require_day(day, "started_on", None)


def _require_ground(service: Service) -> None:
    if service.method == Method.PUBLIC_NOTICE and not service.ground:
        sentence = _(
            "A public notice is the last way: say why nobody knows where the addressee is, or why no "
            "other method succeeds."
        )
        raise invalid_field("ground", sentence, "CPL 95")


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
