"""The rulebook: the statutory periods as data, one TOML file a version (law 6.1).

Pure Python without Django. A case keeps the version it was filed under; `valid_from` and `valid_to`
say which version is in force on a day.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from deadlines.calendar import Calendar, Practice, official
from deadlines.duties import OF_THE_OFFICE as OF_THE_OFFICE
from deadlines.duties import OFFICES_GRANT as OFFICES_GRANT
from deadlines.duties import Duty as Duty
from deadlines.kinds import Kind as Kind
from deadlines.kinds import Lapse as Lapse
from deadlines.periods import Period
from deadlines.table_reader import Reader
from deadlines.table_reader import RulebookError as RulebookError

DIRECTORY = Path(__file__).parent / "rulebook"


def _states(facts: Mapping[str, Any], condition: str) -> bool:
    """Say whether facts fulfil a condition such as ``party=office``; the empty one always holds."""
    name, _, value = condition.partition("=")
    return not condition or str(facts.get(name, "")) == value


@dataclass(frozen=True, slots=True)
class Extension:
    """A way to lengthen a period; `length` None means that the approval names the day."""

    by: str
    length: Period | None
    article: str
    ground_zh: str
    ground_en: str


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """One period of law 6.1.

    Attributes:
        id: for example ``P-01``.
        article: the articles, separated by semicolons.
        length: None when `kind` is NONE, when it is an alias, or when a decision sets it (`ends_on`);
            of a MINIMUM whose end a decision names, the least it may set.
        alias_of: the periods it is another name of; it never makes a deadline of its own (law 14.2).
        since: the day its article came into force, where that is later than the version; an earlier
            event starts nothing.
        backwards: counted back from the event ("at least three days before").
        start: kinds of events that start it; empty where none is recorded in this version of the
            application (the period is then listed and can be computed, but starts nothing).
        met_by, cancelled_by: kinds of events that fulfil it or end it unfulfilled.
        met_when: the fact an event of `met_by` must state to fulfil it, as ``party=office``; empty when
            any does. `met_when_zh`, `met_when_en` say it in words.
        over_with: those of `met_by` that only show that the time is over; they are no late act.
        match: the fact two events share that belong together; empty when any pair does. An ending event
            that does not state it ends every one.
        named_by: the fact by which an ending event names the very start event it belongs to; where one does
            not state it, `match` tells.
        start_when: the fact an event must state to start it, as ``party=office``, or must leave empty, as
            ``co_plaintiff=``; empty when any does. `when_zh`, `when_en` say it in words.
        start_day: the fact that names the day it is counted from, where that is not the event's own day.
        start_day_needed: without that fact the event starts nothing, for its own day is no start.
        longer, longer_when: another length, and the fact that brings it about when it is true.
        ends_on: the fact that names the last day, where a decision sets the length; without it none runs.
        only_urgent: it holds in urgent cases alone; whoever begins it by hand says why the case is one.
        urgent_end: the fact by which its start names the last day where the case is urgent, instead of the
            length.
        watchdog: the office only keeps an eye on it, as on P-42 (law 14.2); a case is closed while it runs.
        also_by_hand: people may begin it too, before an event of the case does.
        also_ended_by_hand: people may enter that it is done, though an event can fulfil it too: what starts
            it is of several kinds, and only some of them have such an event.
        latest_only: a new start supersedes the one before.
        extended_by: kinds of events that lengthen it: by the first extension's length, or, where the event
            states `until`, to the day the approval names.
        paused_by, resumed_by: kinds of events between which time does not count (Rules 48); the fact
            `pause_match` of the second names the first; without one the second ends what stands still.
        excluded: kinds of work whose time does not count, in both languages (Rules 48).
        reminders: days before the last day (0: on it).
        unverified: not verified against a source text; shown so.
        valid_from, valid_to, entered_at: of an office's own period: the days whose events start it, and
            the moment from which they must have been recorded. None for a period of law.
    """

    id: str
    title_zh: str
    title_en: str
    article: str
    kind: Kind
    length: Period | None
    duty: Duty
    start_zh: str
    start_en: str
    lapse: Lapse
    lapse_zh: str
    lapse_en: str
    alias_of: tuple[str, ...] = ()
    since: date | None = None
    backwards: bool = False
    start: tuple[str, ...] = ()
    met_by: tuple[str, ...] = ()
    cancelled_by: tuple[str, ...] = ()
    met_when: str = ""
    met_when_zh: str = ""
    met_when_en: str = ""
    over_with: tuple[str, ...] = ()
    match: str = ""
    named_by: str = ""
    start_when: str = ""
    when_zh: str = ""
    when_en: str = ""
    start_day: str = ""
    start_day_needed: bool = False
    longer: Period | None = None
    longer_when: str = ""
    ends_on: str = ""
    only_urgent: bool = False
    urgent_end: str = ""
    watchdog: bool = False
    also_by_hand: bool = False
    also_ended_by_hand: bool = False
    latest_only: bool = False
    extended_by: tuple[str, ...] = ()
    paused_by: tuple[str, ...] = ()
    resumed_by: tuple[str, ...] = ()
    pause_match: str = ""
    extensions: tuple[Extension, ...] = ()
    excluded: tuple[str, ...] = ()
    excluded_en: tuple[str, ...] = ()
    reminders: tuple[int, ...] = ()
    unverified: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    entered_at: datetime | None = None

    @property
    def owed_by_office(self) -> bool:
        """Whether the office itself is late when it lapses; what others owe, or may do, is only watched.

        Reading a rulebook refuses an alert about a duty of others, so the effect of the lapse says it all.
        """
        return self.lapse is Lapse.ALERT

    @property
    def extended_by_office(self) -> bool:
        """Whether the chief or the next-higher office lengthens it, so that somebody else proposes it."""
        return any(way.by in OFFICES_GRANT for way in self.extensions)

    @property
    def waits_for_start_day(self) -> bool:
        """Whether it runs only once the day it is counted from is named."""
        return bool(self.start_day) and (self.backwards or self.start_day_needed)

    def in_force_on(self, day: date) -> bool:
        """Say whether an event of `day` can start the period."""
        begun = all(first is None or first <= day for first in (self.since, self.valid_from))
        return begun and (self.valid_to is None or day <= self.valid_to)

    def is_known_at(self, moment: datetime) -> bool:
        """Say whether an event recorded at that moment can start the period."""
        return self.entered_at is None or self.entered_at <= moment

    def starts_with(self, kind: str, day: date, facts: Mapping[str, Any] | None = None) -> bool:
        """Say whether an event of `kind` and `day` starts the period; without `facts`, whether one can."""
        fitting = facts is None or _states(facts, self.start_when)
        return kind in self.start and fitting and self.in_force_on(day)

    def is_met_by(self, kind: str, facts: Mapping[str, Any]) -> bool:
        """Say whether an event of `kind` with these facts fulfils the period."""
        return kind in self.met_by and _states(facts, self.met_when)

    def for_facts(self, facts: Mapping[str, Any]) -> PeriodRule:
        """Return the rule with the length that holds for these facts."""
        if self.longer is not None and facts.get(self.longer_when):
            return replace(self, length=self.longer)
        return self


@dataclass(frozen=True)
class Rulebook:
    """One version of all periods and the practice on open points.

    Attributes:
        based_on: the version whose periods it repeats but for what its own file says; else empty.
    """

    version: str
    valid_from: date
    valid_to: date | None
    title_zh: str
    title_en: str
    practice: Practice
    unverified_practice: tuple[str, ...]
    periods: dict[str, PeriodRule]
    based_on: str = ""

    def covers(self, day: date) -> bool:
        """Say whether this version is in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def calendar(self) -> Calendar:
        """Return the official calendar under this version's practice."""
        return official(self.practice)


OF_AN_OFFICE = {"valid_from", "valid_to", "entered_at"}
RULE_FIELDS = {field.name for field in fields(PeriodRule)} - {"backwards", "extensions"}
RULE_FIELDS -= OF_AN_OFFICE
RULE_FIELDS |= {"direction", "extension"}
BOOK_FIELDS = {"version", "valid_from", "valid_to", "title_zh", "title_en", "practice", "period"}
BOOK_FIELDS |= {"based_on", "without"}


def _extension(table: Mapping[str, Any], where: str) -> Extension:
    read = Reader(table, f"{where}, extension")
    read.refuse_unknown({field.name for field in fields(Extension)})
    return Extension(
        by=read.text("by"),
        length=read.period("length"),
        article=read.text("article"),
        ground_zh=read.text("ground_zh"),
        ground_en=read.text("ground_en"),
    )


def _rule(table: Mapping[str, Any], where: str) -> PeriodRule:
    read = Reader(table, f"{where}, {table.get('id', 'a period without id')}")
    read.refuse_unknown(RULE_FIELDS)
    direction = read.text("direction", "after")
    if direction not in ("after", "before"):
        raise read.fail(f"'direction' is {direction!r}; it must be after or before.")
    rule = PeriodRule(
        id=read.text("id"),
        title_zh=read.text("title_zh"),
        title_en=read.text("title_en"),
        article=read.text("article"),
        kind=read.choice("kind", Kind),
        length=read.period("length"),
        duty=read.choice("duty", Duty),
        start_zh=read.text("start_zh"),
        start_en=read.text("start_en"),
        lapse=read.choice("lapse", Lapse, Lapse.ALERT),
        lapse_zh=read.text("lapse_zh"),
        lapse_en=read.text("lapse_en"),
        alias_of=read.texts("alias_of"),
        since=read.day("since"),
        backwards=direction == "before",
        start=read.texts("start"),
        met_by=read.texts("met_by"),
        cancelled_by=read.texts("cancelled_by"),
        met_when=read.text("met_when", ""),
        met_when_zh=read.text("met_when_zh", ""),
        met_when_en=read.text("met_when_en", ""),
        over_with=read.texts("over_with"),
        match=read.text("match", ""),
        named_by=read.text("named_by", ""),
        start_when=read.text("start_when", ""),
        when_zh=read.text("when_zh", ""),
        when_en=read.text("when_en", ""),
        start_day=read.text("start_day", ""),
        start_day_needed=read.flag("start_day_needed"),
        longer=read.period("longer"),
        longer_when=read.text("longer_when", ""),
        ends_on=read.text("ends_on", ""),
        only_urgent=read.flag("only_urgent"),
        urgent_end=read.text("urgent_end", ""),
        watchdog=read.flag("watchdog"),
        also_by_hand=read.flag("also_by_hand"),
        also_ended_by_hand=read.flag("also_ended_by_hand"),
        latest_only=read.flag("latest_only"),
        extended_by=read.texts("extended_by"),
        paused_by=read.texts("paused_by"),
        resumed_by=read.texts("resumed_by"),
        pause_match=read.text("pause_match", ""),
        extensions=tuple(_extension(item, read.where) for item in table.get("extension", ())),
        excluded=read.texts("excluded"),
        excluded_en=read.texts("excluded_en"),
        reminders=read.numbers("reminders"),
        unverified=read.flag("unverified"),
    )
    _refuse_contradictions(rule, read)
    return rule


def _without_length(rule: PeriodRule) -> bool:
    """Say whether a period has no length of its own; a least length stands beside a decision."""
    set_by_decision = bool(rule.ends_on) and rule.kind is not Kind.MINIMUM
    return rule.kind is Kind.NONE or bool(rule.alias_of) or set_by_decision


def _refuse_contradictions(rule: PeriodRule, read: Reader) -> None:
    if _without_length(rule) != (rule.length is None):
        raise read.fail(
            "a period has a length unless its kind is none, a decision sets it or it is an alias."
        )
    if rule.kind is Kind.OFFICE:
        raise read.fail("a period of the office is no period of law; it is entered on its page.")
    if (rule.kind is Kind.NONE or rule.alias_of) and rule.start:
        raise read.fail("where the law sets no period of its own, no event can start one.")
    if (rule.length or rule.start) and not rule.reminders:
        raise read.fail("a period with a length needs 'reminders'.")
    if rule.owed_by_office and rule.duty not in OF_THE_OFFICE:
        raise read.fail("what others owe is no duty of the office: its 'lapse' is period_over.")
    for name in ("start_when", "met_when"):
        if (condition := getattr(rule, name)) and "=" not in condition:
            raise read.fail(f"'{name}' names a fact and its value, as party=office.")
    _refuse_half_stated(rule, read)


def _refuse_half_stated(rule: PeriodRule, read: Reader) -> None:
    """Refuse a field that says something only together with another that is not there."""
    if (rule.longer is None) != (not rule.longer_when):
        raise read.fail("'longer' and 'longer_when' belong together.")
    if rule.extended_by and not (rule.extensions and rule.extensions[0].length):
        raise read.fail("'extended_by' needs an extension with a length.")
    if len(rule.excluded) != len(rule.excluded_en):
        raise read.fail("'excluded' and 'excluded_en' must name the same kinds of work.")
    _refuse_unpaired_events(rule, read)


def _refuse_unpaired_events(rule: PeriodRule, read: Reader) -> None:
    if any(bool(text) != bool(rule.start_when) for text in (rule.when_zh, rule.when_en)):
        raise read.fail("'start_when' needs its words in 'when_zh' and 'when_en'.")
    if any(bool(text) != bool(rule.met_when) for text in (rule.met_when_zh, rule.met_when_en)):
        raise read.fail("'met_when' needs its words in 'met_when_zh' and 'met_when_en'.")
    if not set(rule.over_with) <= set(rule.met_by):
        raise read.fail("'over_with' names kinds of events of 'met_by' alone.")
    if bool(rule.paused_by) != bool(rule.resumed_by) or (rule.pause_match and not rule.paused_by):
        raise read.fail("'paused_by' needs 'resumed_by', and 'pause_match' needs both.")
    if rule.start_day_needed and not rule.start_day:
        raise read.fail("'start_day_needed' needs 'start_day'.")


def _practice(table: Mapping[str, Any], where: str) -> tuple[Practice, tuple[str, ...]]:
    read = Reader(table, f"{where}, practice")
    names = {field.name for field in fields(Practice)}
    read.refuse_unknown(names | {"unverified"})
    unverified = read.texts("unverified")
    if wrong := sorted(set(unverified) - names):
        raise read.fail(f"'unverified' names {', '.join(wrong)}, which is no practice.")
    return Practice(**{name: read.flag(name) for name in names if name in table}), unverified


def _tables(read: Reader) -> dict[str, Mapping[str, Any]]:
    """Return the tables of the periods of one file by id."""
    tables: dict[str, Mapping[str, Any]] = {}
    for table in read.table.get("period", ()):
        id = Reader(table, f"{read.where}, a period").text("id")
        if id in tables:
            raise read.fail(f"{id} is there twice.")
        tables[id] = table
    return tables


def _built_upon(read: Reader, base: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what a file says laid over the complete one it is based on, without what it leaves out."""
    if base is None:
        raise read.fail(f"'based_on' names {read.text('based_on')}, which is no complete version.")
    tables = _tables(Reader(base, f"{read.where}, {read.text('based_on')}"))
    changed, left_out = _tables(read), read.texts("without")
    if unknown := sorted({*changed, *left_out} - set(tables)):
        raise read.fail(f"{', '.join(unknown)}: not in the version it is based on.")
    if both := sorted(set(changed) & set(left_out)):
        raise read.fail(f"{', '.join(both)}: both changed and left out.")
    kept = [{**table, **changed.get(id, {})} for id, table in tables.items() if id not in left_out]
    return {"practice": base.get("practice", {}), **read.table, "period": kept}


def _toml(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"{where}: not valid TOML: {error}") from error


def _refuse_wrong_aliases(periods: Mapping[str, PeriodRule], read: Reader) -> None:
    for rule in periods.values():
        for other in rule.alias_of:
            if other not in periods or periods[other].alias_of:
                raise read.fail(f"{rule.id} is an alias of {other}, which is no period of its own.")


def parse(text: str, where: str = "rulebook") -> Rulebook:
    """Read one complete version from TOML.

    Raises:
        RulebookError: with the file, the period and the field at fault.
    """
    return _book(_toml(text, where), where, {})


def _book(data: dict[str, Any], where: str, complete: Mapping[str, Mapping[str, Any]]) -> Rulebook:
    """Make a version of what a file says; `complete` holds those it may be based on."""
    read = Reader(data, where)
    read.refuse_unknown(BOOK_FIELDS)
    valid_from, valid_to = read.day("valid_from"), read.day("valid_to")
    if valid_from is None or (valid_to is not None and valid_to < valid_from):
        raise read.fail("'valid_from' must be a day, and 'valid_to' not before it.")
    if "based_on" in data:
        data = _built_upon(read, complete.get(read.text("based_on")))
    elif "without" in data:
        raise read.fail("'without' needs 'based_on'.")
    practice, unverified = _practice(data.get("practice", {}), where)
    tables = _tables(Reader(data, where))
    periods = {id: _rule(table, where) for id, table in tables.items()}
    _refuse_wrong_aliases(periods, read)
    return Rulebook(
        version=read.text("version"),
        valid_from=valid_from,
        valid_to=valid_to,
        title_zh=read.text("title_zh"),
        title_en=read.text("title_en"),
        practice=practice,
        unverified_practice=unverified,
        periods=periods,
        based_on=read.text("based_on", ""),
    )


@cache
def rulebooks(directory: Path = DIRECTORY) -> dict[str, Rulebook]:
    """Read every version, oldest first.

    Raises:
        RulebookError: a file is wrong, two share a version, or their days overlap.
    """
    files = {p.name: _toml(p.read_text("utf-8"), p.name) for p in directory.glob("*.toml")}
    complete = {str(data.get("version")): data for data in files.values() if "based_on" not in data}
    books = [_book(data, name, complete) for name, data in files.items()]
    books.sort(key=lambda book: book.valid_from)
    for earlier, later in pairwise(books):
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            raise RulebookError(
                f"Rulebooks {earlier.version} and {later.version} are in force on the same day: "
                f"end {earlier.version} before {later.valid_from}."
            )
    found = {book.version: book for book in books}
    if len(found) != len(books):
        raise RulebookError("Two rulebooks bear the same version.")
    return found


def named(version: str) -> Rulebook:
    """Return one version.

    Raises:
        RulebookError: there is none of that name.
    """
    try:
        return rulebooks()[version]
    except KeyError as error:
        raise RulebookError(f"There is no rulebook {version!r}.") from error


def in_force(day: date) -> Rulebook:
    """Return the version in force on `day`; before the first one, the first (design 3, back-entry).

    Raises:
        RulebookError: no version covers a day after the last one ended.
    """
    books = list(rulebooks().values())
    for book in books:
        if book.covers(day):
            return book
    if books and day < books[0].valid_from:
        return books[0]
    raise RulebookError(f"No rulebook is in force on {day}.")
