"""Whose duty a period is (law 6.1, column Duty), and what of it the procuratorates hold in their own hands.

Pure Python without Django.
"""

from __future__ import annotations

from enum import StrEnum


class Duty(StrEnum):
    """Who has to act."""

    HANDLER = "handler"
    DEPARTMENT_HEAD = "department_head"
    CHIEF = "chief"
    COMMITTEE_OFFICE = "committee_office"
    # Outside the team: the lead handler watches what they owe.
    CIVIL_DEPARTMENT = "civil_department"
    CASE_DEPARTMENT = "case_department"
    OTHER_OFFICE = "other_office"
    AUTHORITY = "authority"
    UNIT = "unit"
    COURT = "court"
    PARTY = "party"
    PROCESSOR = "processor"
    POST = "post"


# What the office itself owes; the rest it watches.
OF_THE_OFFICE = frozenset(
    (
        Duty.HANDLER,
        Duty.DEPARTMENT_HEAD,
        Duty.CHIEF,
        Duty.COMMITTEE_OFFICE,
        Duty.CIVIL_DEPARTMENT,
        Duty.CASE_DEPARTMENT,
    )
)


# Who of the procuratorates grants more time (`Extension.by`); the rest is for the courts.
OFFICES_GRANT = frozenset(("chief", "superior"))
