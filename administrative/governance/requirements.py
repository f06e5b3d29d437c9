"""The guards of a recommendation on governance (PRR 3, 11, 15-25; norms C110, C111, C114, C115)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from administrative.bodies import level
from administrative.governance import forms, selectors
from administrative.governance.forms import Opinion, words_of
from administrative.governance.lifecycle import (
    IN_PREPARATION,
    OUT,
    GovernanceState,
)
from administrative.models import Body, GovernanceRecommendation, Relation, Situation
from audit.errors import Verdict
from cases.guards import TEAM_CURES, either, guard, register_all
from cases.models import Case
from notices.models import DocumentStatus

UNIT_IS_NAMED = gettext_lazy("The handling prosecutor, who names the unit and the way to it.")
# What PRR 16 asks for, by the field that holds it, with its number there.
CONTENTS = (
    ("source", gettext_lazy("(1) source of the case or problem")),
    ("findings", gettext_lazy("(2) facts and evidence")),
    ("hazard", gettext_lazy("(3) illegality or hazard")),
    ("basis", gettext_lazy("(4) basis")),
    ("content", gettext_lazy("(4) what is recommended")),
    ("objection_days", gettext_lazy("(5) objection period")),
)


def stands(matter: Case, facts: dict[str, Any], states: Collection[str], missing: str) -> Verdict:
    """Return whether the recommendation the facts name stands in one of `states`."""
    row = selectors.named(matter, facts)
    if row is None:
        return not_named(facts)
    said = _("It is now “%(state)s”. %(missing)s") % {
        "state": row.get_state_display(),
        "missing": missing,
    }
    return either(row.state in states, str(row), said, row.get_absolute_url())


def not_named(facts: dict[str, Any]) -> Verdict:
    if not facts.get("recommendation"):
        return Verdict(False, _("Choose the recommendation."))
    return Verdict(False, _("There is no such recommendation in this case."))


# --- preparation -----------------------------------------------------------------------------------


@guard(
    "属于六种情形之一",
    "One of the six situations",
    "PRR 11",
    reads="facts",
    by_statement=True,
)
def governance_situation(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The situation is one of those of PRR 11."""
    stated = facts.get("situation")
    if stated not in Situation.values:
        return Verdict(False, _("Choose which of the six situations of PRR 11 it is."))
    return Verdict(True, str(Situation(stated).label))


@guard(
    "符合层级规则",
    "The level of the addressee fits",
    "PRR 3",
    reads="facts, Body",
    cure=UNIT_IS_NAMED,
)
def governance_level_rule(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The unit is addressed by the way of PRR 3, and what that way asks for was done (norm C110)."""
    body, relation, shown = _addressed(matter, facts)
    if body is None:
        return Verdict(False, _("Choose the unit and its level (PRR 3)."))
    if fault := level.unfit(matter.office, body, relation) or level.unshown(relation, shown):
        return Verdict(False, fault)
    return Verdict(True, str(Relation(relation).label))


def _addressed(matter: Case, facts: dict[str, Any]) -> tuple[Body | None, str, str]:
    """Return unit, relation and what was done for it: as stated, else of the recommendation named."""
    if facts.get("body"):
        body = Body.objects.filter(pk=facts["body"]).first()
        return body, str(facts.get("relation") or ""), str(facts.get("relation_shown") or "")
    row = selectors.named(matter, facts)
    return (row.body, row.relation, row.relation_shown) if row else (None, "", "")


@guard(
    "检察建议在拟定中", "It is being prepared", "PRR 15-17", reads="facts, GovernanceRecommendation"
)
def governance_in_preparation(matter: Case, facts: dict[str, Any]) -> Verdict:
    """It is not decided yet."""
    return stands(
        matter,
        facts,
        IN_PREPARATION,
        _("What is decided is changed by a decision of its own (G-8)."),
    )


@guard(
    "尚未决定调查",
    "No investigation was decided yet",
    "PRR 15",
    reads="facts, Event governance_investigation_decided",
)
def governance_investigated_once(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The two months run once."""
    row = selectors.named(matter, facts)
    if row is None:
        return not_named(facts)
    decided = selectors.events_of(row, "governance_investigation_decided").exists()
    return either(
        not decided,
        _("None was decided."),
        _("It was decided already; enter what it found (G-1-3)."),
    )


@guard(
    "调查正在进行",
    "An investigation runs",
    "PRR 15",
    reads="facts, Event governance_investigation_decided",
)
def governance_investigation_runs(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The chief procurator has decided one that is not over."""
    row = selectors.named(matter, facts)
    if row is None:
        return not_named(facts)
    return either(
        selectors.investigation_runs(row),
        _("An investigation runs."),
        _("No investigation runs. The chief procurator decides it first (G-1-2)."),
    )


@guard(
    "已拟定内容",
    "It is written",
    "PRR 16",
    reads="facts, Event governance_drafted",
    cure=TEAM_CURES,
)
def governance_written(matter: Case, facts: dict[str, Any]) -> Verdict:
    """There is a text the legal-policy department can review."""
    row = selectors.named(matter, facts)
    if row is None:
        return not_named(facts)
    if row.state not in IN_PREPARATION:
        return stands(matter, facts, IN_PREPARATION, "")
    return either(
        bool(row.content.strip()),
        _("It is written."),
        _("Nothing is written yet. Write it first (G-1-4)."),
    )


@guard(
    "审核人员符合规定",
    "The reviewer is of the legal-policy department",
    "PRR 17",
    reads="facts, User",
    cure=TEAM_CURES,
)
def governance_reviewer_fits(matter: Case, facts: dict[str, Any]) -> Verdict:
    """One of that department who does not handle the case; in words where the office has none."""
    here = selectors.has_legal_policy_department(matter)
    if not here:
        words = str(facts.get("reviewer_in_words") or "").strip()
        return either(
            bool(words),
            words,
            _("This office has no such department: say in words who reviewed it (PRR 17)."),
        )
    reviewer = selectors.reviewers(matter).filter(pk=facts.get("reviewer") or 0).first()
    return either(
        reviewer is not None,
        reviewer.name if reviewer else "",
        _("Name a person of the legal-policy department who does not handle the case (PRR 17)."),
    )


# --- decision and issue ----------------------------------------------------------------------------


@guard(
    "七项内容齐全",
    "The seven contents are there",
    "PRR 16",
    reads="facts, GovernanceRecommendation",
    cure=TEAM_CURES,
)
def governance_contents_complete(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Each content of PRR 16 is stated, the objection period among them (norm C111).

    The sixth is stated by law where nothing is entered: two months (PRR 19); the seventh may be empty.
    """
    row = selectors.named(matter, facts)
    if row is None:
        return not_named(facts)
    missing = [str(title) for name, title in CONTENTS if not str(getattr(row, name) or "").strip()]
    return either(
        not missing,
        _("Every content of PRR 16 is stated."),
        _("Missing: %(missing)s (PRR 16-17). Write it (G-1-4), then have it reviewed.")
        % {"missing": "、".join(missing)},
        row.get_absolute_url(),
    )


@guard(
    "已经法律政策研究部门审核",
    "The legal-policy department has reviewed it",
    "PRR 17",
    reads="facts, Event governance_reviewed",
    cure=TEAM_CURES,
)
def governance_legal_review_made(matter: Case, facts: dict[str, Any]) -> Verdict:
    """What is decided is what was reviewed (norm C111); an opinion against it is shown to who decides."""
    row = selectors.named(matter, facts)
    if row is None:
        return not_named(facts)
    review = selectors.review_of(row)
    if not review:
        return Verdict(
            False,
            _(
                "The text as it stands was not reviewed by the legal-policy department (PRR 17; G-2)."
            ),
            row.get_absolute_url(),
        )
    outcome = str(review.get("outcome"))
    said = words_of(forms.ReviewFacts, "outcome", outcome)
    return Verdict(True, said, row.get_absolute_url(), warning=outcome == Opinion.AGAINST)


@guard("检察建议已决定", "It is decided", "PRR 15", reads="facts, GovernanceRecommendation")
def governance_is_decided(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The chief procurator has decided, and it has not gone out."""
    return stands(
        matter,
        facts,
        (GovernanceState.DECIDED,),
        _("Only what is decided (G-3) and has not gone out is issued."),
    )


@guard(
    "检察建议书已签发",
    "The paper is signed and issued",
    "PRR 7, 16",
    reads="facts, Document",
    cure=TEAM_CURES,
)
def governance_document_issued(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The D-71 named is issued under its number and belongs to no other recommendation (norm C116)."""
    paper = matter.documents.filter(pk=facts.get("document") or 0, code="D-71").first()
    if paper is None:
        return Verdict(False, _("Choose the signed recommendation (D-71)."))
    other = GovernanceRecommendation.objects.filter(document=paper)
    if other.exclude(pk=facts.get("recommendation") or 0).exists():
        return Verdict(False, _("This paper belongs to another recommendation."))
    return either(
        paper.status == DocumentStatus.ISSUED,
        paper.number,
        _("It is not issued yet: have it signed and numbered first (PRR 7)."),
        paper.get_absolute_url(),
    )


@guard("检察建议书已发出", "It was issued", "PRR 21", reads="facts, GovernanceRecommendation")
def governance_is_out(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Only what went out is recorded."""
    return stands(matter, facts, OUT, _("Only what was issued (G-4) is recorded."))


@guard(
    "该部门尚未备案",
    "This department has no record yet",
    "PRR 21",
    reads="facts, Event governance_recorded",
    cure=TEAM_CURES,
)
def governance_record_is_due(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Each of the two departments gets it once (norm C113)."""
    row = selectors.named(matter, facts)
    if row is None:
        return Verdict(True, "")
    return either(
        facts.get("department") in selectors.departments_missing(row),
        _("It is to be recorded there."),
        _("Choose a department of the next-higher office that does not have it yet (PRR 21)."),
    )


def register() -> None:
    """Hand the guards to the registry."""
    from administrative.governance import requirements_of_the_unit  # noqa: F401

    register_all()
