"""The conditions of a case against an authority (A-1, A-1-2; Rules 67-70)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from administrative.grounds import Conduct
from administrative.selectors import authorities, cases_against
from audit.errors import Verdict
from cases.guards import day_of, guard, named, stated
from cases.models import Case, Lead, LegalBasis
from cases.requirements import PIPL_IN_FORCE

if TYPE_CHECKING:
    Matter = Lead | Case


@guard("行政机关负有监督管理职责", "The authority has a duty", "Rules 67, 71", reads="facts, Body")
def authority_has_the_duty(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """A body of the directory that can fail a duty of office, with the provision its duty rests on."""
    body = named(authorities(), facts.get("authority"))
    if body is None:
        return Verdict(
            False,
            _("Choose the authority from the directory; enter it there if it is missing."),
        )
    return stated(facts, "duty", _("Say which duty it has, and on which provision it rests."))


@guard("社会公共利益受到侵害", "The public interest is harmed", "Rules 67", reads="facts")
def harm_by_the_authority(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """Harm is the first of the two conditions of filing."""
    return stated(facts, "harm", _("How the public interest has been harmed is not stated."))


@guard(
    "行政机关可能违法行使职权或者不作为",
    "The authority may have failed",
    "Rules 67",
    reads="facts",
)
def authority_may_have_failed(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """Unlawful exercise or inaction; that there may be one is enough to file."""
    if facts.get("conduct") not in Conduct.values:
        return Verdict(False, _("Choose whether it acted unlawfully or did not act."))
    return stated(facts, "failure", _("Say which acts or which inaction is meant."))


@guard(
    "一个行政机关一案",
    "One case an authority",
    "Rules 69",
    reads="facts, CaseAuthority, CaseLink",
)
def one_case_an_authority(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """Several authorities are several cases, several like acts of one are one case (norm C099)."""
    running = cases_against(matter, int(facts.get("authority") or 0))
    if not running:
        return Verdict(True, _("No other case of these facts runs against it."))
    sentence = _(
        "%(case)s runs against this authority already. Acts of the same kind belong to it (Rules 69)."
    )
    return Verdict(False, sentence % {"case": running[0].key}, running[0].get_absolute_url())


@guard("行政公益诉讼法律依据", "A basis of the administrative track", "APL 25", reads="facts")
def administrative_basis_in_force(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """The open wording of APL 25(4), or MPL 106; PIPL 70 alone is debated: a warning (law 3.9)."""
    chosen = facts.get("legal_bases") or []
    if not chosen:
        return Verdict(False, _("No legal basis is chosen."))
    if LegalBasis.PIPL_70 in chosen and day_of(facts) < PIPL_IN_FORCE:
        return Verdict(False, _("PIPL 70 was not in force before 2021-11-01."))
    if list(chosen) == [LegalBasis.PIPL_70]:
        sentence = _(
            "Whether PIPL 70 reaches a case against an authority is debated; name APL 25(4)."
        )
        return Verdict(True, sentence, warning=True)
    return Verdict(True, ", ".join(chosen))
