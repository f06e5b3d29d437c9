from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LitigationConfig(AppConfig):
    name = "litigation"
    verbose_name = _("Litigation")

    def ready(self) -> None:
        from cases.signals import event_recorded
        from litigation import (
            card,
            effects,
            events,
            requirements,
            running,
            soundness,
            statistical_items,
            vocabulary,
            workplace,
        )
        from litigation.services import criminal, joining, loans, records

        events.register()
        statistical_items.register()
        requirements.register()
        effects.register()
        running.register()
        soundness.register()
        workplace.register()
        vocabulary.register()
        card.register_items()
        event_recorded.connect(records.on_event_recorded, dispatch_uid="litigation.records")
        event_recorded.connect(loans.on_event_recorded, dispatch_uid="litigation.loans")
        event_recorded.connect(joining.on_event_recorded, dispatch_uid="litigation.joining")
        event_recorded.connect(criminal.on_event_recorded, dispatch_uid="litigation.track")
