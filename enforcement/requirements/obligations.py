"""What the decision orders, what is owed, performed, verified (T41, T42, T62, S30 to S34)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.errors import Verdict
from cases.guards import TEAM_CURES, either, guard, proven
from cases.models import Case
from cases.selectors.events import corrected
from enforcement import selectors
from enforcement.items import PROOFS, missing_evidence
from enforcement.lifecycle import OWED, ObligationState
from enforcement.models import Obligation, WayOfEnding

SECOND_CURES = gettext_lazy("Another member of the handling team.")


def _chosen(matter: Case, facts: dict[str, Any]) -> Obligation | None:
    return matter.obligations.filter(pk=facts.get("obligation") or 0).first()


def _names(rows: list[Obligation]) -> str:
    return "；".join(str(row) for row in rows)


@guard(
    "裁判有履行内容",
    "The decision orders something",
    "CPLI 461; EXEC 16",
    reads="Judgment, OperativeItem",
)
def decision_orders_something(matter: Case, facts: dict[str, Any]) -> Verdict:
    """An effective decision has paragraphs to perform."""
    count = len(selectors.paragraphs_to_perform(matter))
    return either(
        count > 0,
        _("%(count)s paragraphs to perform.") % {"count": count},
        _("No effective decision with a paragraph to perform is entered."),
    )


@guard(
    "裁判无履行内容",
    "The decision orders nothing",
    "law 14.1",
    reads="Judgment, OperativeItem",
)
def decision_orders_nothing(matter: Case, facts: dict[str, Any]) -> Verdict:
    """No effective decision has a paragraph to perform (T62)."""
    items = selectors.paragraphs_to_perform(matter)
    names = "；".join(str(item) for item in items)
    return either(
        not items,
        _("Nothing is to be performed."),
        _("These paragraphs are to be performed: %(items)s. Begin the performance instead.")
        % {"items": names},
    )


@guard(
    "义务尚未履行", "The obligation is owed", "CPLI 461", reads="facts, Obligation", cure=TEAM_CURES
)
def obligation_is_owed(matter: Case, facts: dict[str, Any]) -> Verdict:
    """It is owed or in enforcement; what waits for its verification is examined first."""
    if not facts.get("obligation"):
        return Verdict(False, _("Choose the obligation."))
    row = _chosen(matter, facts)
    if row is None:
        return Verdict(False, _("There is no such obligation in this case."))
    return either(
        row.state in OWED,
        str(row),
        _("It is now “%(state)s”.") % {"state": row.get_state_display()},
    )


@guard(
    "履行有凭证", "The performance is proven", "law 8.4", reads="facts, Attachment", cure=TEAM_CURES
)
def performance_proven(matter: Case, facts: dict[str, Any]) -> Verdict:
    """What was performed bears its papers."""
    return proven(facts, _("Upload what proves the performance."))


@guard(
    "有待核实的履行", "A performance waits", "law 8.4", reads="facts, Performance", cure=TEAM_CURES
)
def performance_waits(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The obligation named has a performance nobody has examined."""
    if not facts.get("obligation"):
        return Verdict(False, _("Choose the obligation."))
    waiting = selectors.waiting_performance(matter, facts["obligation"])
    return either(
        waiting is not None,
        _("A performance waits for its verification."),
        _("No performance of this obligation waits."),
    )


@guard(
    "由另一人核实",
    "A second person examines",
    "law 3.10a, 8.4",
    reads="facts, Performance",
    cure=SECOND_CURES,
)
def checked_by_a_second_person(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Whoever logged the performance does not examine it; that one waits another guard asks."""
    if not facts.get("checked_by"):
        return Verdict(False, _("A second person examines it."))
    waiting = selectors.waiting_performance(matter, facts.get("obligation"))
    return either(
        waiting is None or facts["checked_by"] != waiting.recorded_by_id,
        _("Another person logged it."),
        _("You have logged this performance yourself: another member of the team examines it."),
    )


@guard(
    "证据齐全",
    "The evidence is complete",
    "law 8.4; PIPL 47",
    reads="facts, Event performance_recorded",
)
def evidence_is_complete(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The papers its type is verified by are there (norm C148 for the deletion of data)."""
    if not facts.get("obligation"):
        return Verdict(False, _("Choose the obligation."))
    waiting = selectors.waiting_performance(matter, facts["obligation"])
    if waiting is None:
        return Verdict(True, _("No performance of this obligation waits."))
    shown = corrected(waiting.event)[1].get("evidence") or []
    missing = missing_evidence(waiting.obligation.type, shown)
    article = PROOFS[waiting.obligation.type].article
    names = "、".join(str(kind.label) for kind in missing)
    return either(
        not missing,
        _("Every paper this type asks for is there."),
        _(
            "Missing: %(names)s (%(article)s). Refuse the performance, so that it is logged again with them."
        )
        % {"names": names, "article": article},
    )


@guard(
    "监测检查合格", "No test has failed", "CPL 114; law 8.4", reads="facts, Event monitoring_tested"
)
def no_failed_test(matter: Case, facts: dict[str, Any]) -> Verdict:
    """An order to stop whose last test failed is not performed (norm C149)."""
    if not facts.get("obligation"):
        return Verdict(False, _("Choose the obligation."))
    passed = selectors.last_test(matter, int(facts["obligation"]))
    return either(
        passed is not False,
        _("No monitoring test has failed."),
        _("The last monitoring test found the order broken. Test again before it is verified."),
    )


@guard(
    "属于不作为义务",
    "An obligation to refrain",
    "law 8.4",
    reads="facts, Obligation",
    cure=TEAM_CURES,
)
def obligation_to_refrain(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Tests at intervals belong to orders to stop and to interim orders."""
    if not facts.get("obligation"):
        return Verdict(False, _("Choose the obligation."))
    row = _chosen(matter, facts)
    fits = row is not None and selectors.is_tested(row)
    return either(fits, str(row), _("Only an order to stop that stands is tested."))


@guard("终结方式", "A way of EXEC 64", "EXEC 64", reads="facts", cure=TEAM_CURES)
def way_of_ending(matter: Case, facts: dict[str, Any]) -> Verdict:
    """It ends in one of the six ways that is no performance and final (norm C152)."""
    way = facts.get("way")
    if way not in WayOfEnding.values:
        return Verdict(False, _("Choose how it ended."))
    final = way not in (WayOfEnding.ENFORCED, WayOfEnding.ROUND)
    return either(
        final,
        str(WayOfEnding(way).label),
        _("That is no end without performance: log the performance, or terminate the round (T45)."),
    )


@guard(
    "全部义务已核实", "Every obligation is verified", "law 8.4", reads="Obligation", cure=TEAM_CURES
)
def all_obligations_verified(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Nothing is owed, waits or has ended without performance (T42)."""
    told = selectors.obligations_told(matter)
    rows = [row for row in told if row.state != ObligationState.STRUCK]
    if left := [row for row in rows if row.state != ObligationState.VERIFIED]:
        return Verdict(False, _("Not verified as performed: %(items)s.") % {"items": _names(left)})
    held = bool(rows)
    return either(held, _("Every obligation is verified."), _("No obligation is entered."))


@guard(
    "判项尚未履行",
    "Nothing was performed on it",
    "EXEC 16",
    reads="facts, Obligation, LedgerEntry",
    cure=TEAM_CURES,
)
def item_not_performed(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A paragraph is struck as a mistake before anything was logged, paid or enforced on it."""
    rows = matter.obligations.filter(item=facts.get("item"))
    untouched = rows.filter(
        state=ObligationState.PENDING, performances__isnull=True, money__isnull=True
    )
    return either(
        not facts.get("item") or rows.count() == untouched.count(),
        _("Nothing was performed on it."),
        _("Something was logged, paid or enforced on it: it stands."),
    )


@guard(
    "全部义务已终结", "Every obligation is final", "law 3.10a", reads="Obligation", cure=TEAM_CURES
)
def all_obligations_final(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Each is verified, or ended without performance."""
    rows = selectors.unfinished(matter)
    return either(
        not rows,
        _("Every obligation is final."),
        _("Not final: %(items)s.") % {"items": _names(rows)},
    )
