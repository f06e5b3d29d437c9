from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LitigationConfig(AppConfig):
    name = "litigation"
    verbose_name = _("Litigation")

    def ready(self) -> None:
        from litigation import effects, events, requirements, workplace

        events.register()
        requirements.register()
        effects.register()
        workplace.register()
