"""Who beside a procuratorate may bring the suit: a list an office keeps up to date (CPL 58; PIPL 70)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from audit import clock
from cases.models.matter import NOT_BLANK


class SubjectKind(models.TextChoices):
    """The two kinds law 2.1 names (PIPL 70)."""

    CONSUMER = "consumer", _("Consumer organisation prescribed by law")
    DESIGNATED = "designated", _("Organisation determined by the national cyberspace authority")


class EligibleSubject(models.Model):
    """A body that may bring such a suit, with the source and the day on which the source was looked at.

    No published list of the organisations the cyberspace authority determined was found; what is not
    compared with an official text is shown as not verified.
    """

    name = models.CharField(
        _("name"),
        max_length=200,
        unique=True,
        error_messages={"unique": _("The list has a body of this name already. Correct that row.")},
    )
    kind = models.CharField(_("kind"), max_length=12, choices=SubjectKind.choices)
    area = models.CharField(_("area"), max_length=100, blank=True)
    source = models.CharField(_("source"), max_length=200)
    as_of = models.DateField(_("source looked at on"), default=clock.today)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    verified = models.BooleanField(_("verified"), default=False)

    class Meta:
        verbose_name = _("eligible subject")
        verbose_name_plural = _("eligible subjects")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(name__regex=NOT_BLANK) & Q(source__regex=NOT_BLANK),
                name="eligible_subject_names_its_source",
                violation_error_message=_("Name the body and the source of what is entered."),
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__lte=F("as_of")),
                name="eligible_subject_ended_by_its_source",
                violation_error_message=_(
                    "A body has ended at the latest on the day on which the source was looked at."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


def subjects_in_force() -> QuerySet[EligibleSubject]:
    """Return the bodies of the list that may bring the suit today (CPL 58; PIPL 70)."""
    open_ended = Q(last_day__isnull=True) | Q(last_day__gte=clock.today())
    return EligibleSubject.objects.filter(open_ended)
