"""What this room hands to the case page, the documents, the inbox and the audit record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from administrative import waiting, wording
from administrative.selectors import clocks_of, measures_now, recommendation_of
from audit import vocabulary
from cases.models import Case, Lead
from cases.registries import Panel, contents, inbox, panels

if TYPE_CHECKING:
    from collections.abc import Mapping

    Matter = Lead | Case


def contents_of_recommendation(matter: Matter) -> Mapping[str, str]:
    """Return what D-70 says, from the recommendation that was prepared; nothing where there is none."""
    row = recommendation_of(matter)
    return wording.contents_of(row) if row else {}


def panel_context(matter: Matter, actor: User) -> dict[str, Any]:
    """Return how the measures of a case stand, and the clock that ends next."""
    row = recommendation_of(matter)
    clocks = clocks_of(actor, matter) if isinstance(matter, Case) else []
    return {
        "matter": matter,
        "recommendation": row,
        "measures": measures_now(row),
        "clock": next((clock for clock in clocks if clock.is_open), None),
    }


def register() -> None:
    """Hand the parts to the registries."""
    panels.register(
        "recommendation",
        Panel(
            code="recommendation",
            title=_("Recommendation"),
            template="administrative/case_panel.html",
            context=panel_context,
            order=22,
            of=("administrative",),
        ),
    )
    contents.register("D-70", contents_of_recommendation)
    inbox.register("recommendations_to_follow", waiting.recommendations_to_follow)
    vocabulary.add(
        {
            "recommendation": _("Recommendation"),
            "recommendation.exported": _("Register of recommendations exported"),
            "recommendation_figures": _("Figures of recommendations"),
            "recommendation_figures.exported": _("Figures of recommendations exported"),
            "recommendation.begun": _("Recommendation begun"),
            "recommendation.changed": _("Recommendation changed"),
            "recommendation.measure_added": _("Measure added to the recommendation"),
            "recommendation.measure_changed": _("Measure of the recommendation changed"),
            "recommendation.measure_removed": _("Measure taken out of the recommendation"),
        }
    )
