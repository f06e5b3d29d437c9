"""Every write of offices, people and their rights: one function a verb, audited in its transaction.

`actor` is the person of the session; None is an operator at the command line of the installation
(`create_office`, `reset_password`), never a request.
"""

from accounts.services.absences import end_absence, enter_absence
from accounts.services.access import (
    create_token,
    end_session,
    end_sessions,
    revoke_token,
)
from accounts.services.offices import (
    change_department,
    change_office,
    close_office,
    create_department,
    create_office,
)
from accounts.services.passwords import change_own_password, reset_password, unlock_account
from accounts.services.people import (
    NewAccount,
    activate_user,
    change_own_preferences,
    change_user,
    create_user,
    deactivate_user,
)
from accounts.services.rights import (
    authorise_signing,
    delegate,
    grant_role,
    revoke_delegation,
    revoke_role,
    revoke_signing,
)

__all__ = [
    "NewAccount",
    "activate_user",
    "authorise_signing",
    "change_department",
    "change_office",
    "change_own_password",
    "change_own_preferences",
    "change_user",
    "close_office",
    "create_department",
    "create_office",
    "create_token",
    "create_user",
    "deactivate_user",
    "delegate",
    "end_absence",
    "end_session",
    "end_sessions",
    "enter_absence",
    "grant_role",
    "reset_password",
    "revoke_delegation",
    "revoke_role",
    "revoke_signing",
    "revoke_token",
    "unlock_account",
]
