"""A recommendation as a list of measures, each followed until it is done (Rules 75; law 9)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from administrative.models.body import Body
from audit import clock
from cases.models import Case, Event
from deadlines.periods import Period, Unit


class CaseAuthority(models.Model):
    """The one authority a case is about (Rules 69); written by the filing, never changed."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="authority_of")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="cases")

    class Meta:
        verbose_name = _("authority of a case")
        verbose_name_plural = _("authorities of cases")

    def __str__(self) -> str:
        return f"{self.case}: {self.body}"


class Relation(models.TextChoices):
    """How the addressee stands to the office that recommends (PRR 3)."""

    OWN_LEVEL = "own_level", _("Own level: directly")
    SUPERIOR = "superior", _("Higher level: through the procuratorate of its own level")
    LOWER = "lower", _("Lower level: the lower procuratorate is instructed")
    OTHER_PLACE = "other_place", _("Another place: after consulting the procuratorate there")


class PeriodUnit(models.TextChoices):
    DAYS = "days", _("days")
    MONTHS = "months", _("months")


UNITS = {PeriodUnit.DAYS: Unit.DAY, PeriodUnit.MONTHS: Unit.MONTH}


class Recommendation(models.Model):
    """What an authority is asked to do, prepared before the decision and fixed by it (Rules 75; PRR 3).

    Attributes:
        period, unit: the rectification period from receipt; a recommendation without one cannot be decided.
        urgency: why the written answer is due in 15 days (JI 21); empty where it is not urgent.
        relation_shown: what PRR 3 asks where the addressee is not of the own level: through whom, by which
            instruction, after which consultation.
        decision: the event that decided it; from then on nothing of it changes.
        received_on, rectification_ends: of the running wait, as the receipt says; the event is the truth.
        version: as a person saw it who changes it.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="recommendation")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="recommendations")
    period = models.PositiveSmallIntegerField(_("rectification period"), null=True, blank=True)
    unit = models.CharField(
        _("unit"), max_length=8, choices=PeriodUnit.choices, default=PeriodUnit.MONTHS
    )
    urgency = models.TextField(_("why it is urgent (JI 21)"), max_length=2000, blank=True)
    relation = models.CharField(
        _("level of the addressee (PRR 3)"),
        max_length=12,
        choices=Relation.choices,
        default=Relation.OWN_LEVEL,
    )
    relation_shown = models.TextField(_("what PRR 3 asks for, done"), max_length=2000, blank=True)
    decision = models.OneToOneField(
        Event, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decision__isnull=True) | Q(period__gt=0),
                name="decided_recommendation_names_a_period",
                violation_error_message=_(
                    "A recommendation names its rectification period (Rules 75(7))."
                ),
            ),
            models.CheckConstraint(
                condition=Q(period__isnull=True) | Q(period__range=(1, 365)),
                name="rectification_period_at_most_a_year",
                violation_error_message=_("A rectification period is at most a year."),
            ),
            models.CheckConstraint(
                condition=Q(relation="own_level") | Q(relation_shown__regex=r"\S"),
                name="other_level_shows_its_way",
                violation_error_message=_(
                    "Where the addressee is not of the own level, say how PRR 3 was followed."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} → {self.body}"

    @property
    def urgent(self) -> bool:
        """Whether the written answer is due in 15 days (JI 21)."""
        return bool(self.urgency.strip())

    @property
    def decided(self) -> bool:
        """Whether it is decided, so that nothing of it changes any more."""
        return self.decision_id is not None

    @property
    def length(self) -> Period | None:
        """The rectification period, None while none is named."""
        return Period(self.period, UNITS[PeriodUnit(self.unit)]) if self.period else None


class Measure(models.Model):
    """One thing the authority is asked to do, with what will prove that it did it.

    Attributes:
        retest_on: the day on which it is looked at again, moved on by each assessment.
    """

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="measures"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("what is asked"), max_length=2000)
    basis = models.CharField(_("duty it rests on"), max_length=300)
    expected_proof = models.TextField(_("proof that is expected"), max_length=1000)
    retest_on = models.DateField(_("to be tested again on"), null=True, blank=True)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering: ClassVar = ["recommendation", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["recommendation", "number"],
                name="measure_number_once",
                violation_error_message=_("This number is another measure's."),
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0),
                name="measure_number_counts",
                violation_error_message=_("Measures are counted from 1."),
            ),
            models.CheckConstraint(
                condition=Q(text__regex=r"\S")
                & Q(basis__regex=r"\S")
                & Q(expected_proof__regex=r"\S"),
                name="measure_says_what_why_and_how_proven",
                violation_error_message=_(
                    "Say what is to be done, which duty it rests on, and what will prove it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"
