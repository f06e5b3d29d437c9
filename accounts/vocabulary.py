"""What the acts of this room are called in the audit record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WORDS = {
    "user.login": _("Logged in"),
    "user.logout": _("Logged out"),
    "user.login_failed": _("Login failed"),
    "user.login_refused": _("Login refused while locked"),
    "user.locked": _("Login locked"),
    "user.unlocked": _("Login opened"),
    "user.created": _("Account created"),
    "user.changed": _("Account changed"),
    "user.preferences_changed": _("Preferences changed"),
    "user.deactivated": _("Account deactivated"),
    "user.activated": _("Account activated"),
    "user.password_reset": _("Password reset"),
    "user.password_changed": _("Password changed"),
    "user.sessions_ended": _("All sessions ended"),
    "session.ended": _("Session ended"),
    "token.created": _("API token created"),
    "token.revoked": _("API token revoked"),
    "role.granted": _("Role granted"),
    "role.revoked": _("Role revoked"),
    "delegation.created": _("Role delegated"),
    "delegation.revoked": _("Delegation revoked"),
    "signing.authorised": _("Signing authorised"),
    "signing.revoked": _("Authorisation to sign withdrawn"),
    "office.created": _("Office created"),
    "office.changed": _("Office changed"),
    "office.closed": _("Office closed"),
    "department.created": _("Department created"),
    "department.changed": _("Department changed"),
    "user": _("User"),
    "session": _("Session"),
    "token": _("API token"),
    "role_grant": _("Role grant"),
    "delegation": _("Delegation"),
    "signing_authorisation": _("Signing authorisation"),
    "office": _("Office"),
    "department": _("Department"),
}
