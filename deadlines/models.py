"""Deadlines of leads and cases, the reminders of them and what people are told.

A statutory deadline is a function of events, rulebook and calendar (design 4); its row keeps the
result with the derivation. Reminders are rows, never timers in a broker (safety 3.7).
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from audit import clock
from cases.models import Event
from cases.models.work import OfMatter, one_matter
from deadlines.rulebook import Lapse, named


class DeadlineState(models.TextChoices):
    """Where a deadline stands."""

    OPEN = "open", _("Running")
    MET = "met", pgettext_lazy("deadline", "Met")
    LAPSED = "lapsed", _("Lapsed")
    CANCELLED = "cancelled", _("Cancelled")
    SUPERSEDED = "superseded", _("Superseded")


class DeadlineKind(models.TextChoices):
    """How it binds (law 6.1, column "Kind"); MANUAL is set by a person, not by law."""

    MANDATORY = "mandatory", _("Mandatory period")
    MINIMUM = "minimum", _("At least")
    MAXIMUM = "maximum", _("At most")
    INTERNAL = "internal", _("Duty of the office")
    MANUAL = "manual", _("Set by hand")


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
    state = models.CharField(
        _("state"), max_length=12, choices=DeadlineState.choices, default=DeadlineState.OPEN
    )
    ended_by = models.ForeignKey(
        Event, null=True, on_delete=models.PROTECT, related_name="deadlines_ended"
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
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), default=clock.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closing_note = models.CharField(_("closing note"), max_length=500, blank=True)

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
        ]

    def __str__(self) -> str:
        return f"{self.rule or 'manual'} {self.effective_day}"

    @property
    def title(self) -> str:
        """The title in the reader's language; a manual one as it was written."""
        chinese = (get_language() or "").startswith("zh")
        return self.title_zh if chinese or not self.title_en else self.title_en

    @property
    def heading(self) -> str:
        """The title, and whose clock it is; not for e-mails, which name nobody."""
        return f"{self.title} · {self.about}" if self.about else self.title

    @property
    def is_open(self) -> bool:
        return self.state == DeadlineState.OPEN

    @property
    def period_over(self) -> bool:
        """Whether a time in which others could act has simply run out: no duty is late."""
        rule = named(self.rulebook).periods.get(self.rule) if self.rulebook else None
        over = rule is not None and rule.lapse is Lapse.PERIOD_OVER
        return over and self.state == DeadlineState.LAPSED

    @property
    def state_title(self) -> str:
        """The state in words; a time of others has ended, a duty has lapsed."""
        return str(_("Ended")) if self.period_over else self.get_state_display()

    @property
    def days_left(self) -> int:
        """Calendar days from today to the last day; negative when it has passed."""
        return (self.effective_day - clock.today()).days


class Channel(models.TextChoices):
    IN_APP = "in_app", _("In the application")
    EMAIL = "email", _("E-mail")


class ReminderState(models.TextChoices):
    PENDING = "pending", pgettext_lazy("reminder", "Pending")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    SUPERSEDED = "superseded", _("Superseded")
    DEAD = "dead", _("Given up")


class Reminder(models.Model):
    """One reminder of one deadline to one person through one channel.

    `offset` is in days before the last day. `for_day` is the last day it reminds of: when a
    deadline moves, its pending rows are superseded and rows for the new day take their place.
    """

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="reminders")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    channel = models.CharField(max_length=8, choices=Channel.choices)
    offset = models.SmallIntegerField(_("days before"))
    for_day = models.DateField(_("last day it reminds of"))
    due_at = models.DateTimeField(_("due at"))
    state = models.CharField(
        max_length=12, choices=ReminderState.choices, default=ReminderState.PENDING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    # The same for every attempt, so that a repeated e-mail is recognised (RFC 5322, Message-ID).
    message_id = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering: ClassVar = ["due_at", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["channel", "next_try_at"],
                condition=Q(state="pending"),
                name="reminder_pending_due",
            ),
            models.Index(
                fields=["lease_until"], condition=Q(state="sending"), name="reminder_leased"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["deadline", "recipient", "offset", "channel", "for_day"],
                name="reminder_once",
            ),
            models.UniqueConstraint(
                fields=["message_id"], condition=~Q(message_id=""), name="message_id_once"
            ),
            models.CheckConstraint(
                condition=~Q(channel="email") | ~Q(message_id=""), name="email_has_a_message_id"
            ),
            models.CheckConstraint(
                condition=Q(state="sending", lease_until__isnull=False)
                | (~Q(state="sending") & Q(lease_until__isnull=True)),
                name="only_a_sending_reminder_is_leased",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="sent_reminder_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline} → {self.recipient} ({self.channel})"


class ReminderAttempt(models.Model):
    """One try to send an e-mail, committed before the server is called."""

    reminder = models.ForeignKey(Reminder, on_delete=models.PROTECT, related_name="tries")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("attempt to send")
        verbose_name_plural = _("attempts to send")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reminder", "number"], name="attempt_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.reminder_id} #{self.number}"


class NotificationKind(models.TextChoices):
    REMINDER = "reminder", _("Reminder of a deadline")
    PERIOD_OVER = "period_over", _("A period has ended")
    LAPSED = "lapsed", _("A deadline has lapsed")
    UNDELIVERABLE = "undeliverable", _("An e-mail could not be delivered")


class Notification(models.Model):
    """What one person is told inside the application; its sentence is made when it is read."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notifications"
    )
    kind = models.CharField(max_length=16, choices=NotificationKind.choices)
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="notifications")
    reminder = models.ForeignKey(
        Reminder, null=True, on_delete=models.PROTECT, related_name="notifications"
    )
    for_day = models.DateField(_("last day"))
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["recipient", "-id"], name="notification_of_recipient"),
            models.Index(
                fields=["recipient"],
                condition=Q(read_at__isnull=True),
                name="notification_unread",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reminder", "recipient"], name="notification_once_per_reminder"
            ),
            models.UniqueConstraint(
                fields=["deadline", "recipient", "kind", "for_day"],
                condition=Q(reminder__isnull=True),
                name="notification_once_per_lapse",
            ),
            models.CheckConstraint(
                condition=~Q(kind="reminder") | Q(reminder__isnull=False),
                name="reminding_notification_has_its_reminder",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.kind} {self.for_day}"


class CalendarNotice(models.Model):
    """The official notice of one year as it was published in the application; the latest edition stands.

    Rows are added and never changed. `days` holds [day, "off" or "work", name, name in English].
    """

    year = models.PositiveSmallIntegerField(_("year"))
    edition = models.PositiveSmallIntegerField(_("edition"))
    source = models.CharField(_("official notice"), max_length=200)
    source_en = models.CharField(_("official notice in English"), max_length=200)
    days = models.JSONField(_("days"))
    sha256 = models.CharField(max_length=64)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), default=clock.now)

    class Meta:
        verbose_name = _("notice of a year")
        verbose_name_plural = _("notices of years")
        ordering: ClassVar = ["year", "edition"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year", "edition"],
                name="notice_edition_once",
                violation_error_message=_("Somebody else published this year just now."),
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="notice_names_its_source",
                violation_error_message=_("Name the official notice."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.edition}"
