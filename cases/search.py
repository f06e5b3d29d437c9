"""What the kernel hands to the search: cases and leads."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.models import Case, Lead
from cases.registries import Found, SearchSource, search
from cases.selectors.case_list import case_rows
from cases.selectors.matters import leads_visible_to
from cases.selectors.words import case_says, lead_says


def find_cases(actor: User, words: str) -> QuerySet[Case]:
    """Return the visible cases that say `words`, each with the names of its violators."""
    return case_rows(actor).filter(case_says(words)).order_by("-id")


def find_leads(actor: User, words: str) -> QuerySet[Lead]:
    """Return the visible leads that say `words`."""
    return leads_visible_to(actor).filter(lead_says(words)).order_by("-id")


def show_case(case: Any) -> Found:
    """Show a case of `find_cases`."""
    return Found(
        title=case.title,
        number=" ".join(filter(None, (case.key, case.official_number))),
        text="、".join(case.violators),
        state=case.get_state_display(),
        link=case.get_absolute_url(),
        address=reverse("case-detail", args=[case.key]),
    )


def show_lead(lead: Lead) -> Found:
    """Show a lead; who reported it is no part of that."""
    return Found(
        title=lead.title,
        number=lead.key,
        text=lead.suspected_processor,
        state=lead.get_state_display(),
        link=lead.get_absolute_url(),
        address=reverse("lead-detail", args=[lead.key]),
    )


def register() -> None:
    """Hand both to the registry."""
    cases = SearchSource(
        "cases", gettext_lazy("Cases"), find_cases, show_case, ("case_list", "case-list")
    )
    leads = SearchSource(
        "leads", gettext_lazy("Leads"), find_leads, show_lead, ("lead_list", "lead-list")
    )
    search.register(cases.code, cases)
    search.register(leads.code, leads)
