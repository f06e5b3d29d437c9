"""What the card says of the parties of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from cases.card.reading import CardReading
from cases.models import Party, PartyKind, PartyRole
from cases.registries import CardItem, CardSection, CardValue
from cases.selectors.parties import shown
from cases.states import AdministrativeState, CaseState

CIVIL = ("case",)


def _of_role(reading: CardReading, role: str) -> list[Party]:
    return [party for party in reading.parties if party.role == role]


def _names(reading: CardReading, role: str) -> Iterator[CardValue]:
    for party in _of_role(reading, role):
        yield CardValue(party.name, party.name, reading.from_party(party), written=True)


def _codes(reading: CardReading) -> Iterator[CardValue]:
    """The credit codes of the violators that are organisations; a person has none."""
    for party in _of_role(reading, PartyRole.VIOLATOR):
        code = party.credit_code or party.no_code_reason
        if code and party.kind != PartyKind.PERSON:
            source = reading.from_party(party)
            yield CardValue(code, code, source, written=not party.credit_code)


def _addresses(reading: CardReading) -> Iterator[CardValue]:
    """The addresses of the violators, covered as everybody sees them (norm C131)."""
    for party in _of_role(reading, PartyRole.VIOLATOR):
        if address := shown(party, "address"):
            yield CardValue(address, address, reading.from_party(party), written=True)


def _organisation_is_known(reading: CardReading) -> bool:
    return any(p.kind != PartyKind.PERSON for p in _of_role(reading, PartyRole.VIOLATOR))


def _violator_is_known(reading: CardReading) -> bool:
    return reading.case is not None and not reading.case.violator_unknown


def _named(role: PartyRole) -> Callable[[CardReading], Iterator[CardValue]]:
    return partial(_names, role=role.value)


PARTIES = (
    CardItem(
        *("violators", CardSection.PARTIES, "违法行为人", "Violator", "Rules 29, 85"),
        _named(PartyRole.VIOLATOR),
        of=CIVIL,
        since=(CaseState.FILED,),
        cure="party_create",
        only_if=_violator_is_known,
        main=True,
    ),
    CardItem(
        *("violator_codes", CardSection.PARTIES, "统一社会信用代码", "Unified social credit code"),
        *("CPL 124", _codes),
        of=CIVIL,
        since=(CaseState.SUIT_DECIDED,),
        cure="case_parties",
        only_if=_organisation_is_known,
    ),
    CardItem(
        *("violator_addresses", CardSection.PARTIES, "违法行为人住所", "Address of the violator"),
        *("CPL 124", _addresses),
        of=CIVIL,
        since=(CaseState.SUIT_DECIDED,),
        cure="case_parties",
        only_if=_violator_is_known,
    ),
    CardItem(
        *("authority", CardSection.PARTIES, "被监督行政机关", "Authority", "Rules 67, 69"),
        _named(PartyRole.AUTHORITY),
        since=(AdministrativeState.ADM_FILED,),
        only_if=lambda reading: reading.matter.machine == "administrative",
        main=True,
    ),
    CardItem(
        *(
            "plaintiffs",
            CardSection.PARTIES,
            "其他适格主体",
            "Eligible plaintiff",
            "CPL 58; PIPL 70",
        ),
        _named(PartyRole.ELIGIBLE_PLAINTIFF),
        of=CIVIL,
    ),
)
