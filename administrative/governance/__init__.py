"""The recommendation on social governance (PRR 11-25; law 9.0): its rows, steps, pages and clocks."""

from __future__ import annotations


def register() -> None:
    """Hand everything of this procedure to the registries; once, when the room is ready."""
    from administrative.governance import effects, events, following, requirements, workplace
    from administrative.governance.lifecycle import GovernanceState
    from administrative.models.governance import GovernanceRecommendation
    from cases.machine import Machine, declarations_of
    from cases.registries import machines
    from cases.signals import event_recorded

    machines.register(
        "governance",
        Machine(
            code="governance",
            title_zh="社会治理检察建议",
            title_en="Recommendation on governance",
            model=GovernanceRecommendation,
            states=GovernanceState,
            initial=GovernanceRecommendation.INITIAL_STATES,
            declarations=declarations_of(GovernanceRecommendation),
        ),
    )
    events.register()
    requirements.register()
    effects.register()
    workplace.register()
    event_recorded.connect(following.on_event_recorded, dispatch_uid="administrative.governance")
