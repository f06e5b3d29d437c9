"""What the event of a step does to the periods of law, as the readiness of a matter tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit import clock
from cases.registries import PeriodBearing, periods
from deadlines.derive import rulebook_of, rules_of
from deadlines.explain import end_condition, rule_title, start_condition
from deadlines.rulebook import PeriodRule

if TYPE_CHECKING:
    from cases.models import Case, Lead

    Matter = Lead | Case

# By the field of a rule that names the kind of event.
BEARINGS = {
    "start": ("starts", _("begins")),
    "met_by": ("meets", _("is fulfilled")),
    "cancelled_by": ("cancels", _("ends unfulfilled")),
    "extended_by": ("extends", _("is extended")),
    "paused_by": ("pauses", _("pauses")),
    "resumed_by": ("resumes", _("runs on")),
}
# Which of them an event does only where its facts say so.
CONDITIONS = {"start": start_condition, "met_by": end_condition}


def periods_of(matter: Matter, kind: str) -> list[PeriodBearing]:
    """Return what an event of `kind` recorded today does to the periods of the matter."""
    book = rulebook_of(matter)
    page = f"{reverse('rulebook')}?version={book.version}"
    return [
        PeriodBearing(
            rule.id,
            rule_title(rule),
            rule.article,
            does,
            str(words),
            f"{page}#{rule.id}",
            CONDITIONS[name](rule) if name in CONDITIONS else "",
        )
        for rule in rules_of(matter, book)
        for name, (does, words) in BEARINGS.items()
        if _bears(rule, name, kind)
    ]


def _bears(rule: PeriodRule, name: str, kind: str) -> bool:
    return rule.starts_with(kind, clock.today()) if name == "start" else kind in getattr(rule, name)


def register() -> None:
    """Hand the periods to the registry."""
    periods.register("deadlines", periods_of)
