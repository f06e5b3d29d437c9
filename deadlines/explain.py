"""A derivation in words: why the last day is this day, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from audit.articles import written
from cases.registries import event_kinds
from deadlines.models import Deadline, Notification, NotificationKind
from deadlines.periods import Period, PeriodError, Unit
from deadlines.rulebook import PeriodRule


@dataclass(frozen=True)
class Line:
    """One sentence of a derivation with its article."""

    text: str
    law: str = ""


def is_chinese() -> bool:
    """Say whether the reader reads Chinese."""
    return (get_language() or "").startswith("zh")


def rule_title(rule: PeriodRule) -> str:
    """Return the title of a period in the reader's language."""
    return rule.title_zh if is_chinese() else rule.title_en


def period_words(period: Period) -> str:
    """Return a length in words, for example "30 days"."""
    count = period.length
    words = {
        Unit.HOUR: ngettext("%(count)d hour", "%(count)d hours", count),
        Unit.DAY: ngettext("%(count)d day", "%(count)d days", count),
        Unit.MONTH: ngettext("%(count)d month", "%(count)d months", count),
        Unit.YEAR: ngettext("%(count)d year", "%(count)d years", count),
        Unit.WORKING_DAY: ngettext("%(count)d working day", "%(count)d working days", count),
    }
    return words[period.unit] % {"count": count}


def _moment(text: str) -> str:
    """Show an ISO day as it is and an ISO instant to the minute."""
    return text[:16].replace("T", " ")


def _reason(step: Mapping[str, Any]) -> str:
    return str(step["reason_zh"] if is_chinese() else step["reason"])


def _start_not_counted(step: Mapping[str, Any]) -> str:
    return _("%(day)s, when it begins, is not counted.") % {"day": _moment(step["day"])}


def _first(step: Mapping[str, Any]) -> str:
    return _("Counting begins with %(day)s.") % {"day": _moment(step["day"])}


def _base_end(step: Mapping[str, Any]) -> str:
    return _("%(period)s end on %(day)s.") % {
        "period": period_words(Period.parse(step["period"])),
        "day": _moment(step["day"]),
    }


def _month_end(step: Mapping[str, Any]) -> str:
    return _("That month has no day %(wanted)s; its last day counts: %(day)s.") % step


def _extension(step: Mapping[str, Any]) -> str:
    return _("Extended by %(period)s, counted from the start: %(day)s.") % {
        "period": period_words(Period.parse(step["period"])),
        "day": step["day"],
    }


def _typed_end(step: Mapping[str, Any]) -> str:
    return _("The approval names the end: %(day)s.") % step


def _exclusion(step: Mapping[str, Any]) -> str:
    return _("%(first)s to %(last)s is not counted (%(days)s days): %(day)s.") % step


def _open_exclusion(step: Mapping[str, Any]) -> str:
    return (
        _("The time since %(first)s is not counted and still runs: at least until %(day)s.") % step
    )


def _rest_day(step: Mapping[str, Any]) -> str:
    return _("%(day)s is skipped: %(reason)s.") % {"day": step["day"], "reason": _reason(step)}


def _event_not_counted(step: Mapping[str, Any]) -> str:
    return _("The day of the event itself, %(day)s, is not counted.") % step


def _counted_back(step: Mapping[str, Any]) -> str:
    return _("%(period)s before it is %(day)s.") % {
        "period": period_words(Period.parse(step["period"])),
        "day": step["day"],
    }


def _end(step: Mapping[str, Any]) -> str:
    return _("Last day: %(day)s.") % {"day": _moment(step["day"])}


SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "start_not_counted": _start_not_counted,
    "first_day": _first,
    "first_hour": _first,
    "base_end": _base_end,
    "month_end": _month_end,
    "extension": _extension,
    "typed_end": _typed_end,
    "exclusion": _exclusion,
    "open_exclusion": _open_exclusion,
    "rest_day": _rest_day,
    "event_not_counted": _event_not_counted,
    "counted_back": _counted_back,
    "end": _end,
}


def sentences(derivation: Iterable[Mapping[str, Any]], *, provisional: bool = False) -> list[Line]:
    """Return a stored or fresh derivation as sentences, each with its article."""
    lines = [Line(SENTENCES[step["code"]](step), step["law"]) for step in derivation]
    if provisional:
        lines.append(
            Line(_("Provisional: the official notice on the holidays is not published yet."))
        )
    return lines


def error_text(error: PeriodError) -> str:
    """Return what is wrong with a period or a start, in the reader's language."""
    return {
        "period": _(
            "This is no period that can be counted here. Write P30D (days), P3M (months), "
            "P2Y (years), PT48H (hours) or 15WD (working days)."
        ),
        "length": _("A period has at least one unit and at most 100,000."),
        "needs_hour": _("A period of hours needs the time of its start."),
        "interval": _("The time not counted cannot end before it began."),
        "end": _("The end lies outside the calendar. Choose an earlier start or a shorter period."),
        "calendar": _("The calendar reaches from 1950 to 2100. Choose a day within it."),
    }.get(error.code, str(error))


def with_weekday(day: date) -> str:
    """Return a day with its weekday, as 2026-04-07 Tuesday."""
    return f"{day.isoformat()} {date_format(day, 'l')}"


def days_left_words(days: int) -> str:
    """Return how many calendar days are left until the last day, or since when it has passed."""
    if days == 0:
        return _("today")
    if days < 0:
        count = -days
        return ngettext("%(count)d day late", "%(count)d days late", count) % {"count": count}
    return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}


def source_words(deadline: Deadline) -> str:
    """Return which rule a deadline follows and which event started it; no person and no content."""
    parts = [deadline.rule] if deadline.rule else []
    if deadline.article:
        parts.append(written(deadline.article))
    event = deadline.start_event
    if event is not None:
        kind = event_kinds.get(event.kind)
        title = event.kind if kind is None else kind.title_zh if is_chinese() else kind.title_en
        values = {"event": title, "day": event.legal_day.isoformat()}
        parts.append(_("%(event)s on %(day)s") % values)
    return " · ".join(parts)


def notification_text(notification: Notification) -> str:
    """Return the sentence of a notification in the reader's language."""
    values = {"title": notification.deadline.heading, "day": notification.for_day.isoformat()}
    if notification.kind == NotificationKind.PERIOD_OVER:
        return _("%(title)s ended on %(day)s.") % values
    if notification.kind == NotificationKind.LAPSED:
        return _("%(title)s lapsed: its last day was %(day)s.") % values
    if notification.kind == NotificationKind.ESCALATED:
        return _("%(title)s is late: its last day was %(day)s. The office still owes it.") % values
    if notification.kind == NotificationKind.GIVEN_UP:
        return (
            _(
                "A reminder of %(title)s (last day %(day)s) could not be delivered. Tell its reader yourself."
            )
            % values
        )
    if notification.kind == NotificationKind.UNDELIVERABLE:
        return (
            _(
                "The e-mail about %(title)s (last day %(day)s) could not be delivered. "
                "Have your address checked."
            )
            % values
        )
    return _("%(title)s: last day %(day)s.") % values
