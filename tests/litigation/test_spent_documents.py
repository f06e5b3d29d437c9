"""A document that has served for one step does not serve for another of its kind (law 3.2, column "docs")."""

from __future__ import annotations

from datetime import date

import pytest

from audit.errors import Conflict
from cases.services import acts, checklists
from cases.services.checklists import DOCUMENT
from notices.services.drafting import draft_document
from tests.litigation import suit
from tests.notices.matters import assigned_lead, final
from tests.support.days import on
from tests.support.documents import filed
from tests.support.matters import case_in_review, force, happen, set_full_team

pytestmark = pytest.mark.django_db


def line(matter, step: str, code: str):
    declaration = acts.declaration_of(matter, step)
    lines = checklists.checklist(declaration, matter, {}, asked=True)
    return next(item for item in lines if item.code == f"{DOCUMENT}{code}")


def met(matter, step: str, code: str) -> bool:
    return line(matter, step, code).verdict.met


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("S17", "S17", "D-50"),  # another hearing
        ("T28", "T28", "D-54"),  # another change of the claims
        ("T30", "T30", "D-59"),  # another settlement
        ("T30", "T55", "D-59"),  # one at second instance
    ],
)
def test_another_step_of_the_trial_needs_a_document_of_its_own(cast, first, second, code):
    with on(2026, 8, 3):
        case = suit.in_trial(cast)
        filed(case, code, cast.clerk, cast.chief)
        assert met(case, first, code)
    with on(2026, 8, 4):
        force(case, first, date(2026, 8, 4), actor=cast.handler)
    with on(2026, 8, 20):
        refused = line(case, second, code)
        assert not refused.verdict.met
        assert "2026-08-04" in str(refused.verdict.why)
        assert code in refused.verdict.link
        filed(case, code, cast.clerk, cast.chief)
        assert met(case, second, code)


def test_the_suit_brought_again_rests_on_a_new_complaint(cast):
    with on(2026, 4, 27):
        case = suit.suit_decided(cast)
        for code in ("D-45", "D-46"):
            filed(case, code, cast.clerk, cast.chief)
        assert met(case, "T22", "D-45")
    with on(2026, 4, 28):
        force(case, "T22", date(2026, 4, 28), actor=cast.handler)
    with on(2026, 5, 6):
        force(case, "T23", date(2026, 5, 6), actor=cast.handler)
        force(case, "T52-2", date(2026, 5, 6), actor=cast.handler)
        assert not met(case, "T22", "D-45")
        filed(case, "D-45", cast.clerk, cast.chief)
        assert met(case, "T22", "D-45")


def test_after_a_revoked_decision_to_sue_the_review_is_reported_anew_and_can_be_drafted(cast):
    with on(2026, 4, 20):
        case = case_in_review(cast, date(2026, 3, 2))
        set_full_team(cast, case)
        final(case, "D-43", cast.handler)
    with on(2026, 4, 21):
        force(case, "T21", date(2026, 4, 21), actor=cast.chief)
    with on(2026, 4, 22):
        force(case, "T65", date(2026, 4, 22), actor=cast.chief)
        assert not any(met(case, step, "D-43") for step in ("T19", "T20", "T21"))
        final(case, "D-43", cast.handler)
        assert all(met(case, step, "D-43") for step in ("T19", "T20", "T21"))
    with on(2026, 4, 23), pytest.raises(Conflict):
        draft_document(actor=cast.handler, matter=case, code="D-43")


def test_the_opinion_not_to_file_does_not_carry_the_filing_on_new_facts(cast):
    with on(2026, 3, 2):
        lead = assigned_lead(cast)
        final(lead, "D-05", cast.handler)
    with on(2026, 3, 3):
        force(lead, "T07", date(2026, 3, 3), actor=cast.chief)
    with on(2026, 6, 1):
        force(lead, "T60", date(2026, 6, 1), actor=cast.chief)
        assert not met(lead, "T06", "D-05")
        final(lead, "D-05", cast.handler)
        assert met(lead, "T06", "D-05")


def test_handing_over_a_withdrawal_leaves_it_for_the_withdrawal_itself(cast):
    with on(2026, 8, 3):
        case = suit.in_trial(cast)
        filed(case, "D-55", cast.clerk, cast.chief)
        force(case, "S22", date(2026, 8, 3), actor=cast.handler)
    with on(2026, 8, 4):
        assert met(case, "T33", "D-55")
        happen(case, "act_given_up", date(2026, 8, 4), facts={"transition": "T33"})
    with on(2026, 8, 5):
        assert not met(case, "T33", "D-55"), "a withdrawal given up is decided anew"


def test_a_correction_of_the_step_or_of_its_document_changes_nothing_of_this(cast):
    with on(2026, 8, 3):
        case = suit.in_trial(cast)
        paper = filed(case, "D-50", cast.clerk, cast.chief)
    with on(2026, 8, 4):
        event = force(case, "S17", date(2026, 8, 4), actor=cast.handler)
        declaration = acts.declaration_of(case, "S17")
        (own,) = [
            item
            for item in checklists.checklist(declaration, case, {}, asked=True, before=event)
            if item.code == f"{DOCUMENT}D-50"
        ]
        assert own.verdict.met, "for the step itself its document has not served before"
    with on(2026, 8, 5):
        filed(case, "D-50", cast.clerk, cast.chief, corrects=paper)
        assert not met(case, "S17", "D-50"), "a corrected document keeps its time"
