"""Which body of the directory a case is about (Rules 67, 69)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from administrative.models import Body
from administrative.models.body import NO_AUTHORITIES
from cases.models import Case, Lead
from cases.states import AdministrativeState

if TYPE_CHECKING:
    Matter = Lead | Case

OVER = (
    AdministrativeState.ADM_TERMINATED,
    AdministrativeState.ADM_TRANSFERRED,
    AdministrativeState.CLOSED,
    AdministrativeState.ARCHIVED,
)


def authorities() -> QuerySet[Body]:
    """Return the bodies of the directory of which a failure of duty can be found, by name."""
    return (
        Body.objects.filter(merged_into__isnull=True)
        .exclude(kind__in=NO_AUTHORITIES)
        .order_by("name", "id")
    )


def body_of(matter: Matter) -> Body | None:
    """Return the authority a case is about; None for a lead or a civil case."""
    if not isinstance(matter, Case):
        return None
    return Body.objects.filter(cases__case=matter).first()


def cases_against(matter: Matter, body: int) -> list[Case]:
    """Return the running cases of the same facts against a body: those of the lead, linked, or itself.

    Rules 69: one authority is one case, however many acts of the same kind there are.
    """
    if not body:
        return []
    rows = Case.objects.filter(office=matter.office, authority_of__body=body).exclude(
        state__in=OVER
    )
    if isinstance(matter, Lead):
        return list(rows.filter(Q(lead=matter) | Q(links_in__source__lead=matter)).distinct())
    linked = Q(pk=matter.pk) | Q(links_in__source=matter) | Q(links_out__target=matter)
    return list(rows.filter(linked).distinct())
