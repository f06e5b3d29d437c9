from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdministrativeConfig(AppConfig):
    name = "administrative"
    verbose_name = _("Administrative track")

    def ready(self) -> None:
        from administrative import (
            bodies,
            card,
            effects,
            events,
            governance,
            requirements,
            statistical_items,
            workplace,
        )
        from administrative.services import recording
        from cases.signals import event_recorded

        events.register()
        statistical_items.register()
        requirements.register()
        effects.register()
        workplace.register()
        card.register_items()
        bodies.register()
        event_recorded.connect(recording.on_event_recorded, dispatch_uid="administrative.rows")
        governance.register()
