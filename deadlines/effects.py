"""What recording an event means for deadlines, as the proposal screen announces it.

The rows themselves are made by the signal `event_recorded`, so nothing is written here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cases.registries import EffectLine, effects
from deadlines.derive import compute, rulebook_of
from deadlines.explain import rule_title
from deadlines.rulebook import PeriodRule, rulebooks

if TYPE_CHECKING:
    from cases.machine import Act


def _line(act: Act, rule: PeriodRule) -> EffectLine:
    result = compute(rule, act.legal_day, rulebook_of(act.matter))
    values = {"id": rule.id, "title": rule_title(rule), "day": result.last_day.isoformat()}
    text = _("%(id)s %(title)s begins; recorded on this day it would end on %(day)s.") % values
    return EffectLine("deadline", text)


def announce_periods(act: Act, preview: bool) -> list[EffectLine]:
    """Return a line for each period that recording the event of `act` starts."""
    if not preview:
        return []
    kind = act.declaration.event_kind
    rules = rulebook_of(act.matter).periods.values()
    return [
        _line(act, rule.for_facts(act.facts))
        for rule in rules
        if kind in rule.start
        and rule.length
        and not rule.ends_on
        and rule.begins_with(act.facts)
        and rule.in_force_on(act.legal_day)
    ]


def register() -> None:
    """Announce the periods of every kind of event that starts one."""
    rules = [rule for book in rulebooks().values() for rule in book.periods.values()]
    for kind in sorted({kind for rule in rules for kind in rule.start}):
        effects.register(f"{kind}:deadlines", (announce_periods,))
