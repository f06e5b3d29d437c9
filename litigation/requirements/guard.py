"""How this room declares a guard: the function that judges, with its titles and its article."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from audit.errors import Text, Verdict
from cases.models import Case
from cases.registries import Check, Requirement, requirements

HANDLER_CURES = _("The handling prosecutor.")
TEAM_CURES = _("The handling team.")
CHIEF_CURES = _("The chief procurator.")
KEEPERS_CURE = _("The system administrator or case management.")
SECRETARY_CURES = _("The committee secretary.")

# These guards stand on transitions of the case alone, so they are written for cases.
CaseCheck = Callable[[Case, dict[str, Any]], Verdict]
_guards: list[Requirement] = []


def guard(
    title_zh: str, title_en: str, article: str, *, reads: str, cure: Text = HANDLER_CURES
) -> Callable[[CaseCheck], CaseCheck]:
    """Declare a function as the requirement of its name; `register_all` hands it to the registry."""

    def declare(check: CaseCheck) -> CaseCheck:
        _guards.append(
            Requirement(
                code=check.__name__,
                title_zh=title_zh,
                title_en=title_en,
                article=article,
                check=cast(Check, check),
                cure=cure,
                reads=reads,
            )
        )
        return check

    return declare


def register_all() -> None:
    """Hand the guards declared since the last time to the registry; each room does it once."""
    while _guards:
        entry = _guards.pop(0)
        requirements.register(entry.code, entry)


def either(met: bool, yes: str, no: str, link: str = "") -> Verdict:
    """Return a verdict with the sentence that fits."""
    return Verdict(bool(met), yes if met else no, link)


def stated(facts: dict[str, Any], name: str, missing: str) -> Verdict:
    """Return met with the fact's text, else unmet with what is missing."""
    text = str(facts.get(name) or "").strip()
    return Verdict(bool(text), text[:200] or missing)


def proven(facts: dict[str, Any], missing: str) -> Verdict:
    """Return met when the act carries uploaded proofs."""
    count = len(facts.get("proofs") or [])
    return either(count > 0, str(_("%(count)s proofs with SHA-256.")) % {"count": count}, missing)
