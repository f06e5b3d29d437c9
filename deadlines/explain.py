"""A derivation in words: why the last day is this day, in the reader's language or in both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from audit.articles import written
from audit.language import is_chinese
from cases.selectors.events import corrected
from cases.workplace import title_of_kind
from deadlines.models import Deadline, Notification, NotificationKind
from deadlines.models.deadline import marked
from deadlines.periods import Period, PeriodError, Unit
from deadlines.rulebook import Kind, PeriodRule, Rulebook


@dataclass(frozen=True)
class Line:
    """One sentence of a derivation with its article, and the events it comes from, by key."""

    text: str
    law: str = ""
    events: tuple[int, ...] = ()


@dataclass(frozen=True)
class BothLines:
    """A derivation in both languages, whoever reads."""

    zh: list[Line]
    en: list[Line]


def rule_title(rule: PeriodRule) -> str:
    """Return the title of a period in the reader's language; an office's own one says that it is one."""
    title = rule.title_zh if is_chinese() or not rule.title_en else rule.title_en
    return marked(title) if rule.kind is Kind.OFFICE else title


def book_title(book: Rulebook) -> str:
    """Return the title of a rulebook in the reader's language."""
    return book.title_zh if is_chinese() else book.title_en


def start_condition(rule: PeriodRule) -> str:
    """Return what an event must state to start a period, in the reader's language; empty when any does."""
    return rule.when_zh if is_chinese() else rule.when_en


def end_condition(rule: PeriodRule) -> str:
    """Return what an event must state to fulfil a period, in the reader's language; empty when any does."""
    return rule.met_when_zh if is_chinese() else rule.met_when_en


def book_name(book: Rulebook) -> str:
    """Return version and title of a rulebook, in the reader's language."""
    return f"{book.version} {book_title(book)}"


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


def _said(step: Mapping[str, Any], name: str) -> str:
    """Return what a step says under `name`, of which it has an English and a Chinese wording."""
    return str(step.get(f"{name}_zh" if is_chinese() else name, ""))


def _event(step: Mapping[str, Any]) -> str:
    return _("It follows from this event: %(title)s, %(day)s.") % {
        "title": _said(step, "title"),
        "day": step["day"],
    }


def _day_named(step: Mapping[str, Any]) -> str:
    return _("The event names the day from which it is counted: %(day)s.") % step


def _end_named(step: Mapping[str, Any]) -> str:
    return _("The law names no length; the decision names the last day: %(day)s.") % step


def _urgent_end(step: Mapping[str, Any]) -> str:
    return _("The case is urgent: the paper names the last day, %(day)s.") % step


def _variant(step: Mapping[str, Any]) -> str:
    return _("%(reason)s: %(period)s instead of %(usual)s.") % {
        "reason": _said(step, "reason"),
        "period": period_words(Period.parse(step["period"])),
        "usual": period_words(Period.parse(step["usual"])),
    }


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


def _granted(step: Mapping[str, Any]) -> dict[str, str]:
    return {
        "by": _said(step, "by"),
        "on": str(step["granted_on"]),
        "reason": _said(step, "reason"),
        "day": str(step["day"]),
    }


def _extension(step: Mapping[str, Any]) -> str:
    period = period_words(Period.parse(step["period"]))
    if not step.get("by"):
        return _("Extended by %(period)s, counted from the start: %(day)s.") % {
            "period": period,
            "day": step["day"],
        }
    sentence = _(
        "Extended by %(period)s by %(by)s on %(on)s (%(reason)s), counted from the start: %(day)s."
    )
    return sentence % (_granted(step) | {"period": period})


def _typed_end(step: Mapping[str, Any]) -> str:
    if not step.get("by"):
        return _("The approval names the end: %(day)s.") % step
    sentence = _("The approval of %(by)s of %(on)s (%(reason)s) names the end: %(day)s.")
    return sentence % _granted(step)


def _exclusion(step: Mapping[str, Any]) -> str:
    if not (reason := _said(step, "reason")):
        return _("%(first)s to %(last)s is not counted (%(days)s days): %(day)s.") % step
    sentence = _("%(first)s to %(last)s is not counted (%(days)s days, %(reason)s): %(day)s.")
    return sentence % {**step, "reason": reason}


def _open_exclusion(step: Mapping[str, Any]) -> str:
    if not (reason := _said(step, "reason")):
        sentence = _(
            "The time since %(first)s is not counted and still runs: at least until %(day)s."
        )
        return sentence % step
    sentence = _(
        "The time since %(first)s (%(reason)s) is not counted and still runs: at least until %(day)s."
    )
    return sentence % {**step, "reason": reason}


def _not_inside(step: Mapping[str, Any]) -> str:
    sentence = _("The time from %(first)s does not lie inside the running period and adds nothing.")
    return sentence % step


def _rest_day(step: Mapping[str, Any]) -> str:
    return _("%(day)s is skipped: %(reason)s.") % {
        "day": step["day"],
        "reason": _said(step, "reason"),
    }


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
    "event": _event,
    "day_named": _day_named,
    "end_named": _end_named,
    "urgent_end": _urgent_end,
    "variant": _variant,
    "start_not_counted": _start_not_counted,
    "first_day": _first,
    "first_hour": _first,
    "base_end": _base_end,
    "month_end": _month_end,
    "extension": _extension,
    "typed_end": _typed_end,
    "exclusion": _exclusion,
    "open_exclusion": _open_exclusion,
    "not_inside": _not_inside,
    "rest_day": _rest_day,
    "event_not_counted": _event_not_counted,
    "counted_back": _counted_back,
    "end": _end,
}


def sentences(derivation: Iterable[Mapping[str, Any]], *, provisional: bool = False) -> list[Line]:
    """Return a stored or fresh derivation as sentences, each with its article."""
    lines = [
        Line(SENTENCES[step["code"]](step), step["law"], _events_of(step)) for step in derivation
    ]
    if provisional:
        lines.append(
            Line(_("Provisional: the official notice on the holidays is not published yet."))
        )
    return lines


def _events_of(step: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(step.get("events", ())) or ((step["event"],) if "event" in step else ())


def in_both_languages(
    derivation: Iterable[Mapping[str, Any]], *, provisional: bool = False
) -> BothLines:
    """Return a derivation as sentences in Chinese and in English, whatever the reader's language."""
    steps = list(derivation)
    with override("zh-hans"):
        chinese = sentences(steps, provisional=provisional)
    with override("en"):
        return BothLines(zh=chinese, en=sentences(steps, provisional=provisional))


def steps_in_words(derivation: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the steps as data: code, day, article, reasons, and the sentence in both languages."""
    steps = list(derivation)
    both = in_both_languages(steps)
    return [
        {**step, "sentence_zh": chinese.text, "sentence_en": english.text}
        for step, chinese, english in zip(steps, both.zh, both.en, strict=True)
    ]


# What each fault of a period rests on.
FAULT_LAWS = {
    "period": "CPL 85; CC 200",
    "unit": "CPL 85; CC 200",
    "length": "CPL 85; CC 200",
    "needs_hour": "CPL 85; CPLI 125",
    "mixed": "CPL 85; CC 200",
    "hours_back": "law 6.2",
    "hours_changed": "CPL 85; CPLI 125",
    "back_changed": "law 6.2",
    "interval": "Rules 48; law 14.2",
    "typed_end": "Rules 47; law 6.2",
    "end": "CC 202",
}


def error_text(error: PeriodError) -> str:
    """Return what is wrong with a period or a start, the article, and what to do, for the reader."""
    sentence = _fault(error.code) or str(error)
    law = FAULT_LAWS.get(error.code, "")
    values = {"sentence": sentence, "law": written(law)}
    return _("%(sentence)s (%(law)s)") % values if law else sentence


def not_in_force_text(rule: PeriodRule, day: date) -> str:
    """Return why an event of `day` does not begin a period, with what it rests on, and what to do."""
    first = max((known for known in (rule.since, rule.valid_from) if known), default=None)
    values = {"id": rule.id, "law": written(rule.article), "day": day.isoformat()}
    if first is not None and day < first:
        sentence = _(
            "%(id)s (%(law)s) is in force only since %(first)s, so nothing of %(day)s begins it. Check the "
            "day, or choose another period."
        )
        return sentence % (values | {"first": first.isoformat()})
    assert rule.valid_to is not None
    sentence = _(
        "%(id)s (%(law)s) was in force until %(last)s, so nothing of %(day)s begins it. Check the day, or "
        "choose another period."
    )
    return sentence % (values | {"last": rule.valid_to.isoformat()})


def _fault(code: str) -> str:
    return {
        "period": _(
            "This is no period that can be counted here. Write P30D (days), P3M (months), "
            "P2Y (years), PT48H (hours) or 15WD (working days)."
        ),
        "unit": _(
            "This unit is not known. A period is counted in hours (PT48H), days (P30D), months (P3M), "
            "years (P2Y) or working days (15WD)."
        ),
        "length": _(
            "A period has at least one unit and at most 100,000. Write a whole number above zero."
        ),
        "needs_hour": _(
            "A period of hours needs the time of its start. Enter the hour of the event."
        ),
        "hours_changed": _("A period of hours is neither extended nor stopped. Leave both out."),
        "back_changed": _("What is counted back is neither extended nor stopped. Leave both out."),
        "mixed": _("Hours and days cannot be counted in one period. Extend hours by hours."),
        "hours_back": _("A period before an event is counted in days. Write days, such as P3D."),
        "interval": _(
            "The time not counted cannot end before it began. Put its first and its last day right."
        ),
        "typed_end": _(
            "The end an approval names must lie after the start. Enter the day the approval names."
        ),
        "end": _("The end lies outside the calendar. Choose an earlier start or a shorter period."),
        "calendar": _("The calendar reaches from 1950 to 2100. Choose a day within it."),
    }.get(code, "")


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
        day = corrected(event)[0].isoformat()
        values = {"event": title_of_kind(event.kind), "day": day}
        parts.append(_("%(event)s on %(day)s") % values)
    return " · ".join(parts)


def notification_text(notification: Notification) -> str:
    """Return the sentence of a notification in the reader's language."""
    values = {
        "title": notification.deadline.marked_heading,
        "day": notification.for_day.isoformat(),
    }
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
