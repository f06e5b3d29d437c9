"""The form of the what-if calculator, for the page and for programs alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.workplace import title_of_kind
from deadlines.explain import error_text, not_in_force_text, rule_title
from deadlines.forms import day_field
from deadlines.periods import Computation, Interval, Period, PeriodError
from deadlines.rulebook import PeriodRule, Rulebook
from deadlines.rulebook_choice import (
    begun_kinds,
    chosen_rulebook,
    computable_rules,
    rulebook_choices,
)
from deadlines.what_if import (
    Planned,
    Question,
    compute_length,
    compute_rule,
    has_variant_abroad,
    plan_of,
)

# How many times that do not count the form takes; they are united, so more are seldom needed.
MOST_INTERVALS = 4
MOST_EXTENSIONS = 6
# The field a fault of the computing is shown at.
FAULT_FIELDS = {
    "needs_hour": "hour",
    "interval": "excluded_to",
    "typed_end": "until",
    "mixed": "extension",
}


def interval_names() -> list[tuple[str, str]]:
    """Return the names of the fields of each time that does not count: its first and its last day."""
    marks = ["", *(f"_{number}" for number in range(2, MOST_INTERVALS + 1))]
    return [(f"excluded_from{mark}", f"excluded_to{mark}") for mark in marks]


class CalculatorForm(forms.Form):
    """What if: a day and either an event, a period of law or a length; nothing is stored."""

    event = forms.ChoiceField(
        label=gettext_lazy("Event"),
        required=False,
        help_text=gettext_lazy("Shows every period the event begins."),
    )
    rule = forms.ChoiceField(label=gettext_lazy("or one period of law"), required=False)
    period = forms.CharField(
        label=gettext_lazy("or another length"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("P30D days, P3M months, P2Y years, PT48H hours, 15WD working days."),
    )
    start = day_field(
        gettext_lazy("Start (day of the event)"),
        error_messages={
            "required": gettext_lazy("Enter the day of the event: no period runs without it.")
        },
    )
    hour = forms.TimeField(
        label=gettext_lazy("Time of the event"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("Needed for periods of hours only."),
    )
    named_day = day_field(
        gettext_lazy("Day the event names"),
        required=False,
        help_text=gettext_lazy("Such as the day of the hearing or of the meeting, of an event."),
    )
    before = forms.BooleanField(
        label=gettext_lazy("Count back: at least this long before the day"), required=False
    )
    abroad = forms.BooleanField(
        label=gettext_lazy("The party has no domicile in the PRC"), required=False
    )
    extension = forms.CharField(
        label=gettext_lazy("Extension"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("For example P1M; several with spaces between: P1M P15D."),
    )
    until = day_field(
        gettext_lazy("End the approval names"),
        required=False,
        help_text=gettext_lazy(
            "Where an approval names the day, it takes the place of the length."
        ),
    )
    book = forms.ChoiceField(
        label=gettext_lazy("Rulebook"),
        required=False,
        help_text=gettext_lazy("Without a choice the one in force on the day of the event."),
    )

    def __init__(self, *args: Any, own: Sequence[PeriodRule] = (), **kwargs: Any) -> None:
        """Offer the periods of law, and `own`, those the reader's office set itself."""
        super().__init__(*args, **kwargs)
        self.own = {rule.id: rule for rule in own}
        for number, (first, last) in enumerate(interval_names(), start=1):
            place = {"number": number}
            self.fields[first] = day_field(_("Not counted from (%(number)d)") % place)
            self.fields[last] = day_field(_("Not counted until (%(number)d)") % place)
            self.fields[first].required = self.fields[last].required = False
        self._offer("event", [(kind, title_of_kind(kind)) for kind in begun_kinds(own)])
        rules = [(rule.id, f"{rule.id} {rule_title(rule)}") for rule in [*computable_rules(), *own]]
        self._offer("rule", rules)
        self.fields["book"].choices = rulebook_choices()  # type: ignore[attr-defined]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", "—"), *choices]  # type: ignore[attr-defined]

    def asked_fields(self) -> Iterator[BoundField]:
        """Yield the fields of the question itself."""
        for name in ("event", "rule", "period", "start", "hour", "named_day", "before", "abroad"):
            yield self[name]

    def change_fields(self) -> Iterator[BoundField]:
        """Yield the fields of what lengthens the period, and of the rulebook."""
        pairs = [name for pair in interval_names() for name in pair]
        for name in ("extension", "until", *pairs, "book"):
            yield self[name]

    def has_changes(self) -> bool:
        """Say whether one of the second group is filled in, or wrong."""
        return any(field.value() or field.errors for field in self.change_fields())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["length"] = self._length(cleaned)
        cleaned["book_found"] = self._book(cleaned)
        self._require_one(cleaned)
        extensions, exclusions = self._extensions(cleaned), self._exclusions(cleaned)
        self._require_order(cleaned)
        if self.errors:
            return cleaned
        question = Question(
            day=cleaned["start"],
            book=cleaned["book_found"],
            hour=cleaned.get("hour"),
            named=cleaned.get("named_day"),
            abroad=cleaned["abroad"],
            extensions=extensions,
            until=cleaned.get("until"),
            exclusions=exclusions,
        )
        self._answer(cleaned, question)
        return cleaned

    def _length(self, cleaned: dict[str, Any]) -> Period | None:
        return self._parsed("period", cleaned.get("period", "").strip())

    def _parsed(self, name: str, text: str) -> Period | None:
        if not text:
            return None
        try:
            return Period.parse(text)
        except PeriodError as error:
            self.add_error(name, error_text(error))
            return None

    def _book(self, cleaned: dict[str, Any]) -> Rulebook | None:
        """Return the rulebook the question is asked under, with the office's own periods beside it."""
        book = chosen_rulebook(self, cleaned.get("start"))
        return replace(book, periods=book.periods | self.own) if book else None

    def _require_one(self, cleaned: dict[str, Any]) -> None:
        """Refuse a question that asks nothing, or two things at once."""
        if {"event", "rule", "period"} & set(self.errors):
            return
        given = [name for name in ("event", "rule", "period") if cleaned.get(name)]
        if not given:
            sentence = _("Choose an event or a period of law, or write a length.")
            self.add_error("period", sentence)
        elif len(given) > 1 and "event" in given:
            self.add_error(
                "event", _("An event shows its whole plan. Leave period and length out.")
            )
        elif len(given) > 1:
            self.add_error("period", _("Choose a period of law or write a length, not both."))
        self._require_known(cleaned)

    def _require_known(self, cleaned: dict[str, Any]) -> None:
        """Refuse a period or an event the rulebook does not know, and a variant the law does not have."""
        book, wanted = cleaned["book_found"], cleaned.get("rule")
        if book is None:
            return
        values = {"id": wanted, "version": book.version}
        rule = book.periods.get(wanted) if wanted else None
        if wanted and (rule is None or rule.length is None):
            self.add_error("rule", _("Rulebook %(version)s has no period %(id)s.") % values)
        elif rule is not None and cleaned.get("abroad") and not has_variant_abroad(rule):
            sentence = _(
                "The law gives a party abroad no other length of %(id)s. Leave the mark out."
            )
            self.add_error("abroad", sentence % values)
        elif cleaned.get("abroad") and cleaned.get("period"):
            self.add_error("abroad", _("A free length is the same for everybody."))

    def _extensions(self, cleaned: dict[str, Any]) -> list[Period]:
        written = cleaned.get("extension", "").replace(",", " ").split()
        if len(written) > MOST_EXTENSIONS:
            sentence = _("At most %(count)d extensions can be computed at once.")
            self.add_error("extension", sentence % {"count": MOST_EXTENSIONS})
        found = [self._parsed("extension", text) for text in written[:MOST_EXTENSIONS]]
        return [period for period in found if period is not None]

    def _exclusions(self, cleaned: dict[str, Any]) -> list[Interval]:
        """Return the times that do not count, each with its own fault at its own field."""
        found: list[Interval] = []
        for first_name, last_name in interval_names():
            first, last = cleaned.get(first_name), cleaned.get(last_name)
            if first is None:
                if last is not None and first_name not in self.errors:
                    sentence = _("Say since when the time does not count.")
                    self.add_error(first_name, sentence)
                continue
            try:
                found.append(Interval(first, last))
            except PeriodError as error:
                self.add_error(last_name, error_text(error))
        return found

    def _require_order(self, cleaned: dict[str, Any]) -> None:
        """Refuse what the plan of an event cannot take, and a named day before the event itself."""
        start: date | None = cleaned.get("start")
        named: date | None = cleaned.get("named_day")
        if start and named and named < start:
            sentence = _(
                "The event names %(named)s, which lies before the event itself, %(start)s."
            )
            values = {"named": named.isoformat(), "start": start.isoformat()}
            self.add_error("named_day", sentence % values)
        changes = ("extension", "until", *(first for first, _last in interval_names()))
        if cleaned.get("event") and any(cleaned.get(name) for name in changes):
            sentence = _(
                "Extensions and times not counted belong to one period. Choose the period instead of the "
                "event."
            )
            self.add_error("event", sentence)

    def _answer(self, cleaned: dict[str, Any], question: Question) -> None:
        """Put the answer into the cleaned values: `computation` of one period, or `plan` of an event."""
        if kind := cleaned.get("event"):
            cleaned["plan"] = self._plan(question, kind)
            return
        rule = cleaned["rule_found"] = question.book.periods.get(cleaned.get("rule", ""))
        if rule is not None and not rule.in_force_on(question.day):
            self.add_error("start", not_in_force_text(rule, question.day))
            return
        try:
            cleaned["computation"] = self._computed(cleaned, question)
        except PeriodError as error:
            self.add_error(FAULT_FIELDS.get(error.code), error_text(error))

    def _plan(self, question: Question, kind: str) -> list[Planned]:
        plan = plan_of(question, kind)
        if not plan:
            sentence = _("Under rulebook %(version)s this event begins no period.")
            self.add_error("event", sentence % {"version": question.book.version})
        return plan

    def _computed(self, cleaned: dict[str, Any], question: Question) -> Computation:
        """Compute one period.

        Raises:
            PeriodError: it cannot be computed.
        """
        rule: PeriodRule | None = cleaned["rule_found"]
        if rule is None:
            return compute_length(question, cleaned["length"], backwards=cleaned["before"])
        if cleaned["before"] and not rule.backwards and rule.length is not None:
            return compute_length(question, rule.length, backwards=True)
        return compute_rule(question, rule)
