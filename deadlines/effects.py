"""What recording an event means for deadlines, as the proposal screen announces it.

The rows themselves are made by the signal `event_recorded`, so nothing is written here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cases.registries import EVERY_KIND, EffectLine, effects
from deadlines.derive import compute, counted_from, held_rule, rulebook_of
from deadlines.explain import error_text, rule_title
from deadlines.office_rules import own_rules
from deadlines.periods import PeriodError
from deadlines.rulebook import PeriodRule, rulebooks

if TYPE_CHECKING:
    from cases.machine import Act


def _line(act: Act, rule: PeriodRule, held: PeriodRule) -> EffectLine:
    values = {"id": rule.id, "title": rule_title(rule)}
    try:
        day = counted_from(rule, act.legal_day, act.facts)
        result = compute(held, day, rulebook_of(act.matter))
    except PeriodError as error:
        values["why"] = error_text(error)
        return EffectLine("deadline", _("%(id)s %(title)s begins. %(why)s") % values)
    values["day"] = result.last_day.isoformat()
    if result.backwards:
        text = _("%(id)s %(title)s: to be done on %(day)s at the latest.")
    else:
        text = _("%(id)s %(title)s begins; recorded on this day it would end on %(day)s.")
    return EffectLine("deadline", text % values)


def announce_periods(act: Act, preview: bool) -> list[EffectLine]:
    """Return a line for each period that recording the event of `act` starts."""
    if not preview:
        return []
    kind = act.declaration.event_kind
    rules = rulebook_of(act.matter).periods.values()
    begun = [rule for rule in rules if rule.starts_with(kind, act.legal_day, act.facts)]
    held = [(rule, held_rule(rule, act.legal_day, act.facts)) for rule in begun]
    return [_line(act, rule, found) for rule, found in held if found is not None]


def announce_own_periods(act: Act, preview: bool) -> list[EffectLine]:
    """Return a line for each period of the office itself that recording the event of `act` starts."""
    if not preview:
        return []
    kind = act.declaration.event_kind
    rules = own_rules(act.matter.office_id)
    return [
        _line(act, rule, rule) for rule in rules if rule.starts_with(kind, act.legal_day, act.facts)
    ]


def register() -> None:
    """Announce the periods of every kind of event that starts one; an office's own may be any kind."""
    rules = [rule for book in rulebooks().values() for rule in book.periods.values()]
    for kind in sorted({kind for rule in rules for kind in rule.start}):
        effects.register(f"{kind}:deadlines", (announce_periods,))
    effects.register(f"{EVERY_KIND}:deadlines", (announce_own_periods,))
