"""What the suit asks for (law 8.1; Rules 46, 98, 99; CPLI 232, 461)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from audit.errors import Verdict
from cases.guards import day_of, either, guard
from cases.models import Case
from cases.registries import document_slots
from cases.selectors import events
from cases.selectors.events import facts_since
from deadlines.derive import compute, rulebook_of
from litigation import rounds
from litigation.models import Claim, ClaimKind, ClaimStatus
from litigation.models.claim import LIMITED, MONEY
from litigation.settlement import comparisons


def standing(matter: Case) -> list[Claim]:
    """Return the claims that stand, in the order of their numbers."""
    return list(matter.claims.filter(status=ClaimStatus.STANDING).order_by("number"))


@guard("请求明确可执行", "The claim can be enforced", "CPLI 461", reads="facts")
def claim_is_measurable(matter: Case, facts: dict[str, Any]) -> Verdict:
    """It says what is claimed, and how much where money is claimed; punitive damages are a warning."""
    if facts.get("change") == "drop":
        return Verdict(True, _("The claim is dropped."))
    if not str(facts.get("text") or "").strip():
        return Verdict(False, _("Say what is claimed."))
    if facts.get("kind") in MONEY and not facts.get("amount"):
        return Verdict(False, _("A claim for money names its amount."))
    if facts.get("kind") == ClaimKind.PUNITIVE:
        return Verdict(
            True,
            _("No text expressly allows punitive damages for personal information (CC 179(2))."),
            warning=True,
        )
    return Verdict(True, str(facts["text"])[:200])


@guard("费用有票据", "Costs have invoices", "Rules 98", reads="facts, Attachment")
def costs_have_invoices(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A claim for costs without an invoice is a warning (norm C054)."""
    if facts.get("kind") != ClaimKind.COSTS:
        return Verdict(True, _("No costs are claimed here."))
    if facts.get("proofs"):
        return Verdict(True, _("Invoices are stored."))
    return Verdict(True, _("No invoice is stored for these costs."), warning=True)


@guard(
    "损害赔偿诉讼时效受监控", "The limitation of damages is watched", "CC 188, 995", reads="facts"
)
def limitation_is_watched(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Damages are barred three years after the day of knowledge; what is missing or late is a warning."""
    if facts.get("kind") not in LIMITED:
        return Verdict(True, _("No damages are claimed here."))
    if not facts.get("known_on"):
        sentence = _(
            "Enter since when the harm and the defendant were known: without that day nobody watches the "
            "three years of CC 188."
        )
        return Verdict(True, sentence, warning=True)
    book = rulebook_of(matter)
    last = compute(book.periods["P-77-2"], date.fromisoformat(facts["known_on"]), book).last_day
    if last < day_of(facts):
        sentence = _("The three years ended on %(day)s (CC 188): the defendant may object.")
        return Verdict(True, sentence % {"day": last}, warning=True)
    return Verdict(True, _("The three years run until %(day)s (CC 188).") % {"day": last})


@guard("诉讼请求有效", "The claim stands", "Rules 46", reads="Claim, facts")
def claim_stands(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The claim named is one that stands."""
    rows = matter.claims.filter(status=ClaimStatus.STANDING)
    if "claim" in facts:
        rows = rows.filter(pk=facts["claim"] or 0)
    return either(rows.exists(), _("The claim stands."), _("There is no such standing claim."))


@guard("已拟定诉讼请求", "Claims are drafted", "Rules 46; CPL 124", reads="Claim")
def claims_entered(matter: Case, facts: dict[str, Any]) -> Verdict:
    """At least one claim stands."""
    count = len(standing(matter))
    return either(
        count > 0,
        _("%(count)s claims.") % {"count": count},
        _("No claim is drafted."),
    )


@guard(
    "请求与检察建议对应",
    "The claims follow the recommendation",
    "Rules 75(5)-(7), 83",
    reads="Claim, D-70",
)
def claims_follow_recommendation(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A claim that names no item of the case's recommendation is a warning (norm C157)."""
    slot = document_slots.get("documents")
    if slot is None or not slot.documents(matter, "D-70"):
        return Verdict(True, _("The case has no recommendation."))
    loose = [claim for claim in standing(matter) if not claim.recommendation_item]
    if not loose:
        return Verdict(True, _("Every claim names its item of the recommendation."))
    names = "；".join(str(claim) for claim in loose)
    sentence = _("These claims name no item of the recommendation: %(claims)s.")
    return Verdict(True, sentence % {"claims": names}, warning=True)


@guard("变更对象明确", "The change names its claim", "CPLI 232", reads="facts, Claim")
def change_names_its_claim(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A change or a drop names a standing claim; an addition names none."""
    change = facts.get("change")
    if not change:
        return Verdict(False, _("Say what changes."))
    if change == "add":
        return Verdict(True, _("A claim is added."))
    return claim_stands(matter, {"claim": facts.get("claim")})


@guard(
    "法庭辩论终结前或有法院准许记录",
    "The debate is open, or the court allows it",
    "CPLI 232; law 14.3",
    reads="Event hearing_held, facts",
)
def debate_open_or_court_record(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Claims change until the debate closes; then only with the court's uploaded record (norm C062)."""
    if not is_debate_closed(matter):
        return Verdict(True, _("The court debate is open."))
    if facts.get("court_record_uploaded"):
        return Verdict(True, _("The court's record allows it after the debate."), warning=True)
    return Verdict(
        False, _("The court debate is closed: upload the court's record that allows it.")
    )


def is_debate_closed(matter: Case) -> bool:
    """Say whether the court debate has closed at the last hearing of the running trial."""
    return bool(facts_since(matter, "hearing_held", rounds.TRIAL).get("debate_closed"))


@guard(
    "全部诉讼请求已实现",
    "All claims are realised",
    "Rules 99; JI 19",
    reads="Claim, Event claim_realised",
)
def all_claims_realised(matter: Case, facts: dict[str, Any]) -> Verdict:
    """No claim stands unrealised, and there was one (norm C066)."""
    left = standing(matter)
    if left:
        names = "；".join(str(claim) for claim in left)
        return Verdict(False, _("Not realised: %(claims)s.") % {"claims": names})
    held = bool(events.standing(matter, "claim_realised"))
    return either(held, _("Every claim is realised."), _("No claim was realised."))


@guard(
    "调解、和解不减损请求",
    "The settlement is not below the claims",
    "Rules 99; law 14.3",
    reads="facts, Claim.amount, Claim.defendants, Claim.status, Party",
)
def settlement_not_below_the_claims(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Claim by claim and defendant by defendant no less, or the chief accepts it with a reason (C065)."""
    if "terms" not in facts:
        return Verdict(False, _("State the terms and compare them with each claim."))
    less = [item for item in comparisons(matter) if not item.is_met(facts)]
    if not less:
        return Verdict(True, _("Every claim is met in full."))
    names = "；".join(item.in_words(facts) for item in less)
    if str(facts.get("below_reason") or "").strip():
        sentence = _("Below the claim, by the chief's reason: %(claims)s.") % {"claims": names}
        return Verdict(True, sentence, warning=True)
    sentence = _(
        "Below the claim: %(claims)s. Agree on no less, or state why the chief procurator accepts it."
    )
    return Verdict(False, sentence % {"claims": names})
