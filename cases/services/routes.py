"""The approval routes of an office (law 2.2), and who may act at each place of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import selectors as accounts
from accounts.models import Role, User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, Invalid, NotPermitted, NotVisible
from cases.machine import Declaration, route_in_words
from cases.models import ApprovalRoute, Case, Lead
from cases.registries import machines
from cases.selectors import people
from cases.selectors.routes import Route, may_set_routes, possible_routes

if TYPE_CHECKING:
    Matter = Lead | Case


@dataclass(frozen=True)
class Standing:
    """In whose right a person acts: his own (`on_behalf_of` None) or a delegator's."""

    role: Role
    on_behalf_of: User | None


def standing_of(actor: User, matter: Matter, role: Role) -> Standing | None:
    """Return in whose right `actor` holds `role` for the matter, None when he does not."""
    if accounts.has_role(actor, role) and people.decides(actor, matter, role):
        return Standing(role, None)
    for delegator in accounts.acting_for(actor, role):
        if people.decides(delegator, matter, role):
            return Standing(role, delegator)
    return None


def declaration_with_route(code: str) -> Declaration:
    """Return the transition `code`, which needs approval.

    Raises:
        NotVisible: there is none.
    """
    for machine in machines.values():
        found = machine.declarations.get(code)
        if found is not None and found.needs_proposal:
            return found
    raise NotVisible(_("There is no step of this code that needs approval."))


@transaction.atomic
def set_route(*, actor: User, code: str, roles: Sequence[str]) -> ApprovalRoute:
    """Choose who must agree to transition `code` in the actor's office (law 2.2).

    Proposals submitted from now on take it; those under way keep theirs.

    Raises:
        NotPermitted: only the chief procurator chooses.
        NotVisible: no transition of this code needs approval.
        Invalid: the route is none of `possible_routes`.
        Conflict: nobody in the office holds one of the roles.
    """
    if not may_set_routes(actor):
        raise NotPermitted(
            _("Only the chief procurator sets the approval routes of the office."),
            code="wrong_role",
            law="Rules 5",
        )
    declaration = declaration_with_route(code)
    route = _possible(declaration, roles)
    _require_holders(actor, route)
    row, _created = ApprovalRoute.objects.update_or_create(
        office=actor.office,
        transition=code,
        defaults={
            "roles": [role.value for role in route],
            "set_by": actor,
            "set_at": clock.now(),
        },
    )
    audit.record(
        actor=actor,
        action="approval_route.set",
        object_type="approval_route",
        object_id=row.pk,
        office_id=actor.office_id,
        details={"transition": code, "roles": row.roles},
    )
    return row


def _possible(declaration: Declaration, roles: Sequence[str]) -> Route:
    for route in possible_routes(declaration):
        if list(route) == list(roles):
            return route
    choices = "; ".join(route_in_words(route) for route in possible_routes(declaration))
    sentence = _("This is no route for %(title)s. Choose one of these: %(choices)s.") % {
        "title": declaration.title,
        "choices": choices,
    }
    raise Invalid(sentence, errors={"roles": [sentence]}, law="Rules 5")


def _require_holders(actor: User, route: Route) -> None:
    for role in route:
        if not accounts.holders(actor.office, role).exists():
            raise Conflict(
                _("Nobody in your office holds the role %(role)s. Grant it first.")
                % {"role": role.label},
                code="nobody_holds_the_role",
            )
