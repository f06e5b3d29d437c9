"""Why a deadline ends on its day, for the page that shows it: its start with the proof, and the rollover."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audit.language import is_chinese
from cases.models import Attachment, Event
from cases.selectors.events import corrected
from cases.selectors.matters import seen_in_either
from cases.services.minutes import closed_to
from cases.workplace import title_of
from deadlines.explain import BothLines, Line, in_both_languages, sentences
from deadlines.models import Deadline
from deadlines.rulebook import RulebookError, named
from deadlines.yearbook import calendar_under

SATURDAY = 5


@dataclass(frozen=True)
class Start:
    """The event that began a period, with the files that prove it and that the reader may open.

    Attributes:
        day: the day as it stands after corrections.
        corrected: whether a later entry put day or facts right.
    """

    event: Event
    title: str
    day: date
    files: list[Attachment]
    corrected: bool


def start_of(actor: User, deadline: Deadline) -> Start | None:
    """Return what began a deadline; None for one set by hand, and where the reader sees no such event."""
    rows = _visible_events(actor, [deadline.start_event_id] if deadline.start_event_id else [])
    rows = rows.select_related("recorded_by").prefetch_related("corrections", "proofs")
    event = rows.first()
    if event is None:
        return None
    corrections = list(event.corrections.all())
    files = list(Attachment.objects.filter(events__in=[event, *corrections]).distinct())
    closed = closed_to(actor, files)
    return Start(
        event=event,
        title=title_of(event),
        day=corrected(event)[0],
        files=[file for file in files if file.pk not in closed],
        corrected=bool(corrections),
    )


def _visible_events(actor: User, keys: Collection[int]) -> QuerySet[Event]:
    return Event.objects.filter(seen_in_either(actor), pk__in=keys)


def why(actor: User, deadline: Deadline) -> list[Line]:
    """Return the derivation with the events it comes from, as far as the reader may open them."""
    lines = sentences(deadline.why, provisional=deadline.provisional)
    keys = {key for line in lines for key in line.events}
    seen = set(_visible_events(actor, keys).values_list("pk", flat=True))
    return [
        replace(line, events=tuple(key for key in line.events if key in seen)) for line in lines
    ]


def in_other_language(deadline: Deadline) -> list[Line]:
    """Return the derivation in the language the page is not in."""
    both: BothLines = in_both_languages(deadline.why, provisional=deadline.provisional)
    return both.en if is_chinese() else both.zh


def rollover(deadline: Deadline) -> str:
    """Say why the day that counts is another than the nominal day, or why it is the same.

    Law: CPL 85; CC 203; law 6.2 point 5 for what is counted back.
    """
    nominal, effective = deadline.nominal_day, deadline.effective_day
    values = {"nominal": nominal.isoformat(), "day": effective.isoformat()}
    if nominal == effective:
        return _unmoved(deadline) % values
    values["reasons"] = _rest_reasons(deadline)
    if deadline.backwards:
        sentence = _(
            "%(nominal)s is a day off (%(reasons)s); the act must be done on the last working day "
            "before it, %(day)s."
        )
    else:
        sentence = _(
            "%(nominal)s is a day off (%(reasons)s); the period ends on the first working day after it, "
            "%(day)s."
        )
    return sentence % values


def _rest_reasons(deadline: Deadline) -> str:
    """Return each reason of the skipped days once, in their order."""
    name = "reason_zh" if is_chinese() else "reason"
    found = [str(step[name]) for step in deadline.derivation if step["code"] == "rest_day"]
    return ("、" if is_chinese() else ", ").join(dict.fromkeys(found))


def _unmoved(deadline: Deadline) -> str:
    if deadline.effective_instant:
        return _("A period of hours ends with its hour, on a day off too.")
    if deadline.nominal_day.weekday() >= SATURDAY:
        if _is_worked(deadline):
            return _("%(nominal)s is a make-up working day, so nothing moves.")
        return _("Under this rulebook a period may end on %(nominal)s, so nothing moves.")
    return _("%(nominal)s is a working day, so nothing moves.")


def _is_worked(deadline: Deadline) -> bool:
    try:
        book = named(deadline.rulebook)
    except RulebookError:
        return False
    return calendar_under(book).is_working(deadline.nominal_day)
