"""Which way each of several addressees is served: proposed from what is known of them, never decided.

A public notice is never proposed: nothing on record says that nobody knows where an addressee is (CPL 95).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from audit import clock
from audit.errors import Text
from cases.models import Case, Party
from notices.models import AddressConfirmation, AddresseeKind, Document, Method, Result, Service
from notices.serving import selectors


@dataclass(frozen=True)
class Addressee:
    """Somebody a document is to be served on: a party of the case, or who is named.

    Attributes:
        kind: of `AddresseeKind`.
    """

    party: Party | None = None
    named: str = ""
    kind: str = AddresseeKind.PARTY

    @property
    def name(self) -> str:
        """How the service will call the addressee."""
        return self.party.name if self.party else self.named.strip()


@dataclass(frozen=True)
class Channel:
    """The way proposed for one addressee.

    Attributes:
        method: empty where nothing is to be sent.
        why: what speaks for it, or why nothing is to be sent.
        address: where it goes; empty where that is not known.
    """

    to: Addressee
    method: str
    why: Text
    address: str = ""

    @property
    def way(self) -> Method | None:
        """The method with its name; None where nothing is to be sent."""
        return Method(self.method) if self.method else None


def propose(document: Document, addressees: Iterable[Addressee]) -> list[Channel]:
    """Return the way proposed for each addressee of a document, each addressee once."""
    earlier = _earlier(document)
    forms = _forms(document)
    asked = {(to.party.pk if to.party else None, to.name): to for to in addressees}
    return [
        _channel(to, earlier.get(key, ()), forms.get(key[0]) if key[0] else None)
        for key, to in asked.items()
    ]


def _earlier(document: Document) -> dict[tuple[int | None, str], list[Service]]:
    """Return the services of a document by addressee, the newest first."""
    found: dict[tuple[int | None, str], list[Service]] = {}
    for service in selectors.services_of_document(document):
        found.setdefault((service.party_id, service.name), []).append(service)
    return found


def _forms(document: Document) -> dict[int, AddressConfirmation | None]:
    if not isinstance(document.matter, Case):
        return {}
    return {party.pk: form for party, form in selectors.parties_with_forms(document.matter)}


def _channel(
    to: Addressee, earlier: Sequence[Service], form: AddressConfirmation | None
) -> Channel:
    if any(service.is_served for service in earlier):
        return Channel(to, "", _("Served already."))
    if any(service.ended is None for service in earlier):
        return Channel(to, "", _("On its way already: enter its outcome first."))
    results = {service.ended.result for service in earlier if service.ended}
    place = form.address if form else ""
    if Result.REFUSED in results:
        return Channel(to, Method.LEAVE_IN, _("Its receipt was refused: it may be left in."), place)
    if results:
        return Channel(to, Method.DIRECT, _("An earlier way failed."), place)
    return _first_way(to, form)


def _first_way(to: Addressee, form: AddressConfirmation | None) -> Channel:
    if form is None:
        return Channel(to, Method.DIRECT, _("No address-confirmation form."))
    if form.electronic_consent and form.confirmed_on <= clock.today():
        why = _("The address-confirmation form consents to it.")
        return Channel(to, Method.ELECTRONIC, why, form.electronic_address)
    if to.party is not None and to.party.domicile_abroad:
        why = _(
            "No domicile in the PRC: express mail is not used where a special way is prescribed."
        )
        return Channel(to, Method.DIRECT, why, form.address)
    why = _("The address-confirmation form names an address.")
    return Channel(to, Method.POSTAL, why, form.address)
