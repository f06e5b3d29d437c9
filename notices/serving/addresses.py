"""Writing address-confirmation forms and leaving the trace of who looked at them (EMS 3-4; norm C153)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, NotVisible, invalid_field
from cases.models import Party
from cases.services import acts
from documents.names import safe_name
from documents.store import put_upload
from notices.models import AddressConfirmation
from notices.serving import selectors
from notices.serving.services.common import require_printable


@dataclass(frozen=True)
class Confirmed:
    """What the form of a party says."""

    confirmed_on: date
    address: str
    file: UploadedFile[Any]
    telephone: str = ""
    recipient: str = ""
    electronic_consent: bool = False
    electronic_address: str = ""


@transaction.atomic
def confirm_address(*, actor: User, party: Party, said: Confirmed) -> AddressConfirmation:
    """Keep the address-confirmation form of a party; it replaces the one before, which stays.

    The file goes into the store under its digest and is no attachment of the case: everybody who sees the
    case sees those, but addresses are for the handling team alone.

    Raises:
        NotVisible: the actor is not in the handling team.
        Conflict: the party was removed from the case.
        Invalid: the day lies in the future, the file is empty, or what is consented to names no address.
    """
    case = acts.lock(party.case)
    if not selectors.sees_addresses(actor, case):
        raise NotVisible(_("There is no such party."))
    if party.removed_at is not None:
        raise Conflict(_("This party was removed from the case."), code="party_removed")
    _require_possible(said)
    blob = put_upload(said.file)
    row = AddressConfirmation.objects.create(
        party=party,
        confirmed_on=said.confirmed_on,
        address=said.address.strip(),
        telephone=said.telephone.strip(),
        recipient=said.recipient.strip(),
        electronic_consent=said.electronic_consent,
        electronic_address=said.electronic_address.strip(),
        file_name=safe_name(said.file.name or ""),
        media_type=blob.media_type,
        size=blob.size,
        sha256=blob.sha256,
        recorded_by=actor,
    )
    audit.record(
        actor=actor,
        action="address.confirmed",
        object_type="address_confirmation",
        object_id=row.pk,
        details={"party": party.pk, "sha256": row.sha256},
        **acts.audit_scope(case),
    )
    return row


def _require_possible(said: Confirmed) -> None:
    if said.confirmed_on > clock.today():
        sentence = _("This day lies in the future. Enter the day on which it really happened.")
        raise invalid_field("confirmed_on", sentence)
    if not said.address.strip():
        raise invalid_field("address", _("Enter the address the form names."), "EMS 3")
    require_printable(
        address=said.address,
        telephone=said.telephone,
        recipient=said.recipient,
        electronic_address=said.electronic_address,
    )
    if not said.file.size:
        raise invalid_field("file", _("The file is empty. Choose the right one."))
    if said.electronic_consent and not said.electronic_address.strip():
        sentence = _("Enter the address to which the party consents to be served electronically.")
        raise invalid_field("electronic_address", sentence, "CPL 90; ONLINE 29-31")


@transaction.atomic
def record_looks(*, actor: User, parties: Iterable[int]) -> None:
    """Record that `actor` read the addresses of several parties: an entry for each case, with all of them."""
    rows = Party.objects.filter(pk__in=parties).select_related("case").order_by("case_id", "pk")
    for case, of_case in groupby(rows, key=lambda party: party.case):
        audit.record(
            actor=actor,
            action="address.viewed",
            object_type="case",
            object_id=case.pk,
            read=True,
            details={"parties": [party.pk for party in of_case]},
            **acts.audit_scope(case),
        )


@transaction.atomic
def record_look(*, actor: User, party: Party) -> None:
    """Record that `actor` read the addresses of a party (norm C131)."""
    audit.record(
        actor=actor,
        action="address.viewed",
        object_type="party",
        object_id=party.pk,
        read=True,
        **acts.audit_scope(party.case),
    )


@transaction.atomic
def record_download(*, actor: User, confirmation: AddressConfirmation) -> None:
    """Record that `actor` took the file of a form; called before its first byte is sent."""
    audit.record(
        actor=actor,
        action="address.downloaded",
        object_type="address_confirmation",
        object_id=confirmation.pk,
        read=True,
        **acts.audit_scope(confirmation.party.case),
    )
