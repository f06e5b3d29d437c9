"""What a matter may have in the kernel, for its page (`cases.selectors.kept_rows`)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from cases.models import (
    ApprovalRoute,
    Case,
    CaseLink,
    CaseTag,
    Lead,
    LeadTag,
    Proposal,
    StaffLoan,
    Task,
)
from cases.models.work import ContactRecord, TaskState
from cases.registries import kept_rows
from cases.selectors.back_entry import back_entries_of_keys
from cases.selectors.card import checks_of_keys
from cases.selectors.keys import of_keys
from cases.selectors.people import recusals_of_keys


def register() -> None:
    """Hand them to the registry."""
    kept_rows.register("case_tags", lambda case, lead: CaseTag.objects.filter(case=case))
    kept_rows.register("lead_tags", lambda case, lead: LeadTag.objects.filter(lead=lead))
    kept_rows.register("loans", lambda case, lead: StaffLoan.objects.filter(case=case))
    kept_rows.register(
        "contacts", lambda case, lead: ContactRecord.objects.filter(of_keys(case, lead))
    )
    kept_rows.register("checks", checks_of_keys)
    kept_rows.register("recusals", recusals_of_keys)
    kept_rows.register("back_entries", back_entries_of_keys)
    kept_rows.register("proposals", lambda case, lead: Proposal.objects.filter(of_keys(case, lead)))
    kept_rows.register(
        "links", lambda case, lead: CaseLink.objects.filter(Q(source=case) | Q(target=case))
    )
    kept_rows.register("routes", _routes_of_office)
    kept_rows.register(
        "tasks",
        lambda case, lead: Task.objects.filter(of_keys(case, lead), state=TaskState.OPEN),
    )


def _routes_of_office(case: int, lead: int) -> QuerySet[ApprovalRoute]:
    of_case = Q(office__in=Case.objects.filter(pk=case).values("office"))
    return ApprovalRoute.objects.filter(
        of_case | Q(office__in=Lead.objects.filter(pk=lead).values("office"))
    )
