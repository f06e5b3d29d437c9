from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Offices and users")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from accounts.middleware import stamp_new_session
        from accounts.reach import audit_reach
        from accounts.vocabulary import WORDS
        from audit import vocabulary
        from audit.access import set_rule

        set_rule(audit_reach)
        vocabulary.add(WORDS)
        user_logged_in.connect(stamp_new_session, dispatch_uid="accounts.stamp_new_session")
