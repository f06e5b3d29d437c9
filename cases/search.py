"""What the kernel hands to the search: cases, their parties, and leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.models import Case, Lead, Party
from cases.registries import Found, SearchSource, numbers, search
from cases.selectors.case_list import case_rows
from cases.selectors.matters import cases_visible_to, leads_visible_to
from cases.selectors.words import case_says, lead_says, party_says


def find_cases(actor: User, words: str) -> QuerySet[Case]:
    """Return the visible cases that say `words`, each as `_with_numbers` has it."""
    return _with_numbers(case_rows(actor).filter(case_says(words))).order_by("-id")


def _with_numbers(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Return `rows` each with the numbers under which others keep it, a list for each kind (`number_…`)."""
    asked = {f"number_{code}": ArraySubquery(one.of_case()) for code, one in numbers.items()}
    return rows.annotate(**asked)


def cases_numbered(actor: User, spellings: Sequence[str]) -> QuerySet[Case]:
    """Return the visible cases of this key, this number or a party of this code; courts' numbers too."""
    keys = Case.objects.filter(key__in=spellings).values("pk")
    others = (
        Case.objects.filter(official_number__in=spellings).values("pk"),
        _present_parties().filter(credit_code__in=spellings).order_by().values("case"),
        *(number.cases(spellings) for number in numbers.values()),
    )
    return _with_numbers(case_rows(actor).filter(pk__in=keys.union(*others))).order_by("-id")


def _present_parties() -> QuerySet[Party]:
    return Party.objects.filter(removed_at__isnull=True)


def find_parties(actor: User, words: str) -> QuerySet[Party]:
    """Return the present parties of visible cases that say `words`, each with its case."""
    rows = _present_parties().filter(party_says(words), case__in=cases_visible_to(actor))
    return rows.select_related("case").order_by("-id")


def leads_numbered(actor: User, spellings: Sequence[str]) -> QuerySet[Lead]:
    """Return the visible lead of this key."""
    return leads_visible_to(actor).filter(key__in=spellings)


def find_leads(actor: User, words: str) -> QuerySet[Lead]:
    """Return the visible leads that say `words`."""
    return leads_visible_to(actor).filter(lead_says(words)).order_by("-id")


def show_case(case: Any) -> Found:
    """Show a case of `find_cases`, by every number it may have been found by."""
    others = (number for code in numbers for number in getattr(case, f"number_{code}"))
    return Found(
        title=case.title,
        number=" ".join(dict.fromkeys(filter(None, (case.key, case.official_number, *others)))),
        text="、".join(case.respondents),
        state=case.get_state_display(),
        link=case.get_absolute_url(),
        address=reverse("case-detail", args=[case.key]),
    )


def show_party(party: Party) -> Found:
    """Show a party with its case, where the link leads."""
    return Found(
        title=party.name,
        number=party.credit_code,
        text=f"{party.case.title} · {party.case.key}",
        state=party.get_role_display(),
        link=party.case.get_absolute_url(),
        address=reverse("case-detail", args=[party.case.key]),
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
    """Hand the three to the registry."""
    sources = (
        SearchSource(
            "cases",
            gettext_lazy("Cases"),
            find_cases,
            show_case,
            ("case_list", "case-list"),
            numbered=cases_numbered,
        ),
        SearchSource("parties", gettext_lazy("Parties"), find_parties, show_party),
        SearchSource(
            "leads",
            gettext_lazy("Leads"),
            find_leads,
            show_lead,
            ("lead_list", "lead-list"),
            numbered=leads_numbered,
        ),
    )
    for source in sources:
        search.register(source.code, source)
