"""The procuratorial committee (law 2.3; PCR 11, 21; POL 32; norms C117, C118)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from audit.errors import Verdict
from cases.guards import either, guard
from cases.models import Case
from cases.selectors.events import latest, standing
from litigation import selectors


@guard("检委会会议有效", "The committee has its quorum", "POL 32; PCR 11, 14", reads="facts")
def committee_quorum(matter: Case, facts: dict[str, Any]) -> Verdict:
    """More than half of the members are present; papers that came later than P-78 asks are a warning."""
    if "members" not in facts:
        return Verdict(False, _("Enter members and votes."))
    vote = selectors.vote_of(facts)
    if not vote.quorum:
        return Verdict(
            False,
            _("%(present)s of %(members)s members are no quorum: more than half must attend.")
            % {"present": vote.present, "members": vote.members},
        )
    least = selectors.days_of(matter, "P-78")
    late = int(facts.get("papers_days", least)) < least
    return Verdict(True, selectors.vote_in_words(vote), warning=late)


@guard("有检委会决定", "A committee decision stands", "PCR 32", reads="Event committee_decided")
def committee_decision_stands(matter: Case, facts: dict[str, Any]) -> Verdict:
    """There is a decision to execute."""
    held = latest(matter, "committee_decided") is not None
    return either(held, _("The committee has decided."), _("The committee has not decided."))


@guard(
    "检委会决定已执行",
    "The committee decision is executed",
    "PCR 32",
    reads="Event committee_decision_executed, facts",
)
def committee_decision_executed(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The feedback belongs to a decision whose execution was entered."""
    executed = standing(matter, "committee_decision_executed")
    if "decision" in facts:
        executed = [row for row in executed if row.facts.get("decision") == facts["decision"]]
    return either(
        bool(executed), _("The execution is entered."), _("The execution is not entered.")
    )
