"""What the office found of a measure: done, partly, not, or on paper only (Rules 77, 82)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from administrative.models.recommendation import Measure
from cases.models import Event


class AssessmentResult(models.TextChoices):
    """What was found; only the first and the last are final."""

    DONE = "done", _("Done")
    PARTLY = "partly", _("Partly done")
    NOT_DONE = "not_done", _("Not done")
    PAPER_ONLY = "paper_only", _("On paper only")
    FALLEN_AWAY = "fallen_away", _("Fallen away: nothing is left to be done")


FINAL_RESULTS = (AssessmentResult.DONE, AssessmentResult.FALLEN_AWAY)


class Assessment(models.Model):
    """One look at one measure; the last one that stands says how the measure is.

    Attributes:
        proofs: how many files prove what was found.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="assessments")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="measure_assessment")
    result = models.CharField(_("result"), max_length=12, choices=AssessmentResult.choices)
    findings = models.TextField(_("what was found"), max_length=5000)
    next_test_on = models.DateField(_("to be tested again on"), null=True, blank=True)

    class Meta:
        verbose_name = _("assessment of a measure")
        verbose_name_plural = _("assessments of measures")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(findings__regex=r"\S"), name="assessment_of_measure_explained"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.get_result_display()}"

    @property
    def final(self) -> bool:
        """Whether nothing more is asked of the authority."""
        return self.result in FINAL_RESULTS
