from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LitigationConfig(AppConfig):
    name = "litigation"
    verbose_name = _("Litigation")

    def ready(self) -> None:
        from cases.signals import event_recorded
        from litigation import effects, events, requirements, soundness, vocabulary, workplace
        from litigation.services.records import on_event_recorded

        events.register()
        requirements.register()
        effects.register()
        soundness.register()
        workplace.register()
        vocabulary.register()
        event_recorded.connect(on_event_recorded, dispatch_uid="litigation.records")
