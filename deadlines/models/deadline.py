"""The last day of one period of one matter, with its derivation (design 4)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit import clock
from audit.language import is_chinese
from cases.models import Attachment, Event
from cases.models.work import OfMatter, one_matter
from cases.selectors.events import corrected
from deadlines.by_hand import acted_on
from deadlines.rulebook import PeriodRule, named
from deadlines.told import told


def marked(title: str) -> str:
    """Return the title of an office's own period as texts name it."""
    return str(_("%(title)s (office's own rule)")) % {"title": title}


class DeadlineState(models.TextChoices):
    """Where a deadline stands."""

    OPEN = "open", _("Running")
    MET = "met", pgettext_lazy("deadline", "Met")
    LAPSED = "lapsed", _("Lapsed")
    CANCELLED = "cancelled", _("Cancelled")
    SUPERSEDED = "superseded", _("Superseded")


# What has ended neither by an act nor by a later start: a lapsed duty is still to be done.
RUNNING = (DeadlineState.OPEN, DeadlineState.LAPSED)


class DeadlineKind(models.TextChoices):
    """How it binds (law 6.1, column "Kind"); OFFICE is set by the office, MANUAL by a person, not by law."""

    MANDATORY = "mandatory", _("Mandatory period")
    MINIMUM = "minimum", _("At least")
    MAXIMUM = "maximum", _("At most")
    INTERNAL = "internal", _("Duty of the office")
    OFFICE = "office", _("Office's own rule")
    MANUAL = "manual", _("Set by hand")


class Confirmation(models.TextChoices):
    """Whether a second person confirmed that a duty of the office was done; NONE where nobody is asked."""

    NONE = "", _("Not asked for")
    AWAITING = "awaiting", _("To be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Not confirmed")


class Deadline(OfMatter):
    """The last day of one period of one matter."""

    rule = models.CharField(_("period"), max_length=12, blank=True)
    rulebook = models.CharField(_("rulebook"), max_length=20, blank=True)
    title_zh = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    # Whose clock it is where several of one period run: the party, the obligation, the person.
    about = models.CharField(_("concerns"), max_length=200, blank=True)
    article = models.CharField(_("article"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=DeadlineKind.choices)
    start_event = models.ForeignKey(
        Event, null=True, on_delete=models.PROTECT, related_name="deadlines_started"
    )
    start_day = models.DateField(_("start"), null=True)
    start_instant = models.DateTimeField(_("start (hour)"), null=True)
    nominal_day = models.DateField(_("nominal day"))
    effective_day = models.DateField(_("last day"))
    effective_instant = models.DateTimeField(_("last hour"), null=True)
    backwards = models.BooleanField(default=False)
    provisional = models.BooleanField(_("provisional"), default=False)
    # An excluded interval is still open: the last day is not before `effective_day`.
    at_least = models.BooleanField(_("at least until"), default=False)
    derivation = models.JSONField(_("derivation"), default=list)
    # Which events stand behind its steps (`deadlines.grounds`).
    grounds = models.JSONField(default=dict)
    # What it is computed from (`deadlines.terms`); none once nothing follows: set by hand or withdrawn.
    terms = models.JSONField(null=True)
    state = models.CharField(
        _("state"), max_length=12, choices=DeadlineState.choices, default=DeadlineState.OPEN
    )
    # Nothing looks deadlines up by what only names a source: each index that is not there spares its part
    # of the half a million rows a new calendar writes (`deadlines.services.moving`).
    ended_by = models.ForeignKey(
        Event, null=True, on_delete=models.PROTECT, related_name="deadlines_ended", db_index=False
    )
    confirmation = models.CharField(
        _("confirmation"),
        max_length=10,
        choices=Confirmation.choices,
        default=Confirmation.NONE,
        blank=True,
    )
    duty_holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("whose duty"),
        null=True,
        on_delete=models.PROTECT,
        related_name="deadlines",
    )
    manual = models.BooleanField(_("set by hand"), default=False)
    note = models.CharField(_("note"), max_length=500, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    created_at = models.DateTimeField(_("created at"), default=clock.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closing_note = models.CharField(_("closing note"), max_length=500, blank=True)
    # How often the day or the state has changed, and when last: a trigger of the database counts, so
    # that no way of writing forgets it. Calendar programs ask for both (RFC 5545, 3.8.7).
    revision = models.PositiveIntegerField(_("revision"), db_default=0)
    revised_at = models.DateTimeField(_("revised at"), null=True)
    # What proves that a deadline set by hand was met: a file, or an event that is on record anyway.
    closing_files = models.ManyToManyField(Attachment, related_name="+")
    closing_event = models.ForeignKey(
        Event,
        null=True,
        on_delete=models.PROTECT,
        related_name="deadlines_proven",
        db_index=False,
    )

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering: ClassVar = ["effective_day", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["effective_day", "id"], condition=Q(state="open"), name="deadline_open_due"
            ),
            models.Index(
                fields=["duty_holder", "effective_day"],
                condition=Q(state="open"),
                name="deadline_open_of_holder",
            ),
            models.Index(
                fields=["id"],
                condition=Q(confirmation="awaiting"),
                name="deadline_to_be_confirmed",
            ),
        ]
        constraints: ClassVar = [
            one_matter("deadline"),
            models.UniqueConstraint(
                fields=["rule", "start_event"],
                condition=Q(manual=False),
                name="deadline_once_per_rule_and_start",
            ),
            models.CheckConstraint(
                condition=Q(manual=True) | (~Q(rule="") & Q(start_event__isnull=False)),
                name="statutory_deadline_has_rule_and_start",
            ),
            models.CheckConstraint(
                condition=Q(manual=False) | (~Q(title_zh="") & Q(created_by__isnull=False)),
                name="manual_deadline_has_title_and_author",
            ),
            models.CheckConstraint(
                condition=(
                    Q(backwards=False, effective_day__gte=F("nominal_day"))
                    | Q(backwards=True, effective_day__lte=F("nominal_day"))
                ),
                name="deadline_rolls_the_right_way",
            ),
            models.CheckConstraint(
                condition=~Q(state="met") | Q(ended_by__isnull=False) | Q(closed_by__isnull=False),
                name="met_deadline_names_event_or_person",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | (Q(manual=True) & Q(closed_at__isnull=False)),
                name="only_manual_deadline_closed_by_hand",
            ),
            models.CheckConstraint(
                condition=Q(confirmation="") | (Q(manual=False) & Q(state="met")),
                name="only_a_met_statutory_deadline_is_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule or 'manual'} {self.effective_day}"

    @property
    def title(self) -> str:
        """The title in the reader's language; a manual one as it was written."""
        chinese = is_chinese()
        return self.title_zh if chinese or not self.title_en else self.title_en

    @property
    def heading(self) -> str:
        """The title, and whose clock it is; not for e-mails, which name nobody."""
        return f"{self.title} · {self.about}" if self.about else self.title

    @property
    def why(self) -> list[dict[str, Any]]:
        """The derivation, each step with the event it comes from."""
        return told(self.derivation, self.grounds)

    @property
    def is_own_rule(self) -> bool:
        """Whether the office set the period itself, so that every list marks it."""
        return self.kind == DeadlineKind.OFFICE

    @property
    def marked_title(self) -> str:
        """The title for a text without tags: an office's own period says that it is one."""
        return self._marked(self.title)

    @property
    def marked_heading(self) -> str:
        """The heading for a text without tags, marked as `marked_title` is."""
        return self._marked(self.heading)

    def _marked(self, text: str) -> str:
        return marked(text) if self.is_own_rule else text

    @property
    def is_open(self) -> bool:
        return self.state == DeadlineState.OPEN

    def runs_on(self, day: date) -> bool:
        """Say whether its last day has not passed on `day`; time that does not count yet keeps it running."""
        return self.at_least or self.effective_day >= day

    @property
    def rule_of_law(self) -> PeriodRule | None:
        """The period of law it follows from; None for an office's own one and for one set by hand."""
        return named(self.rulebook).periods.get(self.rule) if self.rulebook else None

    @property
    def of_others(self) -> bool:
        """Whether others owe it or may act in it, so that no duty of the office is late when it is over."""
        rule = self.rule_of_law
        return rule is not None and not rule.owed_by_office

    @property
    def period_over(self) -> bool:
        """Whether a time of others has simply run out."""
        return self.state == DeadlineState.LAPSED and self.of_others

    @property
    def done_on(self) -> date | None:
        """The day of the act that ended it, as corrected, else of its closing by hand; None while it runs.

        What went by post is done on the day it was posted (CPL 85).
        """
        event = self.ended_by or self.closing_event
        if event is not None:
            day, facts = corrected(event)
            return acted_on(facts, day)
        return self.closed_at.astimezone(clock.BEIJING).date() if self.closed_at else None

    @property
    def met_late(self) -> bool:
        """Whether what was owed was done, but after its last day (law 14.2: lapse is logged)."""
        done = self.done_on if self.state == DeadlineState.MET else None
        return done is not None and done > self.effective_day and not self._only_shown_over

    @property
    def _only_shown_over(self) -> bool:
        """Whether its end shows that a time is over, which is seen after the last day and is no late act."""
        if self.kind == DeadlineKind.MINIMUM and not self.backwards:
            return True
        rule, end = self.rule_of_law, self.ended_by
        return rule is not None and end is not None and end.kind in rule.over_with

    @property
    def state_title(self) -> str:
        """The state in words; a time of others has ended, a duty has lapsed."""
        return str(_("Ended")) if self.period_over else self.get_state_display()
