from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Offices and users")

    def ready(self) -> None:
        from accounts.reach import audit_reach
        from audit.access import set_rule

        set_rule(audit_reach)
