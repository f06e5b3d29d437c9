"""The periods an office sets itself, where the law names none (law 6.1, P-15)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from audit import clock
from audit.language import is_chinese
from cases.models.matter import NOT_BLANK


class OfficeDuty(models.TextChoices):
    """Who of the office has to act."""

    HANDLER = "handler", _("Handler")
    DEPARTMENT_HEAD = "department_head", _("Department head")
    CHIEF = "chief", _("Chief procurator")


class OfficePeriod(models.Model):
    """One internal period of one office, with the regulation of the office it rests on.

    It is never edited: it is ended with a reason and another one entered. `valid_from` and `valid_to` are
    the first and the last day on which an event can start it.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="own_periods")
    number = models.PositiveSmallIntegerField(_("number"))
    title_zh = models.CharField(_("title"), max_length=100)
    title_en = models.CharField(_("title in English"), max_length=100, blank=True)
    basis = models.CharField(_("regulation of the office"), max_length=120)
    # As `deadlines.periods.Period` writes it: P30D, P3M, P1Y or 15WD.
    length = models.CharField(_("length"), max_length=12)
    # Kinds of events.
    start = models.CharField(_("started by"), max_length=60)
    met_by = models.JSONField(_("fulfilled by"), default=list, blank=True)
    cancelled_by = models.JSONField(_("cancelled by"), default=list, blank=True)
    duty = models.CharField(_("whose duty"), max_length=16, choices=OfficeDuty.choices)
    # Days before the last day, the longest first.
    reminders = models.JSONField(_("reminders"), default=list)
    valid_from = models.DateField(_("valid from"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered at"), default=clock.now)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    end_reason = models.CharField(_("reason of the end"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("office's own period")
        verbose_name_plural = _("office's own periods")
        ordering: ClassVar = ["office", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "number"], name="office_period_number_once"),
            models.UniqueConstraint(
                fields=["office", "title_zh"],
                condition=Q(valid_to__isnull=True),
                name="office_period_title_once",
            ),
            models.CheckConstraint(
                condition=Q(title_zh__regex=NOT_BLANK) & Q(basis__regex=NOT_BLANK),
                name="office_period_has_title_and_basis",
            ),
            models.CheckConstraint(
                condition=Q(length__regex=r"^(P[1-9][0-9]*[DMY]|[1-9][0-9]*WD)$"),
                name="office_period_has_a_length",
            ),
            models.CheckConstraint(
                condition=Q(duty__in=OfficeDuty.values), name="office_period_known_duty"
            ),
            models.CheckConstraint(
                condition=Q(
                    valid_to__isnull=True,
                    ended_by__isnull=True,
                    ended_at__isnull=True,
                    end_reason="",
                )
                | Q(
                    valid_to__isnull=False,
                    ended_by__isnull=False,
                    ended_at__isnull=False,
                    end_reason__regex=NOT_BLANK,
                ),
                name="office_period_end_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title_zh}"

    @property
    def code(self) -> str:
        """The number as it is written: N-01 and so on, within the office."""
        return f"N-{self.number:02}"

    @property
    def title(self) -> str:
        """The title in the reader's language; in Chinese where there is no English one."""
        chinese = is_chinese()
        return self.title_zh if chinese or not self.title_en else self.title_en

    @property
    def ended(self) -> bool:
        """Whether no event starts it any more."""
        return self.valid_to is not None and self.valid_to < clock.today()

    @property
    def still_to_begin(self) -> bool:
        """Whether its first day is still to come."""
        return self.valid_from > clock.today()
