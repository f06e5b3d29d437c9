"""Entering and ending the periods an office sets itself (law 6.1, P-15: none is invented here).

A period is never edited: it is ended with a reason and another one entered. It concerns events that are
recorded from then on, so that neither act moves a deadline there is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Office, Role, User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, Invalid, NotPermitted, invalid_field, stated_reason
from cases.registries import event_kinds
from deadlines.derive import compute
from deadlines.explain import error_text
from deadlines.models import OfficeDuty, OfficePeriod
from deadlines.office_rules import as_rule
from deadlines.periods import Computation, Period, PeriodError, Unit
from deadlines.rulebook import in_force

KEEPERS = (Role.CHIEF, Role.DEPARTMENT_HEAD)
MOST_REMINDERS = 10
# They change a record and have no consequence of their own: nothing is derived from them.
NOT_COUNTED = ("event_corrected", "transition_annulled")
# The fewest days a unit can have.
FEWEST_DAYS = {Unit.DAY: 1, Unit.WORKING_DAY: 1, Unit.MONTH: 28, Unit.YEAR: 365}
# Ten years: beyond what any matter lasts, so that no recording of an event ever fails because the end
# would lie outside the calendar.
LONGEST_DAYS = 3660
_CHINESE = re.compile(r"[\u4e00-\u9fff]")

Errors = dict[str, list[str]]


@dataclass(frozen=True)
class OfficePeriodEntry:
    """What somebody wants to enter.

    Attributes:
        basis: the name of the office's own regulation.
        length: as P30D, P3M, P1Y or 15WD.
        start, met_by, cancelled_by: kinds of events.
        duty: of `OfficeDuty`.
        reminders: days before the last day.
        valid_from: the first day whose events start it.
    """

    title_zh: str
    basis: str
    length: str
    start: str
    duty: str
    reminders: Sequence[int]
    valid_from: date
    title_en: str = ""
    met_by: Sequence[str] = ()
    cancelled_by: Sequence[str] = ()


def may_keep(actor: User) -> bool:
    """Say whether `actor` enters and ends the periods of his office: its chief and its department heads."""
    return bool(accounts.effective_roles(actor) & set(KEEPERS))


def possible_kinds() -> list[str]:
    """Return the kinds of events of leads and cases that can start or end a period."""
    return [code for code in event_kinds if code not in NOT_COUNTED]


def preview(*, actor: User, entry: OfficePeriodEntry) -> Computation:
    """Return what the period would mean for an event of today; nothing is stored.

    Raises:
        NotPermitted, Invalid: as `enter`.
    """
    _require_keeper(actor)
    row = _checked(actor, entry)
    return compute(as_rule(row), clock.today(), in_force(clock.today()))


@transaction.atomic
def enter(*, actor: User, entry: OfficePeriodEntry) -> OfficePeriod:
    """Enter a period of the actor's own office under its next number.

    Raises:
        NotPermitted: the actor is neither its chief nor one of its department heads.
        Invalid: an entry cannot be used; each field says why.
    """
    _require_keeper(actor)
    # One office numbers one period at a time.
    Office.objects.select_for_update(no_key=True).get(pk=actor.office_id)
    row = _checked(actor, entry)
    row.save()
    _record(actor, row, "office_period.entered", valid_from=row.valid_from.isoformat())
    return row


@transaction.atomic
def end(*, actor: User, period: OfficePeriod, valid_to: date, reason: str) -> OfficePeriod:
    """End a period with its last day; what began until then runs on.

    Raises:
        NotPermitted: as `enter`; also for a period of another office.
        Conflict: it has been ended already.
        Invalid: a day past, or no reason.
    """
    _require_keeper(actor)
    row = OfficePeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if row.office_id != actor.office_id:
        raise _not_a_keeper()
    if row.valid_to is not None:
        raise Conflict(
            _("%(code)s has been ended already, with %(day)s as its last day.")
            % {"code": row.code, "day": row.valid_to.isoformat()},
            code="already_ended",
        )
    if valid_to < clock.today():
        raise invalid_field("valid_to", _("This day has passed. Choose today or a later day."))
    why = stated_reason(reason, _("Say why the period ends."))
    row.valid_to, row.end_reason, row.ended_by, row.ended_at = valid_to, why, actor, clock.now()
    row.save(update_fields=["valid_to", "end_reason", "ended_by", "ended_at"])
    _record(actor, row, "office_period.ended", reason=why, valid_to=valid_to.isoformat())
    return row


def _record(actor: User, row: OfficePeriod, action: str, reason: str = "", **day: str) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_type="office_period",
        object_id=row.pk,
        reason=reason,
        details={"number": row.number, "length": row.length, "start": row.start, **day},
    )


def _not_a_keeper() -> NotPermitted:
    return NotPermitted(
        _(
            "The chief procurator or a department head of the office enters and ends its own "
            "periods. Ask them."
        ),
        code="wrong_role",
    )


def _require_keeper(actor: User) -> None:
    if not may_keep(actor):
        raise _not_a_keeper()


def _checked(actor: User, entry: OfficePeriodEntry) -> OfficePeriod:
    """Return the row that is to be saved.

    Raises:
        Invalid: with the sentences of every field at fault.
    """
    errors = _of_words(entry) | _of_kinds(entry) | _of_length(entry) | _of_days(actor, entry)
    if errors:
        raise Invalid(_("The period cannot be entered like this."), errors=errors)
    numbers = OfficePeriod.objects.filter(office=actor.office_id)
    last = numbers.aggregate(last=Max("number"))["last"] or 0
    given = asdict(entry) | {
        "title_zh": entry.title_zh.strip(),
        "title_en": entry.title_en.strip(),
        "basis": entry.basis.strip(),
        "length": str(Period.parse(entry.length)),
        "met_by": list(entry.met_by),
        "cancelled_by": list(entry.cancelled_by),
        "reminders": sorted(set(entry.reminders), reverse=True),
    }
    return OfficePeriod(office=actor.office, number=last + 1, entered_by=actor, **given)


def _of_words(entry: OfficePeriodEntry) -> Errors:
    errors: Errors = {}
    if not _CHINESE.search(entry.title_zh):
        errors["title_zh"] = [_("Write the title in Chinese.")]
    if not _CHINESE.search(entry.basis):
        errors["basis"] = [
            _("Name the regulation of the office in Chinese. The law sets no such period.")
        ]
    if entry.duty not in OfficeDuty.values:
        errors["duty"] = [_("Choose the handler, the department head or the chief procurator.")]
    return errors


def _of_kinds(entry: OfficePeriodEntry) -> Errors:
    errors: Errors = {}
    possible = set(possible_kinds())
    named = {"start": [entry.start], "met_by": entry.met_by, "cancelled_by": entry.cancelled_by}
    for field, kinds in named.items():
        if unknown := sorted(set(kinds) - possible):
            errors[field] = [
                _("No such kind of event is recorded here: %(kinds)s.")
                % {"kinds": ", ".join(unknown)}
            ]
    if entry.start in {*entry.met_by, *entry.cancelled_by}:
        errors.setdefault("start", []).append(_("What starts the period cannot end it too."))
    if set(entry.met_by) & set(entry.cancelled_by):
        sentence = _("One kind of event cannot both fulfil and cancel the period.")
        errors.setdefault("cancelled_by", []).append(sentence)
    return errors


def _of_length(entry: OfficePeriodEntry) -> Errors:
    try:
        length = Period.parse(entry.length)
    except PeriodError as error:
        return {"length": [error_text(error)]}
    if length.unit is Unit.HOUR:
        sentence = _("Most events bear no hour: count in days, working days, months or years.")
        return {"length": [sentence]}
    fewest = length.length * FEWEST_DAYS[length.unit]
    if fewest > LONGEST_DAYS:
        return {"length": [_("An office's own period has at most ten years.")]}
    return _of_reminders(entry.reminders, fewest)


def _of_reminders(reminders: Sequence[int], fewest: int) -> Errors:
    """Say what is wrong with the reminders of a period that has at least `fewest` days."""
    if not 1 <= len(reminders) <= MOST_REMINDERS or min(reminders) < 0:
        return {"reminders": [_("Name one to ten whole days before the last day; 0 is that day.")]}
    if max(reminders) > fewest:
        sentence = _("A reminder %(days)d days before would come before the period begins.")
        return {"reminders": [sentence % {"days": max(reminders)}]}
    return {}


def _of_days(actor: User, entry: OfficePeriodEntry) -> Errors:
    errors: Errors = {}
    if entry.valid_from < clock.today():
        errors["valid_from"] = [
            _("A period concerns future events only. Choose today or a later day.")
        ]
    standing = Q(valid_to__isnull=True) | Q(valid_to__gte=entry.valid_from)
    rows = OfficePeriod.objects.filter(standing, office=actor.office_id)
    rows = rows.exclude(valid_to__lt=F("valid_from"))
    if same := rows.filter(title_zh=entry.title_zh.strip()).first():
        errors["title_zh"] = [
            _(
                "%(code)s has this title and is in force then. End it first, or choose another title."
            )
            % {"code": same.code}
        ]
    return errors
