"""The scenes of S50 to S57 and S62: jurisdiction, directions, staff and time, the criminal case beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from accounts.models import Office, User
from audit import clock
from cases.models import Case
from deadlines.extending import clock_of
from litigation.models import EligibleSubject
from tests.litigation.scenes.common import NO_PROOF, PROOFS, annulled
from tests.support.documents import left_from_before
from tests.support.guards import Scene
from tests.support.matters import happen, make_case
from tests.support.people import Cast, make_department

MAY = datetime(2026, 5, 6, 10, 0)
DAY = date(2026, 5, 6)


def negotiated(cast: Cast, case: Any, result: str, agreed: Office | None = None) -> None:
    """Record a negotiation with the other office of the cast."""
    facts = {"other_office": cast.other_office.pk, "result": result, "agreed_office": None}
    if agreed is not None:
        facts["agreed_office"] = agreed.pk
    happen(case, "jurisdiction_negotiated", clock.today(), actor=cast.handler, facts=facts)


def given_to_another(cast: Cast, case: Any) -> None:
    """End a dispute in favour of an office that is neither this one nor the first to be chosen."""
    offices = Office.objects.exclude(level=case.office.level).order_by("-pk")
    negotiated(cast, case, "agreed", offices[0])


def split_whole(cast: Cast, case: Any) -> None:
    happen(case, "case_split", DAY, actor=cast.handler, facts={"origin": "ends"})


def recommended(cast: Cast, case: Any) -> None:
    left_from_before(case, "D-70", cast.handler, cast.chief)


def no_subjects(cast: Cast, case: Any) -> None:
    EligibleSubject.objects.update(last_day=date(2026, 1, 5))


def left(cast: Cast, case: Any) -> None:
    happen(case, "criminal_case_left", DAY, actor=cast.handler)


def with_failed_negotiation(cast: Cast) -> Case:
    case = make_case(cast)
    negotiated(cast, case, "failed")
    return case


def with_rectification_over(cast: Cast) -> Case:
    """Return a case in which the review after an authority's rectification runs until 20 May (P-55)."""
    case = make_case(cast)
    facts = {"period": "P-55", "event_text": "整改期限届满"}
    happen(case, "period_begun", date(2026, 4, 20), actor=cast.handler, facts=facts)
    return case


def granted(cast: Cast, case: Any) -> None:
    """Let the chief lengthen every clock of the review after rectification."""
    for row in case.deadlines.filter(rule="P-55"):
        facts = {"clock": clock_of(row), "ground": "complex", "explanation": "疑难"}
        happen(case, "period_extension_granted", DAY, actor=cast.handler, facts=facts)


def with_rectification_extended(cast: Cast) -> Case:
    case = with_rectification_over(cast)
    granted(cast, case)
    return case


def lapsed(cast: Cast, case: Any) -> None:
    case.deadlines.filter(rule="P-55").update(
        nominal_day=date(2026, 5, 5), effective_day=date(2026, 5, 5)
    )


def incidental(cast: Cast) -> Case:
    case = make_case(cast)
    happen(case, "criminal_case_joined", DAY, actor=cast.handler)
    case.refresh_from_db()
    return case


def by_the_superior(**facts: Any) -> Callable[[Any], dict[str, Any]]:
    """Return facts that name the next-higher office."""
    return lambda case: {"superior": case.office.parent_id} | facts


def of_a_neighbour(case: Any) -> dict[str, Any]:
    near = User.objects.filter(office__parent=case.office.parent).exclude(office=case.office)
    return {"superior": case.office.parent_id, "person": near[0].pk} | PROOFS


def from_this_office(cast: Cast, case: Any) -> dict[str, Any]:
    return {"superior": cast.office.pk}


JURISDICTION: dict[str, Scene] = {
    "S50": Scene(
        MAY,
        make_case,
        {"act_place": "杭州市云山区"},
        breaks={"place_is_named": {"act_place": None}},
    ),
    "S52": Scene(
        MAY,
        with_failed_negotiation,
        lambda case: {"superior": case.office.parent_id, "designated": case.office_id},
        breaks={
            "negotiation_failed": lambda cast, case: negotiated(cast, case, "going_on"),
            "designated_by_the_common_superior": from_this_office,
        },
    ),
    "S53": Scene(
        MAY,
        make_case,
        by_the_superior(**PROOFS),
        breaks={"direction_in_writing": NO_PROOF},
    ),
    "S54": Scene(
        MAY,
        make_case,
        of_a_neighbour,
        breaks={
            "lent_by_a_common_superior": from_this_office,
            "loan_in_writing": NO_PROOF,
        },
    ),
    "S55": Scene(
        MAY,
        make_case,
        lambda case: {"department": case.department_id},
        breaks={
            "criminal_case_at_this_office": lambda cast, case: {
                "department": make_department(cast.other_office).pk
            }
        },
    ),
    "S55-2": Scene(MAY, incidental, breaks={"is_criminal_incidental": left}),
    "S56": Scene(
        MAY,
        make_case,
        {"same_facts": True},
        breaks={"criminal_case_on_the_same_facts": {"same_facts": None}},
    ),
    "S57": Scene(
        MAY,
        incidental,
        {"affects": "公告期间将超过刑事案件审理期限。"},
        breaks={
            "is_criminal_incidental": left,
            "announcement_affects_the_criminal_trial": {"affects": None},
        },
    ),
    "S62": Scene(
        MAY,
        with_rectification_over,
        {"ground": "complex", "explanation": "涉及多个部门"},
        breaks={
            "extendable_clock_runs": lapsed,
            "extension_ground": {"explanation": None},
            "clock_not_extended_before": granted,
        },
    ),
    "S62-2": Scene(
        MAY,
        with_rectification_extended,
        {"ground": "complex", "explanation": "涉及多个部门", "until": "2026-09-30"} | PROOFS,
        breaks={
            "extendable_clock_runs": lapsed,
            "extension_ground": {"explanation": None},
            "clock_extended_before": annulled("period_extension_granted"),
            "new_end_of_clock_named": {"until": None},
            "superior_approval_stored": NO_PROOF,
        },
    ),
}
