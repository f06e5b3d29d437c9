"""A refusal as problem details (RFC 9457), in one shape for a whole answer and for a part of one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from audit.errors import Conflict, Invalid, NotVisible, Refusal, UnmetRequirement

Problem = dict[str, Any]


def problem(status: int, code: str, title: object, **members: Any) -> Problem:
    """Return the members of a problem; `code` is stable, `title` is in the user's language."""
    return {
        "type": f"urn:procuracy:problem:{code}",
        "title": str(title),
        "status": status,
        "code": code,
        "unmet": [],
    } | members


def of_not_visible() -> Problem:
    """Return what is said of everything that does not exist for a person."""
    return problem(404, "not_found", _("There is no such object, or you may not see it."))


def of_refusal(refusal: Refusal) -> Problem:
    """Return a refusal with what is unmet, wrong or different now."""
    if isinstance(refusal, NotVisible):
        return of_not_visible()
    members: dict[str, Any] = {"law": refusal.law, "unmet": [unmet(r) for r in refusal.unmet]}
    if isinstance(refusal, Invalid):
        members["errors"] = {k: [str(t) for t in texts] for k, texts in refusal.errors.items()}
    if isinstance(refusal, Conflict):
        members["details"] = refusal.details
    return problem(refusal.status, refusal.code, refusal.message, **members)


def unmet(requirement: UnmetRequirement) -> dict[str, str]:
    """Return an unmet requirement as the API shows it (contract of design 10)."""
    return {
        "code": requirement.code,
        "message": str(requirement.message),
        "law": requirement.law,
        "cure": str(requirement.cure),
        "link": requirement.link,
    }
