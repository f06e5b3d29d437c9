"""The guards of a recommendation on governance once the unit has it, until its end (PRR 18-25)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from administrative.governance import forms, selectors
from administrative.governance.forms import Adoption, Ending
from administrative.governance.lifecycle import (
    IN_PREPARATION,
    MAY_BE_CHANGED,
    MAY_BE_CLOSED,
    OUT,
    WITH_THE_UNIT,
    GovernanceState,
)
from administrative.governance.requirements import not_named, stands
from administrative.models import GovernanceRecommendation
from audit.errors import Verdict
from cases.guards import TEAM_CURES, day_of, either, guard
from cases.models import Case

# --- the unit --------------------------------------------------------------------------------------


@guard(
    "被建议单位已收到",
    "The unit has received it",
    "PRR 18, 19",
    reads="facts, Event document_served",
    cure=TEAM_CURES,
)
def governance_is_with_the_unit(matter: Case, facts: dict[str, Any]) -> Verdict:
    """It was served or declared, not after the day of what is recorded, and is open."""
    verdict = stands(
        matter,
        facts,
        WITH_THE_UNIT,
        _("Record first how the unit received it: serve the paper (PRR 18)."),
    )
    row = selectors.named(matter, facts)
    if not verdict.met or row is None or row.served_on is None:
        return verdict
    return either(
        day_of(facts) >= row.served_on,
        str(row),
        _("The unit received it on %(day)s; nothing of it came before (PRR 19).")
        % {"day": row.served_on.isoformat()},
    )


@guard(
    "异议期限内",
    "Within the objection period",
    "PRR 16(5), 22-23",
    reads="facts, GovernanceRecommendation",
    cure=TEAM_CURES,
)
def governance_objection_in_time(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A late objection is warned of, not refused; one that waits already is decided first."""
    row = selectors.named(matter, facts)
    if row is None:
        return Verdict(True, "")
    if row.state == GovernanceState.OBJECTED:
        return Verdict(False, _("An objection waits for its decision already (G-7)."))
    last = row.objection_until
    if last is None or day_of(facts) <= last:
        return Verdict(True, _("It came in time."))
    said = _(
        "The period named for objections ended on %(day)s: it is late. It can still be examined."
    )
    return Verdict(True, said % {"day": last.isoformat()}, warning=True)


@guard("有待处理的异议", "An objection waits", "PRR 22-23", reads="facts, GovernanceRecommendation")
def governance_is_objected_to(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Only an objection that was received is decided."""
    return stands(matter, facts, (GovernanceState.OBJECTED,), _("No objection waits."))


@guard(
    "可以变更或者撤回", "It can be changed", "PRR 22-23", reads="facts, GovernanceRecommendation"
)
def governance_may_change(matter: Case, facts: dict[str, Any]) -> Verdict:
    """It is decided and has not ended; what is not decided is just written anew."""
    return stands(
        matter,
        facts,
        MAY_BE_CHANGED,
        _("Only a decided recommendation that has not ended is changed or withdrawn."),
    )


@guard(
    "尚未告知被建议单位",
    "The unit is to be told",
    "PRR 22-23",
    reads="facts, Event governance_objection_decided, governance_change_decided",
    cure=TEAM_CURES,
)
def governance_unit_to_be_told(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A decision on an objection or a change stands of which the unit does not know."""
    row = selectors.named(matter, facts)
    if row is None:
        return not_named(facts)
    return either(
        selectors.untold(row) is not None,
        _("The unit is to be told."),
        _("There is no decision of which the unit was not told."),
    )


@guard(
    "已收到回复",
    "An answer is there",
    "PRR 19",
    reads="facts, GovernanceRecommendation",
    cure=TEAM_CURES,
)
def governance_has_an_answer(matter: Case, facts: dict[str, Any]) -> Verdict:
    """An answer that was not assessed yet is there."""
    return stands(
        matter,
        facts,
        (GovernanceState.ANSWERED,),
        _("Log the written answer first (G-9)."),
    )


# --- the end ---------------------------------------------------------------------------------------


@guard(
    "检察建议未落实",
    "The recommendation is not followed",
    "PRR 25",
    reads="facts, GovernanceRecommendation, Event governance_assessed",
)
def governance_not_followed(matter: Case, facts: dict[str, Any]) -> Verdict:
    """It is with the unit, and was not found to be adopted in full."""
    verdict = stands(
        matter, facts, WITH_THE_UNIT, _("Only what the unit has received is carried further.")
    )
    row = selectors.named(matter, facts)
    if not verdict.met or row is None:
        return verdict
    adopted = selectors.last(row, "governance_assessed").get("adoption") == Adoption.ADOPTED
    return either(
        not adopted or row.state != GovernanceState.ASSESSED,
        _("It was not found to be adopted."),
        _("It was found to be adopted: nothing is to be carried further. Close it (G-12)."),
    )


@guard(
    "回复期限届满",
    "The time to reply is over",
    "PRR 19, 25",
    reads="facts, P-57",
    cure=TEAM_CURES,
)
def governance_time_to_reply_over(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Before its end, and without an answer, carrying it further is warned of, not refused (norm C115)."""
    row = selectors.named(matter, facts)
    clock = selectors.reply_clock(row) if row else None
    if clock is None or clock.ended_by_id is not None or clock.effective_day < day_of(facts):
        return Verdict(True, _("The time to reply is over, or an answer is there."))
    said = _(
        "P-57 runs until %(day)s and the unit may still answer. Carrying it further is meant for after it."
    )
    return Verdict(True, said % {"day": clock.effective_day.isoformat()}, warning=True)


@guard(
    "具备办结条件",
    "It has come to its end",
    "PRR 24-25",
    reads="facts, GovernanceRecommendation, Event governance_escalated",
)
def governance_may_close(matter: Case, facts: dict[str, Any]) -> Verdict:
    """It was adopted, carried further, or is not made; each as the record shows."""
    verdict = stands(matter, facts, MAY_BE_CLOSED, _("Finish what is under way first."))
    row = selectors.named(matter, facts)
    if not verdict.met or row is None:
        return verdict
    return _ends(row, facts.get("ending"))


def _ends(row: GovernanceRecommendation, ending: Any) -> Verdict:
    found = selectors.last(row, "governance_assessed").get("adoption")
    match ending:
        case Ending.ADOPTED:
            met = row.state == GovernanceState.ASSESSED and found == Adoption.ADOPTED
            return either(
                met, _("It was found to be adopted."), _("It was not found to be adopted (G-10).")
            )
        case Ending.CARRIED_FURTHER:
            met = selectors.events_of(row, "governance_escalated").exists()
            return either(
                met, _("It was carried further."), _("It was not carried further (G-11).")
            )
        case Ending.NOT_MADE:
            met = row.state in IN_PREPARATION
            return either(
                met, _("Nothing went out."), _("It is decided: withdraw it instead (G-8).")
            )
    return Verdict(False, _("Choose how it ended."))


@guard(
    "备案已完成",
    "Both departments have the record",
    "PRR 21",
    reads="facts, Event governance_recorded",
    cure=TEAM_CURES,
)
def governance_records_made(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A record that is missing is warned of: no text says what follows (norm C113; law 14.2)."""
    row = selectors.named(matter, facts)
    missing = selectors.departments_missing(row) if row and row.state in OUT else []
    if not missing:
        return Verdict(True, _("Nothing is missing."))
    said = _("Not recorded with: %(names)s (PRR 21).") % {
        "names": "、".join(words_of_department(code) for code in missing)
    }
    return Verdict(True, said, row.get_absolute_url() if row else "", warning=True)


def words_of_department(code: str) -> str:
    """Return the name of a department of the next-higher office, in the reader's language."""
    return str(forms.DEPARTMENT_WORDS[code])
