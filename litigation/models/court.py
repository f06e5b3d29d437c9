"""Courts and what they hear: a table an office may complete (law 3.3 point 7, 14.1)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import ENDS_TOO_EARLY, OfficeLevel
from cases.models.matter import NOT_BLANK


class CourtLevel(models.TextChoices):
    """The levels of the people's courts."""

    BASIC = "basic", _("Basic court")
    INTERMEDIATE = "intermediate", _("Intermediate court")
    HIGH = "high", _("High court")
    SUPREME = "supreme", _("Supreme court")


# Which procuratorate sues before which level (JI 5; Rules 14-16); an internet court is a basic court.
LEVELS = {
    OfficeLevel.GRASSROOTS: CourtLevel.BASIC,
    OfficeLevel.CITY: CourtLevel.INTERMEDIATE,
    OfficeLevel.PROVINCIAL: CourtLevel.HIGH,
    OfficeLevel.SUPREME: CourtLevel.SUPREME,
}


class Court(models.Model):
    """A court and from when to when it hears civil public-interest cases of personal information.

    A public-interest suit goes to an intermediate court (JI 5; CPLI 283); an internet court is a basic
    court that heard such suits. What is not compared with an official text is shown as not verified.
    """

    name = models.CharField(
        _("name"),
        max_length=100,
        unique=True,
        error_messages={
            "unique": _("The table has a court of this name already. Correct that row.")
        },
    )
    level = models.CharField(_("level"), max_length=12, choices=CourtLevel.choices)
    internet = models.BooleanField(_("internet court"), default=False)
    area = models.CharField(_("area"), max_length=100, blank=True)
    hears_from = models.DateField(_("hears public-interest suits from"), null=True, blank=True)
    hears_to = models.DateField(_("hears public-interest suits to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    verified = models.BooleanField(_("verified"), default=False)

    class Meta:
        verbose_name = _("court")
        verbose_name_plural = _("courts")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(hears_to__isnull=True) | Q(hears_to__gte=F("hears_from")),
                name="court_hears_forwards",
                violation_error_message=ENDS_TOO_EARLY,
            ),
            models.CheckConstraint(
                condition=Q(hears_to__isnull=True) | Q(hears_from__isnull=False),
                name="court_begins_before_it_ends",
                violation_error_message=_(
                    "A last day needs a first day. Enter since when it hears."
                ),
            ),
            models.CheckConstraint(
                condition=Q(name__regex=NOT_BLANK) & Q(source__regex=NOT_BLANK),
                name="court_names_its_source",
                violation_error_message=_("Name the court and the source of what is entered."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def hears_on(self, day: date) -> bool:
        """Say whether such suits could be brought here on `day`."""
        if self.hears_from is None or day < self.hears_from:
            return False
        return self.hears_to is None or day <= self.hears_to
