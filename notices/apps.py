from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from audit import vocabulary
        from cases.registries import document_slots
        from cases.signals import document_approved, event_recorded
        from notices import card, effects, requirements, running, workplace
        from notices.services import recording
        from notices.services.approving import on_document_approved
        from notices.serving import events, panel, statistical_items
        from notices.slots import Slots
        from notices.vocabulary import WORDS

        document_slots.register("documents", Slots())
        requirements.register()
        effects.register()
        running.register()
        workplace.register()
        card.register_items()
        events.register()
        statistical_items.register()
        panel.register()
        vocabulary.add(WORDS)
        event_recorded.connect(recording.on_event_recorded, dispatch_uid="notices.recording")
        document_approved.connect(on_document_approved, dispatch_uid="notices.approved")
