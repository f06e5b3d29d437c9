"""The decision to sue (T21; Rules 94(2), 96; norm C047)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.errors import Verdict
from cases.guards import SECRETARY_CURES, either, guard
from cases.models import Case, PartyRole
from cases.selectors.events import corrected, latest
from cases.selectors.parties import parties_told
from litigation import selectors


@guard(
    "公益仍受侵害",
    "The harm persists",
    "Rules 96; JI 13",
    reads="facts, Event announcement_published",
)
def harm_persists(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A dated finding, made after the announcement was published."""
    found, finding = facts.get("harm_found_on"), str(facts.get("harm_finding") or "").strip()
    if not (found and finding):
        return Verdict(False, _("State when and how the harm was found to persist."))
    published = latest(matter, "announcement_published")
    since = corrected(published)[0] if published else date.min
    return either(
        date.fromisoformat(found) >= since,
        finding[:200],
        _("The finding is older than the announcement. Look again."),
    )


@guard(
    "被告明确",
    "The defendant is identified",
    "Rules 29; CPL 122; law 14.1",
    reads="Case.violator_unknown, Party",
)
def defendant_identified(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A case filed with an unknown violator is not brought before he is found."""
    held = any(row.role == PartyRole.VIOLATOR for row in parties_told(matter))
    return either(
        held and not matter.violator_unknown,
        _("The defendant is entered."),
        _("No defendant is identified."),
        reverse("case_parties", args=[matter.key]),
    )


@guard(
    "检委会同意起诉",
    "The committee has agreed where it decides",
    "PCR 8; law 2.2",
    reads="facts, Event committee_decided",
    cure=SECRETARY_CURES,
)
def committee_agreed(matter: Case, facts: dict[str, Any]) -> Verdict:
    """In the cases of PCR 8 the committee has agreed to sue in this review; else nothing is needed."""
    if not facts.get("committee_required"):
        return Verdict(True, _("The proposal does not put the case among those of PCR 8."))
    decided = selectors.committee_on_suit(matter)
    link = reverse("transition_record", args=[matter.key, "S04"])
    if decided is None:
        return Verdict(False, _("The committee has not decided."), link)
    vote = selectors.vote_of(decided)
    words = selectors.vote_in_words(vote)
    return either(vote.carried, words, words, link)


@guard(
    "未就同一侵权行为重复起诉",
    "The same act is not sued twice",
    "CPLI 289",
    reads="Party, Judgment",
)
def not_sued_before(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A judgment against the same defendant that took effect is a warning: the act may be the same (C077)."""
    keys = selectors.judged_before(matter)
    return Verdict(
        True,
        _("A judgment against the same defendant took effect in %(cases)s: is it the same act?")
        % {"cases": "、".join(keys)}
        if keys
        else _("No judgment against the same defendant took effect in this office."),
        warning=bool(keys),
    )
