from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnforcementConfig(AppConfig):
    name = "enforcement"
    verbose_name = _("Performance and enforcement")

    def ready(self) -> None:
        from cases.machine import Machine, declarations_of
        from cases.registries import machines
        from cases.signals import event_recorded
        from enforcement import (
            card,
            effects,
            events,
            requirements,
            soundness,
            statistical_items,
            workplace,
        )
        from enforcement.lifecycle import ObligationState
        from enforcement.models import Obligation
        from enforcement.services import obligations

        machines.register(
            "obligation",
            Machine(
                code="obligation",
                title_zh="履行义务",
                title_en="Obligation",
                model=Obligation,
                states=ObligationState,
                initial=Obligation.INITIAL_STATES,
                declarations=declarations_of(Obligation),
            ),
        )
        events.register()
        statistical_items.register()
        requirements.register()
        effects.register()
        workplace.register()
        soundness.register()
        card.register_items()
        event_recorded.connect(obligations.on_event_recorded, dispatch_uid="enforcement.items")
