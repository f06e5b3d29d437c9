"""The step of this room that no machine declares: a transferred case is made where it is received."""

from __future__ import annotations

from dataclasses import replace

from cases.states import AdministrativeState
from litigation.apart import TAKING_IN as TAKING_IN_CIVIL

# As a civil case is taken in (T64), with a review of its own length from the receipt (Rules 47; P-55).
TAKING_IN = replace(
    TAKING_IN_CIVIL,
    code="A-8-4",
    machine="administrative",
    title_zh="接收移送的行政案件",
    title_en="Take in a transferred case against an authority",
    article="Rules 16, 47, 79; law 14.1",
    target=AdministrativeState.ADM_REVIEW,
    event_kind="administrative_case_received",
)
