"""The guard of T10 this room answers for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.articles import written
from audit.errors import Verdict
from cases.models import Case, Lead
from cases.registries import Requirement, requirements
from evidence import selectors
from evidence.facts import ARTICLE, GROUPS, Group

if TYPE_CHECKING:
    Matter = Lead | Case


def seven_fact_groups(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """Each of the seven groups of Rules 86 holds a stated fact (norm C034)."""
    if not isinstance(matter, Case):
        return Verdict(False, _("Only a case has groups of facts."))
    missing = selectors.unaddressed(matter)
    if not missing:
        return Verdict(True, _("All seven groups of facts are addressed."), _link(matter))
    names = _(", ").join(_named(group) for group in missing)
    return Verdict(
        False,
        _("%(count)s of %(all)s groups are not addressed: %(names)s.")
        % {"count": len(missing), "all": len(GROUPS), "names": names},
        _link(matter),
        facts={"missing": [str(group.code) for group in missing]},
    )


def _named(group: Group) -> str:
    return _("%(title)s (%(law)s)") % {"title": group.title, "law": written(group.article)}


def _link(case: Case) -> str:
    return reverse("fact_groups", args=[case.key])


def register() -> None:
    """Hand the guard to the registry of `cases`."""
    requirements.register(
        "seven_fact_groups",
        Requirement(
            code="seven_fact_groups",
            title_zh="七项事实均已查明",
            title_en="All seven groups of facts are addressed",
            article=ARTICLE,
            check=seven_fact_groups,
            cure=gettext_lazy("The handling team states what was found in each group."),
            reads="FactLink, Exhibit",
        ),
    )
