"""The recommendation of a case, its paper and the day the authority got it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.reading import once
from administrative.models import Measure, Recommendation
from audit.errors import NotVisible
from cases.models import Case, Lead
from cases.selectors.matters import cases_visible_to
from notices import selectors as documents
from notices.models import Document
from notices.models.service import Outcome, Result

if TYPE_CHECKING:
    Matter = Lead | Case

PAPER = "D-70"


def recommendation_of(matter: Matter | None) -> Recommendation | None:
    """Return the recommendation prepared or decided in a case; None where there is none."""
    if not isinstance(matter, Case):
        return None

    def ask() -> Recommendation | None:
        rows = Recommendation.objects.select_related("body", "case", "decision")
        return rows.filter(case=matter).prefetch_related("measures").first()

    return once(("recommendation", matter.pk), ask)


def recommendations_visible_to(actor: User) -> QuerySet[Recommendation]:
    """Return the recommendations of the cases `actor` may see, the newest first."""
    rows = Recommendation.objects.filter(case__in=cases_visible_to(actor))
    return rows.select_related("case__office", "body", "decision").order_by("-id")


def paper_of(case: Case) -> Document | None:
    """Return the recommendation as a document that stands, the newest."""
    return documents.standing(case, PAPER).order_by("-id").first()


def served_on(case: Case) -> date | None:
    """Return the day the authority received the recommendation; None before, for no clock starts (C104)."""

    def ask() -> date | None:
        rows = Outcome.objects.filter(
            service__document__case=case,
            service__document__code=PAPER,
            result=Result.SERVED,
            event__annulled_by__isnull=True,
        )
        first = rows.select_related("event").order_by("id").first()
        return first.standing_day if first else None

    return once(("recommendation served", case.pk), ask)


def filtered(rows: QuerySet[Recommendation], chosen: dict[str, Any]) -> QuerySet[Recommendation]:
    """Narrow a list of recommendations; what is empty narrows nothing."""
    if key := chosen.get("case"):
        rows = rows.filter(case__key=key)
    if body := chosen.get("body"):
        rows = rows.filter(body=body)
    if decided := chosen.get("decided"):
        rows = rows.filter(decision__isnull=decided != "true")
    if urgent := chosen.get("urgent"):
        says = Q(urgency__regex=r"\S")
        rows = rows.filter(says if urgent == "true" else ~says)
    return rows


def get_recommendation(actor: User, pk: int) -> Recommendation:
    """Return one recommendation.

    Raises:
        NotVisible: there is none for this actor.
    """
    row = recommendations_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotVisible(_("There is no such recommendation."))
    return row


def get_measure(row: Recommendation, pk: int) -> Measure:
    """Return one measure of a recommendation.

    Raises:
        NotVisible: it has none of this key.
    """
    found = row.measures.filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("There is no such measure."))
    return found
