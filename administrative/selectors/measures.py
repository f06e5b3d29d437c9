"""How each measure of a recommendation stands: answered, assessed, final (law 9; Rules 77, 82)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from accounts.reading import once
from administrative.models import Answer, Assessment, Measure, Recommendation


@dataclass(frozen=True)
class MeasureNow:
    """One measure with what was answered and found so far, oldest first."""

    measure: Measure
    answers: Sequence[Answer]
    assessments: Sequence[Assessment]

    @property
    def last(self) -> Assessment | None:
        """The assessment that counts: the last one that stands."""
        return self.assessments[-1] if self.assessments else None

    @property
    def final(self) -> bool:
        """Whether nothing more is asked of the authority."""
        return self.last is not None and self.last.final

    @property
    def tone(self) -> str:
        """The colour of its state on a page."""
        return tone_of(self.last) if self.last else "plain"


def tone_of(assessment: Assessment) -> str:
    """Return the colour of a result on a page."""
    return {"done": "ok", "fallen_away": "plain", "partly": "warn"}.get(assessment.result, "bad")


def measures_now(row: Recommendation | None) -> list[MeasureNow]:
    """Return the measures of a recommendation with their answers and standing assessments, in order.

    Half a dozen guards ask for them; while only reading, the database is asked once.
    """
    if row is None:
        return []
    return once(("measures", row.pk), lambda: _told(row))


def _told(row: Recommendation) -> list[MeasureNow]:
    standing = Assessment.objects.filter(event__annulled_by__isnull=True).order_by("id")
    answers = Answer.objects.filter(reply__event__annulled_by__isnull=True).order_by("id")
    rows = row.measures.prefetch_related(
        Prefetch("assessments", standing.select_related("event__recorded_by")),
        Prefetch("answers", answers.select_related("reply__event")),
    )
    return [
        MeasureNow(item, list(item.answers.all()), list(item.assessments.all())) for item in rows
    ]


def open_measures(row: Recommendation | None) -> list[Measure]:
    """Return the measures that are not final."""
    return [now.measure for now in measures_now(row) if not now.final]


def unassessed(row: Recommendation | None) -> list[Measure]:
    """Return the measures nobody has looked at yet."""
    return [now.measure for now in measures_now(row) if now.last is None]
