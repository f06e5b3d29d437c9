"""The register of papers in and out. Nothing in it is deleted or edited.

A registered paper is only linked to a matter, made an event of it, and closed with a reason, each once; the
database refuses anything else (migration 0002).
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Office
from audit import clock
from audit.words import pairs_index
from cases.initials import InitialsField
from cases.models import Case, Event, Lead
from cases.registries import StoredFile


class Direction(models.TextChoices):
    """Which way a paper went (law 10)."""

    IN = "in", pgettext_lazy("paper", "In")
    OUT = "out", pgettext_lazy("paper", "Out")


# What the number of a paper begins with: 收文 and 发文 are counted apart.
MARKS = {Direction.IN: "收", Direction.OUT: "发"}


class Medium(models.TextChoices):
    """How a paper travelled (law 7.3; CPL 87-95)."""

    HAND = "hand", _("Handed over")
    POST = "post", _("Post")
    EMS = "ems", _("Special express mail (EMS)")
    CONFIDENTIAL = "confidential", _("Confidential courier")
    PLATFORM = "platform", _("Online platform")
    EMAIL = "email", pgettext_lazy("paper", "E-mail")
    FAX = "fax", _("Fax")
    INTERNAL = "internal", _("Within the office")
    OTHER = "other", _("Other")


class Standing(models.TextChoices):
    """How far a paper is; follows from what was done with it."""

    WAITING = "waiting", _("To be linked")
    LINKED = "linked", _("Linked")
    EVENT = "event", _("Became an event")
    CLOSED = "closed", pgettext_lazy("paper", "Closed")


TONES = {
    Standing.WAITING: "warn",
    Standing.LINKED: "info",
    Standing.EVENT: "ok",
    Standing.CLOSED: "plain",
}


# What a paper is found by.
PAPER_WORDS = ("subject", "correspondent", "number", "their_number", "initials")


class Paper(models.Model):
    """A paper that came in or went out.

    `day` is the day on which it arrived or was sent. Of a paper that came in, `received_at` says the time on
    that day too, because periods of days start with it (law 7.3).
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="papers")
    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    serial = models.PositiveIntegerField(_("serial"))
    number = models.CharField(_("number in the register"), max_length=20)
    medium = models.CharField(_("medium"), max_length=12, choices=Medium.choices)
    correspondent = models.CharField(_("sender or addressee"), max_length=200)
    subject = models.CharField(_("subject"), max_length=300)
    initials = InitialsField(_("initials"), of=("correspondent", "subject"))
    their_number = models.CharField(_("number of the paper itself"), max_length=100, blank=True)
    day = models.DateField(_("arrived or sent on"))
    received_at = models.DateTimeField(_("received at"), null=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField(_("registered at"), default=clock.now)
    lead = models.ForeignKey(Lead, null=True, on_delete=models.PROTECT, related_name="papers")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="papers")
    event = models.OneToOneField(
        Event, null=True, on_delete=models.PROTECT, related_name="paper", verbose_name=_("event")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_reason = models.CharField(_("why closed"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["office", "-id"], name="paper_office_latest"),
            models.Index(
                fields=["office", "id"],
                condition=Q(lead__isnull=True, case__isnull=True, closed_at__isnull=True),
                name="paper_waits_for_its_matter",
            ),
            pairs_index(*PAPER_WORDS, name="paper_words"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "direction", "year", "serial"], name="paper_number_once"
            ),
            models.CheckConstraint(condition=Q(serial__gte=1), name="paper_numbered_from_one"),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="paper_goes_in_or_out"
            ),
            models.CheckConstraint(condition=Q(medium__in=Medium.values), name="paper_by_a_medium"),
            models.CheckConstraint(
                condition=~Q(correspondent="") & ~Q(subject=""), name="paper_says_whose_and_what"
            ),
            models.CheckConstraint(
                condition=Q(direction=Direction.IN, received_at__isnull=False)
                | Q(direction=Direction.OUT, received_at__isnull=True),
                name="paper_in_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(lead__isnull=True) | Q(case__isnull=True),
                name="paper_of_at_most_one_matter",
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=True) | Q(lead__isnull=False) | Q(case__isnull=False),
                name="paper_becomes_an_event_of_its_matter",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, closed_reason="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(closed_reason="")),
                name="paper_closed_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("paper_detail", args=[self.pk])

    @property
    def matter(self) -> Lead | Case | None:
        """The lead or case it belongs to, None while nobody has said."""
        return self.case or self.lead

    @property
    def came_in(self) -> bool:
        return self.direction == Direction.IN

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def standing(self) -> Standing:
        if self.is_closed:
            return Standing.CLOSED
        if self.event_id is not None:
            return Standing.EVENT
        return Standing.LINKED if self.matter else Standing.WAITING

    @property
    def tone(self) -> str:
        """The tone in which lists show how far it is."""
        return TONES[self.standing]


class PaperFile(models.Model):
    """One file of a paper in the write-once store; only ever added with its paper."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(_("media type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = _("file of a paper")
        verbose_name_plural = _("files of papers")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(size__gt=0), name="paper_file_not_empty"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="paper_file_sha256_form"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stored(self) -> StoredFile:
        """The file as the proof of an event."""
        return StoredFile(self.name, self.media_type, self.size, self.sha256)
