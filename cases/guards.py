"""How a guard is declared: the function that judges, with its titles and its article.

Every room declares its guards here; `register_all`, called when a room is ready, hands them to the registry.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, cast

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import clock
from audit.errors import Text, Verdict
from cases.registries import Check, Requirement, requirements

HANDLER_CURES = gettext_lazy("The handling prosecutor.")
TEAM_CURES = gettext_lazy("The handling team.")
HEAD_CURES = gettext_lazy("The department head.")
CHIEF_CURES = gettext_lazy("The chief procurator.")
SECRETARY_CURES = gettext_lazy("The committee secretary.")
KEEPERS_CURE = gettext_lazy("The system administrator or case management.")
# Where a guard finds the day of the act it judges (`cases.services.checklists.checklist`).
LEGAL_DAY = "legal_day"

# A guard of a transition of the case alone is written for cases, one of both machines for matters.
Row = TypeVar("Row", bound=Model)
AnyCheck = TypeVar("AnyCheck", bound=Callable[..., Verdict])
_guards: list[Requirement] = []


def day_of(facts: dict[str, Any]) -> date:
    """Return the legal day of the act a guard judges; today while none is stated.

    A step that happened in the past was lawful or not by the law and the periods of its own day.
    """
    said = facts.get(LEGAL_DAY)
    return date.fromisoformat(said) if said else clock.today()


def named(rows: QuerySet[Row], key: Any) -> Row | None:
    """Return the row whose key the facts state; nobody is asked where they state none."""
    return rows.filter(pk=key).first() if key else None


def guard(
    title_zh: str,
    title_en: str,
    article: str,
    *,
    reads: str,
    cure: Text = HANDLER_CURES,
    by_statement: bool = False,
) -> Callable[[AnyCheck], AnyCheck]:
    """Declare a function as the requirement of its name.

    Args:
        by_statement: it reads what a person signs for, not a record of its own (shown to the user).
    """

    def declare(check: AnyCheck) -> AnyCheck:
        _guards.append(
            Requirement(
                code=check.__name__,
                title_zh=title_zh,
                title_en=title_en,
                article=article,
                check=cast(Check, check),
                cure=cure,
                reads=reads,
                by_statement=by_statement,
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
