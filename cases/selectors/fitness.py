"""Who may take which place in a matter (Rules 6, 19, 36); asked by the services and by the guards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from audit.errors import Invalid
from cases.models import PROCURATORIAL_STAFF, Case, Lead, TeamPosition
from cases.selectors import people

if TYPE_CHECKING:
    Matter = Lead | Case

# One procurator runs the matter or leads the team; assistants and clerks assist (Rules 6).
PROSECUTORS_ONLY = (TeamPosition.LEAD, TeamPosition.HANDLER)


def unfit(matter: Matter, user: User, position: str) -> Invalid | None:
    """Return the refusal that keeps `user` from a place in a matter, None when he is fit for it.

    Nobody of another office, whose account is deactivated, without the role, or against whom a recusal
    stands. Technicians and judicial police need no role: the house has none for them.
    """
    return _not_here(matter, user) or _without_role(user, position) or _aside(matter, user)


def _not_here(matter: Matter, user: User) -> Invalid | None:
    name = {"name": user.name}
    if user.office_id != matter.office_id:
        return Invalid(_("%(name)s does not belong to this office.") % name, code="other_office")
    if not user.is_active:
        return Invalid(
            _("The account of %(name)s is deactivated. Choose somebody else.") % name,
            code="deactivated",
            law="Rules 6",
        )
    return None


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
    if position in PROCURATORIAL_STAFF and not roles & people.CASEWORK_ROLES:
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
