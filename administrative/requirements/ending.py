"""Withdrawal, change of claim, closing (A-10 to A-11; Rules 84, 106; JI 24)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from administrative.grounds import CourtResult
from administrative.requirements.suing import is_effective
from administrative.selectors import open_measures, recommendation_of
from audit.errors import Verdict
from cases.guards import TEAM_CURES, either, guard, proven, stated
from cases.models import Case
from cases.selectors.events import current_facts, latest
from cases.states import AdministrativeState
from enforcement.requirements.closing import receiver_acknowledged


@guard(
    "法院尚未裁判",
    "The court has not decided",
    "Rules 84; JI 24",
    reads="Event administrative_suit_judged",
)
def suit_is_not_judged(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The claim is withdrawn or changed while the suit runs."""
    return either(
        latest(matter, "administrative_suit_judged") is None,
        _("The court has not decided."),
        _("The court has decided: the claim can neither be withdrawn nor changed any more."),
    )


@guard(
    "行政机关已全面履行职责",
    "The authority has performed",
    "Rules 84; JI 24",
    reads="facts, Assessment",
)
def authority_has_performed(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Every measure is done or has fallen away, as the assessments show (norm C109)."""
    left = open_measures(recommendation_of(matter))
    names = "；".join(str(measure) for measure in left)
    if left:
        return Verdict(
            False,
            _("Not final: %(items)s. Assess what the authority did first (S80).")
            % {"items": names},
            reverse("transition_record", args=[matter.key, "S80"]),
        )
    return stated(facts, "performed", _("Say what the authority did and how it was verified."))


@guard("法院收件凭证", "The court has it", "Rules 84", reads="facts, Attachment", cure=TEAM_CURES)
def court_receipt_stored(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The receipt of the court is kept."""
    return proven(facts, _("Upload the receipt of the court."))


def _refused(matter: Case) -> bool:
    told = current_facts(matter, "administrative_suit_judged").get("result")
    return told in (CourtResult.REFUSED, CourtResult.RULING)


@guard(
    "各项措施有结果",
    "Every measure came to an end",
    "law 3.10a",
    reads="Measure, Assessment, Case.state, Event administrative_suit_judged",
    cure=TEAM_CURES,
)
def measures_came_to_an_end(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Done or fallen away; refused by the court for good, or in another office's hands."""
    if matter.state == AdministrativeState.ADM_TRANSFERRED:
        return Verdict(True, _("The other office follows the measures."))
    if is_effective(matter) and _refused(matter):
        return Verdict(
            True, _("The court has refused the claims, and the decision has taken effect.")
        )
    left = open_measures(recommendation_of(matter))
    names = "；".join(str(measure) for measure in left)
    return either(
        not left,
        _("Every measure is done or has fallen away."),
        _("Not final: %(items)s.") % {"items": names},
    )


@guard(
    "移送的案件已被接收",
    "A transferred case is taken in",
    "Rules 16; law 14.1",
    reads="CaseTransfer, Case.state",
)
def transferred_case_is_taken_in(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The office it was sent to has acknowledged it (T64)."""
    if matter.state != AdministrativeState.ADM_TRANSFERRED:
        return Verdict(True, _("The case was not transferred."))
    return receiver_acknowledged(matter, facts)


@guard(
    "诉讼已有结果",
    "The suit came to an end",
    "law 3.10a",
    reads="Event administrative_decision_effective, Case.state",
    cure=TEAM_CURES,
)
def suit_came_to_an_end(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A suit that was decided on is over when its decision has taken effect, or it was withdrawn."""
    if matter.state != AdministrativeState.ADM_SUIT:
        return Verdict(True, _("No suit runs."))
    return either(
        is_effective(matter),
        _("The decision has taken effect."),
        _(
            "The suit runs: enter the decision and its effect (A-9-5 to A-9-7), or withdraw it (A-10)."
        ),
    )
