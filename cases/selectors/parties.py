"""A party's name, and what of it is shown to all who see the case (CC 1034, 1039; PIPL 33-37; norm C131).

The address and telephone of a natural person are covered, of an organisation only the telephone, which may
be a person's own; those of a state organ are public. Whoever needs more gives a reason, which is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.reading import once
from audit.masking import mask
from audit.prepared import prepared
from cases.models import Case, Lead, Party, PartyKind, PartyRole

COVERED = {
    PartyKind.PERSON.value: ("address", "telephone"),
    PartyKind.ORGANISATION.value: ("telephone",),
    PartyKind.PUBLIC_BODY.value: (),
}


def shown(party: Party, field: str) -> str:
    """Return `address` or `telephone` of a party as everybody sees it."""
    value: str = getattr(party, field)
    return mask(value, field) if field in COVERED[party.kind] else value


def parties_told(case: Case) -> list[Party]:
    """Return the parties of a case that were not removed, read once while only reading."""

    return once(("parties", case.pk), lambda: _parties(case.pk))


@prepared(int)
def _parties(case: int) -> QuerySet[Party]:
    return Party.objects.filter(case=case, removed_at__isnull=True).order_by("id")


@dataclass(frozen=True)
class ShownParty:
    """A party as everybody sees it who sees the case.

    Attributes:
        covered: something is entered that is shown covered.
    """

    party: Party
    address: str
    telephone: str
    covered: bool


def shown_party(party: Party) -> ShownParty:
    """Return a party with its contact as everybody sees it."""
    covered = has_covered_contact(party)
    return ShownParty(party, shown(party, "address"), shown(party, "telephone"), covered)


def has_covered_contact(party: Party) -> bool:
    """Say whether something of the party is entered that is shown covered."""
    return any(getattr(party, field) for field in COVERED[party.kind])


def names_of(matter: Lead | Case) -> dict[str, str]:
    """Return the names a fact that names a party can stand for: the office, and each party by its key.

    A case against an authority has one (Rules 69), which goes by its role.
    """
    names = {"office": matter.office.name}
    if isinstance(matter, Case):
        rows = matter.parties.all()
        names |= {str(party.pk): party.name for party in rows}
        if matter.is_administrative:
            names |= {row.role: row.name for row in rows if row.role == PartyRole.AUTHORITY}
    return names
