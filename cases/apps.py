from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from audit.matters import set_register
        from cases import (
            checks,
            effects,
            events,
            kept_rows,
            requirements,
            search,
            soundness,
            statistical_items,
            vocabulary,
            workplace,
        )
        from cases.card import items
        from cases.edges import synchronise_edges
        from cases.machine import Machine, declarations_in, declarations_of
        from cases.models import Case, Lead
        from cases.registries import machines
        from cases.running import defendants
        from cases.selectors import matters
        from cases.services import back_entry, filing
        from cases.signals import event_recorded
        from cases.states import (
            ADMINISTRATIVE_USUAL,
            CASE_USUAL,
            LEAD_USUAL,
            AdministrativeState,
            CaseState,
            LeadState,
        )

        of_cases = declarations_of(Case)
        machines.register(
            "lead",
            Machine(
                code="lead",
                title_zh="线索",
                title_en="Lead",
                model=Lead,
                states=LeadState,
                initial=(LeadState.LEAD_REGISTERED,),
                declarations=declarations_of(Lead),
                usual=LEAD_USUAL,
            ),
        )
        machines.register(
            "case",
            Machine(
                code="case",
                title_zh="案件",
                title_en="Case",
                model=Case,
                states=CaseState,
                initial=Case.INITIAL_STATES,
                declarations=declarations_in(of_cases, CaseState, beside=AdministrativeState),
                usual=CASE_USUAL,
            ),
        )
        machines.register(
            "administrative",
            Machine(
                code="administrative",
                title_zh="行政公益诉讼案件",
                title_en="Case against an authority",
                model=Case,
                states=AdministrativeState,
                initial=Case.ADMINISTRATIVE_INITIAL_STATES,
                declarations=declarations_in(of_cases, AdministrativeState, beside=CaseState),
                usual=ADMINISTRATIVE_USUAL,
            ),
        )
        checks.register()
        events.register()
        statistical_items.register()
        requirements.register()
        effects.register()
        defendants.register()
        workplace.register()
        kept_rows.register()
        search.register()
        soundness.register()
        vocabulary.register()
        items.register_items()
        set_register(matters.numbers_of, matters.key_of)
        event_recorded.connect(back_entry.on_event_recorded, dispatch_uid="cases.back_entry")
        event_recorded.connect(filing.on_event_recorded, dispatch_uid="cases.filing")
        post_migrate.connect(synchronise_edges, sender=self)
