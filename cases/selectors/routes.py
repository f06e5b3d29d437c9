"""Who must agree to a transition: the declared route, or the one the office has chosen (law 2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from accounts import selectors as accounts
from accounts.models import Office, Role, User
from accounts.reading import once
from audit.prepared import prepared
from cases.machine import Declaration, route_in_words
from cases.models import ApprovalRoute, Case
from cases.registries import machines
from cases.selectors.kept_rows import holds

if TYPE_CHECKING:
    from cases.models import Lead

    Matter = Lead | Case

Route = tuple[Role, ...]
# Rules 5: the chief decides, or the deputy he authorised; the head of the department reviews first.
ROUTES: tuple[Route, ...] = (
    (Role.DEPARTMENT_HEAD,),
    (Role.DEPARTMENT_HEAD, Role.DEPUTY_CHIEF),
    (Role.DEPARTMENT_HEAD, Role.CHIEF),
    (Role.DEPARTMENT_HEAD, Role.DEPUTY_CHIEF, Role.CHIEF),
)


@dataclass(frozen=True)
class OfficeRoute:
    """A transition that needs approval, and its route in one office.

    Attributes:
        chosen: whether the office set it; otherwise it is the declared one.
    """

    declaration: Declaration
    route: Route
    chosen: bool

    @property
    def words(self) -> str:
        return route_in_words(self.route)


def possible_routes(declaration: Declaration) -> tuple[Route, ...]:
    """Return the routes an office may choose: where the law names the chief, he decides."""
    return tuple(
        route for route in ROUTES if not declaration.chief_decides or route[-1] == Role.CHIEF
    )


def chosen_routes(office: Office) -> dict[str, Route]:
    """Return what the office has chosen, by the code of the transition."""
    rows = once(("routes", office.pk), lambda: _chosen_routes(office.pk))
    return {transition: tuple(Role(role) for role in roles) for transition, roles in rows}


def routes_told(matter: Matter) -> dict[str, Route]:
    """Return `chosen_routes` of the office of a matter, for its page."""
    return chosen_routes(matter.office) if holds(matter, "routes") else {}


@prepared(int)
def _chosen_routes(office: int) -> QuerySet[ApprovalRoute, tuple[str, list[str]]]:
    rows = ApprovalRoute.objects.filter(office=office)
    return rows.order_by("id").values_list("transition", "roles")


def route_for(
    declaration: Declaration, matter: Matter, chosen: Mapping[str, Route] | None = None
) -> Route:
    """Return the roles that must agree, in order.

    A major lead, and the case filed from it, is decided by the chief wherever he decides by default
    (law 2.2), whatever the office has chosen.

    Args:
        chosen: what `chosen_routes` returned, when it was already asked.
    """
    if not declaration.needs_proposal:
        return ()
    if chosen is None:
        chosen = routes_told(matter)
    route = chosen.get(declaration.code, declaration.route)
    chief_by_default = declaration.decider == Role.CHIEF
    if chief_by_default and route[-1] != Role.CHIEF and _is_major(matter):
        return (*route, Role.CHIEF)
    return route


def _is_major(matter: Matter) -> bool:
    lead = matter.lead if isinstance(matter, Case) else matter
    return lead is not None and lead.major


def routes_of(office: Office) -> list[OfficeRoute]:
    """Return every transition that needs approval with its route in `office`, in the law's order."""
    chosen = chosen_routes(office)
    return [
        OfficeRoute(item, chosen.get(item.code, item.route), item.code in chosen)
        for machine in machines.values()
        for item in machine.declarations.values()
        if item.needs_proposal
    ]


def may_set_routes(actor: User) -> bool:
    """Say whether `actor` sets the approval routes of his office: its chief does."""
    return accounts.has_role(actor, Role.CHIEF)
