"""The periods an office sets itself, read as rules beside those of law (law 6.1, P-15).

They are counted, reminded of and alerted about as duties of the office are; the rulebook knows nothing
of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from accounts.reading import once
from cases.workplace import titles_of_kind
from deadlines.models import OfficePeriod
from deadlines.periods import Period
from deadlines.rulebook import Duty, Kind, Lapse, PeriodRule

LAPSE = gettext_noop("The office's own rule. Alerts and is recorded; nothing is blocked.")


def _in(language: str, text: str) -> str:
    with override(language):
        return _(text)


def as_rule(row: OfficePeriod) -> PeriodRule:
    """Return an office's own period as a rule."""
    start_zh, start_en = titles_of_kind(row.start)
    return PeriodRule(
        id=row.code,
        title_zh=row.title_zh,
        title_en=row.title_en,
        article=row.basis,
        kind=Kind.OFFICE,
        length=Period.parse(row.length),
        duty=Duty(row.duty),
        start_zh=start_zh,
        start_en=start_en,
        lapse=Lapse.ALERT,
        lapse_zh=_in("zh-hans", LAPSE),
        lapse_en=_in("en", LAPSE),
        start=(row.start,),
        met_by=tuple(row.met_by),
        cancelled_by=tuple(row.cancelled_by),
        reminders=tuple(row.reminders),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        entered_at=row.entered_at,
    )


def _rules(rows: Iterable[OfficePeriod]) -> list[PeriodRule]:
    return [as_rule(row) for row in rows]


def own_rules(office_id: int) -> list[PeriodRule]:
    """Return every period an office ever set itself; what began under an ended one runs on."""
    return list(once(("own rules", office_id), lambda: _rules(_periods(office_id))))


def _periods(office_id: int) -> Iterable[OfficePeriod]:
    return OfficePeriod.objects.filter(office=office_id).order_by("number")


def own_rules_on(office_id: int, day: date) -> list[PeriodRule]:
    """Return the periods of an office that an event of `day` can start."""
    return [rule for rule in own_rules(office_id) if rule.in_force_on(day)]
