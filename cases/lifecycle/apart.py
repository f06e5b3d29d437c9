"""Steps of law 3.2 that no machine declares, because a service of its own takes them.

They begin a matter (T01, T64) or are recorded as often as they happen (T09), so no state is left and none is
asked for by a button. What refuses them is told here, beside the machines, so that the pages about the
transitions hold every number of law 3.2.
"""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Role
from cases.states import UNDER_ADMINISTRATIVE_INVESTIGATION, CaseState, LeadState


@dataclass(frozen=True)
class Demand:
    """One condition without which the step is refused.

    Attributes:
        name: what the refusal calls it: its code, or the field of the facts it stands at.
        reads: the field or table it reads.
    """

    name: str
    title_zh: str
    title_en: str
    article: str
    reads: str


@dataclass(frozen=True)
class StepApart:
    """A step with its demands.

    Attributes:
        machine: whose matter it begins or is recorded in.
        source: the state it is taken in; empty where it begins a matter.
        target: the state after it; empty where the state stays.
        elsewhere: the same step in cases of other machines: machine, states it is taken in, state after it.
        recorded_by: the roles that take it; empty where it is the handling team of the matter.
    """

    code: str
    machine: str
    title_zh: str
    title_en: str
    article: str
    source: str
    target: str
    event_kind: str
    recorded_by: tuple[Role, ...]
    demands: tuple[Demand, ...]
    elsewhere: tuple[tuple[str, tuple[str, ...], str], ...] = ()


REGISTERING = StepApart(
    code="T01",
    machine="lead",
    title_zh="线索登记",
    title_en="Register the lead",
    article="Rules 24, 25",
    source="",
    target=LeadState.LEAD_REGISTERED,
    event_kind="lead_registered",
    # "Anyone on duty" registers (law 2.2, row 1): whoever handles leads or cases.
    recorded_by=(
        Role.INTAKE,
        Role.PROSECUTOR,
        Role.ASSISTANT,
        Role.CLERK,
        Role.DEPARTMENT_HEAD,
        Role.CASE_MANAGEMENT,
    ),
    demands=(
        Demand("wrong_role", "统一登记", "Unified registration", "Rules 25", "RoleGrant"),
        Demand("source", "六种来源之一", "One of the six sources", "Rules 24", "facts"),
        Demand("source_detail", "载明来源", "The source in words", "Rules 24", "facts"),
        Demand("received_on", "收到日期", "A day of receipt that has come", "Rules 24", "facts"),
        Demand(
            "sent_on",
            "移送部门与日期",
            "A sending department with its day",
            "Rules 25",
            "facts, Department",
        ),
    ),
)
COLLECTING = StepApart(
    code="T09",
    machine="case",
    title_zh="调查取证",
    title_en="Investigative act",
    article="Rules 33-43",
    source=CaseState.INVESTIGATING,
    target="",
    event_kind="investigative_act",
    elsewhere=(("administrative", UNDER_ADMINISTRATIVE_INVESTIGATION, ""),),
    recorded_by=(),
    demands=(
        Demand("not_in_the_team", "办案组成员", "A member of the team", "Rules 6", "TeamMember"),
        Demand(
            "not_under_investigation",
            "案件正在调查",
            "The case is under investigation",
            "Rules 33",
            "Case.state",
        ),
        Demand(
            "plan_before_collection",
            "先有调查方案",
            "The plan exists before collection",
            "Rules 33",
            "Document D-09",
        ),
        Demand("method", "法定调查方法", "A method of the Rules", "Rules 35", "facts"),
        Demand("two_staff", "两名以上检察人员", "At least two of the staff", "Rules 36", "facts"),
        Demand(
            "could_not_act",
            "在案且未回避",
            "Staff who could act that day",
            "Rules 19, 36",
            "facts, TeamMember, RoleGrant, Recusal",
        ),
        Demand(
            "day_out_of_order",
            "在调查开始之后",
            "Not before the investigation began",
            "Rules 33",
            "facts, Event investigation_started",
        ),
    ),
)
