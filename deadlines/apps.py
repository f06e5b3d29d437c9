from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeadlinesConfig(AppConfig):
    name = "deadlines"
    verbose_name = _("Deadlines")

    def ready(self) -> None:
        from audit import vocabulary
        from cases.signals import event_recorded
        from deadlines import (
            bearings,
            card,
            checks,
            effects,
            events,
            requirements,
            soundness,
            workplace,
        )
        from deadlines.services import keeping, lapses
        from deadlines.services.recomputing import on_event_recorded
        from deadlines.vocabulary import WORDS

        checks.register()
        effects.register()
        events.register()
        requirements.register()
        bearings.register()
        soundness.register()
        workplace.register()
        card.register_items()
        vocabulary.add(WORDS)
        event_recorded.connect(keeping.on_event_recorded, dispatch_uid="deadlines.rulebook")
        event_recorded.connect(on_event_recorded, dispatch_uid="deadlines.recompute")
        event_recorded.connect(lapses.on_event_recorded, dispatch_uid="deadlines.settle")
