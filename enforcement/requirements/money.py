"""Money is entered by one person and confirmed by another, and comes out even (law 8.3)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.errors import Verdict
from cases.guards import TEAM_CURES, either, guard, proven
from cases.models import Case
from enforcement import selectors
from enforcement.models import LedgerEntry
from enforcement.requirements.obligations import SECOND_CURES


def _entry(matter: Case, facts: dict[str, Any]) -> LedgerEntry | None:
    return matter.ledger.filter(pk=facts.get("entry") or 0, check_made__isnull=True).first()


@guard(
    "款项属于本案义务", "Money of this case", "law 8.3", reads="facts, Obligation", cure=TEAM_CURES
)
def money_of_this_case(matter: Case, facts: dict[str, Any]) -> Verdict:
    """It belongs to an obligation of this case."""
    told, chosen = selectors.obligations_told(matter), facts.get("obligation")
    held = next((row for row in told if row.pk == chosen), None)
    return either(held is not None, str(held), _("Choose the obligation the money belongs to."))


@guard("款项凭证", "The receipt", "law 8.3", reads="facts, Attachment", cure=TEAM_CURES)
def money_receipt(matter: Case, facts: dict[str, Any]) -> Verdict:
    """No entry without its receipt or report."""
    return proven(facts, _("Upload the receipt or the spending report."))


@guard("有待复核的账目", "An entry waits", "law 8.3", reads="facts, LedgerEntry", cure=TEAM_CURES)
def entry_waits(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The entry named was not checked yet."""
    if not facts.get("entry"):
        return Verdict(False, _("Choose the entry."))
    held = _entry(matter, facts) is not None
    return either(held, _("The entry waits."), _("No such entry waits for its check."))


@guard(
    "由另一人复核",
    "A second person checks",
    "law 8.3",
    reads="facts, LedgerEntry",
    cure=SECOND_CURES,
)
def entry_checked_by_a_second_person(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Whoever made the entry does not confirm it; that one waits another guard asks."""
    if not facts.get("checked_by"):
        return Verdict(False, _("A second person checks it."))
    entry = _entry(matter, facts)
    return either(
        entry is None or facts["checked_by"] != entry.recorded_by_id,
        _("Another person made the entry."),
        _("You have made this entry yourself: another member of the team checks it."),
    )


@guard(
    "款项账目平衡",
    "The ledger is balanced",
    "law 3.10a, 8.3",
    reads="LedgerEntry, LedgerCheck",
    cure=TEAM_CURES,
)
def ledger_balanced(matter: Case, facts: dict[str, Any]) -> Verdict:
    """No entry waits, all that is owed was paid, and nothing lies in the court's account."""
    page = reverse("ledger", args=[matter.key])
    if count := selectors.unchecked_entries(matter):
        sentence = _("%(count)s entries wait for a second person.") % {"count": count}
        return Verdict(False, sentence, page)
    open_rows = [row for row in selectors.balances(matter) if not row.balanced]
    names = "；".join(
        _("%(item)s: %(left)s yuan unpaid, %(held)s yuan in the account of the court")
        % {"item": row.obligation, "left": row.left, "held": row.held}
        for row in open_rows
    )
    return either(
        not open_rows,
        _("The ledger is balanced."),
        _("Not balanced: %(items)s.") % {"items": names},
        page,
    )
