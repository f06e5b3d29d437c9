from __future__ import annotations

from django.apps import AppConfig
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        # Django's own sentence, in every form and in the API, names no way out.
        ProhibitNullCharactersValidator.message = _(
            "This text holds a null character (U+0000), which cannot be seen or kept. Delete it (a page may "
            "show it as “�”), or type the text again instead of pasting it."
        )
