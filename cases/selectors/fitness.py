"""Who may take which place in a matter (Rules 6, 19, 36); asked by the services and by the guards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import CASEWORK_ROLES, Role, User
from audit import clock
from audit.errors import Invalid
from cases.models import PROCURATORIAL_STAFF, Case, Lead, TeamPosition
from cases.selectors import people

if TYPE_CHECKING:
    Matter = Lead | Case

# One procurator runs the matter or leads the team; assistants and clerks assist (Rules 6).
PROSECUTORS_ONLY = (TeamPosition.LEAD, TeamPosition.HANDLER)


def unfit(matter: Matter, user: User, position: str) -> Invalid | None:
    """Return the refusal that keeps `user` from a place in a matter, None when he is fit for it.

    Nobody of another office who is not lent to the case, whose account is deactivated, without the role,
    against whom a recusal stands, or who works or worked on the case across the wall of Rules 9.
    Technicians and judicial police need no role: the house has none for them.
    """
    return (
        _not_here(matter, user)
        or _without_role(user, position)
        or _aside(matter, user)
        or _across(matter, user)
    )


def _not_here(matter: Matter, user: User) -> Invalid | None:
    name = {"name": user.name}
    if user.office_id != matter.office_id and not _is_lent(matter, user):
        return Invalid(
            _(
                "%(name)s does not belong to this office and is not lent to this case today. Enter the "
                "superior's written decision on the loan first, or choose somebody else."
            )
            % name,
            code="other_office",
            law="Rules 6, 11",
        )
    if not user.is_active:
        return Invalid(
            _("The account of %(name)s is deactivated. Choose somebody else.") % name,
            code="deactivated",
            law="Rules 6",
        )
    return None


def _is_lent(matter: Matter, user: User) -> bool:
    return isinstance(matter, Case) and people.is_lent(matter, user, clock.today())


def _without_role(user: User, position: str) -> Invalid | None:
    name, roles = {"name": user.name}, accounts.roles_of(user)
    if roles & people.WITHOUT_CASES:
        return Invalid(
            _("%(name)s is administrator or auditor and sees no case. Choose somebody else.")
            % name,
            code="sees_no_case",
            law="GB/T 22239",
        )
    if position in PROSECUTORS_ONLY and Role.PROSECUTOR not in roles:
        return Invalid(
            _(
                "%(name)s does not hold the role of prosecutor here. Choose somebody who does, or have "
                "the role granted."
            )
            % name,
            code="not_a_prosecutor",
            law="Rules 6",
        )
    if position in PROCURATORIAL_STAFF and not roles & CASEWORK_ROLES:
        return Invalid(
            _(
                "%(name)s holds no role in casework and is no procuratorial staff of a team. Choose "
                "somebody else, or have the role granted first."
            )
            % name,
            code="no_casework_role",
            law="Rules 6, 36",
        )
    return None


def _aside(matter: Matter, user: User) -> Invalid | None:
    if not people.is_recused(matter, user.pk):
        return None
    return Invalid(
        _("A granted recusal stands against %(name)s.") % {"name": user.name},
        code="recused",
        law="Rules 19",
    )


def _across(matter: Matter, user: User) -> Invalid | None:
    """Return the refusal of whoever is or was in the team across the wall of Rules 9 (norm C145)."""
    if not isinstance(matter, Case):
        return None
    place = people.place_across(matter, user)
    if place is None:
        return None
    return Invalid(
        _(
            "%(name)s is or was in the team of %(other)s. Who sues does not supervise the same case, and "
            "who supervises does not sue. Choose somebody else."
        )
        % {"name": user.name, "other": place.case.key},
        code="suing_and_supervising",
        law="Rules 9",
    )
