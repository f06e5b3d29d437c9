"""Bring the rows in line with what follows from the events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit.errors import Invalid
from audit.prepared import prepared
from cases.models import Case, Event, Lead
from cases.registries import clock_subjects
from cases.selectors import back_entry, people
from cases.services.acts import lock
from cases.signals import Held
from deadlines.confirmation import Confirmations
from deadlines.derive import Derived, derive, rulebook_of
from deadlines.duty import duty_holders
from deadlines.explain import error_text
from deadlines.models import RUNNING, Confirmation, Deadline, DeadlineState
from deadlines.periods import PeriodError
from deadlines.rulebook import Duty, PeriodRule
from deadlines.services.calendar_lock import keep_calendar
from deadlines.services.reminding import Call, synchronise_all

if TYPE_CHECKING:
    Matter = Lead | Case

MOST_SUBJECT = 200
# The kind of `kept_rows` that says whether the lead of a matter has deadlines.
LEAD_DEADLINES = "lead_deadlines"


@transaction.atomic
def recompute(*, matter: Matter) -> list[Deadline]:
    """Make the statutory deadlines of a matter what its events, rulebook and calendar say.

    Doing it again changes nothing. Deadlines whose start no longer stands are cancelled; a lapsed
    one that moved into the future runs again. Reminders follow.

    Raises:
        Invalid: an event from which no period can be computed.
    """
    return _recompute(lock(matter))


def _recompute(matter: Matter, *, back_entered: bool = True) -> list[Deadline]:
    """Do what `recompute` does for a matter that is locked, and as it is in the database."""
    keep_calendar()
    try:
        wanted = {(d.rule.id, d.start.event.pk): d for d in derive(matter)}
    except PeriodError as error:
        raise Invalid(
            _("No deadline can be computed: %(why)s") % {"why": error_text(error)},
            code="no_deadline",
        ) from error
    kept = _kept(matter)
    rows = {(row.rule, row.start_event_id): row for row in kept if not row.manual}
    told = _Told(matter, back_entered=back_entered)
    withdrawn = [row for key, row in rows.items() if key not in wanted]
    brought = [_bring(told, rows.get(key), derived) for key, derived in wanted.items()]
    Deadline.objects.bulk_create(call.deadline for call in brought if call.deadline.pk is None)
    calls = [_withdraw(told, row) for row in withdrawn] + brought
    calls += _follow_the_team(told, [row for row in kept if row.manual])
    synchronise_all(calls)
    return [call.deadline for call in brought]


def _kept(matter: Matter) -> list[Deadline]:
    """Return the statutory deadlines of a matter and those set by hand that run, locked."""
    ask = _kept_of_lead if isinstance(matter, Lead) else _kept_of_case
    return ask(matter.pk)


@prepared(int)
def _kept_of_case(case: int) -> QuerySet[Deadline]:
    return _kept_among(Deadline.objects.filter(case=case))


@prepared(int)
def _kept_of_lead(lead: int) -> QuerySet[Deadline]:
    return _kept_among(Deadline.objects.filter(lead=lead))


def _kept_among(rows: QuerySet[Deadline]) -> QuerySet[Deadline]:
    chosen = rows.filter(Q(manual=False) | Q(state__in=RUNNING)).select_for_update(of=("self",))
    return chosen.select_related("duty_holder").order_by("pk")


class _Told:
    """What is asked of a matter once for all its deadlines, beside what their dates follow from."""

    def __init__(self, matter: Matter, *, back_entered: bool) -> None:
        self.matter = matter
        self.handler = people.lead_handler(matter)
        self.subjects = _Subjects(matter)
        times = back_entry.times_of(matter) if back_entered else []
        self.confirmations = Confirmations(matter, times)
        self.quiet = any(ended is None for _begun, ended in times)
        self._holders: dict[tuple[Duty, str], list[User]] = {}

    def holders(self, derived: Derived) -> list[User]:
        """Return who has to act."""
        duty, facts = derived.rule.duty, derived.start.facts
        key = (duty, str(facts.get("person")))
        if key not in self._holders:
            found = duty_holders(self.matter, duty, facts, handler=self.handler)
            self._holders[key] = found
        return self._holders[key]

    def call(self, row: Deadline, called: Iterable[User], rule: PeriodRule | None) -> Call:
        """Return the call of a deadline on those who are to be reminded."""
        return Call(row, tuple(called), rule, self.quiet)


class _Subjects:
    """Whose clock each is; the names of one fact are asked once."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.names: dict[str, Mapping[str, str]] = {}

    def of(self, derived: Derived) -> str:
        """Return the name of what the clock concerns, empty when only one of its period can run."""
        if stated := derived.start.facts.get("concerns"):
            return str(stated)[:MOST_SUBJECT]
        fact = derived.rule.match
        asked = clock_subjects.get(fact) if fact else None
        if asked is None:
            return ""
        if fact not in self.names:
            self.names[fact] = asked(self.matter)
        return self.names[fact].get(str(derived.start.facts.get(fact)), "")[:MOST_SUBJECT]


def _owner(matter: Matter) -> dict[str, Any]:
    return {"lead": matter} if isinstance(matter, Lead) else {"case": matter}


def _withdraw(told: _Told, row: Deadline) -> Call:
    """Cancel a deadline whose start was annulled; it follows from nothing any more."""
    if row.state != DeadlineState.CANCELLED or row.terms is not None:
        row.terms = None
        row.state = DeadlineState.CANCELLED
        row.ended_by = None
        row.confirmation = Confirmation.NONE
        row.save(update_fields=["terms", "state", "ended_by", "confirmation"])
    return told.call(row, (), None)


def split_moment(moment: date | datetime) -> tuple[date, datetime | None]:
    return (moment.date(), moment) if isinstance(moment, datetime) else (moment, None)


def _days(derived: Derived) -> dict[str, Any]:
    result = derived.computation
    start, start_instant = split_moment(result.start)
    effective, effective_instant = split_moment(result.effective)
    return {
        "start_day": start,
        "start_instant": start_instant,
        "nominal_day": split_moment(result.nominal)[0],
        "effective_day": effective,
        "effective_instant": effective_instant,
        "provisional": result.provisional,
        "at_least": result.at_least,
        "backwards": result.backwards,
        "derivation": result.derivation(),
        "grounds": derived.grounds,
        "terms": derived.terms.as_json(),
    }


def state_on(last_day: date, state: str) -> DeadlineState:
    """Return the state of a running deadline on its last day: a lapsed one moved to the future runs again.

    An open one that has passed is left to the sweep, which tells people of it.
    """
    lapsed = state == DeadlineState.LAPSED and last_day < clock.today()
    return DeadlineState.LAPSED if lapsed else DeadlineState.OPEN


def _values(told: _Told, row: Deadline | None, derived: Derived) -> dict[str, Any]:
    rule, holders = derived.rule, told.holders(derived)
    values = _days(derived) | {
        "rulebook": rulebook_of(told.matter).version,
        "title_zh": rule.title_zh,
        "title_en": rule.title_en,
        "article": rule.article,
        "kind": rule.kind.value,
        "state": derived.state,
        "ended_by_id": derived.ended_by.pk if derived.ended_by else None,
        "duty_holder_id": holders[0].pk if holders else None,
        "about": told.subjects.of(derived),
        "confirmation": told.confirmations.of(row, derived),
    }
    if row is not None and derived.state == DeadlineState.OPEN:
        values["state"] = state_on(values["effective_day"], row.state)
    return values


def _bring(told: _Told, row: Deadline | None, derived: Derived) -> Call:
    """Make one row, which is kept with the other new ones, or change it; returns whom it calls on."""
    values = _values(told, row, derived)
    if row is None:
        row = Deadline(
            rule=derived.rule.id, start_event=derived.start.event, **_owner(told.matter), **values
        )
    else:
        changed = [name for name, value in values.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, values[name])
        if changed:
            row.save(update_fields=changed)
    return told.call(row, told.holders(derived), derived.rule)


def _follow_the_team(told: _Told, manual: Iterable[Deadline]) -> list[Call]:
    """Hand deadlines set by hand to the lead handler when their holder has left the team."""
    handler, matter = told.handler, told.matter
    if handler is None:
        return []
    calls = []
    for row in manual:
        if row.duty_holder is None or not people.is_member(matter, row.duty_holder):
            row.duty_holder = handler
            row.save(update_fields=["duty_holder"])
            calls.append(told.call(row, [handler], None))
    return calls


def on_event_recorded(
    sender: type[Event], event: Event, held: Held | None = None, **kwargs: Any
) -> None:
    """Recompute the matter of an event in the event's transaction; an exception stops the act."""
    if held:
        _recompute(held.matter, back_entered=held.back_entered)
    else:
        recompute(matter=event.matter)
    if event.case and (held is None or LEAD_DEADLINES in held.kinds):
        # A question raised on the lead may be answered on its case.
        for lead in _lead_with_deadlines(event.case.lead_id or 0):
            recompute(matter=lead)


@prepared(int)
def _lead_with_deadlines(lead: int) -> QuerySet[Lead]:
    own = Deadline.objects.filter(lead=OuterRef("pk"))
    return Lead.objects.filter(Exists(own), pk=lead).order_by()
