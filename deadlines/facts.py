"""The facts of the events that concern a single clock (`deadlines.by_hand`), for page and API alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from audit import clock as time
from audit.articles import written
from audit.fields import DayField
from cases.forms.base import FactsForm, MultipleFileField
from cases.forms.facts import long_text
from cases.models import Case, Event
from cases.registries import requirements
from cases.selectors import back_entry
from cases.selectors.events import corrected, reference_of, standing_events
from deadlines import by_hand
from deadlines.by_hand import ExtensionGround, Outcome
from deadlines.derive import compute, rule_of, rulebook_of
from deadlines.explain import error_text, not_in_force_text, rule_title
from deadlines.extending import clock_of
from deadlines.models import RUNNING, Deadline
from deadlines.periods import PeriodError, Unit
from deadlines.rulebook import OF_THE_OFFICE, PeriodRule

if TYPE_CHECKING:
    from cases.models import Lead

    Matter = Lead | Case


# The ten days for asking the court for more time (CPL 86).
MORE_TIME = "P-73"


def rules_begun_by_hand(matter: Matter) -> list[PeriodRule]:
    """Return the periods of the matter's rulebook with a length that people begin, not an event alone."""
    rules = rulebook_of(matter).periods.values()
    return [rule for rule in rules if rule.length and (rule.also_by_hand or not rule.start)]


def clocks_of(matter: Matter) -> list[Deadline]:
    """Return the statutory deadlines of a matter, a case's lead included, the latest first."""
    rows = Deadline.objects.filter(manual=False).select_related("start_event")
    found = rows.filter(case=matter) if isinstance(matter, Case) else rows.filter(lead=matter)
    if isinstance(matter, Case) and matter.lead_id:
        found = found | rows.filter(lead=matter.lead_id)
    return list(found.order_by("-effective_day", "-id"))


def _described(row: Deadline) -> str:
    return f"{row.rule} {row.marked_heading} · {row.effective_day.isoformat()}"


class ClockFacts(FactsForm):
    """Facts that concern one running clock of the matter."""

    clock = forms.ChoiceField(label=_("Deadline"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = clocks_of(self.matter) if self.matter is not None else []
        self.rows = {clock_of(row): row for row in rows}
        # An unbound form shows what was recorded, so it knows the clocks that have ended too.
        offered = self._offered() if self.is_bound else self._recorded()
        choices = [(name, _described(row)) for name, row in offered.items()]
        self.fields["clock"].choices = choices  # type: ignore[attr-defined]
        self.fields["clock"].error_messages["invalid_choice"] = self.not_offered

    not_offered = _("This is no running deadline of this matter for which that can be recorded.")

    def _offered(self) -> dict[str, Deadline]:
        own = corrected(self.corrects)[1].get("clock") if self.corrects else None
        return {
            name: row
            for name, row in self.rows.items()
            if name == own or (row.state in RUNNING and self.fits_clock(row, self._rule(row)))
        }

    def _recorded(self) -> dict[str, Deadline]:
        """Return the clocks an event on record can concern."""
        return self.rows

    def _rule(self, row: Deadline) -> PeriodRule | None:
        return rule_of(row)

    @classmethod
    def fits_clock(cls, row: Deadline, rule: PeriodRule | None) -> bool:
        """Say whether the act can concern this clock."""
        return True

    @property
    def row(self) -> Deadline | None:
        """The deadline that was chosen, None when none was."""
        return self.rows.get(self.cleaned_data.get("clock", ""))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        day, row = data.get("legal_day"), self.row
        began = row.start_day if row is not None and not row.backwards else None
        if day is not None and began is not None and day < began:
            sentence = translate("That lies before the day on which the period began, %(day)s.")
            self.add_error("legal_day", sentence % {"day": began.isoformat()})
        return data


class PostedFacts(FactsForm):
    """Facts of an act that may go by post: posted by the last day it is in time (CPL 85; norm C126)."""

    posted_on = DayField(
        label=_("Day of posting, where it went by post"),
        required=False,
        help_text=_("What was posted by the last day is in time though it arrives later (CPL 85)."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        posted, arrived = data.get("posted_on"), data.get("legal_day")
        if posted and arrived and posted > arrived:
            self.add_error("posted_on", _("It cannot arrive before it was posted."))
        return data


class BegunFacts(FactsForm):
    """A period of law that begins with something no other act records."""

    period = forms.ChoiceField(label=_("Period of law"))
    counted_from = DayField(
        label=_("Counted from"),
        required=False,
        help_text=_(
            "The day the article names, where it is not the day above. "
            "A period counted back may name a day to come."
        ),
    )
    at = forms.TimeField(
        label=_("Hour"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Needed for periods of hours only."),
    )
    abroad = forms.BooleanField(
        label=_("The party has no domicile in the People's Republic of China"), required=False
    )
    ends_on = DayField(
        label=_("Last day the paper sets, where it is urgent"),
        required=False,
        help_text=_(
            "Only for a recommendation whose urgent answer has a time of its own (PRR 19)."
        ),
    )
    urgency = long_text(
        _("Why it is urgent"),
        required=False,
        help_text=_(
            "Needed where the period holds in urgent cases alone, or the paper sets its end."
        ),
    )
    concerns = forms.CharField(label=_("Concerns"), required=False, max_length=200)
    event_text = long_text(_("What happened"))
    paper = MultipleFileField(label=_("Paper that proves it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = (
            {rule.id: rule for rule in rules_begun_by_hand(self.matter)} if self.matter else {}
        )
        choices = [(code, f"{code} {rule_title(rule)}") for code, rule in self.rules.items()]
        self.fields["period"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        rule = self.rules.get(data.get("period", ""))
        if rule is not None and data.get("legal_day") and not self.errors:
            self._check_urgency(rule, data)
            self._check_start(rule, data)
        return data

    def _check_urgency(self, rule: PeriodRule, data: dict[str, Any]) -> None:
        """An urgent case has its reason; only where the article says so has it a last day of its own."""
        law, last = written(rule.article), data.get("ends_on")
        if last and not rule.urgent_end:
            sentence = translate(
                "The law sets the length of this period (%(law)s). Leave it empty."
            )
            self.add_error("ends_on", sentence % {"law": law})
        elif last and last <= (data.get("counted_from") or data["legal_day"]):
            sentence = translate("The last day lies after the day the period is counted from.")
            self.add_error("ends_on", sentence)
        if (rule.only_urgent or last) and not data.get("urgency"):
            sentence = translate("This holds only where it is urgent (%(law)s). Say why it is.")
            self.add_error("urgency", sentence % {"law": law})

    def _check_start(self, rule: PeriodRule, data: dict[str, Any]) -> None:
        start: date = data.get("counted_from") or data["legal_day"]
        if start > time.today() and not rule.backwards:
            self.add_error("counted_from", _("This period is counted from a day that has come."))
            return
        assert self.matter is not None
        assert rule.length is not None
        if rule.length.unit is Unit.HOUR and not data.get("at"):
            self.add_error("at", _("A period of hours needs the time of its start."))
            return
        if not rule.in_force_on(start):
            field = "counted_from" if data.get("counted_from") else "legal_day"
            self.add_error(field, not_in_force_text(rule, start))
            return
        moment = by_hand.moment_of(self.facts(), start)
        try:
            compute(rule.for_facts(self.facts()), moment, rulebook_of(self.matter))
        except PeriodError as error:
            self.add_error("counted_from", error_text(error))
        if self._is_recorded(rule, data, start):
            self.add_error("period", _("This period is on record with the same start already."))

    def _is_recorded(self, rule: PeriodRule, data: dict[str, Any], start: date) -> bool:
        assert self.matter is not None
        for event in standing_events(self.matter, by_hand.BEGUN).prefetch_related("corrections"):
            day, facts = corrected(event)
            if event == self.corrects:
                continue
            same = facts.get("period") == rule.id and facts.get("concerns", "") == data["concerns"]
            if same and date.fromisoformat(facts.get("counted_from") or str(day)) == start:
                return True
        return not data["concerns"] and self._began_by_itself(rule, start)

    def _began_by_itself(self, rule: PeriodRule, start: date) -> bool:
        """Say whether an act of the case, such as a service, started the period on that day."""
        assert self.matter is not None
        rows = Deadline.objects.filter(**{self.matter.relation: self.matter}, rule=rule.id)
        acts = rows.exclude(start_event__kind=by_hand.BEGUN)
        return acts.filter(start_day=start, start_event__kind__in=rule.start).exists()

    def facts(self) -> dict[str, Any]:
        given = super().facts()
        at = given.get("at")
        return given | {"at": at.isoformat("minutes") if at else ""}


class CompletedFacts(PostedFacts, ClockFacts):
    """A period that no recorded event ends is done, or no longer needed."""

    not_offered = _(
        "This is no running deadline of this matter that is completed by hand. A period that an event of the "
        "case fulfils ends when that event is recorded."
    )

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    result = long_text(_("What was done, or why nothing is needed"))
    paper = MultipleFileField(label=_("Paper that proves it"))

    @classmethod
    def fits_clock(cls, row: Deadline, rule: PeriodRule | None) -> bool:
        assert row.start_event is not None
        by_entry = by_hand.is_completed_by_hand(rule, row.start_event)
        return by_entry or (rule is not None and _may_fall_away(rule))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        row = self.row
        if row is None or row.start_event is None or data.get("outcome") != Outcome.DONE:
            return data
        if not by_hand.is_completed_by_hand(self._rule(row), row.start_event):
            sentence = _(
                "An event of the case fulfils this period: record that event. By hand it only ends as no "
                "longer needed."
            )
            self.add_error("outcome", sentence)
        return data


def _may_fall_away(rule: PeriodRule) -> bool:
    """Say whether a period may end without its event: others owe it, and no guard rests on it.

    A court may leave undone what it has time for, and then no event ever comes. A period that a guard reads
    counts until an event of the case ends it.
    """
    return rule.duty not in OF_THE_OFFICE and not rule.watchdog and rule.id not in _read_by_guards()


def _read_by_guards() -> set[str]:
    """Return the periods the declared guards read."""
    return {word.strip(",;") for guard in requirements.values() for word in guard.reads.split()}


class ExtendedFacts(ClockFacts):
    """A decision that lengthens a period to a day it names (the court's, the next-higher office's)."""

    not_offered = _(
        "This is no running deadline of this matter that a decision lengthens. The review for prosecution is "
        "extended by a proposal (Rules 47)."
    )

    ground = forms.ChoiceField(
        label=_("Ground"), choices=ExtensionGround.choices, widget=forms.RadioSelect
    )
    decided_by = forms.CharField(label=_("Who decided"), max_length=200)
    until = DayField(label=_("New last day, as the decision names it"))
    paper = MultipleFileField(label=_("The decision"))

    @classmethod
    def fits_clock(cls, row: Deadline, rule: PeriodRule | None) -> bool:
        return rule is not None and not rule.extended_by and not rule.backwards

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.row is not None and data.get("until") and data.get("ground"):
            self._check(self.row, data)
        return data

    def _check(self, row: Deadline, data: dict[str, Any]) -> None:
        # The day a corrected decision named is the nominal day itself.
        if self.corrects is None and data["until"] <= row.nominal_day:
            sentence = translate("The period runs until %(day)s already; name a later day.")
            self.add_error("until", sentence % {"day": row.nominal_day.isoformat()})
        rule = self._rule(row)
        if data["ground"] == ExtensionGround.RULE:
            self._check_rule(row, rule, data)
        elif not self._requested(row):
            self.add_error(
                "ground",
                _(
                    "Record first that the obstacle ended and that more time was asked for (CPL 86)."
                ),
            )

    def _check_rule(self, row: Deadline, rule: PeriodRule | None, data: dict[str, Any]) -> None:
        if rule is not None and rule.extended_by_office:
            sentence = translate(
                "The chief procurator, then the next-higher office lengthens this period: propose it "
                "(%(law)s)."
            )
            self.add_error("ground", sentence % {"law": written(rule.extensions[0].article)})
        elif rule is None or not rule.extensions:
            self.add_error("ground", _("The article of this period provides for no extension."))
            return
        late = data.get("legal_day") is not None and data["legal_day"] > row.effective_day
        assert self.matter is not None
        if late and not back_entry.is_running(self.matter):
            sentence = translate(
                "The period lapsed on %(day)s: an extension comes too late (law 14.2)."
            )
            self.add_error("legal_day", sentence % {"day": row.effective_day.isoformat()})

    def _requested(self, row: Deadline) -> bool:
        assert self.matter is not None
        obstacles = {
            reference_of(event)
            for event in standing_events(self.matter, by_hand.OBSTACLE)
            if corrected(event)[1].get("clock") == clock_of(row)
        }
        return any(
            corrected(event)[1].get("obstacle") in obstacles
            for event in standing_events(self.matter, by_hand.REQUESTED)
        )


class SuspendedFacts(ClockFacts):
    """A clock stands still for a ground its article names."""

    not_offered = _("This is no running deadline of this matter whose article lets it stand still.")

    ground = long_text(_("Ground, as the article names it"))
    paper = MultipleFileField(label=_("Paper that proves it"))

    @classmethod
    def fits_clock(cls, row: Deadline, rule: PeriodRule | None) -> bool:
        return rule is not None and bool(rule.excluded) and not rule.paused_by


class ReferringFacts(FactsForm):
    """Facts that belong to an event recorded before, which the field `refers` names."""

    refers = ""
    refers_to = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.events = {reference_of(event): event for event in self._events()}
        choices = [(code, self._described(event)) for code, event in self.events.items()]
        self.fields[self.refers].choices = choices  # type: ignore[attr-defined]

    def _events(self) -> Iterable[Event]:
        if self.matter is None:
            return ()
        return standing_events(self.matter, self.refers_to).prefetch_related("corrections")

    @staticmethod
    def _described(event: Event) -> str:
        day, facts = corrected(event)
        return f"{day.isoformat()} {facts.get('clock', '').partition(':')[0]}"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        event = self.events.get(data.get(self.refers, ""))
        if event is not None and data.get("legal_day"):
            began = corrected(event)[0]
            if data["legal_day"] < began:
                sentence = translate("That lies before the day it follows, %(day)s.")
                self.add_error("legal_day", sentence % {"day": began.isoformat()})
        return data


class ResumedFacts(ReferringFacts):
    """The ground is gone and the clock runs on."""

    refers, refers_to = "suspension", by_hand.SUSPENDED

    suspension = forms.ChoiceField(label=_("Suspension"))
    paper = MultipleFileField(label=_("Paper that proves it"))


class ObstacleFacts(ClockFacts):
    """The end of force majeure or another proper reason that kept a party from acting in time (CPL 86)."""

    party = forms.CharField(label=_("Party that was kept from acting"), max_length=200)
    obstacle = long_text(_("What the obstacle was, from when"))
    paper = MultipleFileField(label=_("Paper that proves it"))

    @classmethod
    def fits_clock(cls, row: Deadline, rule: PeriodRule | None) -> bool:
        return not row.backwards


class RequestedFacts(PostedFacts, ReferringFacts):
    """More time is asked for within ten days of the end of the obstacle (CPL 86; P-73).

    A request after the ten days is recorded with the mark that it came late: the court decides on it.
    """

    refers, refers_to = "obstacle", by_hand.OBSTACLE

    obstacle = forms.ChoiceField(label=_("Obstacle"))
    late = forms.BooleanField(
        label=_("It was asked for after the ten days had ended (CPL 86)"), required=False
    )
    paper = MultipleFileField(label=_("The application"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        period = self._ten_days(self.events.get(data.get("obstacle", "")))
        if period is not None and data.get("legal_day"):
            self._check_mark(period.effective_day, data)
        return data

    def _ten_days(self, obstacle: Event | None) -> Deadline | None:
        if obstacle is None:
            return None
        return obstacle.deadlines_started.filter(rule=MORE_TIME).first()

    def _check_mark(self, last: date, data: dict[str, Any]) -> None:
        late = (data.get("posted_on") or data["legal_day"]) > last
        if late == bool(data.get("late")):
            return
        sentence = (
            translate(
                "The ten days ended on %(day)s (CPL 86). Mark that it came late, or correct the day."
            )
            if late
            else translate(
                "It came within the ten days, until %(day)s (CPL 86). Take the mark out."
            )
        )
        self.add_error("late", sentence % {"day": last.isoformat()})
