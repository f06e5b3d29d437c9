"""The approval route of a transition (law 2.2), and who may act at each of its places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts import selectors as accounts
from accounts.models import Role, User
from cases.machine import Declaration
from cases.models import Case, Lead
from cases.selectors import people

if TYPE_CHECKING:
    Matter = Lead | Case


@dataclass(frozen=True)
class Standing:
    """In whose right a person acts: his own (`on_behalf_of` None) or a delegator's."""

    role: Role
    on_behalf_of: User | None


def route_for(declaration: Declaration, matter: Matter) -> tuple[Role, ...]:
    """Return the roles that must agree, in order."""
    return declaration.route


def standing_of(actor: User, matter: Matter, role: Role) -> Standing | None:
    """Return in whose right `actor` holds `role` for the matter, None when he does not."""
    entitled = people.deciders(matter, role)
    if entitled.filter(pk=actor.pk).exists():
        return Standing(role, None)
    for delegator in accounts.acting_for(actor, role):
        if entitled.filter(pk=delegator.pk).exists():
            return Standing(role, delegator)
    return None
