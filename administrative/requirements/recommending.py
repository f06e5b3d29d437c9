"""The recommendation, its service and its record (A-5, A-6, S81; Rules 75-76; PRR 3)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from administrative import wording
from administrative.bodies import level
from administrative.models import Relation
from administrative.selectors import paper_of, recommendation_of, served_on
from audit.errors import Verdict
from cases.guards import TEAM_CURES, day_of, either, guard, proven
from cases.models import Case
from notices.slots import making_address


def _page(matter: Case) -> str:
    return reverse("recommendation_prepare", args=[matter.key])


@guard(
    "建议分项列明",
    "The recommendation lists its measures",
    "Rules 75(6)",
    reads="Recommendation, Measure",
)
def recommendation_has_measures(matter: Case, facts: dict[str, Any]) -> Verdict:
    """It is a list of things to do, each with its duty and the proof that is expected."""
    row = recommendation_of(matter)
    count = row.measures.count() if row else 0
    return either(
        count > 0,
        _("%(count)s measures.") % {"count": count},
        _("Prepare the recommendation: no measure is entered."),
        _page(matter),
    )


@guard(
    "载明整改期限",
    "It names its rectification period",
    "Rules 75(7)",
    reads="Recommendation.period, Recommendation.unit",
)
def recommendation_names_a_period(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Without a period the recommendation cannot be issued (Rules 75(7); law 14.2; norm C101)."""
    row = recommendation_of(matter)
    named = row is not None and row.length is not None
    return either(
        named,
        wording.length_in_words(row) if row and named else "",
        _("Name the rectification period: from its end the review runs (Rules 75(7), 47)."),
        _page(matter),
    )


@guard(
    "被建议单位的层级和地域",
    "Level and place of the addressee",
    "PRR 3",
    reads="Recommendation.relation, Recommendation.relation_shown, Body.level, Body.region, Office.level, "
    "Office.region_code",
)
def level_of_the_addressee(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Own level directly; higher, lower or elsewhere in the way PRR 3 asks, and that is shown (norm C110)."""
    row = recommendation_of(matter)
    if row is None:
        return Verdict(False, _("Prepare the recommendation first."), _page(matter))
    fault = level.unfit(matter.office, row.body, row.relation)
    fault = fault or level.unshown(row.relation, row.relation_shown)
    said = f"{Relation(row.relation).label} {row.relation_shown[:150]}".strip()
    return either(not fault, said, fault, _page(matter))


@guard(
    "检察建议书已送达",
    "The recommendation is served",
    "Rules 76; JI 21",
    reads="Document D-70, Service, Outcome",
    cure=TEAM_CURES,
)
def recommendation_is_served(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Nothing runs without the receipt, or the leave-in with its photograph (Rules 76; norms C103, C104)."""
    day = served_on(matter)
    if day is not None:
        return Verdict(True, _("Served on %(day)s.") % {"day": day.isoformat()})
    paper = paper_of(matter)
    link = paper.get_absolute_url() if paper else making_address(matter, "D-70")
    return Verdict(
        False,
        _(
            "The recommendation is not served. Its periods run from the receipt, not from the issue."
        ),
        link,
    )


@guard(
    "收到日即送达日",
    "The day is that of the service",
    "JI 21",
    reads="facts, Outcome",
    cure=TEAM_CURES,
)
def day_of_receipt_is_that_of_service(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The clock starts on the day the receipt shows."""
    day = served_on(matter)
    if day is None:
        return Verdict(True, _("Judged once the recommendation is served."), warning=True)
    return either(
        day_of(facts) == day,
        _("The receipt shows this day."),
        _("The receipt shows %(day)s. Enter that day, or correct the service.")
        % {"day": day.isoformat()},
    )


@guard(
    "文书与建议一致",
    "The paper says what was decided",
    "Rules 75(6)-(7)",
    reads="Document D-70, Recommendation, Measure",
    cure=TEAM_CURES,
)
def paper_says_the_recommendation(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The period and every measure that were decided stand in the paper the authority got."""
    row, paper = recommendation_of(matter), paper_of(matter)
    if row is None or paper is None:
        return Verdict(True, _("Judged once there is the paper."), warning=True)
    if paper.uploaded:
        return Verdict(
            True, _("The paper was uploaded: compare period and measures yourself."), warning=True
        )
    missing = wording.missing_in(row, paper.values)
    return either(
        not missing,
        _("Period and measures stand in the paper."),
        _("The paper does not say: %(items)s.") % {"items": "；".join(missing)},
        paper.get_absolute_url(),
    )


@guard(
    "备案凭证", "The record is shown", "Rules 75, 78", reads="facts, Attachment", cure=TEAM_CURES
)
def record_is_shown(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The next-higher office has given its receipt."""
    return proven(facts, _("Upload the receipt of the next-higher office."))
