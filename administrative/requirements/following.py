"""Reply, assessment, follow-up, suspension, escalation (A-6-2 to A-8; Rules 77-79, 45; JI 21)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from administrative.grounds import EscalatedTo
from administrative.models import AssessmentResult, Measure
from administrative.selectors import (
    open_measures,
    recommendation_of,
    rectification_end,
    reply_clock,
    served_on,
    unassessed,
)
from audit.errors import Verdict
from cases.guards import TEAM_CURES, day_of, either, guard, named, proven, stated
from cases.models import Case
from cases.selectors.events import latest
from deadlines.models.deadline import RUNNING

# A result that says something was done, or is not asked any more, has to be shown.
SHOWN = (AssessmentResult.DONE, AssessmentResult.PARTLY, AssessmentResult.FALLEN_AWAY)


def _names(measures: list[Measure]) -> str:
    return "；".join(str(measure) for measure in measures)


@guard("回复函已存", "The reply is stored", "JI 21", reads="facts, Attachment", cure=TEAM_CURES)
def reply_is_stored(matter: Case, facts: dict[str, Any]) -> Verdict:
    """An answer is in writing (JI 21), and its letter is kept."""
    return proven(facts, _("Upload the written reply."))


@guard(
    "回复在送达之后",
    "The reply comes after the service",
    "JI 21",
    reads="facts, Outcome",
    cure=TEAM_CURES,
)
def reply_after_the_service(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Nobody answers a recommendation before having it."""
    day = served_on(matter)
    if day is None:
        return Verdict(
            False, _("The recommendation is not served: there is nothing to answer yet.")
        )
    return either(
        day_of(facts) >= day,
        _("The recommendation was served on %(day)s.") % {"day": day.isoformat()},
        _(
            "The recommendation was served on %(day)s; a reply cannot be older. Check the day it came."
        )
        % {"day": day.isoformat()},
    )


@guard(
    "本案整改措施", "A measure of this case", "Rules 75(6)", reads="facts, Measure", cure=TEAM_CURES
)
def measure_of_this_case(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The measure belongs to the recommendation of this case."""
    row = recommendation_of(matter)
    found = named(row.measures.all(), facts.get("measure")) if row else None
    return either(found is not None, str(found), _("Choose a measure of this recommendation."))


@guard(
    "评估有依据",
    "The assessment rests on proof",
    "Rules 77",
    reads="facts, Attachment",
    cure=TEAM_CURES,
)
def assessment_rests_on_proof(matter: Case, facts: dict[str, Any]) -> Verdict:
    """What was done, in whole or in part, is shown by a file; what was not is told in words."""
    if facts.get("result") not in AssessmentResult.values:
        return Verdict(False, _("Choose the result."))
    if facts["result"] in SHOWN:
        return proven(
            facts, _("Upload what shows it: a photograph, a test, a record of the visit.")
        )
    return stated(facts, "findings", _("Say what was found."))


@guard(
    "已回复或者期限届满",
    "Answered, or the time is over",
    "JI 21; Rules 77",
    reads="Event authority_replied, Deadline P-53, P-54",
)
def replied_or_time_is_over(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The follow-up begins with the answer, at the latest when none came in time."""
    if latest(matter, "authority_replied") is not None:
        return Verdict(True, _("The authority has answered."))
    clock = reply_clock(matter)
    if clock is None:
        return Verdict(False, _("No time to answer runs: the recommendation is not served."))
    values = {"id": clock.rule, "day": clock.effective_day.isoformat()}
    return either(
        clock.effective_day < day_of(facts),
        _("%(id)s ended on %(day)s without an answer.") % values,
        _("No answer came, and the authority has time until %(day)s (%(id)s).") % values,
        reverse("case_deadlines", args=[matter.key]),
    )


@guard(
    "跟进调查由二人以上进行",
    "Two looked together",
    "Rules 36, 77",
    reads="facts",
    cure=TEAM_CURES,
)
def follow_up_by_two(matter: Case, facts: dict[str, Any]) -> Verdict:
    """At least two of the staff take part in each act of investigation (Rules 36)."""
    count = len(facts.get("persons") or [])
    return either(
        count >= 2,
        _("%(count)s of the staff took part.") % {"count": count},
        _("At least two of the staff look together (Rules 36)."),
    )


@guard("存在客观障碍", "An objective obstacle", "Rules 78", reads="facts")
def objective_obstacle(matter: Case, facts: dict[str, Any]) -> Verdict:
    """What keeps the authority from acting, and what shows it (norm C106)."""
    verdict = stated(facts, "obstacle", _("Say what keeps the authority from acting."))
    if not verdict.met:
        return verdict
    return stated(facts, "proof_of_obstacle", _("Say what shows the obstacle."))


@guard(
    "审查曾经中止",
    "The review was suspended",
    "Rules 78",
    reads="Event administrative_review_suspended",
    cure=TEAM_CURES,
)
def review_was_suspended(matter: Case, facts: dict[str, Any]) -> Verdict:
    """There is a suspension to record."""
    return either(
        latest(matter, "administrative_review_suspended") is not None,
        _("The review was suspended."),
        _("The review was never suspended: there is nothing to record."),
    )


@guard("障碍已经消除", "The obstacle is gone", "Rules 78", reads="facts")
def obstacle_is_gone(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Why the review runs on."""
    return stated(facts, "why", _("Say how the obstacle fell away."))


@guard("通报、报告的对象", "It says who is told", "Rules 45; PRR 25", reads="facts")
def escalation_says_to_whom(matter: Case, facts: dict[str, Any]) -> Verdict:
    """At least one of the bodies of Rules 45 or PRR 25, by name, and why (norms C032, C115)."""
    chosen = [value for value in facts.get("to") or [] if value in EscalatedTo.values]
    if not chosen:
        return Verdict(False, _("Choose who is told."))
    for name, missing in (
        ("name", _("Name the body that is told.")),
        ("why", _("Say what the authority failed to do.")),
    ):
        if not (verdict := stated(facts, name, missing)).met:
            return verdict
    return Verdict(True, "、".join(str(EscalatedTo(value).label) for value in chosen))


@guard(
    "回复期限是否届满",
    "The time to answer is over",
    "PRR 25",
    reads="Deadline P-53, P-54",
)
def reply_time_is_over(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Before its end an escalation is possible, for an authority may obstruct at once: a warning (C115)."""
    clock = reply_clock(matter)
    if clock is None or clock.state not in RUNNING or clock.effective_day < day_of(facts):
        return Verdict(True, _("No time to answer runs any more."))
    sentence = _("The authority still has time to answer until %(day)s.")
    return Verdict(True, sentence % {"day": clock.effective_day.isoformat()}, warning=True)


@guard(
    "各项措施均已评估",
    "Every measure was looked at",
    "Rules 77, 79",
    reads="Measure, Assessment",
    cure=TEAM_CURES,
)
def measures_are_assessed(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The review rests on what was found of each measure."""
    row = recommendation_of(matter)
    waiting = unassessed(row)
    return either(
        row is not None and not waiting,
        _("Every measure was assessed."),
        _("Not assessed yet: %(items)s.") % {"items": _names(waiting) or "—"},
        reverse("transition_record", args=[matter.key, "S80"]),
    )


@guard(
    "整改期限届满或者措施全部落实",
    "The rectification period is over, or all is done",
    "Rules 47, 79",
    reads="Event recommendation_received, Assessment",
)
def rectification_is_over(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The review runs from the end of the period (P-55); earlier only where nothing is left to do."""
    if recommendation_of(matter) is not None and not open_measures(recommendation_of(matter)):
        return Verdict(True, _("Every measure is final."))
    end = rectification_end(matter)
    if end is None:
        return Verdict(False, _("The receipt is not recorded: no rectification period runs (A-6)."))
    values = {"day": end.isoformat()}
    return either(
        end < day_of(facts),
        _("The rectification period ended on %(day)s.") % values,
        _("The authority may rectify until %(day)s.") % values,
    )


@guard(
    "各项措施均已终局",
    "Every measure is final",
    "Rules 74, 79",
    reads="Measure, Assessment",
    cure=TEAM_CURES,
)
def measures_are_final(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A case ends when every measure is done or has fallen away (law 9; norm C107)."""
    left = open_measures(recommendation_of(matter))
    return either(
        not left,
        _("Every measure is done or has fallen away."),
        _("Not final: %(items)s. Assess them again, or sue.") % {"items": _names(left)},
        reverse("transition_record", args=[matter.key, "S80"]),
    )


@guard("受移送院为其他检察院", "Another procuratorate receives it", "Rules 16, 79", reads="facts")
def receiving_office_is_another(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The case goes to another office, and it is said why that one is competent."""
    target = facts.get("target_office")
    if not target or target == matter.office_id:
        return Verdict(False, _("Name another procuratorate."))
    return stated(facts, "ground", _("Say why that office is competent."))
