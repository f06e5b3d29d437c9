"""The reminders of deadlines and what people are told: rows, never timers in a broker (safety 3.7)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit import clock
from deadlines.models.deadline import Deadline


class Channel(models.TextChoices):
    IN_APP = "in_app", _("In the application")
    EMAIL = "email", _("E-mail")
    DIGEST = "digest", _("Daily digest")


# Both reach the same mailbox; who wants one does not get the other.
BY_MAIL = (Channel.EMAIL, Channel.DIGEST)
# From when on a reminder counts as late: sweeps come every few seconds, and a worker may be busy.
LATE_AFTER = timedelta(minutes=30)


class ReminderState(models.TextChoices):
    PENDING = "pending", pgettext_lazy("reminder", "Pending")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    SUPERSEDED = "superseded", _("Superseded")
    DEAD = "dead", _("Given up")


class Delivery(models.Model):
    """Something that is to reach somebody once: where it stands, and what became of each attempt."""

    state = models.CharField(
        max_length=12, choices=ReminderState.choices, default=ReminderState.PENDING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class Reminder(Delivery):
    """One reminder of one deadline to one person through one channel.

    `offset` is in days before the last day. `for_day` is the last day it reminds of: when a
    deadline moves, its pending rows are superseded and rows for the new day take their place.
    `for_whom` is set where somebody stands in: for an absent holder, or acting in the role of a leader.
    An escalation tells the chief procurator that a duty is late; its offset is negative.
    """

    # `reminder_once` begins with it; nothing looks reminders up by `for_whom`.
    deadline = models.ForeignKey(
        Deadline, on_delete=models.PROTECT, related_name="reminders", db_index=False
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    for_whom = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("in the place of"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    escalation = models.BooleanField(_("escalation"), default=False)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    offset = models.SmallIntegerField(_("days before"))
    for_day = models.DateField(_("last day it reminds of"))
    due_at = models.DateTimeField(_("due at"))
    made_at = models.DateTimeField(_("made at"), default=clock.now)
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
                condition=Q(escalation=False, offset__gte=0) | Q(escalation=True, offset__lt=0),
                name="only_an_escalation_comes_after_the_last_day",
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

    @property
    def is_late(self) -> bool:
        """Whether it reached its reader clearly after it was due, as when no worker ran."""
        return self.sent_at is not None and self.is_late_at(self.sent_at)

    def is_late_at(self, moment: datetime) -> bool:
        """Say whether it is late when it goes out at `moment`; what was made late was due when made."""
        return moment - max(self.due_at, self.made_at) > LATE_AFTER


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
    ESCALATED = "escalated", _("A late duty of the office")
    GIVEN_UP = "given_up", _("A reminder could not be delivered")
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
