"""Deadlines as iCalendar text (RFC 5545), for calendar programs outside the house.

A calendar program may show what it holds on a locked screen or keep it with a third party. So an entry
bears the title of the period and the number of the matter, and no name: neither a party nor the title of
a matter nor words somebody wrote by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from accounts.models import User
from audit.articles import written
from audit.clock import BEIJING
from cases.selectors.events import corrected
from cases.workplace import title_of_kind
from deadlines.models import RUNNING, Deadline, DeadlineState, ReminderState
from deadlines.services.reminding import due_at

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCER = "-//Procuracy//Deadlines//ZH"
# How often a program should ask again (RFC 7986, 5.7).
REFRESH = timedelta(hours=1)


def calendar_file(rows: Iterable[Deadline], *, reader: User, name: str, remark: str = "") -> bytes:
    """Return the calendar of `rows` in the language of `reader`.

    The same rows give the same bytes: DTSTAMP is the moment of the last revision, as RFC 5545, 3.8.7.2
    has it for a calendar without METHOD.

    Args:
        rows: with their matter and start event, and their reminders fetched.
        name: what the program calls the calendar.
        remark: what it says about it.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    if remark:
        calendar.add("description", remark)
    with translation.override(reader.language):
        for row in rows:
            calendar.add_component(_entry(row, reader))
    content: bytes = calendar.to_ical()
    return content


def _entry(row: Deadline, reader: User) -> Event:
    event = Event()
    revised = max(filter(None, (row.created_at, row.closed_at, row.revised_at)))
    start: date | datetime = row.effective_day
    if row.effective_instant:
        start = row.effective_instant.astimezone(UTC)
    event.add("uid", f"deadline-{row.pk}@{_host()}")
    event.add("sequence", row.revision)
    event.add("dtstamp", revised)
    event.add("last-modified", revised)
    event.add("created", row.created_at)
    event.add("dtstart", start)
    event.add("summary", _summary(row))
    event.add("description", _description(row))
    event.add("categories", [row.get_kind_display()])
    event.add("url", settings.BASE_URL + reverse("deadline_detail", args=[row.pk]))
    event.add("status", _status(row))
    event.add("class", "CONFIDENTIAL")
    event.add("transp", "TRANSPARENT")
    for alarm in _alarms(row, reader):
        event.add_component(alarm)
    return event


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def _period(row: Deadline) -> str:
    return row.title if row.rule else _("a deadline set by hand")


def _summary(row: Deadline) -> str:
    values = {"period": _period(row), "key": row.matter.key}
    text = _("%(period)s · %(key)s") % values
    if row.at_least:
        text = _("%(text)s (at least until)") % {"text": text}
    return _("%(text)s (provisional)") % {"text": text} if row.provisional else text


def _description(row: Deadline) -> str:
    lines = [row.get_kind_display()]
    if row.article:
        lines.append(written(row.article))
    if row.start_event:
        title = title_of_kind(row.start_event.kind)
        day = corrected(row.start_event)[0].isoformat()
        lines.append(_("Runs from: %(event)s, %(day)s") % {"event": title, "day": day})
    if row.state == DeadlineState.LAPSED and not row.of_others:
        lines.append(_("The last day has passed and the duty is still open."))
    if row.provisional:
        lines.append(_("Provisional: the official notice on the holidays is not published yet."))
    if row.at_least:
        lines.append(_("The clock stands still: the last day is not before this one."))
    return "\n".join(lines)


def _status(row: Deadline) -> str:
    if row.state not in RUNNING:
        return "CANCELLED"
    return "TENTATIVE" if row.provisional or row.at_least else "CONFIRMED"


def _alarms(row: Deadline, reader: User) -> list[Alarm]:
    """Return an alarm for each offset at which the reader, or else anybody, is reminded.

    Nothing rings for a closed clock. The trigger is relative, which every program understands; that of
    a whole day counts from its midnight.
    """
    if row.state != DeadlineState.OPEN:
        return []
    return [_alarm(row, offset) for offset in _offsets(row, reader)]


def _offsets(row: Deadline, reader: User) -> list[int]:
    standing = [
        reminder
        for reminder in row.reminders.all()
        if reminder.for_day == row.effective_day and reminder.state != ReminderState.SUPERSEDED
    ]
    own = {reminder.offset for reminder in standing if reminder.recipient_id == reader.pk}
    return sorted(own or {reminder.offset for reminder in standing}, reverse=True)


def _alarm(row: Deadline, offset: int) -> Alarm:
    midnight = datetime.combine(row.effective_day, time.min, tzinfo=BEIJING)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(row))
    alarm.add("trigger", due_at(row.effective_day, offset) - (row.effective_instant or midnight))
    return alarm
