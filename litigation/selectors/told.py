"""What the page of a case tells of its suit, asked by questions that are written once."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.reading import once
from audit.prepared import prepared
from cases.models import Case
from cases.selectors.kept_rows import holds
from litigation.models import Claim, ClaimStatus, Judgment


def standing_claims(case: Case) -> list[Claim]:
    """Return the claims of a case that stand, for its page."""
    return _standing_claims(case.pk) if holds(case, "claims") else []


@prepared(int)
def _standing_claims(case: int) -> QuerySet[Claim]:
    return Claim.objects.filter(case=case, status=ClaimStatus.STANDING.value).order_by("number")


def last_judgment(case: Case) -> Judgment | None:
    """Return the last judgment of a case that was not set aside, for its page."""
    if not holds(case, "judgments"):
        return None
    return once(("last judgment", case.pk), lambda: _last_judgment.one(case.pk))


@prepared(int)
def _last_judgment(case: int) -> QuerySet[Judgment]:
    rows = Judgment.objects.filter(case=case, set_aside_by__isnull=True)
    return rows.select_related("event").order_by("-id")[:1]
