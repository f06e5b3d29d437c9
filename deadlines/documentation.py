"""The page `docs/periods.md`, generated from the rulebook and the calendar."""

from __future__ import annotations

from django.utils import translation

from deadlines.calendar import notices
from deadlines.explain import period_words
from deadlines.rulebook import PeriodRule, Rulebook, rulebooks

KINDS = {
    "mandatory": "mandatory",
    "minimum": "at least",
    "maximum": "at most",
    "internal": "duty of the office",
    "none": "no period",
}
INTRODUCTION = """# Periods of law

Generated from `deadlines/rulebook/*.toml` and `deadlines/calendar_data/*.toml`; do not edit.
How to add a period: [how-to/add-a-period.md](how-to/add-a-period.md).

A period is counted in this order: base, extensions (summed with the base and counted from the
start), excluded time (added to the nominal end), rollover (a last day on a holiday moves to the
first day after it). The day or hour in which a period begins is not counted. What the texts leave
open is set in the rulebook under `practice`.
"""


def _length(rule: PeriodRule) -> str:
    if rule.alias_of:
        return f"as {', '.join(rule.alias_of)}"
    if rule.length is None:
        return "set by the decision" if rule.ends_on else "—"
    words = period_words(rule.length)
    if rule.ends_on:
        words = f"at least {words}, set by the decision"
    if rule.longer is not None:
        words += f"<br>{period_words(rule.longer)} where `{rule.longer_when}`"
    words += ", in urgent cases alone" if rule.only_urgent else ""
    words += "<br>where it is urgent, to the day the paper names" if rule.urgent_end else ""
    return f"at least {words} before" if rule.backwards else words


def _start(rule: PeriodRule) -> str:
    kinds = ", ".join(f"`{kind}`" for kind in rule.start)
    kinds += _condition(rule.start_when)
    if rule.start_day:
        kinds += f", from `{rule.start_day}`"
    kinds += f"<br>only {rule.when_en}" if rule.when_en else ""
    words = f"{rule.start_zh} {rule.start_en}" + (f"<br>{kinds}" if kinds else "")
    return words + (f"<br>law since {rule.since}" if rule.since else "")


def _condition(stated: str) -> str:
    """Return in words which fact an event must state, or must leave empty; nothing where any does."""
    name, _, value = stated.partition("=")
    if not stated:
        return ""
    return f" with `{stated}`" if value else f" without `{name}`"


def _ends(rule: PeriodRule) -> str:
    met = ", ".join(f"`{kind}`" for kind in rule.met_by) + _condition(rule.met_when)
    met += f", only {rule.met_when_en}" if rule.met_when_en else ""
    ended = ", ".join(f"`{kind}`" for kind in rule.cancelled_by)
    parts = [f"met by {met}" if met else "", f"ended by {ended}" if ended else ""]
    return "<br>".join(part for part in parts if part) or "—"


def _longer(rule: PeriodRule) -> str:
    parts = [
        f"{e.by}: {period_words(e.length) if e.length else 'to the day approved'}, {e.ground_en}"
        for e in rule.extensions
    ]
    if rule.excluded_en:
        parts.append(f"not counted: {', '.join(rule.excluded_en)}")
    return "<br>".join(parts) or "—"


def _row(rule: PeriodRule) -> str:
    mark = " [NV]" if rule.unverified else ""
    cells = (
        rule.id,
        f"{rule.title_zh}<br>{rule.title_en}{mark}",
        _length(rule),
        KINDS[rule.kind],
        rule.duty.value.replace("_", " "),
        _start(rule),
        _ends(rule),
        _longer(rule),
        rule.lapse_en,
        ", ".join(str(days) for days in rule.reminders) or "—",
        rule.article,
    )
    return "| " + " | ".join(cells) + " |"


def _book(book: Rulebook) -> list[str]:
    until = book.valid_to.isoformat() if book.valid_to else "further notice"
    practice = [
        f"| `{name}` | {'yes' if getattr(book.practice, name) else 'no'} | "
        f"{'practice, not verified [NV]' if name in book.unverified_practice else 'decided'} |"
        for name in ("weekends_roll", "makeup_days_roll", "hours_roll")
    ]
    return [
        f"## Rulebook {book.version}",
        "",
        f"{book.title_zh} · {book.title_en}. In force from {book.valid_from} until {until}.",
        *(
            [f"Repeats rulebook {book.based_on} but for what its file says."]
            if book.based_on
            else []
        ),
        "",
        "| Practice | Value | Standing |",
        "|---|---|---|",
        *practice,
        "",
        "| No. | Period | Length | Kind | Duty | Start | Ends | Longer | Lapse | Reminders | Article |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
        *(_row(rule) for rule in book.periods.values()),
        "",
    ]


def periods_page() -> str:
    """Return the whole page; the same text on every machine and in every language."""
    with translation.override("en"):
        years = [f"| {n.year} | {n.source} | {n.amended_by or '—'} |" for n in notices()]
        books = [line for book in rulebooks().values() for line in _book(book)]
    lines = [
        INTRODUCTION,
        *books,
        "## Official notices in the calendar",
        "",
        "Every other year has weekends and fixed holidays alone, and what is computed from it is",
        "provisional; so are the last three days of the last known year, which the next notice may",
        "touch. Reminders above are in days before the last day.",
        "",
        "| Year | Notice | Amended by |",
        "|---|---|---|",
        *years,
    ]
    return "\n".join(lines) + "\n"
