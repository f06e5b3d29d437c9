"""What the pages of this room are called for people (`procuracy.pages`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from audit.errors import Text

PEOPLE: Final[Mapping[str, Text]] = {
    "account_login": _("Log in"),
    "account_logout": _("Log out"),
    "account_reauthenticate": _("Confirm the password"),
    "account_change_password": _("Change the password"),
    "preferences": _("My page"),
    "usersessions_list": _("My sessions"),
    "own_sessions_end": _("Log out everywhere"),
    "own_session_end": _("End the session"),
    "own_delegation_create": _("Delegate a role of mine"),
    "token_list": _("API tokens"),
    "token_current": _("API token"),
    "token_detail": _("API token"),
    "office_list": _("Offices"),
    "office_create": _("Create the office"),
    "office_detail": _("Office"),
    "office_edit": _("Change the office"),
    "office_close": _("Close the office"),
    "department_list": _("Departments"),
    "department_detail": _("Department"),
    "department_create": _("Create the department"),
    "department_edit": _("Change the department"),
    "user_list": _("People"),
    "user_create": _("Create the account"),
    "user_detail": _("Person"),
    "user_edit": _("Change the user"),
    "user_deactivate": _("Deactivate the account"),
    "user_activate": _("Activate the account"),
    "user_password_reset": _("Reset the password"),
    "user_reset_password": _("Reset the password"),
    "user_unlock": _("Open the locked login"),
    "user_sessions_end": _("End all sessions"),
    "user_end_sessions": _("End all sessions"),
    "user_session_end": _("End the session"),
    "role_grant_list": _("Roles"),
    "role_grant_detail": _("Role grant"),
    "role_grant_create": _("Grant a role"),
    "role_grant_revoke": _("Revoke the role"),
    "own_absence_create": _("Enter an absence"),
    "absence_create": _("Enter an absence"),
    "absence_end": _("End the absence"),
    "absence_list": _("Absences"),
    "absence_detail": _("Absence"),
    "delegation_list": _("Delegations"),
    "delegation_detail": _("Delegation"),
    "delegation_create": _("Delegate a role"),
    "delegation_revoke": _("Revoke the delegation"),
    "signing_list": _("Authorisations to sign"),
    "signing_authorisation_list": _("Authorisations to sign"),
    "signing_authorisation_detail": _("Signing authorisation"),
    "signing_create": _("Authorise to sign"),
    "signing_revoke": _("Withdraw the authorisation to sign"),
    "signing_authorisation_revoke": _("Withdraw the authorisation to sign"),
}
