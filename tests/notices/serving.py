"""Documents on their way, for the tests of service."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from audit.clock import BEIJING
from cases.models import Case, Party
from cases.services.parties import add_party
from notices.models import AddressConfirmation, Attempt, Document, Outcome, Service
from notices.serving import addresses, services
from notices.serving.services import Ending, Sending
from tests.notices.matters import upload
from tests.support.people import Cast

SENT = date(2026, 6, 24)


def party_of(cast: Cast, case: Case, **facts: Any) -> Party:
    """Enter a violator: a company, unless told otherwise."""
    given = {"role": "violator", "kind": "organisation", "name": "某科技有限公司"} | facts
    add_party(actor=cast.handler, case=case, facts=given)
    case.refresh_from_db()
    return case.parties.latest("pk")


def confirm(cast: Cast, party: Party, **said: Any) -> AddressConfirmation:
    """Keep the address-confirmation form of a party."""
    given = {
        "confirmed_on": date(2026, 6, 20),
        "address": "江州市云山区文一路1号",
        "file": upload("送达地址确认书.pdf"),
    }
    return addresses.confirm_address(
        actor=cast.clerk, party=party, said=addresses.Confirmed(**given | said)
    )


def send(cast: Cast, document: Document, **stated: Any) -> Service:
    """Send a document by the clerk on 24 June 2026, directly to a body unless told otherwise."""
    given = {"method": "direct", "addressee": "body", "started_on": SENT}
    if "party" in stated:
        given["addressee"] = "party"
    elif "name" not in stated:
        given["name"] = "某区网信办"
    if stated.get("method") == "public_notice":
        given["ground"] = "受送达人下落不明。"
    return services.start_service(
        actor=stated.pop("actor", cast.clerk), document=document, sending=Sending(**given | stated)
    )


def try_it(cast: Cast, service: Service, *when: int, **stated: Any) -> Attempt:
    """Record an attempt at a moment of Beijing time: nobody was there, unless told otherwise."""
    given = {"actor": cast.clerk, "result": "nobody"} | stated
    return services.record_attempt(service=service, at=datetime(*when, tzinfo=BEIJING), **given)


def end(cast: Cast, service: Service, result: str = "served", **stated: Any) -> Outcome:
    """Record an outcome of 24 June 2026 with its receipt, signed for by the office of an entity.

    Express mail that comes back was tried once, unless its attempts were entered.
    """
    given: dict[str, Any] = {"proof": upload("送达回证.pdf"), "day": SENT}
    if service.is_signed_for and result == "served":
        given |= {"receiver": "entity_staff", "receiver_name": "前台李某"}
    if result != "served":
        given["reason"] = "查无此人"
    if result == "returned" and service.method == "postal" and not service.attempts.exists():
        try_it(cast, service, 2026, 6, 24, 9)
    if result == "refused":
        given["witnesses"] = "居委会王某"
    actor = stated.pop("actor", cast.handler)
    return services.record_outcome(
        actor=actor, service=service, ending=Ending(result=result, **given | stated)
    )
