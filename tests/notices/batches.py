"""Batches for tests, planned and started as people do."""

from __future__ import annotations

from typing import Any

from audit import clock
from cases.models import Case
from cases.services import acts
from notices.batch import services
from notices.batch.planning import Plan, plan_of
from notices.models import DocumentBatch
from tests.support.documents import final
from tests.support.matters import make_case
from tests.support.people import Cast

# What an investigation plan must say beyond what the record knows.
PLAN_TEXTS = {
    "approach": "调查取证。",
    "method": "询问、调取。",
    "steps": "分步进行。",
    "evidence_list": "电子数据。",
}


def plans_for(cases: list[Case], **how: Any) -> Plan:
    """Return the plan of an investigation plan for each of the cases."""
    return plan_of(**{"code": "D-09", "cases": cases} | how)


def start(actor: Any, plan: Plan, **how: Any) -> DocumentBatch:
    return services.start_batch(actor=actor, plan=plan, **how)


def one_case(cast: Cast, **how: Any) -> Case:
    """Return a new case of the handler, just filed, beside those of the stage."""
    return make_case(cast, after=9000, **how)


def cases_of(cast: Cast, number: int) -> list[Case]:
    """Return new cases of the handler, just filed."""
    return [one_case(cast, title=f"第{index}案") for index in range(1, number + 1)]


def investigating(case: Case, cast: Cast) -> Case:
    """Let the investigation of a filed case begin."""
    final(case, "D-09", cast.handler)
    today = clock.today().isoformat()
    acts.record_directly(actor=cast.handler, matter=case, code="T08", data={"legal_day": today})
    case.refresh_from_db()
    return case
