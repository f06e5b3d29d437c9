"""The step of this room that no machine declares: a transferred case is made where it is received (T64)."""

from __future__ import annotations

from accounts.models import Role
from cases.lifecycle.apart import Demand, StepApart
from cases.states import CaseState

TAKING_IN = StepApart(
    code="T64",
    machine="case",
    title_zh="接收移送案件",
    title_en="Take in a transferred case",
    article="Rules 16, 47; law 14.1",
    source="",
    target=CaseState.REVIEW_FOR_PROSECUTION,
    event_kind="case_received",
    recorded_by=(Role.INTAKE, Role.CASE_MANAGEMENT),
    demands=(
        Demand(
            "wrong_role",
            "由接收院受理人员确认",
            "Acknowledged by the receiving office",
            "Rules 16",
            "CaseTransfer.target_office, RoleGrant",
        ),
        Demand(
            "acknowledged_already",
            "尚未接收",
            "Not acknowledged before",
            "Rules 16",
            "CaseTransfer",
        ),
        Demand(
            "transfer_annulled",
            "移送未被撤销",
            "The transfer was not annulled",
            "Rules 16",
            "Event case_transferred",
        ),
        Demand("receipt", "已有回执", "The receipt is uploaded", "Rules 16", "facts, Attachment"),
        Demand(
            "received_on",
            "不早于移送日",
            "Not before it was sent",
            "Rules 47",
            "facts, CaseTransfer",
        ),
        Demand("future_day", "收到之日已到", "A day of receipt that has come", "Rules 47", "facts"),
        Demand(
            "handler",
            "承办检察官属于本院",
            "The handler is a prosecutor here",
            "Rules 6",
            "User.office, RoleGrant",
        ),
    ),
)
