"""Numbers of documents: how they look, how they count, and every one that was ever given (law 7.1)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from audit import clock
from notices.models.document import Document


class NumberPattern(models.Model):
    """How one office numbers one type of document, where it differs from the catalogue."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("document type"), max_length=8)
    track = models.CharField(_("track"), max_length=10)
    type = models.CharField(_("type"), max_length=10)
    template = models.CharField(_("pattern"), max_length=80)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("number pattern")
        verbose_name_plural = _("number patterns")
        ordering: ClassVar = ["office", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "code"], name="one_number_pattern_per_type"),
            models.CheckConstraint(
                condition=Q(template__contains="{n}") & Q(template__contains="{yyyy}"),
                name="number_pattern_counts_by_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.template}"


class NumberCounter(models.Model):
    """The last number of one 字号 in one office and year; its row is the lock of the series."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    word = models.CharField(_("word of the number"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    start = models.PositiveIntegerField(_("first number"), default=1)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("number counter")
        verbose_name_plural = _("number counters")
        ordering: ClassVar = ["office", "word", "year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "word", "year"], name="one_number_counter"),
            models.CheckConstraint(
                condition=Q(start__gte=1) & Q(last__gte=F("start") - 1),
                name="number_counter_not_below_its_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word} {self.year}: {self.last}"


class NumberState(models.TextChoices):
    GIVEN = "given", _("Given")
    VOID = "void", _("Void")


class NumberOrigin(models.TextChoices):
    ISSUED = "issued", _("Given at issue")
    REGISTERED = "registered", _("Registered with its document")
    UNUSED = "unused", _("Entered as void")


class NumberRegister(models.Model):
    """Every number an office ever gave; a number stays taken for good, also when it is void."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    word = models.CharField(_("word of the number"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    sequence = models.PositiveIntegerField(_("number"))
    text = models.CharField(_("full number"), max_length=80)
    state = models.CharField(
        _("state"), max_length=8, choices=NumberState.choices, default=NumberState.GIVEN
    )
    origin = models.CharField(_("origin"), max_length=12, choices=NumberOrigin.choices)
    document = models.OneToOneField(
        Document, null=True, on_delete=models.PROTECT, related_name="register_entry"
    )
    given_at = models.DateTimeField(_("given at"), default=clock.now)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    voided_at = models.DateTimeField(_("voided at"), null=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    void_reason = models.CharField(_("why void"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("number given")
        verbose_name_plural = _("numbers given")
        ordering: ClassVar = ["-year", "word", "-sequence"]
        indexes: ClassVar = [models.Index(fields=["office", "-id"], name="number_office_latest")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "word", "year", "sequence"], name="number_given_once"
            ),
            models.UniqueConstraint(fields=["office", "text"], name="number_text_given_once"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="number_counts_from_one"),
            models.CheckConstraint(
                condition=Q(state="given") | (~Q(void_reason="") & Q(voided_at__isnull=False)),
                name="void_number_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="void") | Q(document__isnull=False),
                name="given_number_has_its_document",
            ),
        ]

    def __str__(self) -> str:
        return self.text
