"""Who may read the audit record (design 7): a rule for the floor below, which knows no roles."""

from __future__ import annotations

from accounts.models import Role, User
from accounts.selectors import has_role
from audit.access import Reach


def audit_reach(user: User) -> Reach:
    """Return the part of the audit record `user` may read.

    The auditor and the security administrator read that of their own office. Entries of no office,
    such as failed logins of unknown names, belong to the highest office of the installation.
    """
    if not has_role(user, Role.AUDITOR, Role.SECURITY_ADMINISTRATOR):
        return Reach()
    highest = user.office.parent_id is None
    return Reach(frozenset({user.office_id}), without_office=highest)
